import datetime
import unittest
from collections import Counter

from population import command, dispensing_receipts, drugs, medical_receipts, uke
from population.dates import Month, last_months
from population.people import Plan

_PLAN = Plan(3, 400, tuple(last_months(Month(2026, 10), 4)))
_FIRST_DAY = 13  # zero-based column of day 1 in SI and IY
_LAYOUTS = {"UKE": medical_receipts.FIELDS, "CYO": dispensing_receipts.FIELDS}


def _split(content: bytes) -> tuple[list[list[str]], list[list[list[str]]]]:
    """Frame records (head and GO) and the receipts between them."""
    records = [line.split(",") for line in content[:-1].decode("cp932").split("\r\n")[:-1]]
    receipts: list[list[list[str]]] = []
    for record in records[1:-1]:
        if record[0] == "RE":
            receipts.append([])
        receipts[-1].append(record)
    return [records[0], records[-1]], receipts


class Receipts(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.files = {name: content
                     for name, content in command.generate(_PLAN, datetime.date(2026, 11, 23))
                     if name.startswith("receipts/")}

    def _receipts(self, ending: str):
        for name, content in self.files.items():
            if name.endswith(ending):
                for receipt in _split(content)[1]:
                    yield name, receipt

    def test_files_end_with_crlf_and_1a(self):
        for name, content in self.files.items():
            self.assertTrue(content.endswith(b"\r\n\x1a"), name)
            self.assertEqual(content.count(b"\x1a"), 1)
            self.assertNotIn(b"\n", content.replace(b"\r\n", b""))
            self.assertNotIn(b'"', content)

    def test_records_have_the_fields_of_their_layout(self):
        for name, content in self.files.items():
            layout = _LAYOUTS[name[-3:]]
            for line in content[:-1].decode("cp932").split("\r\n")[:-1]:
                fields = line.split(",")
                self.assertEqual(len(fields), layout[fields[0]], line)

    def test_file_names_and_heads_agree(self):
        for name, content in self.files.items():
            (head, _), receipts = _split(content)
            _, code, month = name.rsplit(".", 1)[0].split("_")
            self.assertEqual("".join(head[2:5]), code)
            self.assertEqual(head[7 if head[0] == "IR" else 6], str(Month.parse(month).plus(1)))
            for receipt in receipts:
                self.assertEqual(receipt[0][3], month)

    def test_the_end_record_counts_receipts_and_points(self):
        for content in self.files.values():
            (_, end), receipts = _split(content)
            self.assertEqual(int(end[1]), len(receipts))
            self.assertEqual(int(end[2]), sum(int(receipt[1][6 - 1]) for receipt in receipts))
            self.assertEqual(end[3], "99")

    def test_receipts_are_numbered_from_one(self):
        for content in self.files.values():
            numbers = [int(receipt[0][1]) for receipt in _split(content)[1]]
            self.assertEqual(numbers, list(range(1, len(numbers) + 1)))

    def test_medical_lines_add_up_to_the_receipt(self):
        for _, receipt in self._receipts("UKE"):
            points = sum(int(r[5] or 0) * int(r[6]) for r in receipt if r[0] in ("SI", "IY"))
            self.assertEqual(points, int(receipt[1][5]))

    def test_day_columns_add_up_to_the_times(self):
        for _, receipt in self._receipts("UKE"):
            days = {i + 1 for r in receipt if r[0] == "JD" for i in range(31) if r[2 + i] == "1"}
            self.assertEqual(len(days), int(receipt[1][4]))
            for record in receipt:
                if record[0] in ("SI", "IY"):
                    columns = [int(v or 0) for v in record[_FIRST_DAY:]]
                    self.assertEqual(sum(columns), int(record[6]))
                    self.assertLessEqual({d + 1 for d, v in enumerate(columns) if v}, days)

    def test_dispensing_lines_add_up_to_the_receipt(self):
        for _, receipt in self._receipts("CYO"):
            points = 0
            for record in receipt:
                if record[0] == "SH":
                    per_unit = int(record[5])
                elif record[0] == "CZ":
                    self.assertEqual(int(record[13]), per_unit * int(record[5]))
                    points += sum(int(record[i]) for i in (10, 13, 61))
                elif record[0] == "KI":
                    points += int(record[5])
            self.assertEqual(points, int(receipt[1][5]))

    def test_dispensing_follows_prescribing_within_the_month(self):
        for _, receipt in self._receipts("CYO"):
            for record in receipt:
                if record[0] == "CZ":
                    self.assertLessEqual(record[2], record[3])
                    self.assertEqual(record[3][:6], receipt[0][3])

    def test_the_branch_is_told_except_for_the_late_elderly(self):
        for _, receipt in [*self._receipts("UKE"), *self._receipts("CYO")]:
            branches = [r[6] for r in receipt if r[0] == "SN"]
            if receipt[1][1].startswith("39"):
                self.assertEqual(branches, [])
            else:
                self.assertEqual(len(branches), 1)
                self.assertRegex(branches[0], r"^\d\d$")

    def test_insurer_numbers_are_padded_to_eight(self):
        for _, receipt in [*self._receipts("UKE"), *self._receipts("CYO")]:
            self.assertEqual(len(receipt[1][1]), 8)

    def test_all_drugs_are_listed(self):
        used = Counter(r[2 if e == "CYO" else 3] for e in _LAYOUTS
                       for _, receipt in self._receipts(e) for r in receipt if r[0] == "IY")
        self.assertLessEqual(set(used), set(drugs.by_code()))
        self.assertGreater(len(used), 30)

    def test_person_0_refills_every_month(self):
        months = {receipt[0][3] for name, receipt in self._receipts("CYO")
                  if receipt[0][4] == "合成　一郎" and "1341234563" in name
                  and any(r[0] == "IY" and r[2] == "620007818" for r in receipt)}
        self.assertEqual(months, {str(month) for month in _PLAN.months})

    def test_about_a_third_of_the_people_has_receipts_in_a_month(self):
        for month in map(str, _PLAN.months):
            people = {receipt[0][4] + receipt[0][6]
                      for _, receipt in self._receipts("UKE") if receipt[0][3] == month}
            self.assertTrue(0.22 * 400 <= len(people) <= 0.45 * 400, len(people))


class Record(unittest.TestCase):
    def test_positions_count_the_id_as_one(self):
        self.assertEqual(uke.record("GO", 4, {2: 1, 4: "99"}), "GO,1,,99")


if __name__ == "__main__":
    unittest.main()
