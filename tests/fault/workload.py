"""What pharmacies, a clinic, a crew and a care office do while processes die: the main job, over and over.

Every worker has prescriptions of its own. It writes down each intent once it has an answer, or has given up.
"""

from __future__ import annotations

import base64
import hashlib
import re
import threading
import time
import uuid
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

from fault.history import ACCEPT, DISPENSE, REGISTER, SEND, STATUS, Call, Outcome, Stage
from support.client import Answer, Client
from support.people import Person, Prescription

GIVE_UP_S = 60.0
CALL_S = 5.0
STAGES = {"STATUS_REGISTERED": Stage.REGISTERED, "STATUS_IN_DISPENSING": Stage.IN_DISPENSING,
          "STATUS_DISPENSED": Stage.DISPENSED}


@dataclass(frozen=True)
class Staff:
    """Who calls."""

    doctor: Client
    pharmacists: Sequence[Client]
    crew: Client
    care_office: Client


@dataclass
class Journal:
    """What all workers saw."""

    calls: list[Call] = field(default_factory=list)
    words: dict[str, tuple[Client, tuple[str, ...]]] = field(default_factory=dict)  # of each command, by its id
    sent: dict[str, str] = field(default_factory=dict)  # digests of the files of packages, by the slot of the SEND
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, call: Call, client: Client, words: Sequence[str]) -> None:
        with self._lock:
            self.calls.append(call)
            if call.command_id:
                self.words.setdefault(call.command_id, (client, tuple(words)))


def _outcome(answer: Answer) -> Outcome:
    if answer.ok:
        return Outcome.OK
    return Outcome.UNKNOWN if answer.again else Outcome.REFUSED


def _result(answer: Answer) -> Mapping[str, str]:
    """What a repeat of the command must answer again."""
    kept = {name: str(answer.body[name]) for name in ("access_code", "result_id", "package_id", "use_by")
            if answer.body.get(name)}
    if "files" in answer.body:
        kept["files"] = digest_of((one["name"], base64.b64decode(one["content"])) for one in answer.body["files"])
    for name in ("document", "stamped_document"):
        if answer.body.get(name):
            kept[name] = hashlib.sha256(answer.body[name].encode()).hexdigest()
    return kept


def digest_of(files: Iterable[tuple[str, bytes]]) -> str:
    """Of the files of a package, by name and content, in any order."""
    digest = hashlib.sha256()
    for name, content in sorted(files):
        digest.update(b"%d:%b%d:%b" % (len(name), name.encode(), len(content), content))
    return digest.hexdigest()


def sign(doctor: Client, prescription: Prescription, folder: Path, mark: str) -> Path:
    """The prescription as a signed document. A document is registered once, so each needs a mark of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    record, document = folder / f"signed-{mark}.txt", folder / f"signed-{mark}.xml"
    text = prescription.record.read_text(encoding="utf-8")
    record.write_text(re.sub("^101,", f"81,1,,{mark}\n101,", text, count=1, flags=re.MULTILINE), encoding="utf-8")
    signed = doctor.call("prescription", "sign", str(record), "--out", str(document))
    if not signed.ok:
        raise RuntimeError(f"sign: {signed}")
    return document


@dataclass(frozen=True)
class Errand:
    """One worker's view of one prescription or package."""

    journal: Journal
    slot: str
    person: str = ""
    prescription_id: str = ""

    def about(self, prescription_id: str) -> Errand:
        return replace(self, prescription_id=prescription_id)

    def command(self, client: Client, action: str, *words: str) -> Answer:
        return self._do(client, action, (*words, "--command-id", str(uuid.uuid4())))

    def read(self, client: Client, action: str, *words: str) -> Answer:
        return self._do(client, action, words)

    def repeat(self, first: Call) -> None:
        """Sends a command once more, as it was."""
        client, words = self.journal.words[first.command_id]
        self._do(client, first.action, words)

    def _do(self, client: Client, action: str, words: Sequence[str]) -> Answer:
        began = time.monotonic()
        answer = client.persist(*words, for_s=GIVE_UP_S, deadline_s=CALL_S)
        self.journal.add(Call(
            slot=self.slot, action=action, facility=client.facility, person=self.person, began=began,
            ended=time.monotonic(), outcome=_outcome(answer), reason=answer.reason or answer.code,
            command_id=words[-1] if "--command-id" in words else "",
            prescription_id=str(answer.body.get("prescription_id", "") or self.prescription_id),
            result=_result(answer), stage=STAGES.get(str(answer.body.get("status", "")), Stage.NONE),
            listed=tuple(one["package_id"] for one in answer.body.get("packages", ())),
            insured=answer.body.get("validity") == "VALIDITY_VALID",
        ), client, words)
        return answer


