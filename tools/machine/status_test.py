"""Tests of the table of what runs."""

import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from machine import ports, processes, status
from machine.parts import GATEWAY, SERVICES, Folders, MachineError
from machine.status import Part

_NAMES = [*(service.name for service in SERVICES), GATEWAY]


class TableTest(unittest.TestCase):
    def test_all_is_well_when_every_part_runs_and_is_ready(self) -> None:
        good = Part("audit", 7, True, "8443")
        self.assertTrue(status.all_well([good, good]))
        self.assertFalse(status.all_well([good, Part("audit", 0, False, "8443")]))
        self.assertFalse(status.all_well([good, Part("audit", 7, False, "8443")]))

    def test_a_part_that_serves_though_something_is_wrong_is_not_well(self) -> None:
        self.assertFalse(status.all_well([Part("gateway", 7, True, "8443", note="ltc cannot be reached")]))

    def test_a_part_is_a_line_under_its_headings(self) -> None:
        folding = Part("medication", 12345, False, "8444", "http://127.0.0.1:8451/metrics", "9 records folded")
        text = status.table([Part("redis", 0, False, "20001"), folding])
        self.assertEqual(text.splitlines(), [
            "PART        RUNS  PID    READY  PORT   METRICS",
            "redis       no    -      no     20001  -",
            "medication  yes   12345  no     8444   http://127.0.0.1:8451/metrics  9 records folded"])


class LookTest(unittest.TestCase):
    def setUp(self) -> None:
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folders = Folders(Path(temporary.name))

    def configure(self) -> None:
        for folder in (self.folders.config, self.folders.pids, self.folders.cluster):
            folder.mkdir()
        (self.folders.config / "ports.json").write_text(json.dumps({name: 9 + i for i, name in enumerate(ports.names())}))

    def run_all(self) -> None:
        """Pid files that name this process."""
        birth = Path("/proc/self/stat").read_text().rsplit(")", 1)[1].split()[19]
        for name in _NAMES:
            (self.folders.pids / name).write_text(f"{os.getpid()} {birth} 0 1 1\n")
        for name in ("kafka", "redis"):
            (self.folders.cluster / f"{name}.pid").write_text(f"{os.getpid()} {birth}\n")
        (self.folders.cluster / "ports.env").write_text("KAFKA=127.0.0.1:2\nREDIS=127.0.0.1:3\n")

    def look(self, cluster: str, state: processes.State) -> list[Part]:
        with mock.patch.object(status.subprocess, "run", return_value=mock.Mock(stdout=cluster)), \
                mock.patch.object(processes, "state", return_value=state):
            return status.look(self.folders)

    def test_where_nothing_was_started_there_is_nothing_to_show(self) -> None:
        with self.assertRaisesRegex(MachineError, "nothing was ever started"):
            status.look(self.folders)

    def test_every_part_is_shown_though_none_runs(self) -> None:
        self.configure()
        parts = status.look(self.folders)
        self.assertEqual([part.name for part in parts], ["kafka", "redis", *_NAMES])
        self.assertFalse(any(part.pid or part.ready for part in parts))

    def test_a_page_at_the_port_of_a_process_that_ended_is_not_its_own(self) -> None:
        self.configure()
        parts = self.look("", processes.State(True, 1, 1))
        self.assertFalse(any(part.ready for part in parts))

    def test_a_machine_where_everything_answers_is_well(self) -> None:
        self.configure()
        self.run_all()
        parts = self.look("redis: answers\nkafka: answers\n", processes.State(True, 5, 5))
        self.assertTrue(status.all_well(parts), status.table(parts))
        self.assertEqual([part.port for part in parts[:2]], ["2", "3"])

    def test_a_silent_store_or_a_service_that_rebuilds_is_not_well(self) -> None:
        self.configure()
        self.run_all()
        ready = processes.State(True, 5, 5)
        self.assertFalse(status.all_well(self.look("redis: down\nkafka: answers\n", ready)))
        parts = self.look("redis: answers\nkafka: answers\n", processes.State(False, 5, 21))
        self.assertFalse(status.all_well(parts))
        self.assertIn("5 records folded", status.table(parts))

    def test_why_a_part_is_not_well_stands_in_its_line(self) -> None:
        self.configure()
        self.run_all()
        (self.folders.pids / "ltc").write_text("1 1 0 1 1\n")
        (self.folders.cluster / "redis.pid").write_text("1 1\n")
        lines = status.table(self.look("kafka: down\n", processes.State(True, 5, 5, ("enrolment",)))).splitlines()
        for name, why in (("kafka", "it does not answer"), ("redis", "it ended by itself: see .*/cluster/redis.log"),
                          ("ltc", "it ended by itself: see .*/log/ltc.log"),
                          ("gateway", "the enrolment file cannot be taken")):
            self.assertRegex(next(line for line in lines if line.startswith(name)), why)

    def test_what_was_stopped_did_not_end_by_itself(self) -> None:
        self.configure()
        self.assertEqual({part.note for part in status.look(self.folders)}, {""})

    def test_ports_that_are_none_are_named(self) -> None:
        self.configure()
        file = self.folders.config / "ports.json"
        for text, said in (("{", "is no JSON"), ("[]", "no object"), ('{"audit": "1"}', "audit is no port number"),
                           ('{"audit": 1, "gateway": 1}', "a port comes twice"),
                           ('{"audit": 1}', "no port yet for gateway, eligibility")):
            file.write_text(text)
            with self.assertRaisesRegex(MachineError, said):
                status.look(self.folders)

    def test_a_busy_cluster_is_not_waited_for(self) -> None:
        self.configure()
        self.run_all()
        with mock.patch.object(status.subprocess, "run", side_effect=subprocess.TimeoutExpired("cluster", 15)):
            self.assertIn("tools/cluster is at work", status.table(status.look(self.folders)))


if __name__ == "__main__":
    unittest.main()
