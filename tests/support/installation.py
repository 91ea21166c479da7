"""A whole installation of its own in a folder: broker, Redis, six services and the gateway, on free ports.

    with Installation(folder) as installation:
        answer = installation.client("clinic-1-doctor").call("prescription", "status", ID)
        installation.kill("prescription")
        installation.start("prescription")

It is put together by tools/machine, as tools/up does it, with a smaller population.
"""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterable
from pathlib import Path

from machine import config, ports
from machine.parts import GATEWAY, HOST, PARTITIONS, ROOT, SERVICES, TARGETS, TOPICS, Folders
from machine.processes import Process, is_ready, wait_until_ready
from support.client import Client
from support.processes import free_port, run, wait_for

STORES = ("redis", "kafka")
SERVICE_NAMES = tuple(service.name for service in SERVICES)
PEOPLE, MONTHS = 20, 2

# The codes of tools/pki/enrol, by the first two words of an identity.
FACILITIES = {
    "clinic-1": "1311234567", "hospital-1": "1319000011", "pharmacy-1": "1341234563", "pharmacy-2": "1341234571",
    "ambulance-1": "1380000001", "careplan-1": "1370000001", "homehelp-1": "1370000002", "insurer-1": "1300000018",
    "payer-1": "1300000026",
}


def link_programs(folders: Folders, programs: Path | None = None) -> None:
    """Into an empty bin. `programs`: a folder with them, such as the bin of tools/up; unset: what Bazel built."""
    for target in TARGETS:
        package, _, name = target.removeprefix("//").partition(":")
        name = name or package.rsplit("/", 1)[1]
        built = programs / name if programs else ROOT / "bazel-bin" / package / name
        if not built.exists():
            raise RuntimeError(f"{built} is not there: bazel build {' '.join(TARGETS)}")
        folders.program(name).symlink_to(built.resolve())


