"""Tests of starting, finding and stopping processes."""

import contextlib
import http.server
import io
import itertools
import os
import stat
import tempfile
import threading
import time
import unittest
from collections.abc import Iterable
from pathlib import Path
from unittest import mock

from machine import processes
from machine.parts import Folders, MachineError


class ProcessTest(unittest.TestCase):
    def setUp(self) -> None:
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folders = Folders(Path(temporary.name))
        for folder in (self.folders.bin, self.folders.config, self.folders.log, self.folders.pids):
            folder.mkdir()
        self.write_program("exec sleep 60")
        (self.folders.config / "x.textproto").write_text("")
        self.process = processes.Process(self.folders, "x")
        self.addCleanup(self.process.stop)

    def write_program(self, script: str) -> None:
        path = self.folders.program("x")
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)

    def test_started_it_is_found_by_its_pid_file(self) -> None:
        self.assertEqual(self.process.pid(), 0)
        self.process.start()
        self.assertNotEqual(self.process.pid(), 0)
        self.assertEqual(processes.Process(self.folders, "x").pid(), self.process.pid())

    def test_stopped_it_is_gone(self) -> None:
        self.process.start()
        pid = self.process.pid()
        self.process.stop()
        self.assertEqual(self.process.pid(), 0)
        with self.assertRaises(ProcessLookupError):
            os.waitpid(pid, os.WNOHANG)
            os.kill(pid, 0)

    def test_another_process_with_that_pid_is_left_alone(self) -> None:
        (self.folders.pids / "x").write_text(f"{os.getpid()} 1 0 1 1\n")
        self.assertEqual(self.process.pid(), 0)
        self.process.stop()

    def test_a_new_program_or_configuration_makes_it_old(self) -> None:
        self.process.start()
        self.assertTrue(self.process.is_current())
        time.sleep(0.01)
        (self.folders.config / "x.textproto").write_text("name: 'y'")
        self.assertFalse(self.process.is_current())

    def test_the_end_of_its_log_tells_why_it_ended(self) -> None:
        self.write_program("echo cannot listen; exit 1")
        self.run_to_its_end()
        self.assertIn("cannot listen", self.process.log_end())

    def test_the_end_of_its_log_begins_at_the_latest_start(self) -> None:
        self.write_program("echo the first time; exit 1")
        self.run_to_its_end()
        self.write_program("echo the second time; exit 1")
        self.run_to_its_end()
        self.assertEqual(self.process.log_end(), "  | the second time")

    def test_a_log_that_was_emptied_is_shown_whole(self) -> None:
        self.process.log.write_text("a long line of an earlier start\n")
        self.process.start()
        self.process.log.write_text("a line\n")
        self.assertEqual(self.process.log_end(), "  | a line")

    def test_a_log_that_is_too_long_is_set_aside_at_the_next_start(self) -> None:
        for line in ("the first time", "the second time"):
            self.write_program(f"echo {line}")
            with mock.patch.object(processes, "_LOG_LIMIT_BYTES", 10):
                self.run_to_its_end()
        self.assertEqual(self.process.log.read_text(), "the second time\n")
        self.assertEqual(self.process.log.with_name("x.log.1").read_text(), "the first time\n")

    def test_a_process_that_nobody_stopped_has_ended_by_itself(self) -> None:
        self.assertFalse(self.process.ended(), "never started")
        self.process.start()
        self.assertFalse(self.process.ended())
        self.process.stop()
        self.assertFalse(self.process.ended(), "stopped")
        self.write_program("exit 1")
        self.run_to_its_end()
        self.assertTrue(self.process.ended())

    def run_to_its_end(self) -> None:
        self.process.start()
        for _ in range(100):
            if not self.process.pid():
                return
            time.sleep(0.02)


class _Page(http.server.BaseHTTPRequestHandler):
    text = b""

    def do_GET(self) -> None:  # noqa: N802
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.text)

    def log_message(self, *_: object) -> None:
        pass


