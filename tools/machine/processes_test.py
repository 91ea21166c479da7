"""Tests of starting, finding and stopping processes."""

import http.server
import os
import stat
import tempfile
import threading
import time
import unittest
from pathlib import Path

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
        (self.folders.pids / "x").write_text(f"{os.getpid()} 1 1 1\n")
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
        self.process.start()
        for _ in range(100):
            if not self.process.pid():
                break
            time.sleep(0.02)
        self.assertIn("cannot listen", self.process.log_end())


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
        self.assertFalse(processes.is_ready("audit", self.port))
        _Page.text = b"# HELP\ntsunagu_ready 1\n"
        self.assertTrue(processes.is_ready("audit", self.port))

    def test_the_gateway_is_ready_when_it_has_a_page(self) -> None:
        _Page.text = b"tsunagu_gateway_calls 0\n"
        self.assertTrue(processes.is_ready("gateway", self.port))

    def test_nobody_there_is_not_ready(self) -> None:
        self.assertFalse(processes.is_ready("audit", 1))


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
