import csv
import io
import unittest
from decimal import Decimal

from population import drugs, treatment


class DrugList(unittest.TestCase):
    def test_codes_are_unique_and_nine_digits(self):
        codes = [drug.code for drug in drugs.load()]
        self.assertEqual(len(codes), len(set(codes)))
        for code in codes:
            self.assertRegex(code, r"^6\d{8}$")

    def test_the_five_codes_of_the_samples_are_there(self):
        for code in ("620007818", "612450118", "622381201", "620007813", "612170709"):
            self.assertIn(code, drugs.by_code())

    def test_codes_of_other_tables_have_their_shape(self):
        for drug in drugs.load():
            with self.subTest(drug.code):
                self.assertRegex(drug.price_list_code, r"^\d{7}[A-Z]\d{4}$")
                self.assertRegex(drug.generic_code, r"^$|^[0-9A-Z]{9}ZZZ$")
                self.assertEqual(bool(drug.generic_code), bool(drug.generic_name))

    def test_names_and_units_are_full_width_and_fit_the_master(self):
        for drug in drugs.load():
            with self.subTest(drug.code):
                self.assertTrue(drug.name.startswith("合成"))
                for text, most in ((drug.name, 64), (drug.unit, 12)):
                    encoded = text.encode("cp932")
                    self.assertEqual(len(encoded), 2 * len(text))
                    self.assertLessEqual(len(encoded), most)
                self.assertLessEqual(len(drug.kana.encode("cp932")), 20)

    def test_prescribable_drugs_have_a_usage_of_16_characters(self):
        for drug in drugs.load():
            if drug.condition != "emergency":
                self.assertEqual(len(drug.jami_code), 16, drug.code)

    def test_daily_amounts_divide_into_doses(self):
        for drug in drugs.load():
            if drug.route == "oral":
                self.assertEqual(drug.amount / drug.times * drug.times, drug.amount, drug.code)

    def test_every_drug_treats_a_known_disease(self):
        for drug in drugs.load():
            self.assertIn(drug.condition, treatment.DISEASES)


class Points(unittest.TestCase):
    def test_five_or_less_are_rounded_down(self):
        for yen, points in (("5.7", 1), ("15", 1), ("15.1", 2), ("25", 2), ("25.01", 3),
                            ("644", 64), ("646", 65)):
            with self.subTest(yen):
                self.assertEqual(drugs.points(Decimal(yen)), points)

    def test_numbers_have_no_trailing_zeros(self):
        for text, written in (("2.50", "2.5"), ("3.0", "3"), ("30", "30"), ("0.25", "0.25")):
            self.assertEqual(drugs.number(Decimal(text)), written)


class Master(unittest.TestCase):
    def setUp(self):
        self.content = drugs.master(drugs.load())
        self.rows = list(csv.reader(io.StringIO(self.content.decode("cp932"), newline="")))

    def test_has_42_quoted_columns(self):
        for row in self.rows:
            self.assertEqual(len(row), drugs.MASTER_COLUMNS)
        for line in self.content.split(b"\r\n")[:-1]:
            self.assertTrue(line.startswith(b'"0","Y","6') and line.endswith(b'"'))
        self.assertNotIn(b"\n", self.content.replace(b"\r\n", b""))

    def test_columns_stand_where_the_manual_has_them(self):
        row = self.rows[0]
        drug = drugs.load()[0]
        for position, value in ((3, drug.code), (5, drug.name), (9, "1"),
                                (10, "錠"), (12, "10.10"), (17, "1"), (28, "1"), (31, "99999999"),
                                (32, "2171022F4010"), (35, drug.name), (37, "2171022F4ZZZ")):
            self.assertEqual(row[position - 1], value, position)


if __name__ == "__main__":
    unittest.main()
