import csv
import datetime
import io
import re
import unittest

from population import careplan, people
from population.dates import Month, last_months
from population.people import Plan

_PLAN = Plan(5, 600, tuple(last_months(Month(2026, 10), 12)))
_NAME = re.compile(r"^(UP[A-Z0-9]+?)(?:_(\d{6}))?_1370000001_43_1370000002_11_(\d{14})\.CSV$")


class CarePlan(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.everybody = people.generate(_PLAN, 20)
        cls.clients = careplan.clients_of(_PLAN, cls.everybody)
        cls.files = dict(careplan.packages(_PLAN, cls.clients))
        cls.rows = {name: list(csv.reader(io.StringIO(content.decode("cp932"), newline="")))
                    for name, content in cls.files.items()}

    def test_there_are_twenty_clients(self):
        self.assertEqual(len(self.clients), 20)

    def test_names_are_those_of_the_standard(self):
        for name in self.files:
            self.assertRegex(name, _NAME)

    def test_rows_have_the_columns_of_their_kind(self):
        for name, rows in self.rows.items():
            kind = name.split("_")[0]
            for row in rows:
                self.assertEqual(len(row), careplan.COLUMNS[kind], name)
                self.assertEqual(row[:2], ["202407", "131003"])

    def test_files_of_a_package_share_a_timestamp(self):
        packages: dict[str, set[str]] = {}
        for name in self.files:
            kind, month, stamp = _NAME.match(name).groups()
            packages.setdefault(stamp, set()).add(kind + ("0" if month == "000000" else ""))
        self.assertEqual({frozenset(kinds) for kinds in packages.values()},
                         {frozenset(("UPHOSOKU0", "UP1KYO", "UP2KYO", "UP3KYO")),
                          frozenset(("UPHOSOKU", "UPPLAN", "UPSIKYU"))})

    def test_every_month_has_its_plan_sent_before_it_begins(self):
        for month in _PLAN.months:
            names = [n for n in self.files if n.startswith(f"UPPLAN_{month}_")]
            self.assertEqual(len(names), 1)
            self.assertLess(_NAME.match(names[0]).group(3)[:6], str(month))

    def test_visits_lie_in_the_month(self):
        for name, rows in self.rows.items():
            if name.startswith("UPPLAN"):
                for row in rows:
                    self.assertEqual(row[9][:6], row[4])
                    datetime.datetime.strptime(row[9], "%Y%m%d")

    def test_table_7_counts_what_table_6_plans(self):
        for month in _PLAN.months:
            visits: dict[str, int] = {}
            for name, rows in self.rows.items():
                if name.startswith(f"UPPLAN_{month}"):
                    for row in rows:
                        visits[row[2]] = visits.get(row[2], 0) + int(row[7]) * int(row[13])
            totals = {row[2]: row for name, rows in self.rows.items()
                      if name.startswith(f"UPSIKYU_{month}") for row in rows if row[8] == "999999"}
            self.assertEqual({key: int(row[16]) for key, row in totals.items()}, visits)
            for row in totals.values():
                self.assertEqual(int(row[23]), int(row[25]) + int(row[27]))

    def test_no_one_exceeds_the_limit_of_the_care_level(self):
        limits = {row[2]: int(row[18]) for name, rows in self.rows.items()
                  if name.startswith("UPHOSOKU") for row in rows}
        for name, rows in self.rows.items():
            if name.startswith("UPSIKYU"):
                for row in rows:
                    self.assertLessEqual(int(row[16]), limits[row[2]])

    def test_the_medical_identity_stays_out(self):
        numbers = {c.person.qualifications[-1].number.encode() for c in self.clients}
        for content in self.files.values():
            for number in numbers:
                self.assertNotIn(b"," + number + b",", content)

    def test_free_text_keeps_its_line_break_comma_and_quotes(self):
        rows = next(rows for name, rows in self.rows.items() if name.startswith("UP1KYO"))
        self.assertIn("\r\n", rows[0][21])
        self.assertEqual(rows[0][23], '"見守り"を基本に,転倒を防ぐ')


if __name__ == "__main__":
    unittest.main()
