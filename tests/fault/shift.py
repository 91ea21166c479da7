"""A shift of workers at an installation, and its record for the checker."""

from __future__ import annotations

import time
import uuid
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from fault import history
from fault.back_office import BackOffice, OfficeStaff, Receipts
from fault.checker import complaints
from fault.history import Access, Call, Outcome, Run, Stage, Standing
from fault.published import publications
from fault.workload import STAGES, Errand, Journal, Staff, Worker
from support.cases import Failure, require
from support.client import Answer, Client
from support.installation import Installation
from support.people import Person, prescriptions

WORKERS = 4
JOIN_S = 120.0
# Nothing done for so long is a failure of its own; a broker on a busy machine may need a minute to come back.
STANDSTILL_S = 180.0
# An access record is durable before its answer; the view of it follows.
SETTLE_S = 20.0
PAGE = "1000"
_EXPECTED_REFUSALS = {"TAKEN"}


def must(answer: Answer) -> Answer:
    require(answer.ok, str(answer))
    return answer


def care_packages(installation: Installation) -> list[list[Path]]:
    """The files of each care-plan package of the population."""
    packages: dict[str, list[Path]] = {}
    for file in sorted((installation.folders.population / "careplan").iterdir()):
        packages.setdefault(file.stem.rsplit("_", 1)[1], []).append(file)
    return list(packages.values())


def pharmacy_receipts(installation: Installation) -> list[Path]:
    """Files of one pharmacy and month each."""
    return sorted((installation.folders.population / "receipts").glob("RECEIPTY_*"))


