import datetime
import unittest

from population import drugs, facilities, people, prescriptions, treatment
from population.dates import Month, last_months
from population.people import Plan

_PLAN = Plan(11, 500, tuple(last_months(Month(2026, 10), 12)))
_TODAY = datetime.date(2026, 11, 23)
_ORDER = "1 2 3 4 5 11 12 13 14 21 22 23 51 101 111 201".split()


class Prescriptions(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        everybody = people.generate(_PLAN, 20)
        habits = [treatment.habit_of(_PLAN, p) for p in everybody]
        clinic = facilities.BY_KEY["clinic-1"]
        cls.people = prescriptions.recipients(everybody, habits, clinic, 20, _TODAY)
        cls.contents = [prescriptions.write(clinic, p, habits[p.index], _TODAY) for p in cls.people]
        cls.records = [[line.split(",") for line in content.decode("utf-8").split("\n")[1:-1]]
                       for content in cls.contents]

    def test_person_0_comes_first(self):
        self.assertEqual(self.people[0].index, 0)
        self.assertEqual(len(self.people), 20)

    def test_starts_with_its_version_and_uses_line_feeds(self):
        for content in self.contents:
            self.assertTrue(content.startswith(b"SJ1\n") and content.endswith(b"\n"))
            self.assertNotIn(b"\r", content)

    def test_each_required_record_stands_once_and_in_order(self):
        for records in self.records:
            heads = [r[0] for r in records if int(r[0]) < 101]
            self.assertEqual([h for h in heads if h != "14"], [h for h in _ORDER[:13] if h != "14"])
            self.assertEqual(heads, sorted(heads, key=_ORDER.index))

    def test_the_issuer_is_clinic_1(self):
        for records in self.records:
            self.assertEqual(records[0][1:4], ["1", "1234567", "13"])

    def test_groups_are_numbered_and_have_usage_and_drugs(self):
        for records in self.records:
            body = [r for r in records if int(r[0]) >= 101]
            groups = [r[1] for r in body if r[0] == "101"]
            self.assertEqual(groups, [str(n) for n in range(1, len(groups) + 1)])
            self.assertEqual(groups, [r[1] for r in body if r[0] == "111"])
            self.assertEqual(set(groups), {r[1] for r in body if r[0] == "201"})

    def test_usage_and_drugs_are_coded(self):
        for records in self.records:
            for r in records:
                if r[0] == "111":
                    self.assertEqual((r[2], len(r[3])), ("3", 16))
                if r[0] == "201":
                    drug = drugs.by_code()[r[5]]
                    self.assertEqual((r[3], r[4], r[6], r[9]), ("1", "2", drug.name, drug.unit))

    def test_the_elderly_and_small_children_have_a_burden_class(self):
        for person, records in zip(self.people, self.records):
            has_class = any(r[0] == "14" for r in records)
            self.assertEqual(has_class, person.age(_TODAY) >= 70)

    def test_the_late_elderly_have_neither_symbol_nor_branch(self):
        for person, records in zip(self.people, self.records):
            card = next(r for r in records if r[0] == "23")
            if person.age(_TODAY) >= people.LATE_ELDERLY_AGE:
                self.assertEqual((card[1], card[3], card[4]), ("", "1", ""))
            else:
                self.assertRegex(card[4], r"^\d\d$")

    def test_every_text_is_in_the_character_set_of_the_rule(self):
        for content in self.contents:
            content.decode("utf-8").encode("cp932")

    def test_refuses_somebody_without_insurance_on_the_day(self):
        clinic = facilities.BY_KEY["clinic-1"]
        before = datetime.date(1990, 1, 1)
        with self.assertRaises(ValueError):
            prescriptions.write(clinic, self.people[0], treatment.Habit(), before)


if __name__ == "__main__":
    unittest.main()
