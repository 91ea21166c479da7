"""Tests of the operator's drug master."""

import json
import stat
import tempfile
import unittest
from pathlib import Path

from machine import drug_master
from machine.parts import Folders, MachineError


class DrugMasterTest(unittest.TestCase):
    def setUp(self) -> None:
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folders = Folders(Path(temporary.name))
        self.file = Path(temporary.name) / "y_20261101.csv"
        self.file.write_text("rows")
        self.folders.bin.mkdir()

    def _checked_as(self, text: str) -> None:
        """From now on `tsunagu check` says so."""
        program = self.folders.program("tsunagu")
        program.write_text(f"#!/bin/sh\n[ \"$1\" = check ] && cat <<'END'\n{text}\nEND\nexit 1\n")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)

    def _report(self, name: str, summary: dict[str, object]) -> str:
        return json.dumps({"reports": [{"format": name, "summary": summary, "errors": 2}]})

    def test_without_one_of_its_own_it_is_that_of_the_population(self) -> None:
        self.assertEqual(drug_master.path(self.folders), self.folders.population / "master" / "y_ALL.csv")

    def test_a_whole_master_is_kept_in_the_operators_place(self) -> None:
        before = drug_master.digest(self.folders)
        self._checked_as(self._report("drug_master", {"kind": "full", "drugs": 20123}))
        self.assertIn("20,123 drugs, 2 rows left out", drug_master.take(self.folders, self.file))
        own = self.folders.config / "drug_master.csv"
        self.assertEqual(drug_master.path(self.folders), own)
        self.assertEqual(own.read_text(), "rows")
        self.assertNotEqual(drug_master.digest(self.folders), before)

    def test_what_is_no_whole_master_changes_nothing(self) -> None:
        for text, said in ((self._report("receipt", {}), "no drug master"),
                           (self._report("drug_master", {"kind": "difference", "rows": 7}), "difference file"),
                           (self._report("drug_master", {"kind": "full", "drugs": 0}), "all drugs"),
                           ("", "cannot be checked")):
            with self.subTest(said):
                self._checked_as(text)
                with self.assertRaisesRegex(MachineError, said):
                    drug_master.take(self.folders, self.file)
        self.assertFalse((self.folders.config / "drug_master.csv").exists())


if __name__ == "__main__":
    unittest.main()
