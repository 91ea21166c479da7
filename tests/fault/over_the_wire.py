"""What a service says of itself, how it stops, and what becomes of a call whose time is up."""

from __future__ import annotations

import os
import shutil
import signal
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from fault.workload import sign
from machine.parts import SERVICES
from support import wire
from support.cases import note, require
from support.client import Answer, RawClient
from support.installation import Installation
from support.people import Prescription, prescriptions
from support.processes import wait_for

SERVING, NOT_SERVING = 1, 2
SHORT_S = 2.0
SLACK_S = 3.0  # of a busy machine: the service's own default deadline is 10 s
IN_FLIGHT_S = 1.0
STOP_LIMIT_S = 10.0  # 5 s for calls under way, and the folds
_HEALTH = "grpc.health.v1.Health/Check"
_REFLECTION = "grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo"


class Wire:
    """Calls processes directly, as the gateway does."""

    def __init__(self, installation: Installation, raw_call: Path):
        self._installation = installation
        self._raw_call = raw_call
        self._identity = installation.folders.run / "work" / "gateway-client"
        self._identity.mkdir(parents=True, exist_ok=True)
        for file in ("cert.pem", "key.pem"):
            shutil.copy(installation.folders.pki / "internal" / "gateway-client" / file, self._identity)
        (self._identity / "chain.pem").touch()

    def call(self, name: str, method: str, request: bytes = b"") -> Answer:
        identity = self._installation.folders.pki / "identities" / "clinic-1-doctor" if name == "gateway" else self._identity
        raw = RawClient(self._raw_call, self._installation.folders.pki, str(identity), self._installation.address(name),
                        name)
        return raw.call(method, request, deadline_s=SHORT_S)

    def health(self, name: str) -> int:
        """SERVING, NOT_SERVING, or 0 when nobody answers."""
        answer = self.call(name, _HEALTH)
        fields = dict(wire.fields(bytes.fromhex(answer.body["hex"]))) if answer.ok else {}
        return int(fields.get(1, 0))

    def reflected(self, name: str) -> list[str]:
        """The services that the process says it has."""
        answer = self.call(name, _REFLECTION, wire.text(7, "*"))
        require(answer.ok, f"reflection of {name}: {answer}")
        answers = (value for number, value in wire.fields(bytes.fromhex(answer.body["hex"])) if number == 6)
        return [bytes(dict(wire.fields(one))[1]).decode() for listed in answers  # type: ignore[arg-type]
                for number, one in wire.fields(listed) if number == 1]  # type: ignore[arg-type]


def names_itself(installation: Installation, raw_call: Path) -> None:
    """Reflection and health of every process."""
    direct = Wire(installation, raw_call)
    for service in SERVICES:
        listed = direct.reflected(service.name)
        require(service.grpc in listed, f"{service.name} lists {listed}")
        require(direct.health(service.name) == SERVING, f"{service.name} does not say SERVING")
    require(direct.health("gateway") == SERVING, "the gateway does not say SERVING")
    answer = direct.call("gateway", _REFLECTION, wire.text(7, "*"))
    require(answer.reason == "METHOD_UNKNOWN", f"the gateway has no reflection, it says so in its README: {answer}")


@contextmanager
def paused_kafka(installation: Installation) -> Iterator[None]:
    """The broker is there and silent."""
    pid = int((installation.folders.cluster / "kafka.pid").read_text().split()[0])
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


class Registration:
    """A prescription to register, under one command id."""

    def __init__(self, installation: Installation, prescription: Prescription, mark: str):
        self._doctor = installation.client("clinic-1-doctor")
        document = sign(self._doctor, prescription, installation.folders.run / "work", mark)
        self._words = ["prescription", "register", str(document), "--command-id", str(uuid.uuid4())]

    def once(self, deadline_s: float) -> Answer:
        return self._doctor.call(*self._words, deadline_s=deadline_s)

    def is_there_once(self) -> None:
        """However often it is sent, it is one prescription, registered."""
        ids = set()
        for _ in range(2):
            answer = self._doctor.persist(*self._words)
            require(answer.ok, str(answer))
            ids.add(str(answer.body["prescription_id"]))
        require(len(ids) == 1, f"one command made {ids}")
        status = self._doctor.persist("prescription", "status", ids.pop())
        require(status.ok and status.body["status"] == "STATUS_REGISTERED", str(status))


def stops_gracefully(installation: Installation, raw_call: Path) -> None:
    """SIGTERM: the call in flight is answered, a new one is not taken, the process ends."""
    registration = Registration(installation, prescriptions(installation.folders.population)[0], "stop")
    direct, pid = Wire(installation, raw_call), installation.pid("prescription")
    with ThreadPoolExecutor(1) as pool:
        with paused_kafka(installation):
            in_flight = pool.submit(registration.once, 10.0)
            time.sleep(IN_FLIGHT_S)
            require(not in_flight.done(), f"it was answered without Kafka: {in_flight}")
            os.kill(pid, signal.SIGTERM)
            time.sleep(IN_FLIGHT_S / 2)
            late = direct.call("prescription", _HEALTH)
            require(late.code in ("UNAVAILABLE", "DEADLINE_EXCEEDED"), f"a new call after SIGTERM: {late}")
        answer = in_flight.result()
    require(answer.ok, f"the call in flight at SIGTERM: {answer}")
    took = wait_for("prescription ended", lambda: not installation.runs("prescription"), STOP_LIMIT_S)
    note(f"ended {took:.1f} s after its last call could go on")
    installation.start("prescription")
    installation.wait_ready()
    registration.is_there_once()


def keeps_deadlines(installation: Installation) -> None:
    """Kafka is silent: a call ends when its caller's time is up, with an error that says so, and leaves no half."""
    person = prescriptions(installation.folders.population)[0].person
    registration = Registration(installation, prescriptions(installation.folders.population)[1], "deadline")
    words = ["emergency", "summary", *person.options(), "--birth", person.birth, "--reason", "unconscious, a fall"]
    crew = installation.client("ambulance-1-paramedic")
    calls = (("prescription", "DEADLINE_EXCEEDED", lambda: registration.once(SHORT_S)),
             ("emergency", "AUDIT_UNAVAILABLE", lambda: crew.call(*words, deadline_s=SHORT_S)))
    with paused_kafka(installation):
        for service, says, call in calls:
            log = installation.folders.log / f"{service}.log"
            began, size = time.monotonic(), log.stat().st_size
            answer = call()
            took = time.monotonic() - began
            require(answer.code == "DEADLINE_EXCEEDED" or answer.reason == says, f"while Kafka is silent: {answer}")
            require(took < SHORT_S + SLACK_S, f"{service}: a call with {SHORT_S:.0f} s ended after {took:.1f} s")
            wait_for(f"{service} gives up too", lambda log=log, size=size, says=says:
                     says.encode() in log.read_bytes()[size:], SLACK_S)
            note(f"{service}: {answer.reason or answer.code} after {took:.1f} s")
    installation.wait_ready()
    registration.is_there_once()
