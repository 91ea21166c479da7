import datetime
import unittest

from population import dates
from population.dates import Month


class Months(unittest.TestCase):
    def test_parses_and_prints(self):
        self.assertEqual(str(Month.parse("202610")), "202610")

    def test_refuses_what_is_no_month(self):
        for text in ("2026", "202613", "202600", "20261a"):
            with self.subTest(text), self.assertRaises(ValueError):
                Month.parse(text)

    def test_goes_over_the_year(self):
        self.assertEqual(Month(2026, 12).plus(1), Month(2027, 1))
        self.assertEqual(Month(2026, 1).plus(-1), Month(2025, 12))

    def test_counts_back_from_the_last(self):
        self.assertEqual(dates.last_months(Month(2026, 2), 3),
                         [Month(2025, 12), Month(2026, 1), Month(2026, 2)])

    def test_a_day_past_the_end_is_the_last(self):
        self.assertEqual(Month(2028, 2).day(31), datetime.date(2028, 2, 29))

    def test_no_working_day_is_a_sunday_or_of_another_month(self):
        for month in dates.last_months(Month(2026, 12), 24):
            for day in range(1, 32):
                date = month.next_working_day(day)
                self.assertNotEqual(date.weekday(), 6)
                self.assertEqual(Month(date.year, date.month), month)


class Ages(unittest.TestCase):
    def test_a_year_older_on_the_birthday(self):
        birth = datetime.date(1970, 4, 15)
        self.assertEqual(dates.age_on(birth, datetime.date(2026, 4, 14)), 55)
        self.assertEqual(dates.age_on(birth, datetime.date(2026, 4, 15)), 56)

    def test_29_february_counts_as_1_march(self):
        self.assertEqual(dates.birthday(datetime.date(1952, 2, 29), 75), datetime.date(2027, 3, 1))
        self.assertEqual(dates.birthday(datetime.date(1952, 2, 29), 76), datetime.date(2028, 2, 29))

    def test_school_starts_on_the_april_after_the_sixth_birthday(self):
        for birth, enters in (("20200401", 2026), ("20200402", 2027), ("20191231", 2026),
                              ("20200101", 2026)):
            with self.subTest(birth):
                born = datetime.datetime.strptime(birth, "%Y%m%d").date()
                self.assertTrue(dates.is_preschool(born, datetime.date(enters, 3, 31)))
                self.assertFalse(dates.is_preschool(born, datetime.date(enters, 4, 1)))


if __name__ == "__main__":
    unittest.main()
