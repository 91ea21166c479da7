"""What is done behind the counter while processes die: insured persons loaded, receipts handed in, care plans taken in."""

from __future__ import annotations

import re
import threading
import unicodedata
import uuid
from dataclasses import dataclass
from pathlib import Path

from fault.history import ACKNOWLEDGE, CHECK, FETCH, LIST, LOAD, SUBMIT
from fault.workload import Errand, Journal
from support.cases import require
from support.client import Client
from support.people import Person

_DAYS = 28  # of the month of the receipts: one for each, so that each is seen in the history
_INSURED = ("InsurerNumber,InsuredCardSymbol,InsuredIdentificationNumber,InsuredBranchNumber,Name,NameKana,Sex1,Birthdate,"
            "PersonalFamilyClassification,InsuredCardValidDate\n")
_BIRTH = "19800229"


@dataclass(frozen=True)
class OfficeStaff:
    """Who calls."""

    insurer: Client
    payer: Client
    doctor: Client
    pharmacist: Client
    helper: Client  # takes care plans in


class Receipts:
    """Receipts of one drug each for one person and pharmacy, made from a receipt file of the population."""

    def __init__(self, source: Path):
        """`source`: a pharmacy's; its first receipt up to the first drug is what ours are like."""
        lines = source.read_bytes().decode("cp932").splitlines()
        first_drug = next(number for number, line in enumerate(lines) if line.startswith("IY,"))
        total = next(line for line in reversed(lines) if line.startswith("GO,"))
        self._lines = [*lines[:first_drug + 1], total]
        fields = {line[:2]: unicodedata.normalize("NFKC", line).split(",") for line in reversed(self._lines)}
        self.facility = "".join(fields["YK"][2:5])
        self.month = fields["RE"][3]
        branch = fields["SN"][6] if "SN" in fields else ""
        self.person = Person(fields["HO"][1].strip(), fields["HO"][2], fields["HO"][3], branch, fields["RE"][6])

    def write(self, folder: Path, day: int) -> Path:
        """The receipt whose drug was dispensed on that day of the month."""
        text = "\r\n".join([*self._lines, ""])
        text = re.sub("^RE,[0-9]+,", f"RE,{9000 + day},", text, flags=re.MULTILINE)
        text = re.sub("^(CZ,[^,]*),[0-9]{8},[0-9]{8},", f"\\g<1>,{self.month}{day:02d},{self.month}{day:02d},", text,
                      flags=re.MULTILINE)
        flags = ["1" if one == day else "" for one in range(1, 32)]
        text = re.sub("^JD,.*?\r$", f"JD,1,{','.join(flags)}\r", text, flags=re.MULTILINE)
        file = folder / f"RECEIPTY_{self.facility}_{self.month}_{day}.CYO"
        file.write_bytes(text.encode("cp932"))
        return file


class BackOffice(threading.Thread):
    """One load, one receipt and a look at the mailbox each round, until it is told to stop."""

    def __init__(self, name: str, staff: OfficeStaff, receipts: Receipts, journal: Journal, scratch: Path):
        super().__init__(name=name, daemon=True)
        self._staff = staff
        self._receipts = receipts
        self._journal = journal
        self._scratch = scratch
        self._stop_now = threading.Event()
        self._seen: list[str] = []  # packages that were fetched
        self._done: list[tuple[Errand, Client, str, tuple[str, ...]]] = []
        self.failure: BaseException | None = None

    def stop(self) -> None:
        self._stop_now.set()

    def run(self) -> None:
        try:
            self._scratch.mkdir(parents=True, exist_ok=True)
            # A day of the population's own receipts is left out: one like ours would be shown once.
            taken = self._history()
            days = (day for day in range(1, _DAYS + 1) if f"{self._receipts.month}{day:02d}" not in taken)
            while not self._stop_now.is_set():
                self._load()
                day = next(days, None)
                if day is not None:
                    self._submit(day)
                self._mailbox()
        except BaseException as error:  # pylint: disable=broad-except
            self.failure = error

    def finish(self) -> tuple[dict[str, bool], dict[str, int]]:
        """Sends everything once more; who is insured then, and how many drugs each receipt has in the history."""
        require(bool(self._slots(LOAD)) and bool(self._slots(SUBMIT)), f"{self.name} had nothing to do")
        for errand, client, action, words in self._done:
            errand.read(client, action, *words)
        self._list()
        insured = {slot: self._check(slot) for slot in self._slots(LOAD)}
        drugs = self._history()
        days = {slot: slot.rsplit("-", 1)[1] for slot in self._slots(SUBMIT)}
        return insured, {slot: drugs.get(day, 0) for slot, day in days.items()}

    def _slots(self, action: str) -> list[str]:
        return [errand.slot for errand, _, done, _ in self._done if done == action]

    def _do(self, slot: str, client: Client, action: str, *words: str) -> None:
        errand = Errand(self._journal, slot)
        self._done.append((errand, client, action, words))
        errand.read(client, action, *words)

    def _load(self) -> None:
        number = str(uuid.uuid4().int)[:8]
        file = self._scratch / f"insured-{number}.csv"
        file.write_text(f"{_INSURED}01130012,7654321,{number},00,合成　追加,ｺﾞｳｾｲ ﾂｲｶ,1,{_BIRTH},1,20200401\n",
                        encoding="utf-8")
        self._do(number, self._staff.insurer, LOAD, "eligibility", "load", str(file))
        self._check(number)

    def _check(self, number: str) -> bool:
        answer = Errand(self._journal, number).read(
            self._staff.doctor, CHECK, "eligibility", "check", "--insurer", "01130012", "--symbol", "7654321",
            "--number", number, "--branch", "00", "--birth", _BIRTH)
        return answer.body.get("validity") == "VALIDITY_VALID"

    def _submit(self, day: int) -> None:
        file = self._receipts.write(self._scratch, day)
        slot = f"{self.name}-{self._receipts.month}{day:02d}"
        self._do(slot, self._staff.payer, SUBMIT, "medication", "submit", str(file))

    def _history(self) -> dict[str, int]:
        """How many drugs the history has of this pharmacy's receipts, by day."""
        person, context = self._receipts.person, self._scratch / "context"
        errand = Errand(self._journal, self.name)
        errand.read(self._staff.pharmacist, "eligibility.check_in", "eligibility", "check-in", *person.options(),
                    "--birth", person.birth, "--scope", "medication", "--out", str(context))
        answer = errand.read(self._staff.pharmacist, "medication.history.read", "medication", "history", "--context",
                             str(context))
        drugs: dict[str, int] = {}
        for one in answer.body.get("dispensings", ()):
            if (one["source"], one["facility"]) == ("SOURCE_RECEIPT", self._receipts.facility):
                drugs[one["dispensed_on"]] = drugs.get(one["dispensed_on"], 0) + len(one["drugs"])
        return drugs

    def _list(self) -> list[str]:
        answer = Errand(self._journal, self.name).read(self._staff.helper, LIST, "ltc", "list")
        return [one["package_id"] for one in answer.body.get("packages", ())]

    def _mailbox(self) -> None:
        """Fetches what is new; acknowledges every second package, the others stay."""
        new = next((one for one in self._list() if one not in self._seen), None)
        if new is None:
            return
        self._seen.append(new)
        folder = self._scratch / new
        errand = Errand(self._journal, new)
        errand.read(self._staff.helper, FETCH, "ltc", "fetch", new, "--out", str(folder))
        if len(self._seen) % 2:
            errand.command(self._staff.helper, ACKNOWLEDGE, "ltc", "ack", new)
            self._list()
