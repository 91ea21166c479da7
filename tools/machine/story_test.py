"""Tests of the main job: that it fails at a wrong answer. With right answers, tools/up itself is the test."""

import datetime
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from machine import story
from machine.parts import Folders, MachineError

_PERSON = {"name": "合成　ウメ", "insurer": "39131016", "symbol": "", "number": "1", "branch": "",
           "birthdate": "19450201", "ltc_insurer": "131003", "ltc_number": "0000012345"}


class StoryTest(unittest.TestCase):
    def setUp(self) -> None:
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        folders = Folders(Path(temporary.name))
        (folders.population / "prescriptions").mkdir(parents=True)
        (folders.population / "careplan").mkdir()
        folders.story.mkdir()
        self.folders = folders
        self.story = story.Story(folders, {"fixed_people": [_PERSON]})
        self.tsunagu = mock.Mock()
        self.story._tsunagu = self.tsunagu

    def answer(self, body: object) -> None:
        self.tsunagu.call.return_value.must.return_value = body

    def test_a_person_who_is_not_insured_ends_it(self) -> None:
        self.answer({"check": {"validity": "VALIDITY_NONE"}})
        with self.assertRaisesRegex(MachineError, "VALIDITY_NONE"):
            self.story._check_person_in("clinic-1-doctor")

    def test_somebody_else_ends_it(self) -> None:
        self.answer({"check": {"validity": "VALIDITY_VALID", "qualification": {"name": "合成　一郎"}}})
        with self.assertRaisesRegex(MachineError, "一郎"):
            self.story._check_person_in("clinic-1-doctor")

    def test_two_winners_of_the_race_end_it(self) -> None:
        self.tsunagu.start.return_value.answer.return_value = mock.Mock(error=None)
        with self.assertRaisesRegex(MachineError, "exactly one"):
            self.story._race()

    def test_no_winner_of_the_race_ends_it(self) -> None:
        self.tsunagu.start.return_value.answer.return_value = mock.Mock(error={"reason": "TAKEN"})
        with self.assertRaisesRegex(MachineError, "exactly one"):
            self.story._race()

    def test_an_earlier_dispensing_is_not_this_runs(self) -> None:
        self.story._winner, self.story._days = "pharmacy-1-pharmacist", 15
        dispensing = {"dispensed_on": story.today(), "facility": "1341234563", "source": "SOURCE_DISPENSING",
                      "drugs": [{"quantity": 14}]}
        self.assertFalse(self.story._is_dispensed({"dispensings": [dispensing]}))
        dispensing["drugs"].append({"quantity": 15})
        self.assertTrue(self.story._is_dispensed({"dispensings": [dispensing]}))
        dispensing["source"] = "SOURCE_PRESCRIPTION"
        self.assertFalse(self.story._is_dispensed({"dispensings": [dispensing]}))

    def test_audit_records_of_earlier_runs_do_not_count(self) -> None:
        now = datetime.datetime.now(datetime.timezone.utc)
        old, new = ({"time": (now + datetime.timedelta(hours=h)).isoformat()} for h in (-1, 1))
        self.assertEqual(self.story._records({"records": [new, old]}), [new])

    def test_a_glass_that_breaks_without_a_reason_ends_it(self) -> None:
        self.tsunagu.call.return_value.error = None
        with self.assertRaisesRegex(MachineError, "REQUEST_INCOMPLETE"):
            self.story._emergency()

    def test_the_newest_care_plan_is_sent_under_the_present_time(self) -> None:
        for name in ("UPPLAN_202609_1_20260825101540.CSV", "UPPLAN_202610_1_20260925101540.CSV"):
            (self.folders.population / "careplan" / name).write_text(name)
        files = self.story._new_package()
        self.assertEqual(len(files), 1)
        self.assertRegex(files[0].name, r"^UPPLAN_202610_1_\d{14}\.CSV$")
        self.assertEqual(files[0].read_text(), "UPPLAN_202610_1_20260925101540.CSV")

    def test_a_view_may_lag_but_not_for_ever(self) -> None:
        answers = iter([1, 2, 3])
        self.assertEqual(story._wait_until("x", lambda: next(answers), lambda a: a == 3), 3)
        with mock.patch.object(story, "_LAG_LIMIT_S", 0.0), self.assertRaisesRegex(MachineError, "x, not even"):
            story._wait_until("x", lambda: 1, lambda a: False)


if __name__ == "__main__":
    unittest.main()
