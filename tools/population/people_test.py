import csv
import io
import unittest
from collections import defaultdict

from population import dates, identity, insurers_file, people
from population.people import Plan

_MONTHS = tuple(dates.last_months(dates.Month(2026, 10), 12))


def _plan(seed: int = 7, count: int = 1000) -> Plan:
    return Plan(seed, count, _MONTHS)


class People(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.plan = _plan()
        cls.people = people.generate(cls.plan, 20)
        text = insurers_file.write(cls.people, cls.plan.last_day).decode("utf-8")
        cls.rows = list(csv.DictReader(io.StringIO(text)))

    def test_there_are_as_many_as_asked_for(self):
        self.assertEqual([p.index for p in self.people], list(range(1000)))
        self.assertEqual(len(people.generate(_plan(count=3), 20)), 3)

    def test_the_first_three_do_not_depend_on_the_seed(self):
        for seed in (1, 2, 99):
            first, wife, old = people.generate(_plan(seed, 50), 20)[:3]
            q = first.qualifications[0]
            self.assertEqual((q.insurer, q.symbol, q.number, q.branch),
                             ("01130012", "12345678", "10", "00"))
            self.assertEqual((first.name, dates.compact(first.birth), first.sex),
                             ("合成　一郎", "19700415", "1"))
            self.assertEqual(wife.qualifications[0].branch, "01")
            q = old.qualifications[0]
            self.assertEqual((q.insurer, q.symbol, q.number, q.branch),
                             ("39131016", "", "12345678", ""))
            self.assertEqual((old.name, dates.compact(old.birth), old.sex),
                             ("合成　ウメ", "19450201", "2"))
            self.assertEqual((old.ltc_insurer, old.ltc_number), ("131003", "0000012345"))

    # EL-131
    def test_insurer_numbers_have_valid_check_digits(self):
        care = csv.DictReader(io.StringIO(insurers_file.write_care(self.people).decode()))
        numbers = {value for row in (*self.rows, *care) for name, value in row.items()
                   if name.endswith("InsurerNumber") and value}
        for number in (*numbers, *people.insurer_numbers()):
            self.assertTrue(identity.check_digit_holds(number), number)
            self.assertIn(len(number), (6, 8))

    def test_all_kinds_of_insurers_occur(self):
        kinds = {r["InsurerNumber"][:2] if len(r["InsurerNumber"]) == 8 else "municipal"
                 for r in self.rows}
        self.assertEqual(kinds, {"01", "06", "39", "municipal"})

    def test_no_two_qualifications_are_alike(self):
        keys = [tuple(row.values())[:4] for row in self.rows]
        self.assertEqual(len(keys), len(set(keys)))

    def test_households_share_their_numbers_and_differ_by_branch(self):
        households = defaultdict(list)
        for person in self.people:
            q = person.qualifications[0]
            if not q.is_late_elderly:
                households[person.household].append(q)
        self.assertGreater(sum(len(members) > 1 for members in households.values()), 50)
        for members in households.values():
            self.assertEqual(len({(q.insurer, q.symbol, q.number) for q in members}), 1)
            self.assertEqual(len({q.branch for q in members}), len(members))
            for q in members:
                self.assertRegex(q.branch, r"^\d\d$")

    def test_the_late_elderly_are_insured_alone(self):
        for person in self.people:
            q = person.qualification_on(self.plan.last_day)
            assert q is not None
            is_old = person.age(self.plan.last_day) >= people.LATE_ELDERLY_AGE
            self.assertEqual(q.is_late_elderly, is_old)
            if is_old:
                self.assertEqual((q.symbol, q.branch), ("", ""))
                self.assertRegex(q.number, r"^\d{8}$")

    def test_about_three_in_a_hundred_changed_insurer(self):
        changed = [p for p in self.people if len(p.qualifications) > 1]
        self.assertTrue(15 <= len(changed) <= 55, len(changed))
        for person in changed:
            old, new = person.qualifications
            assert old.valid_until is not None
            self.assertEqual((new.valid_from - old.valid_until).days, 1)
            self.assertEqual(new.previous, old)

    def test_an_old_row_tells_its_end_and_the_new_row_tells_the_old(self):
        ended = [row for row in self.rows if row["InsuredCardExpirationDate"]]
        self.assertTrue(ended)
        self.assertTrue(all(row["ReasonOfLoss"] == "03" for row in ended))
        keys = {tuple(row.values())[:4] for row in ended}
        new = {tuple(row.values())[-4:] for row in self.rows if row["PreviousInsurerNumber"]}
        self.assertEqual(keys, new)

    def test_kana_is_half_width(self):
        for row in self.rows:
            self.assertRegex(row["NameKana"], "^[\uff66-\uff9f]+ [\uff66-\uff9f]+$")

    def test_twenty_people_have_long_term_care_insurance(self):
        numbers = [p.ltc_number for p in self.people if p.ltc_number]
        self.assertEqual(len(numbers), 20)
        self.assertEqual(len(set(numbers)), 20)
        for number in numbers:
            self.assertRegex(number, r"^\d{10}$")

    def test_the_care_insurer_registers_them_without_a_branch(self):
        rows = list(csv.DictReader(io.StringIO(insurers_file.write_care(self.people).decode())))
        self.assertEqual([row["InsuredIdentificationNumber"] for row in rows],
                         [p.ltc_number for p in self.people if p.ltc_number])
        self.assertEqual({(row["InsuranceKind"], row["InsurerNumber"]) for row in rows}, {("2", "131003")})

    def test_every_insurer_is_listed(self):
        numbers = people.insurer_numbers()
        self.assertEqual(numbers, sorted(set(numbers)))
        self.assertLessEqual({row["InsurerNumber"] for row in self.rows} | {"131003"}, set(numbers))

    def test_the_share_follows_age(self):
        for row in self.rows:
            share = row["InsuredPartialContributionRatio"]
            self.assertIn(share, ("010", "020", "030"))
            self.assertEqual(share == "010", row["InsurerNumber"].startswith("39"))


if __name__ == "__main__":
    unittest.main()
