"""Garbage, truncated and oversized input at every entrance: a precise error, a service that goes on, bounded memory."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from e2e.main_job import must
from support import wire
from support.cases import require
from support.client import Answer, Client, RawClient
from support.installation import Installation
from support.people import prescriptions
from support.processes import forget_peak, peak_bytes

MIB = 1 << 20
GATEWAY_LIMIT = 4 * MIB
GROWTH_LIMIT = 100 * MIB
# Huge requests at once: together far more than the gateway may hold for what is being sent (256 MiB).
FLOOD, FLOOD_BYTES = 8, 64 * MIB
FLOOD_GROWTH_LIMIT = 400 * MIB
# Answers that say what is wrong with the request; anything else is a fault of the platform.
_GOOD_CODES = {"INVALID_ARGUMENT", "RESOURCE_EXHAUSTED", "OUT_OF_RANGE"}


def _upload(file: bytes) -> bytes:
    return wire.text(1, file)


def _command_id() -> bytes:
    return wire.text(1, str(uuid.uuid4()))


@dataclass(frozen=True)
class Entrance:
    """An RPC that takes a file."""

    name: str
    service: str  # the process behind it
    identity: str
    method: str
    limit: int  # of the file, in bytes
    pack: Callable[[bytes], bytes]  # a file into a request
    good: Sequence[str]  # a command that answers OK while the service works


def _bomb() -> bytes:
    """Entities that would unfold to 10^9 times "lol"."""
    entities = ['<!ENTITY e0 "lol">']
    entities += [f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 10)]
    return f'<?xml version="1.0"?><!DOCTYPE Document [{"".join(entities)}]><Document>&e9;</Document>'.encode()


def _outside() -> bytes:
    return b'<?xml version="1.0"?><!DOCTYPE Document [<!ENTITY x SYSTEM "file:///etc/passwd">]><Document>&x;</Document>'


def bad_files(good: bytes, limit: int) -> Iterator[tuple[str, bytes]]:
    """Files that no entrance may take, by what is wrong with them."""
    noise = random.Random(20261123)
    yield "nothing", b""
    yield "one zero byte", b"\0"
    yield "random bytes", noise.randbytes(64 * 1024)
    yield "text of no format", "これはレセプトではありません。\n".encode() * 200
    yield "one endless line", b"," * (limit - 1)
    yield "endless lines", b"\n" * (limit - 1)
    yield "XML that is too deep", b"<a>" * 100_000
    yield "XML that unfolds", _bomb()
    yield "XML that looks outside", _outside()
    yield "a good file cut short", good[:good.rfind(b"\n", 0, len(good) // 2) + 6]  # inside a line
    yield "one byte over the limit", good + b" " * (limit + 1 - len(good))


def _precise(answer: Answer) -> str:
    """What is wrong with an answer to bad input; empty when it is a precise error."""
    if answer.ok:
        return f"taken: {answer}"
    if answer.code not in _GOOD_CODES:
        return f"not an error about the input: {answer}"
    if not (answer.rule or answer.findings() or answer.error.get("fields")):
        return f"an error that names neither rule nor field nor finding: {answer}"
    return ""


class BadInput:
    def __init__(self, installation: Installation, raw_call: Path, scratch: Path):
        self._installation = installation
        self._raw_call = raw_call
        self._scratch = scratch
        self._held = ""  # a prescription that pharmacy-1 holds

    def entrances(self) -> tuple[Entrance, ...]:
        def document(file: bytes) -> bytes:
            return _command_id() + wire.number(2, 1) + wire.text(3, file)

        def result(file: bytes) -> bytes:
            return _command_id() + wire.text(2, self._held) + wire.text(3, file)

        def package(file: bytes) -> bytes:
            name = "UP1KYO_1370000001_43_1370000002_11_20260101000000.CSV"
            return _command_id() + wire.text(2, wire.text(1, name) + wire.text(2, file))

        person = prescriptions(self._installation.folders.population)[0].person
        check = ["eligibility", "check", *person.options(), "--birth", person.birth]
        status = ["prescription", "status", self._held]
        return (
            Entrance("insured persons", "eligibility", "insurer-1", "tsunagu.eligibility.v1.Eligibility/LoadInsured",
                     MIB, _upload, check),
            Entrance("receipts", "medication", "payer-1", "tsunagu.medication.v1.Medication/SubmitReceipts",
                     3 * MIB, _upload, []),
            Entrance("prescription", "prescription", "clinic-1-doctor",
                     "tsunagu.prescription.v1.Prescriptions/Register", MIB, document, status),
            Entrance("dispensing result", "prescription", "pharmacy-1-pharmacist",
                     "tsunagu.prescription.v1.Prescriptions/Dispense", MIB, result, status),
            Entrance("care plan", "ltc", "careplan-1-office", "tsunagu.ltc.v1.LongTermCare/SendPackage",
                     2 * MIB, package, ["ltc", "list"]),
        )

    def cases(self) -> Iterator[tuple[str, Callable[[], None]]]:
        yield "bad input: a prescription to dispense is there", self._prepare
        for index, entrance in enumerate(self.entrances()):
            def at(index: int = index) -> Entrance:
                return self.entrances()[index]  # knows the prescription by then

            yield f"bad input: files at {entrance.name}", lambda at=at: self._files(at())
            yield f"bad input: requests at {entrance.name}", lambda at=at: self._requests(at())
        yield "bad input: many huge requests at once", self._flood

    def _prepare(self) -> None:
        doctor = self._installation.client("clinic-1-doctor")
        prescription = prescriptions(self._installation.folders.population)[0]
        document = self._scratch / "bad.xml"
        must(doctor.call("prescription", "sign", str(prescription.record), "--out", str(document)))
        self._held = str(must(doctor.command("prescription", "register", str(document)))["prescription_id"])
        pharmacist = self._installation.client("pharmacy-1-pharmacist")
        accepted, result = self._scratch / "bad-accepted.xml", self._scratch / "bad-result.xml"
        must(pharmacist.command("prescription", "accept", "--id", self._held, *prescription.person.options(),
                                "--out", str(accepted)))
        must(pharmacist.call("prescription", "dispense-file", str(accepted), "--pharmacy", pharmacist.facility,
                             "--pharmacy-name", "合成薬局", "--pharmacist", "合成　薬剤師", "--out", str(result)))

    def _good_file(self, entrance: Entrance) -> bytes:
        population = self._installation.folders.population
        return {
            "insured persons": lambda: (population / "insurers.csv").read_bytes(),
            "receipts": lambda: min((population / "receipts").iterdir()).read_bytes(),
            "prescription": lambda: (self._scratch / "bad.xml").read_bytes(),
            "dispensing result": lambda: (self._scratch / "bad-result.xml").read_bytes(),
            "care plan": lambda: min((population / "careplan").iterdir()).read_bytes(),
        }[entrance.name]()

    def _files(self, entrance: Entrance) -> None:
        files = bad_files(self._good_file(entrance), entrance.limit)
        self._send(entrance, [(what, entrance.pack(file)) for what, file in files])

    def _requests(self, entrance: Entrance) -> None:
        """What is wrong before any file is looked at."""
        whole = entrance.pack(self._good_file(entrance))
        noise = random.Random(7).randbytes(4096)
        self._send(entrance, [
            ("an empty request", b""),
            ("a request over the gateway's limit", entrance.pack(b" " * GATEWAY_LIMIT)),
            ("a request of random bytes", b"\xff" + noise),
            ("a request cut short", whole[:len(whole) // 2]),
            ("a request with a broken length", b"\x0a\xff\xff\xff\xff\x0f" + noise),
            ("a request far over the gateway's limit", entrance.pack(b" " * (3 * GATEWAY_LIMIT))),
        ])

    def _send(self, entrance: Entrance, requests: Sequence[tuple[str, bytes]]) -> None:
        raw = RawClient(self._raw_call, self._installation.folders.pki, entrance.identity,
                        self._installation.address("gateway"))
        processes = {name: self._installation.pid(name) for name in (entrance.service, "gateway")}
        before = {name: forget_peak(pid) for name, pid in processes.items()}
        wrong = []
        for what, request in requests:
            verdict = _precise(raw.call(entrance.method, request))
            if verdict:
                wrong.append(f"{what}: {verdict}")
            self._still_answers(entrance, what)
        for name, pid in processes.items():
            require(self._installation.pid(name) == pid, f"{name} is another process now")
            grown = peak_bytes(pid) - before[name]
            require(grown < GROWTH_LIMIT, f"{name} grew by {grown / MIB:.0f} MiB")
        require(not wrong, "\n".join(wrong))

    def _flood(self) -> None:
        entrance, pid = self.entrances()[0], self._installation.pid("gateway")
        raw = RawClient(self._raw_call, self._installation.folders.pki, entrance.identity,
                        self._installation.address("gateway"))
        before = forget_peak(pid)
        with ThreadPoolExecutor(FLOOD) as pool:
            answers = list(pool.map(lambda request: raw.call(entrance.method, request), [b" " * FLOOD_BYTES] * FLOOD))
        grown = peak_bytes(pid) - before
        require(not any(answer.ok for answer in answers), "a huge request was taken")
        require(self._installation.pid("gateway") == pid, "the gateway is another process now")
        require(grown < FLOOD_GROWTH_LIMIT, f"the gateway grew by {grown / MIB:.0f} MiB")
        self._still_answers(entrance, "many huge requests")

    def _still_answers(self, entrance: Entrance, after: str) -> None:
        if not entrance.good:
            return
        client: Client = self._installation.client(
            "clinic-1-doctor" if entrance.service == "eligibility" else entrance.identity)
        answer = client.persist(*entrance.good, for_s=5.0)
        require(answer.ok, f"after {after} the service does not answer: {answer}")
