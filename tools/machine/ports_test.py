"""Tests of the choice of ports."""

import tempfile
import unittest
from pathlib import Path

from machine import ports
from machine.parts import Folders


class PortsTest(unittest.TestCase):
    def test_machines_in_two_folders_hardly_try_the_same_ports(self) -> None:
        needed = len(ports.names())
        one, other = (ports.candidates(Path(f"/home/{name}/tsunagu/.run")) for name in ("aiko", "hiroshi"))
        self.assertFalse(set(one[:needed]) & set(other[:needed]))
        self.assertEqual(sorted(one), sorted(other))
        self.assertEqual(len(set(one)), len(one))

    def test_what_the_operator_chose_stays(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            folders = Folders(Path(folder))
            folders.config.mkdir()
            (folders.config / "ports.json").write_text('{"gateway": 443}')
            chosen = ports.choose(folders)
            self.assertEqual(chosen["gateway"], 443)
            self.assertEqual(sorted(chosen), sorted(ports.names()))
            self.assertEqual(ports.read(folders), chosen)


if __name__ == "__main__":
    unittest.main()