class Shift:
    """Workers from `with` to the checked end in finish(); whatever happens, they have stopped after the `with`."""

    def __init__(self, installation: Installation, name: str, packages: Sequence[Sequence[Path]] = (),
                 gateway: str = "gateway", workers: int = WORKERS, receipts: Path | None = None):
        """`packages`: sent one after another. `receipts`: a file, after which the back office makes its own; without
        one there is no back office."""
        def client(identity: str) -> Client:
            return installation.client(identity, gateway)

        self._installation = installation
        self._name = name
        self._doctor = client("clinic-1-doctor")
        self._insurer = client("insurer-1")
        self._care_office = client("careplan-1-office")
        self._staff = Staff(self._doctor, [client("pharmacy-1-pharmacist"), client("pharmacy-2-pharmacist")],
                            client("ambulance-1-paramedic"), self._care_office)
        self._prescriptions = prescriptions(installation.folders.population)
        self.journal = Journal()
        self._sends = bool(packages)
        self._others: set[str] = set()  # packages that lay in the mailbox before
        scratch = installation.folders.run / "work"
        self._workers = [
            Worker(f"{name}-{number}", self._staff, self._prescriptions[number::workers] or self._prescriptions,
                   self.journal, scratch / f"{name}-{number}", packages if number == 0 else ())
            for number in range(workers)]
        self._office = BackOffice(f"{name}-office", OfficeStaff(
            self._insurer, client("payer-1"), self._doctor, client("pharmacy-1-pharmacist"), client("homehelp-1-office")),
            Receipts(receipts), self.journal, scratch / f"{name}-office") if receipts else None
        self._threads: list[Worker | BackOffice] = [*self._workers, *([self._office] if self._office else [])]

    def __enter__(self) -> Shift:
        self._others = set(self._packages())
        for worker in self._threads:
            worker.start()
        return self

    def __exit__(self, *unused: object) -> None:
        for worker in self._threads:
            worker.stop()
        for worker in self._threads:
            worker.join(JOIN_S)

    def rounds(self) -> int:
        """Prescriptions whose dispensing is acknowledged."""
        return sum(call.action == history.DISPENSE and call.outcome is Outcome.OK
                   for call in list(self.journal.calls))

    def wait_rounds(self, more: int, limit_s: float = STANDSTILL_S) -> None:
        """Until that many more prescriptions are through."""
        wanted, until = self.rounds() + more, time.monotonic() + limit_s
        while self.rounds() < wanted:
            require(any(worker.is_alive() for worker in self._workers), f"all workers ended: {self._failures()}")
            require(time.monotonic() < until, f"the work stands still: {self._last_errors()}")
            time.sleep(0.1)

    def _last_errors(self) -> str:
        calls = [call for call in list(self.journal.calls) if call.outcome is not Outcome.OK]
        return "; ".join(f"{call.action} {call.outcome.value} {call.reason}" for call in calls[-5:]) or "no error"

    def _failures(self) -> list[str]:
        return [f"{worker.name}: {worker.failure!r}" for worker in self._threads if worker.failure]

    def finish(self) -> str:
        """Ends the work, repeats every command, checks everything; a summary. Failure lists all complaints."""
        self.__exit__()
        for worker in self._threads:
            require(not worker.is_alive(), f"{worker.name} hangs: {self._last_errors()}")
        require(not self._failures(), "\n".join(self._failures()))
        self._repeat_all()
        insured, receipts = self._office.finish() if self._office else ({}, {})
        standings = self._standings()
        packages = self._packages()
        run = self._settled(Run((), standings, {}, packages, self.journal.sent, insured, receipts))
        found = complaints(run) + self._surprises()
        if found:
            file = Path("/tmp") / f"tsunagu-history-{self._name}-{uuid.uuid4().hex[:8]}.json"
            history.save(run, file)
            raise Failure("\n".join([*found[:20], f"{len(found)} complaints; the history: {file}"]))
        calls = self.journal.calls
        office = {what: sum(call.action == action and call.outcome is Outcome.OK for call in calls) for what, action in (
            ("loads", history.LOAD), ("receipts", history.SUBMIT), ("care plans taken in", history.ACKNOWLEDGE))}
        for what in office if self._office and self._sends else ():
            require(office[what] > 0, f"the back office did no {what}: {self._last_errors()}")
        return (f"{len(calls)} answers, {self.rounds()} dispensings, " +
                "".join(f"{number} {what}, " for what, number in office.items()) +
                f"{sum(call.outcome is Outcome.UNKNOWN for call in calls)} unknown")

    def _surprises(self) -> list[str]:
        """Refusals that this work never deserves; of dispensings the checker knows which are due."""
        return [f"{call.slot}: {call.action} by {call.facility} refused: {call.reason}" for call in self.journal.calls
                if call.outcome is Outcome.REFUSED and call.action != history.DISPENSE
                and call.reason not in _EXPECTED_REFUSALS]

    def _repeat_all(self) -> None:
        for call in list(self.journal.calls):
            if call.command_id and call.outcome is Outcome.OK:
                errand = Errand(self.journal, call.slot, call.person, call.prescription_id)
                errand.repeat(call)

    def _standings(self) -> dict[str, Standing]:
        result = {}
        for call in [one for one in self.journal.calls if one.action == history.REGISTER and one.prescription_id]:
            if call.prescription_id in result:
                continue
            errand = Errand(self.journal, call.slot, call.person, call.prescription_id)
            answer = errand.read(self._doctor, history.STATUS, "prescription", "status", call.prescription_id)
            if answer.ok:
                result[call.prescription_id] = Standing(STAGES.get(answer.body["status"], Stage.NONE),
                                                        answer.body.get("holder", ""))
        return result

    def _packages(self) -> list[str]:
        if not self._sends:
            return []
        listed = must(self._care_office.persist("ltc", "list", "--sent", "--all", "--to", "1370000002"))
        ids = [package["package_id"] for package in listed.body.get("packages", ())]
        return [one for one in ids if one not in self._others]

    def _accesses(self, person: Person) -> list[Access]:
        records: list[Access] = []
        page: list[str] = []
        while True:
            answer = must(self._insurer.persist("audit", "disclose", *person.options(), "--page-size", PAGE, *page))
            records += (Access(record["action"], record["facility"], tuple(record.get("items", ())))
                        for record in answer.body.get("records", ()))
            if not answer.body.get("next_page_token"):
                return records
            page = ["--page", answer.body["next_page_token"]]

    def _settled(self, run: Run) -> Run:
        """The run, with all calls, publications, and access histories as they are once the views had time to follow."""
        people = {prescription.person.key: prescription.person for prescription in self._prescriptions}
        until = time.monotonic() + SETTLE_S
        while True:
            calls: list[Call] = list(self.journal.calls)
            accesses = {key: self._accesses(people[key]) for key in {call.person for call in calls if call.person}}
            published = publications(self._installation.folders.cluster / "kafka")
            run = replace(run, calls=calls, accesses=accesses, published=published)
            if not complaints(run) or time.monotonic() > until:
                return run
            time.sleep(1)
