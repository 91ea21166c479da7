"""Tests of what a machine consists of."""

import re
import subprocess
import tempfile
import unittest
from pathlib import Path

from machine.parts import GATEWAY, ROOT, SERVICES, TOPICS, Folders, MachineError


class PartsTest(unittest.TestCase):
    def test_no_topic_has_two_owners(self) -> None:
        self.assertEqual(len(set(TOPICS)), len(TOPICS))

    def test_a_topic_is_named_after_its_owner(self) -> None:
        for service in SERVICES:
            for topic in service.topics:
                self.assertEqual(topic.split(".")[0], service.name)

    def test_a_cluster_has_the_same_processes(self) -> None:
        manifests = subprocess.run([ROOT / "k8s/render"], check=True, stdout=subprocess.PIPE, text=True).stdout
        self.assertNotIn("NAME", manifests)
        deployments = re.findall(r"kind: Deployment\nmetadata:\n  name: (\w+)", manifests)
        self.assertEqual(deployments, [*(service.name for service in SERVICES), GATEWAY])

    def test_an_image_names_no_package_of_its_own(self) -> None:
        image = (ROOT / "k8s/Dockerfile").read_text()
        self.assertIn("tools/install --runtime", image)
        self.assertNotIn("apt-get", image)


class FoldersTest(unittest.TestCase):
    def setUp(self) -> None:
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)

    def test_an_empty_or_a_new_folder_can_be_a_machines(self) -> None:
        Folders(self.folder).make()
        Folders(self.folder / "new" / "one").make()
        self.assertTrue((self.folder / "new" / "one").is_dir())

    def test_so_can_a_backup_and_one_that_was_started_before(self) -> None:
        (self.folder / "pki").mkdir()
        Folders(self.folder).make()
        for name in ("lock", "notes.txt"):
            (self.folder / name).touch()
        Folders(self.folder).make()

    def test_a_folder_of_somebody_else_cannot(self) -> None:
        (self.folder / "thesis.tex").touch()
        with self.assertRaisesRegex(MachineError, "holds thesis.tex"):
            Folders(self.folder).make()

    def test_what_is_no_folder_cannot(self) -> None:
        file = self.folder / "file"
        file.touch()
        for path in (file, file / "below"):
            with self.assertRaisesRegex(MachineError, f"--dir {path} cannot be"):
                Folders(path).make()

    def test_programs_that_were_never_built_are_named(self) -> None:
        with self.assertRaisesRegex(MachineError, "//services/ltc .*//tools/cli:tsunagu"):
            Folders(self.folder).require_programs()
        (self.folder / "bin").mkdir()
        for name in (*(service.name for service in SERVICES), GATEWAY, "tsunagu", "topics"):
            (self.folder / "bin" / name).touch()
        Folders(self.folder).require_programs()


if __name__ == "__main__":
    unittest.main()
