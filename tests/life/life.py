"""tools/up, tools/status and tools/down on one folder: what they start, keep, leave alone and remove."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

from machine.loading import today
from machine.parts import GATEWAY, HOST, ROOT, SERVICES, Folders
from machine.processes import Process, all_processes, recorded_pid
from support.cases import require
from support.client import Client
from support.installation import MONTHS, PEOPLE, Installation, link_programs
from support.people import prescriptions
from support.processes import run

LIMIT_S = 300
# The gateway looks at its files every 5 seconds; a service folds little again.
STATUS_LIMIT_S, STATUS_POLL_S = 60, 0.5


def tool(name: str, *words: str | Path) -> tuple[int, str]:
    """Exit status and everything that a program of tools/ printed."""
    done = subprocess.run([str(ROOT / "tools" / name), *map(str, words)], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=LIMIT_S, check=False)
    return done.returncode, done.stdout


def must(name: str, *words: str | Path) -> str:
    status, text = tool(name, *words)
    require(status == 0, f"tools/{name} ended with {status}:\n{text}")
    return text


def processes_of(folder: Path) -> list[int]:
    """Whose command line or working directory lies in the folder."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                words = f"{os.readlink(entry / 'cwd')}/".encode() + (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if f"{folder}/".encode() in words:
                found.append(int(entry.name))
    return sorted(found)


def listens(address: str) -> bool:
    host, port = address.rsplit(":", 1)
    with socket.socket() as probe:
        return probe.connect_ex((host, int(port))) == 0


