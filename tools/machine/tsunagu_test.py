"""Tests of reading what the command line prints."""

import stat
import tempfile
import unittest
from pathlib import Path

from machine.parts import Folders, MachineError
from machine.tsunagu import Tsunagu


class TsunaguTest(unittest.TestCase):
    def setUp(self) -> None:
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folders = Folders(Path(temporary.name))
        self.folders.bin.mkdir()

    def program(self, script: str) -> Tsunagu:
        path = self.folders.program("tsunagu")
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return Tsunagu(self.folders)

    def test_an_answer_is_its_json(self) -> None:
        answer = self.program("""echo '{"loaded": 3}'""").call("insurer-1", "x")
        self.assertEqual(answer.must(), {"loaded": 3})

    def test_answers_before_a_refusal_are_a_refusal(self) -> None:
        answer = self.program("""echo '{"answers": [{}], "error": {"reason": "TAKEN"}}'; exit 1""").call("x", "y")
        self.assertEqual(answer.error, {"reason": "TAKEN"})

    def test_no_output_is_an_empty_answer(self) -> None:
        self.assertEqual(self.program("true").call("x", "y").must(), {})

    def test_a_refusal_is_an_answer_too(self) -> None:
        answer = self.program("""echo '{"error": {"reason": "TAKEN"}}'; exit 1""").call("x", "y")
        self.assertEqual(answer.error, {"reason": "TAKEN"})
        with self.assertRaisesRegex(MachineError, "TAKEN"):
            answer.must()

    def test_wrong_usage_is_no_answer(self) -> None:
        with self.assertRaisesRegex(MachineError, "no such option"):
            self.program("echo no such option >&2; exit 64").call("x", "y")

    def test_what_is_no_json_is_no_answer(self) -> None:
        with self.assertRaisesRegex(MachineError, "printed no JSON"):
            self.program("echo hello").call("x", "y")

    def test_the_identity_and_the_folder_are_passed_on(self) -> None:
        answer = self.program("""printf '{"words": "%s"}' "$*" """).call("clinic-1-doctor", "audit", "history")
        self.assertRegex(answer.must()["words"], "--dir .* --as clinic-1-doctor --json .* audit history")


if __name__ == "__main__":
    unittest.main()
