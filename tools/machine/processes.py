"""Our processes on one machine: started once, found again by their pid files, stopped cleanly."""

from __future__ import annotations

import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from machine.parts import GATEWAY, HOST, SERVICES, Folders, MachineError

_START_LIMIT_S = 60.0
_STOP_LIMIT_S = 15.0
_POLL_S = 0.1
_LOG_LINES = 15


class Process:
    """A process with a pid file. A pid counts only while /proc says that it is still the process we started."""

    def __init__(self, folders: Folders, name: str):
        self.name = name
        self._command = [str(folders.program(name)), str(folders.config / f"{name}.textproto")]
        self._pid_file = folders.pids / name
        self.log = folders.log / f"{name}.log"

    @staticmethod
    def _birth(pid: int) -> str:
        """When a live process started; empty for a dead one or a zombie."""
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            return ""
        return "" if fields[0] in "ZX" else fields[19]

    def pid(self) -> int:
        """The pid of our running process, or 0."""
        try:
            pid, birth, _ = self._pid_file.read_text().split(" ", 2)
        except (OSError, ValueError):
            return 0
        # A process that had ended before its birth could be read has none.
        return int(pid) if birth and self._birth(int(pid)) == birth else 0

    def _version(self) -> str:
        """Changes when the program or its configuration does."""
        return " ".join(str(Path(path).stat().st_mtime_ns) for path in self._command)

    def is_current(self) -> bool:
        """Whether the running process has the present program and configuration."""
        return bool(self.pid()) and self._pid_file.read_text().split(" ", 2)[2].strip() == self._version()

    def start(self) -> None:
        with self.log.open("ab") as log:
            process = subprocess.Popen(self._command, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                       start_new_session=True)
        self._pid_file.write_text(f"{process.pid} {self._birth(process.pid)} {self._version()}\n")

    def stop(self) -> None:
        pid = self.pid()
        if pid:
            os.kill(pid, signal.SIGTERM)
            deadline = time.monotonic() + _STOP_LIMIT_S
            while self.pid():
                if time.monotonic() > deadline:
                    print(f"{self.name} did not stop in {_STOP_LIMIT_S:.0f} s, killing it")
                    os.kill(pid, signal.SIGKILL)
                    deadline = float("inf")
                time.sleep(_POLL_S)
        self._pid_file.unlink(missing_ok=True)

    def log_end(self) -> str:
        lines = self.log.read_text(errors="replace").splitlines() if self.log.exists() else []
        return "\n".join("  | " + line for line in lines[-_LOG_LINES:])


def all_processes(folders: Folders) -> list[Process]:
    """In the order of starting: the gateway last."""
    return [Process(folders, name) for name in (*(service.name for service in SERVICES), GATEWAY)]


def _metrics(port: int) -> str:
    try:
        with urllib.request.urlopen(f"http://{HOST}:{port}/metrics", timeout=1) as page:
            return page.read().decode()
    except (OSError, urllib.error.URLError):
        return ""


def is_ready(name: str, port: int) -> bool:
    """Whether the process says on its metrics page that it is ready (a service: that its views are caught up)."""
    page = _metrics(port)
    if name == GATEWAY:
        return bool(page)
    return any(line.split() == ["tsunagu_ready", "1"] for line in page.splitlines())


def start_all(folders: Folders, ports: dict[str, int]) -> list[str]:
    """Starts what does not run, or runs an old program, and waits until all are ready. Names what it started."""
    folders.log.mkdir(parents=True, exist_ok=True)
    folders.pids.mkdir(parents=True, exist_ok=True)
    started = []
    processes = all_processes(folders)
    for process in processes:
        if process.is_current():
            continue
        process.stop()
        process.start()
        started.append(process.name)
    deadline = time.monotonic() + _START_LIMIT_S
    for process in processes:
        while not is_ready(process.name, ports[process.name + ".metrics"]):
            if not process.pid():
                raise MachineError(f"{process.name} ended while starting; {process.log} says:\n{process.log_end()}")
            if time.monotonic() > deadline:
                raise MachineError(f"{process.name} is not ready after {_START_LIMIT_S:.0f} s; {process.log} says:\n"
                                   f"{process.log_end()}")
            time.sleep(_POLL_S)
    return started


def stop_all(folders: Folders) -> None:
    """The gateway first, so that no call finds a closed service."""
    for process in reversed(all_processes(folders)):
        process.stop()
