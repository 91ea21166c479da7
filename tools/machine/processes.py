"""Our processes on one machine: started once, found again by their pid files, stopped cleanly."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from machine.parts import GATEWAY, HOST, SERVICES, Folders, MachineError

# How long a starting process may show no progress: a service that folds a long log is ready after minutes or hours.
_STALL_LIMIT_S = 60.0
_PROGRESS_LINE_S = 10.0
_STOP_LIMIT_S = 15.0
_POLL_S = 0.1
_LOG_LINES = 15
# A log that is longer when its process is started becomes the old one, of which there is one.
_LOG_LIMIT_BYTES = 64 << 20


def _birth(pid: int) -> str:
    """When a live process started; empty for a dead one or a zombie."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return ""
    return "" if fields[0] in "ZX" else fields[19]


def _recorded(pid_file: Path) -> tuple[str, str, str, str]:
    """What a pid file says: pid, birth, and of our processes where in the log this start begins, and the version."""
    try:
        words = pid_file.read_text().strip().split(" ", 3)
    except OSError:
        words = []
    pid, birth, log_start, version = [*words, "", "", "", ""][:4]
    return pid, birth, log_start, version


def recorded_pid(pid_file: Path) -> int:
    """The pid that the file names, or 0 when that process has ended: then the pid may be another's by now."""
    pid, birth, *_ = _recorded(pid_file)
    # A process that had ended before its birth could be read has none.
    return int(pid) if birth and _birth(int(pid)) == birth else 0


# What tsunagu_fault names. All else that it names is a service that the gateway cannot reach.
_FAULT = re.compile(r'^tsunagu_fault\{what="([^"]+)"\} 1$', re.MULTILINE)
_WORDS = {
    "kafka": "Kafka does not answer",
    "redis": "Redis does not answer",
    "fold": "a view is not complete",
    "partition": "part of a view is not complete",
    "authorities": "issuing CAs without current revocation lists: their holders are refused",
    "crls": "the new revocation lists cannot be taken (its log says why), the older ones are in force",
    "enrolment": "the enrolment file cannot be taken (its log says why), the older one is in force",
    **{service.grpc: f"{service.name} cannot be reached" for service in SERVICES},
}


class Process:
    """A process with a pid file. A pid counts only while /proc says that it is still the process we started."""

    def __init__(self, folders: Folders, name: str):
        self.name = name
        self._command = [str(folders.program(name)), str(folders.config / f"{name}.textproto")]
        self._pid_file = folders.pids / name
        self.log = folders.log / f"{name}.log"

    def pid(self) -> int:
        """The pid of our running process, or 0."""
        return recorded_pid(self._pid_file)

    def _version(self) -> str:
        """Changes when the program or its configuration does."""
        return " ".join(str(Path(path).stat().st_mtime_ns) for path in self._command)

    def is_current(self) -> bool:
        """Whether the running process has the present program and configuration."""
        return bool(self.pid()) and _recorded(self._pid_file)[3] == self._version()

    def ended(self) -> bool:
        """Whether it was started and ended though nobody stopped it."""
        return self._pid_file.exists() and not self.pid()

    def start(self) -> None:
        if self.log.exists() and self.log.stat().st_size > _LOG_LIMIT_BYTES:
            self.log.rename(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as log:
            log_start = log.tell()
            process = subprocess.Popen(self._command, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                       start_new_session=True)
        self._pid_file.write_text(f"{process.pid} {_birth(process.pid)} {log_start} {self._version()}\n")

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
        """The last lines that the process wrote since its latest start."""
        try:
            log = self.log.read_bytes()
        except OSError:
            return ""
        start = int(_recorded(self._pid_file)[2] or 0)
        # Shorter than it was: somebody emptied the log meanwhile.
        lines = log[start if start <= len(log) else 0:].decode(errors="replace").splitlines()
        return "\n".join("  | " + line for line in lines[-_LOG_LINES:])


def all_processes(folders: Folders) -> list[Process]:
    """In the order of starting: the gateway last."""
    return [Process(folders, name) for name in (*(service.name for service in SERVICES), GATEWAY)]


@dataclass(frozen=True)
class State:
    """What the metrics page of a process says."""

    ready: bool = False
    folded: float = -1.0  # records since its start; -1: there is no page
    reached: float = -1.0  # grows with everything that a process does on the way to ready
    faults: tuple[str, ...] = ()  # what is wrong: the labels of tsunagu_fault that are 1


def _metrics(port: int) -> str:
    try:
        with urllib.request.urlopen(f"http://{HOST}:{port}/metrics", timeout=1) as page:
            return page.read().decode()
    except (OSError, http.client.HTTPException):
        return ""


def state(port: int) -> State:
    """Asks the metrics page."""
    page = _metrics(port)
    if not page:
        return State()
    gauges = dict(words for line in page.splitlines() if len(words := line.split()) == 2)
    folded, rebuilds = (float(gauges.get(f"tsunagu_{gauge}", 0)) for gauge in ("records_folded", "rebuilds"))
    return State(ready=gauges.get("tsunagu_ready") == "1", folded=folded, reached=folded + rebuilds,
                 faults=tuple(_FAULT.findall(page)))


def is_ready(port: int) -> bool:
    return state(port).ready


def explain(state: State) -> str:
    """What is wrong with a process, by its page; empty when nothing is."""
    if state.folded < 0:
        return "it shows no metrics page"
    words = [_WORDS.get(fault, f"{fault} cannot be reached") for fault in state.faults]
    if not state.ready and not {"kafka", "redis", "authorities"}.intersection(state.faults):
        words.append(f"{state.folded:,.0f} records folded")
    return "; ".join(words)


class _Waiting:
    """A process that is not ready yet, and since when it has not advanced."""

    def __init__(self, process: Process, port: int):
        self.process = process
        self._port = port
        self._state = State()
        self._advanced = time.monotonic()

    def is_over(self) -> bool:
        """Looks at it once. MachineError when it ended, or has not advanced for too long."""
        # In this order: a process that ends after its page was read is noticed at the next look.
        alive = bool(self.process.pid())
        new = state(self._port)
        if not alive:
            raise MachineError(f"{self.process.name} ended while starting; {self._log()}")
        now = time.monotonic()
        if new.reached > self._state.reached:
            self._advanced = now
        self._state = new
        if not new.ready and now - self._advanced > _STALL_LIMIT_S:
            raise MachineError(f"{self.process.name} is not ready and has not advanced for {_STALL_LIMIT_S:.0f} s "
                               f"({self.progress()}); {self._log()}")
        return new.ready

    def progress(self) -> str:
        return explain(self._state)

    def _log(self) -> str:
        return f"{self.process.log} says since this start:\n{self.process.log_end()}"


def wait_until_ready(processes: list[Process], ports: dict[str, int]) -> None:
    """Waits for as long as those that are not ready run and advance, and says every ten seconds how far they are."""
    start = time.monotonic()
    line_due = start + _PROGRESS_LINE_S
    waiting = [_Waiting(process, ports[process.name + ".metrics"]) for process in processes]
    while waiting := [one for one in waiting if not one.is_over()]:
        now = time.monotonic()
        if now >= line_due:
            print(f"  {now - start:.0f} s, waiting for " +
                  "; ".join(f"{one.process.name}: {one.progress()}" for one in waiting), flush=True)
            line_due = now + _PROGRESS_LINE_S
        time.sleep(_POLL_S)


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
    wait_until_ready(processes, ports)
    return started


def stop_all(folders: Folders) -> None:
    """The gateway first, so that no call finds a closed service."""
    for process in reversed(all_processes(folders)):
        process.stop()
