"""What the clients of a run saw, and what stands at its end."""

from __future__ import annotations

import enum
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

REGISTER = "prescription.register"
ACCEPT = "prescription.accept"
DISPENSE = "prescription.dispense"
STATUS = "prescription.status.read"
SEND = "ltc.package.send"
FETCH = "ltc.package.fetch"
ACKNOWLEDGE = "ltc.package.acknowledge"
LIST = "ltc.packages.list"
LOAD = "eligibility.insured.load"
CHECK = "eligibility.check"
SUBMIT = "medication.receipts.submit"


class Outcome(str, enum.Enum):
    """What a client knows after a call and its repeats."""

    OK = "ok"
    REFUSED = "refused"  # a definite no
    UNKNOWN = "unknown"  # it gave up asking; the call may have taken effect or not


class Stage(enum.IntEnum):
    """How far a prescription is; it never goes back in these runs."""

    NONE = 0
    REGISTERED = 1
    IN_DISPENSING = 2
    DISPENSED = 3


@dataclass(frozen=True)
class Call:
    """One intent of a client, however often it was sent, or one replay of it at the end of the run."""

    slot: str  # the client's own name of what it is about, known before that has an id; FETCH, ACKNOWLEDGE: the id
    action: str  # as the access history names it
    facility: str  # who called, 10 digits
    person: str  # whose data; empty: of nobody whose access history is looked at
    began: float  # seconds on one clock for all clients
    ended: float
    outcome: Outcome
    command_id: str = ""  # reads have none
    reason: str = ""  # of a refusal
    prescription_id: str = ""
    result: Mapping[str, str] = field(default_factory=dict)  # what the answer says and a repeat must say again
    stage: Stage = Stage.NONE  # of a status read
    listed: tuple[str, ...] = ()  # LIST: the packages that wait in the mailbox
    insured: bool = False  # CHECK


@dataclass(frozen=True)
class Standing:
    """A prescription at the end, as its holder or prescriber reads it."""

    stage: Stage
    holder: str = ""  # code of the pharmacy


@dataclass(frozen=True)
class Publication:
    """What the log told everybody about a prescription. One that comes twice is the same in all parts."""

    version: int  # of the prescription after the change
    stage: Stage
    result_id: str = ""  # of the dispensing result that this change registered
    digest: str = ""  # of the whole record


@dataclass(frozen=True)
class Access:
    """One record of a person's access history."""

    action: str
    facility: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Run:
    """All that the checker looks at."""

    calls: Sequence[Call]
    standings: Mapping[str, Standing]  # by prescription id
    accesses: Mapping[str, Sequence[Access]]  # by person
    packages: Sequence[str] = ()  # ids of the care-plan packages in the mailbox
    sent: Mapping[str, str] = field(default_factory=dict)  # digests of a package's files, by the slot of its SEND
    insured: Mapping[str, bool] = field(default_factory=dict)  # by slot of a LOAD
    receipts: Mapping[str, int] = field(default_factory=dict)  # drugs in the history, by slot of a SUBMIT of one drug
    published: Mapping[str, Sequence[Publication]] = field(default_factory=dict)  # by prescription id


def save(run: Run, path: Path) -> None:
    """Writes a run for whoever has to find out what happened."""
    path.write_text(json.dumps(asdict(run), indent=1, ensure_ascii=False, default=str), encoding="utf-8")


def slots(calls: Iterable[Call]) -> dict[str, list[Call]]:
    """The calls of each prescription, in the order in which they began."""
    result: dict[str, list[Call]] = {}
    for call in sorted(calls, key=lambda one: one.began):
        result.setdefault(call.slot, []).append(call)
    return result
