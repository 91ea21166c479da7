"""Wrong requests at every RPC that the contracts name: a precise error, a service that goes on, bounded memory.

The requests are made from the descriptors: a good one for the caller of the population, in which one field is wrong.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from e2e.main_job import must
from e2e.wrong_requests import Requests, Wrong, verdict
from support import contract
from support.cases import Failure, require
from support.client import Answer, RawClient
from support.contract import Method
from support.installation import Installation
from support.people import prescriptions
from support.processes import forget_peak, peak_bytes

GROWTH_LIMIT = 100 << 20

# Who may be asked for: the first of these that a rule admits makes the calls.
_CALLERS = (
    ("clinic-1-doctor", "ROLE_MEDICAL_DOCTOR", "FACILITY_KIND_CLINIC"),
    ("pharmacy-1-pharmacist", "ROLE_PHARMACIST", "FACILITY_KIND_PHARMACY"),
    ("ambulance-1-paramedic", "ROLE_EMERGENCY_MEDICAL_TECHNICIAN", "FACILITY_KIND_FIRE_DEPARTMENT"),
    ("hospital-1-nurse", "ROLE_GENERAL_NURSE", "FACILITY_KIND_EMERGENCY_HOSPITAL"),
    ("careplan-1-office", "", "FACILITY_KIND_CARE_PLAN_OFFICE"),
    ("homehelp-1-office", "", "FACILITY_KIND_CARE_SERVICE_OFFICE"),
    ("insurer-1", "", "FACILITY_KIND_INSURER"),
    ("payer-1", "", "FACILITY_KIND_PAYER"),
)
_SCOPE_WORDS = {"ACCESS_HISTORY": "history"}  # of the command line, where they differ


class BadMessages:
    def __init__(self, installation: Installation, raw_call: Path, protoset: Path, scratch: Path):
        self._installation = installation
        self._raw_call = raw_call
        self._contracts = contract.read(protoset)
        self._scratch = scratch
        self._person = prescriptions(installation.folders.population)[0].person

    def cases(self) -> Iterator[tuple[str, Callable[[], None]]]:
        require(bool(self._contracts.methods), "the contracts have no methods")
        for method in self._contracts.methods:
            yield f"bad input: every field of {method.path.split('.v1.')[1]}", lambda method=method: self._method(method)

    def _caller(self, method: Method) -> str:
        roles, kinds = (self._contracts.enums[f".tsunagu.access.v1.{enum}"] for enum in ("Role", "FacilityKind"))
        for identity, role, kind in _CALLERS:
            if method.rule and method.rule.admits(roles.get(role, 0), kinds[kind]):
                return identity
        raise Failure(f"none of the identities of this test may call {method.path}: add one")

    def _context(self, method: Method, identity: str) -> Path | None:
        """A care context, where the method cannot do without."""
        if not method.rule or not method.rule.scope or method.rule.break_glass or method.rule.scope_optional:
            return None
        scopes = self._contracts.enums[".tsunagu.access.v1.Scope"]
        name = next(name for name, number in scopes.items() if number == method.rule.scope).removeprefix("SCOPE_")
        file = self._scratch / f"bad-messages-{identity}-{name}"
        must(self._installation.client(identity).persist(
            "eligibility", "check-in", *self._person.options(), "--birth", self._person.birth, "--scope",
            _SCOPE_WORDS.get(name, name.lower()), "--out", str(file)))
        return file

    def _good(self, message: str, path: str) -> str | int | tuple[str, ...] | None:
        """A message of these is taken, or what it names is not found."""
        names = {field.name for field in self._contracts.messages[message]}
        if path.startswith("long_term_care") or path == "prescription_id" and "identity" in names:
            return None
        return {
            "insurer": self._person.insurer, "symbol": self._person.symbol, "number": self._person.number,
            "branch": self._person.branch, "birth_date": self._person.birth, "command_id": str(uuid.uuid4()),
            "prescription_id": str(uuid.uuid4()), "prescription_ids": (str(uuid.uuid4()), str(uuid.uuid4())),
            "given_id": str(uuid.uuid4()), "package_id": str(uuid.uuid4()), "access_code": "000000",
            "destination": "1370000002", "reason": "unconscious, traffic accident", "sent": 1, "consented": 1,
            "source": 1, "issue_type": 1, "identity": "", "check": "", "break_glass": "",
        }.get(path.rsplit(".", 1)[-1])

    def _method(self, method: Method) -> None:
        identity = self._caller(method)
        service = method.path.split(".")[1]
        raw = RawClient(self._raw_call, self._installation.folders.pki, identity, self._installation.address("gateway"))
        wrong = list(Requests(self._contracts, self._good).of(method))
        processes = {name: self._installation.pid(name) for name in (service, "gateway")}
        before = {name: forget_peak(pid) for name, pid in processes.items()}
        answers = raw.calls(method.path, [one.request for one in wrong], self._context(method, identity))
        for name, pid in processes.items():
            require(self._installation.pid(name) == pid, f"{name} is another process now")
            grown = peak_bytes(pid) - before[name]
            require(grown < GROWTH_LIMIT, f"{name} grew by {grown >> 20} MiB")
        complaints = self._complaints(wrong, answers)
        require(not complaints, f"{len(complaints)} of {len(wrong)} as {identity}\n" + "\n".join(complaints))

    @staticmethod
    def _complaints(wrong: Sequence[Wrong], answers: Sequence[Answer]) -> list[str]:
        said = ((one.what, verdict(one, answer)) for one, answer in zip(wrong, answers))
        return [f"{what}: {text[:500]}" for what, text in said if text]