class Life:
    """Its cases stand on each other, in order."""

    def __init__(self, folder: Path, programs: Path | None, scratch: Path):
        """`folder`: not there yet. `programs`: as of link_programs."""
        self._folders = Folders(folder)
        self._programs = programs
        self._scratch = scratch
        self._id = ""
        self._pids: list[int] = []
        self._addresses: list[str] = []
        self._seen: list[str] = []  # ids of audit records
        self._foreign: list[subprocess.Popen[bytes]] = []

    def cases(self) -> Iterator[tuple[str, Callable[[], None]]]:
        yield "a folder that cannot be an installation's is refused in a line", self._bad_folders
        yield "tools/up starts it and a command works", self._first_start
        yield "tools/up again does no harm", self._second_start
        yield "tools/status says what is wrong", self._say_what_is_wrong
        yield "tools/down ends all of it and nothing else", self._stop
        yield "tools/up starts nothing on data whose subject key is gone", self._lose_the_subject_key
        yield "tools/up after that finds everything as it was", self._restart
        yield "tools/up takes the operator's drug master and keeps it", self._bring_a_drug_master
        yield "tools/down --wipe leaves nothing", self._wipe

    def close(self) -> None:
        """Whatever happened before."""
        for process in self._foreign:
            process.kill()
            process.wait()
        tool("down", "--dir", self._folders.run, "--wipe")

    def _up(self) -> str:
        return must("up", "--dir", self._folders.run, "--no-build", "--no-story")

    def _client(self, identity: str) -> Client:
        return Installation.running(self._folders.run).client(identity)

    def _bad_folders(self) -> None:
        file = self._scratch / "file"
        file.touch()
        for folder, said in ((file, "File exists"), (file / "below", "Not a directory"), (ROOT, "holds .bazelrc"),
                             (self._scratch / "no-programs", "never built")):
            status, text = tool("up", "--dir", folder, "--no-build", "--no-story")
            lines = text.strip().splitlines()
            require(status == 1 and len(lines) == 1 and said in text, f"--dir {folder} ended with {status}:\n{text}")
        require(not (ROOT / "lock").exists(), f"{ROOT} is an installation now")

    def _first_start(self) -> None:
        self._folders.bin.mkdir(parents=True)
        link_programs(self._folders, self._programs)
        run(ROOT / "tools/population/generate", "--people", str(PEOPLE), "--months", str(MONTHS), "--today", today(),
            "--out", self._folders.population)
        self._up()
        must("status", "--dir", self._folders.run)
        self._pids = processes_of(self._folders.run)
        require(len(self._pids) >= len(SERVICES) + 3, f"only {len(self._pids)} processes run")
        installation = Installation.running(self._folders.run)
        self._addresses = [*(installation.address(name) for name in (*(one.name for one in SERVICES), GATEWAY)),
                           *installation.stores().values()]
        require(all(address.startswith(f"{HOST}:") and listens(address) for address in self._addresses),
                f"not all of these listen: {self._addresses}")
        self._register()
        self._seen = self._records()
        require(bool(self._seen), "the access history is empty")

    def _register(self) -> None:
        doctor, document = self._client("clinic-1-doctor"), self._scratch / "life.xml"
        record = prescriptions(self._folders.population)[0].record
        signed = doctor.call("prescription", "sign", str(record), "--out", str(document))
        require(signed.ok, str(signed))
        answer = doctor.command("prescription", "register", str(document))
        require(answer.ok, str(answer))
        self._id = str(answer.body["prescription_id"])
        self._still_registered()

    def _still_registered(self) -> None:
        answer = self._client("clinic-1-doctor").persist("prescription", "status", self._id)
        require(answer.ok and answer.body["status"] == "STATUS_REGISTERED", str(answer))

    def _records(self) -> list[str]:
        """What the person's access history holds, by id."""
        person = prescriptions(self._folders.population)[0].person
        answer = self._client("insurer-1").persist("audit", "disclose", *person.options(), "--page-size", "1000")
        require(answer.ok, str(answer))
        return [one["id"] for one in answer.body["records"]]

    def _second_start(self) -> None:
        text = self._up()
        require("all ran already" in text, f"it started something again:\n{text}")
        now = processes_of(self._folders.run)
        require(now == self._pids, f"other processes run: {self._pids}, then {now}")
        self._still_registered()

    def _say_what_is_wrong(self) -> None:
        """Of those who do not serve, and of those who do though what lies on disk is wrong."""
        enrolment = self._folders.config / "enrolment.textproto"
        good = enrolment.read_text()
        enrolment.write_text(good + "nonsense")
        os.kill(recorded_pid(self._folders.cluster / "redis.pid"), 9)
        self._await_status(1, "redis .*ended by itself", "audit .* no .*Redis does not answer",
                           "gateway .* yes .*the enrolment file cannot be taken")
        enrolment.write_text(good)
        must("cluster", "restart", self._folders.cluster, "redis")
        self._await_status(0)
        log = (self._folders.log / f"{GATEWAY}.log").read_text()
        require(log.count("enrolment.not_reloaded") == 1, f"not told once:\n{log}")
        for file in self._folders.log.iterdir():
            other = [line for line in file.read_text().splitlines() if not line.startswith("{")]
            require(not other, f"{file.name} holds what is no JSON: {other[:3]}")

    def _await_status(self, expected: int, *patterns: str) -> None:
        until = time.monotonic() + STATUS_LIMIT_S
        while True:
            status, text = tool("status", "--dir", self._folders.run)
            if status == expected and all(re.search(pattern, text) for pattern in patterns):
                return
            require(time.monotonic() < until, f"tools/status ends with {status}:\n{text}")
            time.sleep(STATUS_POLL_S)

    def _stop(self) -> None:
        """One service has died before, and its process id is somebody else's by now."""
        self._foreign = [subprocess.Popen(words, executable="/bin/sleep") for words in (
            ("gateway", "600"), (str(uuid.uuid4()), "600"))]
        service = Process(self._folders, SERVICES[-1].name)
        died = service.pid()
        os.kill(died, 9)
        pid_file = self._folders.pids / service.name
        pid_file.write_text(pid_file.read_text().replace(str(died), str(self._foreign[1].pid), 1))
        must("down", "--dir", self._folders.run)
        self._nothing_runs()
        require(all(process.poll() is None for process in self._foreign), "tools/down ended a process of somebody else")
        left = [process.name for process in all_processes(self._folders) if process.pid()]
        require(not left, f"pid files of processes are left: {left}")

    def _nothing_runs(self) -> None:
        running = processes_of(self._folders.run)
        require(not running, f"these still run: {running}")
        listening = [address for address in self._addresses if listens(address)]
        require(not listening, f"somebody still listens at {listening}")

    def _lose_the_subject_key(self) -> None:
        key, aside = self._folders.pki / "internal" / "subject.key", self._scratch / "subject.key"
        key.rename(aside)
        status, text = tool("up", "--dir", self._folders.run, "--no-build", "--no-story")
        require(status == 1 and "subject.key is gone" in text, f"tools/up ended with {status}:\n{text}")
        self._nothing_runs()
        aside.rename(key)

    def _restart(self) -> None:
        text = self._up()
        require(text.count("loaded before") == 3, f"it loaded again:\n{text}")
        self._still_registered()
        lost = set(self._seen) - set(self._records())
        require(not lost, f"{len(lost)} of {len(self._seen)} records of the access history are gone")

    def _bring_a_drug_master(self) -> None:
        theirs = (self._folders.population / "master" / "y_ALL.csv").read_bytes().splitlines(keepends=True)
        file, difference = self._scratch / "y_ours.csv", self._scratch / "y_difference.csv"
        file.write_bytes(b"".join(theirs[:-1]))
        difference.write_bytes(theirs[0].replace(b'"0"', b'"5"', 1))
        words = ("--dir", self._folders.run, "--no-build", "--no-story")
        status, text = tool("up", *words, "--drug-master", difference)
        require(status == 1 and "difference file" in text, f"tools/up ended with {status}:\n{text}")
        text = must("up", *words, "--drug-master", file)
        readers = ("medication", "prescription", "emergency")
        require(f"{len(theirs) - 1} drugs" in text, f"it did not say what it took:\n{text}")
        require(all(re.search(rf"started: .*\b{name}\b", text) for name in readers), f"not all read it:\n{text}")
        require("all ran already" in self._up(), "it is not kept")
        for name in readers:
            config = (self._folders.config / f"{name}.textproto").read_text()
            require(f'"{self._folders.config}/drug_master.csv"' in config, f"{name} reads another:\n{config}")
        self._still_registered()

    def _wipe(self) -> None:
        must("down", "--dir", self._folders.run, "--wipe")
        self._nothing_runs()
        require(not self._folders.run.exists(), f"{self._folders.run} is still there")
        status, text = tool("status", "--dir", self._folders.run)
        require(status == 1 and "nothing was ever started" in text, f"tools/status says:\n{text}")
        must("down", "--dir", self._folders.run, "--wipe")