class Worker(threading.Thread):
    """Takes prescriptions from registration to dispensing until it is told to stop; ends what it began."""

    def __init__(self, name: str, staff: Staff, prescriptions: Sequence[Prescription],
                 journal: Journal, scratch: Path, packages: Sequence[Sequence[Path]] = ()):
        """`packages`: the files of each, sent one a round."""
        super().__init__(name=name, daemon=True)
        self._staff = staff
        self._prescriptions = prescriptions
        self._journal = journal
        self._scratch = scratch
        self._packages = list(packages)
        self._stop_now = threading.Event()
        self.failure: BaseException | None = None

    def stop(self) -> None:
        self._stop_now.set()

    def run(self) -> None:
        try:
            self._scratch.mkdir(parents=True, exist_ok=True)
            turn = 0
            while not self._stop_now.is_set():
                self._one(f"{self.name}-{turn}", self._prescriptions[turn % len(self._prescriptions)])
                turn += 1
        except BaseException as error:  # pylint: disable=broad-except
            self.failure = error

    def _one(self, slot: str, prescription: Prescription) -> None:
        self._send_package(slot)
        document = sign(self._staff.doctor, prescription, self._scratch, slot)
        person = prescription.person
        errand = Errand(self._journal, slot, person.key)
        registered = errand.command(self._staff.doctor, REGISTER, "prescription", "register", str(document))
        if not registered.ok:
            return
        errand = errand.about(str(registered.body["prescription_id"]))
        holder = self._race(errand, person)
        if holder is None:
            return
        context = self._scratch / "context"
        plain = replace(errand, prescription_id="")
        if plain.read(holder, "eligibility.check_in", "eligibility", "check-in", *person.options(), "--birth",
                      person.birth, "--scope", "medication", "--out", str(context)).ok:
            plain.read(holder, "medication.history.read", "medication", "history", "--context", str(context))
        plain.read(self._staff.crew, "emergency.summary.read", "emergency", "summary", *person.options(),
                   "--birth", person.birth, "--reason", "unconscious, traffic accident")
        errand.read(holder, STATUS, "prescription", "status", errand.prescription_id)
        self._dispense(errand, holder)
        errand.read(self._staff.doctor, STATUS, "prescription", "status", errand.prescription_id)

    def _race(self, errand: Errand, person: Person) -> Client | None:
        """Every pharmacy wants it at once; the one that got it."""
        def accept(pharmacist: Client) -> bool:
            return errand.command(pharmacist, ACCEPT, "prescription", "accept", "--id", errand.prescription_id,
                                  *person.options(), "--out",
                                  str(self._scratch / f"prescription-{pharmacist.facility}.xml"), "--force").ok

        pharmacists = self._staff.pharmacists
        with ThreadPoolExecutor(len(pharmacists)) as at_once:
            accepted = list(at_once.map(accept, pharmacists))
        return next((pharmacist for pharmacist, got in zip(pharmacists, accepted) if got), None)

    def _dispense(self, errand: Errand, holder: Client) -> None:
        """One of the holder's two results is taken. After that neither its own nor the others' are."""
        prescription = self._scratch / f"prescription-{holder.facility}.xml"

        def draft(pharmacist: Client, name: str) -> Path:
            result = self._scratch / f"result-{errand.slot}-{name}.xml"
            drafted = pharmacist.call(
                "prescription", "dispense-file", str(prescription), "--pharmacy", pharmacist.facility, "--pharmacy-name",
                "合成薬局", "--pharmacist", "合成　薬剤師", "--out", str(result))
            if not drafted.ok:
                raise RuntimeError(f"dispense-file: {drafted}")
            return result

        def dispense(pharmacist: Client, result: Path) -> None:
            errand.command(pharmacist, DISPENSE, "prescription", "dispense", errand.prescription_id, str(result))

        results = [draft(holder, name) for name in ("one", "other")]
        with ThreadPoolExecutor(len(results)) as at_once:
            list(at_once.map(lambda result: dispense(holder, result), results))
        dispense(holder, results[0])
        for loser in self._staff.pharmacists:
            if loser is not holder:
                dispense(loser, draft(loser, "loser"))

    def _send_package(self, slot: str) -> None:
        if not self._packages:
            return
        files = self._packages.pop(0)
        self._journal.sent[f"package-{slot}"] = digest_of((file.name, file.read_bytes()) for file in files)
        Errand(self._journal, f"package-{slot}").command(
            self._staff.care_office, SEND, "ltc", "send", *map(str, files))