class Installation:
    """Not thread safe, except client() and what it returns."""

    def __init__(self, directory: Path, programs: Path | None = None):
        """`directory`: empty or not there yet. `programs`: as of link_programs."""
        self.folders = Folders(directory.resolve())
        self._programs = programs
        self._processes: dict[str, Process] = {}
        self._ports: dict[str, int] = {}
        self.kafka = self.redis = ""

    # ---- the whole ----

    @classmethod
    def running(cls, directory: Path) -> Installation:
        """The one that tools/up started in that folder. Not to be entered: it stays as it is."""
        installation = cls(directory)
        installation._ports = ports.read(installation.folders)
        for name in (*SERVICE_NAMES, GATEWAY):
            installation.add(name)
        return installation

    def __enter__(self) -> Installation:
        try:
            self._prepare()
            self._start_stores()
            self._ports = config.write(self.folders, self.kafka, self.redis)
            self._hurry_the_clock()
            for name in (*SERVICE_NAMES, GATEWAY):
                self.add(name)
                self.start(name)
            self.wait_ready()
            self._load()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *unused: object) -> None:
        for process in reversed(self._processes.values()):
            process.stop()
        if self.folders.cluster.is_dir():
            run(ROOT / "tools/cluster", "stop", self.folders.cluster)

    def _prepare(self) -> None:
        for folder in (self.folders.bin, self.folders.config, self.folders.log, self.folders.pids):
            folder.mkdir(parents=True, exist_ok=True)
        link_programs(self.folders, self._programs)
        run(ROOT / "tools/pki/make", self.folders.pki)
        run(ROOT / "tools/population/generate", "--people", str(PEOPLE), "--months", str(MONTHS),
            "--out", self.folders.population)
        # Two installations that start at the same time must not choose the same.
        names = (*SERVICE_NAMES, GATEWAY)
        chosen = {name: free_port() for name in (*names, *(f"{name}.metrics" for name in names))}
        (self.folders.config / "ports.json").write_text(json.dumps(chosen), encoding="ascii")

    def _start_stores(self) -> None:
        lines = run(ROOT / "tools/cluster", "start", self.folders.cluster).splitlines()
        addresses = dict(line.split("=", 1) for line in lines if "=" in line)
        self.kafka, self.redis = addresses["KAFKA"], addresses["REDIS"]
        run(self.folders.program("topics"), self.kafka, str(PARTITIONS), *TOPICS)

    def _hurry_the_clock(self) -> None:
        """What is due is told at once, and not after the first minute, in the middle of some case."""
        with (self.folders.config / "prescription.textproto").open("a", encoding="utf-8") as file:
            file.write("prescription_limits { clock_interval_ms: 500 }\n")

    def _load(self) -> None:
        """Insured persons and receipts, so that there is somebody to work for."""
        receipts = sorted((self.folders.population / "receipts").iterdir())
        for identity, words in (("insurer-1", ["eligibility", "load", self.folders.population / "insurers.csv"]),
                                ("insurer-1", ["eligibility", "load", self.folders.population / "care_insurer.csv"]),
                                ("payer-1", ["medication", "submit", *receipts])):
            answer = self.client(identity).persist(*map(str, words))
            if not answer.ok:
                raise RuntimeError(f"{identity} {words[:2]}: {answer}")

    # ---- processes ----

    def add(self, name: str) -> None:
        """A process with the program and the configuration of that name. Not started yet."""
        self._processes[name] = Process(self.folders, name)

    def add_copy(self, name: str, original: str, replace: Iterable[tuple[str, str]] = ()) -> None:
        """A second process of the same program: its configuration is the original's with ports of its own, and
        with these texts replaced. Not started yet."""
        text = (self.folders.config / f"{original}.textproto").read_text(encoding="utf-8")
        for port in (original, f"{original}.metrics"):
            self._ports[port.replace(original, name)] = free_port()
            text = text.replace(f'"{self.address(port)}"', f'"{self.address(port.replace(original, name))}"')
        for old, new in replace:
            if old not in text:
                raise RuntimeError(f"the configuration of {original} has no {old}")
            text = text.replace(old, new)
        (self.folders.config / f"{name}.textproto").write_text(text, encoding="utf-8")
        self.folders.program(name).symlink_to(self.folders.program(original).resolve())
        self.add(name)

    def address(self, name: str) -> str:
        """Where a process listens, or "NAME.metrics"."""
        return f"{HOST}:{self._ports[name]}"

    def pid(self, name: str) -> int:
        """Of a running process; RuntimeError with the end of its log when it does not run."""
        process = self._processes[name]
        pid = process.pid()
        if not pid:
            raise RuntimeError(f"{name} does not run; {process.log} ends:\n{process.log_end()}")
        return pid

    def runs(self, name: str) -> bool:
        return bool(self._processes[name].pid())

    def kill(self, name: str) -> None:
        """As a crash does: a process or one of STORES."""
        if name in STORES:
            run(ROOT / "tools/cluster", "kill", self.folders.cluster, name)
            return
        os.kill(self.pid(name), signal.SIGKILL)
        wait_for(f"{name} gone", lambda: not self._processes[name].pid())

    def start(self, name: str) -> None:
        """Starts it, again after kill; does not wait until it is ready (a store answers when this returns)."""
        if name in STORES:
            run(ROOT / "tools/cluster", "restart", self.folders.cluster, name)
        else:
            self._processes[name].start()

    def wait_ready(self, *names: str) -> None:
        """Until these processes (none named: all) say that they are ready."""
        wait_until_ready([self._processes[name] for name in names or self._processes], self._ports)

    def stores(self) -> dict[str, str]:
        """The addresses of KAFKA and REDIS."""
        return dict(line.split("=", 1) for line in (self.folders.cluster / "ports.env").read_text().split())

    def is_ready(self, name: str) -> bool:
        return is_ready(self._ports[f"{name}.metrics"])

    # ---- clients ----

    def client(self, identity: str, gateway: str = GATEWAY) -> Client:
        """`gateway`: the name of the process to call through."""
        facility = FACILITIES.get("-".join(identity.split("-")[:2]), FACILITIES["clinic-1"])
        return Client(self.folders.program("tsunagu"), self.folders.run, identity, facility, self.address(gateway))