class ReadyTest(unittest.TestCase):
    def setUp(self) -> None:
        self.server = http.server.HTTPServer(("127.0.0.1", 0), _Page)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        self.port = self.server.server_address[1]

    def test_a_service_says_so_on_its_metrics_page(self) -> None:
        _Page.text = b"# HELP\ntsunagu_ready 0\n"
        self.assertFalse(processes.state(self.port).ready)
        _Page.text = b"# HELP\ntsunagu_ready 1\n"
        self.assertTrue(processes.state(self.port).ready)

    def test_a_service_that_rebuilds_says_how_far_it_is(self) -> None:
        _Page.text = b"tsunagu_ready 0\ntsunagu_records_folded 1000000\ntsunagu_rebuilds 16\n"
        self.assertEqual(processes.state(self.port), processes.State(False, 1000000, 1000016))

    def test_the_gateway_says_so_too(self) -> None:
        _Page.text = b"tsunagu_gateway_calls 0\ntsunagu_ready 0\n"
        self.assertEqual(processes.state(self.port), processes.State(False, 0, 0))
        _Page.text = b"tsunagu_gateway_calls 0\ntsunagu_ready 1\n"
        self.assertTrue(processes.state(self.port).ready)

    def test_what_is_wrong_is_told_in_words(self) -> None:
        def words(page: bytes) -> str:
            _Page.text = page
            return processes.explain(processes.state(self.port))

        self.assertEqual(words(b"tsunagu_ready 1\ntsunagu_fault{what=\"redis\"} 0\n"), "")
        self.assertEqual(words(b"tsunagu_ready 0\ntsunagu_fault{what=\"redis\"} 1\n"
                               b"tsunagu_fault{what=\"kafka\"} 0\n"), "Redis does not answer")
        self.assertEqual(words(b"tsunagu_ready 0\ntsunagu_records_folded 9000\ntsunagu_fault{what=\"fold\"} 1\n"),
                         "a view is not complete; 9,000 records folded")
        self.assertRegex(words(b"tsunagu_ready 1\ntsunagu_fault{what=\"enrolment\"} 1\n"
                               b"tsunagu_fault{what=\"tsunagu.ltc.v1.LongTermCare\"} 1\n"),
                         "^the enrolment file cannot be taken .*; ltc cannot be reached$")

    def test_nobody_there_is_not_ready(self) -> None:
        self.assertEqual(processes.state(1), processes.State())


class WaitTest(unittest.TestCase):
    """A process that runs, a clock that goes on by a second at each look, and the pages that it shows in turn."""

    def setUp(self) -> None:
        self.process = mock.Mock(log="x.log")
        self.process.name = "audit"
        self.process.pid.return_value = 1
        self.process.log_end.return_value = "  | why"
        self.now = 0.0
        clock = mock.Mock(monotonic=lambda: self.now, sleep=self.sleep)
        for patch in (mock.patch.object(processes, "time", clock), contextlib.redirect_stdout(io.StringIO())):
            self.output = patch.__enter__()
            self.addCleanup(patch.__exit__, None, None, None)

    def sleep(self, _: float) -> None:
        self.now += 1

    def wait(self, pages: Iterable[processes.State]) -> None:
        with mock.patch.object(processes, "state", side_effect=pages):
            processes.wait_until_ready([self.process], {"audit.metrics": 1})

    @staticmethod
    def folding(records: float) -> processes.State:
        return processes.State(False, records, records)

    def test_a_long_rebuild_is_waited_for(self) -> None:
        self.wait([*(self.folding(i // 50) for i in range(1000)), processes.State(True, 20, 20)])
        self.assertEqual(self.now, 1000)

    def test_every_ten_seconds_a_line_says_how_far_it_is(self) -> None:
        self.wait([*(self.folding(1000 * i) for i in range(25)), processes.State(True, 25, 25)])
        self.assertEqual(self.output.getvalue(), "  10 s, waiting for audit: 10,000 records folded\n"
                                                 "  20 s, waiting for audit: 20,000 records folded\n")

    def test_who_does_not_advance_is_given_up_with_its_log(self) -> None:
        with self.assertRaisesRegex(MachineError, r"(?s)audit.*not advanced for 60 s \(7 records folded\).*why"):
            self.wait(itertools.repeat(self.folding(7)))
        self.assertEqual(self.now, 61)

    def test_who_shows_no_page_is_given_up(self) -> None:
        with self.assertRaisesRegex(MachineError, "shows no metrics page"):
            self.wait(itertools.repeat(processes.State()))

    def test_who_ends_while_it_rebuilds_is_given_up_at_once(self) -> None:
        self.process.pid.side_effect = [1, 1, 0]
        with self.assertRaisesRegex(MachineError, "ended while starting"):
            self.wait(self.folding(i) for i in itertools.count())
        self.assertEqual(self.now, 2)


class StartAllTest(unittest.TestCase):
    def test_a_process_that_ends_while_starting_is_named_with_its_log(self) -> None:
        with tempfile.TemporaryDirectory() as temporary:
            folders = Folders(Path(temporary))
            folders.bin.mkdir()
            folders.config.mkdir()
            ports = {}
            for process in processes.all_processes(folders):
                path = folders.program(process.name)
                path.write_text("#!/bin/sh\necho no certificate\nexit 1\n")
                path.chmod(0o755)
                (folders.config / f"{process.name}.textproto").write_text("")
                ports[process.name + ".metrics"] = 1
            with self.assertRaisesRegex(MachineError, "(?s)eligibility ended while starting.*no certificate"):
                processes.start_all(folders, ports)


if __name__ == "__main__":
    unittest.main()
