import contextlib
import io
import json
import tempfile
import unittest
from pathlib import Path

from population import command

_SMALL = ["--people", "60", "--months", "2", "--until", "202610", "--today", "20261123"]


def _run(*arguments: str) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        command.main([*_SMALL, *arguments, "--out", folder])
        root = Path(folder)
        return {str(path.relative_to(root)): path.read_bytes()
                for path in sorted(root.rglob("*")) if path.is_file()}


class Whole(unittest.TestCase):
    def test_the_same_seed_gives_the_same_bytes(self):
        self.assertEqual(_run("--seed", "4"), _run("--seed", "4"))

    def test_another_seed_gives_other_people(self):
        one, other = _run("--seed", "4"), _run("--seed", "5")
        self.assertNotEqual(one["insurers.csv"], other["insurers.csv"])

    def test_fewer_people_are_the_first_of_more(self):
        more, fewer = _run("--people", "60"), _run("--people", "30")
        self.assertTrue(more["insurers.csv"].startswith(fewer["insurers.csv"]))

    def test_writes_every_kind_of_file_in_its_encoding(self):
        files = _run("--seed", "1")
        folders = {name.split("/")[0] for name in files}
        self.assertEqual(folders, {"insurers.csv", "care_insurer.csv", "master", "receipts",
                                   "careplan", "prescriptions", "population.json"})
        for name, content in files.items():
            is_utf8 = name.endswith((".json", ".txt", "insurers.csv", "care_insurer.csv"))
            content.rstrip(b"\x1a").decode("utf-8" if is_utf8 else "cp932")

    def test_the_summary_counts_what_was_written(self):
        files = _run("--seed", "1")
        data = json.loads(files["population.json"])
        self.assertEqual(data["counts"]["people"], 60)
        self.assertEqual(data["counts"]["qualifications"], files["insurers.csv"].count(b"\n") - 1)
        for folder in ("receipts", "careplan", "prescriptions"):
            self.assertEqual(data["counts"][folder], sum(n.startswith(folder) for n in files))
        self.assertEqual({f["key"]: f["institution_code"] for f in data["facilities"]}["clinic-1"],
                         "1311234567")
        self.assertEqual([p["person"] for p in data["fixed_people"]], [0, 1, 2])

    def test_file_names_hold_no_personal_data(self):
        files = _run("--seed", "1")
        data = json.loads(files["population.json"])
        for name in files:
            for person in data["fixed_people"][:1]:
                self.assertNotIn(person["symbol"], name)
                self.assertNotIn(person["name"], name)

    def test_refuses_wrong_arguments(self):
        for wrong in (["--people", "2"], ["--months", "0"], ["--until", "202613"],
                      ["--today", "20261301"]):
            with self.subTest(wrong), self.assertRaises(SystemExit), \
                    contextlib.redirect_stderr(io.StringIO()):
                command.main([*_SMALL, *wrong, "--out", "unused"])


if __name__ == "__main__":
    unittest.main()
