"""The main job, once through the whole platform: one person, everybody who cares for her, every answer compared."""

from __future__ import annotations

import base64
import datetime
import json
import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from machine.loading import today
from machine.parts import Folders, MachineError
from machine.tsunagu import Answer, Tsunagu

# How long a view may lag behind another service's events.
_LAG_LIMIT_S = 15.0
_PATIENT = "合成　ウメ"  # person 2 of every population: late elderly, with long-term care
_PRESCRIPTION = "prescription_01.txt"  # hers
_PHARMACIES = {"pharmacy-1-pharmacist": "1341234563", "pharmacy-2-pharmacist": "1341234571"}
_REASON = "自宅で倒れ意識なし unconscious at home"


def _expect(what: str, wanted: object, got: object) -> None:
    if wanted != got:
        raise MachineError(f"{what}: expected {wanted!r}, got {got!r}")


def _expect_that(what: str, holds: bool, answer: object) -> None:
    if not holds:
        raise MachineError(f"{what}; the answer was:\n{json.dumps(answer, ensure_ascii=False, indent=1)}")


def _wait_until(what: str, ask: Callable[[], Any], holds: Callable[[Any], bool]) -> Any:
    """Asks until the answer is right: views of other services' events follow within milliseconds."""
    deadline = time.monotonic() + _LAG_LIMIT_S
    while True:
        answer = ask()
        if holds(answer):
            return answer
        if time.monotonic() > deadline:
            _expect_that(f"{what}, not even after {_LAG_LIMIT_S:.0f} s", False, answer)
        time.sleep(0.1)


def _days_of(dispensing: Any) -> set[int]:
    return {drug["quantity"] for drug in dispensing["drugs"]}


class Story:
    """The steps share what they learn: context files, the prescription, who won it."""

    def __init__(self, folders: Folders, population: dict[str, Any]):
        self._folders = folders
        self._tsunagu = Tsunagu(folders)
        self._work = folders.story
        self._person = next(p for p in population["fixed_people"] if p["name"] == _PATIENT)
        self._prescription = self._code = self._winner = ""
        self._start = datetime.datetime.now(datetime.timezone.utc)
        self._days = 0  # for how long this run prescribes: tells its prescription from those of earlier runs

    def run(self) -> None:
        shutil.rmtree(self._work, ignore_errors=True)
        self._work.mkdir(mode=0o700)
        for step in (self._check_in, self._register, self._race, self._dispense, self._history, self._emergency,
                     self._care_plan, self._access_history, self._disclosure):
            start = time.monotonic()
            who, what = step()
            print(f"  ✓ {who}: {what}  ({(time.monotonic() - start) * 1000:.0f} ms)", flush=True)

    # ---- helpers ----

    def _identity(self) -> list[str]:
        return ["--insurer", self._person["insurer"], "--symbol", self._person["symbol"],
                "--number", self._person["number"], "--branch", self._person["branch"]]

    def _context(self, identity: str) -> Path:
        return self._work / f"{identity}.context"

    def _check_person_in(self, identity: str, *more: str) -> Any:
        body = self._tsunagu.call(identity, "eligibility", "check-in", *self._identity(), "--birth",
                                  self._person["birthdate"], "--scope", "medication", "--scope", "prescription",
                                  "--scope", "history", *more, "--out", self._context(identity)).must()
        _expect("validity", "VALIDITY_VALID", body["check"]["validity"])
        _expect("name", self._person["name"], body["check"]["qualification"]["name"])
        return body

    def _medication_history(self, identity: str) -> Any:
        return self._tsunagu.call(identity, "medication", "history", "--context", self._context(identity)).must()

    def _is_dispensed(self, history: Any) -> bool:
        """Whether the dispensing of this run stands there."""
        return any(d["dispensed_on"] == today() and d["facility"] == _PHARMACIES[self._winner]
                   and d["source"] == "SOURCE_DISPENSING" and self._days in _days_of(d) for d in history["dispensings"])

    def _records(self, answer: Any) -> list[Any]:
        """The audit records of this run."""
        return [record for record in answer["records"]
                if datetime.datetime.fromisoformat(record["time"]) >= self._start]

    # ---- steps: who, and what they did ----

    def _check_in(self) -> tuple[str, str]:
        self._check_person_in("clinic-1-doctor")
        history = self._medication_history("clinic-1-doctor")
        _expect_that("the history should hold receipts",
                     any(d["source"] == "SOURCE_RECEIPT" for d in history["dispensings"]), history)
        used = set().union(*(_days_of(d) for d in history["dispensings"]))
        self._days = next(days for days in range(14, 1000) if days not in used)
        return ("医師 doctor", f"checks {_PATIENT} in and reads what she takes: "
                f"{len(history['dispensings'])} dispensings of a year")

    def _register(self) -> tuple[str, str]:
        record = self._work / "prescription.txt"
        text = (self._folders.population / "prescriptions" / _PRESCRIPTION).read_text()
        record.write_text(re.sub(r"^(101,\d+,1,,)\d+$", rf"\g<1>{self._days}", text, flags=re.MULTILINE))
        document = self._work / "prescription.xml"
        self._tsunagu.call("clinic-1-doctor", "prescription", "sign", record, "--out", document).must()
        body = self._tsunagu.call("clinic-1-doctor", "prescription", "register", document).must()
        self._prescription, self._code = body["prescription_id"], body["access_code"]
        _expect("digits of the access code", 6, len(self._code))
        return "医師 doctor", f"signs a prescription with the HPKI card and registers it; it can be used until " \
            f"{body['use_by']}"

    def _race(self) -> tuple[str, str]:
        running = {identity: self._tsunagu.start(identity, "prescription", "accept", "--code", self._code,
                                                 *self._identity(), "--out", self._work / f"{identity}.xml")
                   for identity in _PHARMACIES}
        answers: dict[str, Answer] = {identity: call.answer() for identity, call in running.items()}
        winners = [identity for identity, answer in answers.items() if answer.error is None]
        _expect_that("exactly one pharmacy should get it", len(winners) == 1,
                     {identity: answer.error for identity, answer in answers.items()})
        self._winner = winners[0]
        loser = next(identity for identity in _PHARMACIES if identity != self._winner)
        error = answers[loser].error or {}
        _expect("the reason that the loser learns", "TAKEN", error.get("reason"))
        _expect("prescription", self._prescription, answers[self._winner].must()["prescription_id"])
        return ("薬剤師 pharmacists", f"two take it at once: {self._winner} has it, {loser} is told TAKEN")

    def _dispense(self) -> tuple[str, str]:
        result = self._work / "dispensing.xml"
        self._tsunagu.call(self._winner, "prescription", "dispense-file", self._work / f"{self._winner}.xml",
                           "--pharmacy", _PHARMACIES[self._winner], "--pharmacy-name", "合成調剤薬局",
                           "--pharmacist", "試験　薬剤師", "--out", result).must()
        self._tsunagu.call(self._winner, "prescription", "dispense", self._prescription, result, "--out",
                           self._work / "stamped.xml").must()
        status = self._tsunagu.call("clinic-1-doctor", "prescription", "status", self._prescription).must()
        _expect("status", "STATUS_DISPENSED", status["status"])
        _expect("pharmacy", _PHARMACIES[self._winner], status["holder"])
        return "薬剤師 pharmacist", "dispenses it and signs the result; the doctor sees that it is dispensed"

    def _history(self) -> tuple[str, str]:
        self._check_person_in(self._winner)

        _wait_until("today's dispensing should be in the history", lambda: self._medication_history(self._winner),
                    self._is_dispensed)
        return "薬剤師 pharmacist", "finds today's dispensing in her medication history already, before any receipt"

    def _emergency(self) -> tuple[str, str]:
        call = ["emergency", "summary", *self._identity(), "--birth", self._person["birthdate"]]
        refused = self._tsunagu.call("ambulance-1-paramedic", *call)
        _expect("the refusal without a reason", "REQUEST_INCOMPLETE", (refused.error or {}).get("reason"))
        summary = _wait_until("the summary should hold today's dispensing",
                              lambda: self._tsunagu.call("ambulance-1-paramedic", *call, "--reason", _REASON).must(),
                              self._is_dispensed)
        _expect("name", self._person["name"], summary["person"]["name"])
        return "救急救命士 paramedic", f"breaks the glass with a reason: {len(summary['dispensings'])} dispensings, " \
            f"{len(summary['visits'])} visits"

    def _new_package(self) -> list[Path]:
        """The newest care plan, sent now: the time stands in the names of the files."""
        source = self._folders.population / "careplan"
        newest = max(path.stem.rsplit("_", 1)[1] for path in source.iterdir())
        now = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=9))).strftime("%Y%m%d%H%M%S")
        files = []
        for path in sorted(source.glob(f"*_{newest}.CSV")):
            files.append(self._work / path.name.replace(newest, now))
            files[-1].write_bytes(path.read_bytes())
        return files

    def _care_plan(self) -> tuple[str, str]:
        files = self._new_package()
        sent = self._tsunagu.call("careplan-1-office", "ltc", "send", *files).must()["package_id"]
        inbox = self._tsunagu.call("homehelp-1-office", "ltc", "list").must()["packages"]
        _expect_that("the package should lie in the mailbox", sent in [p["package_id"] for p in inbox], inbox)
        body = self._tsunagu.call("homehelp-1-office", "ltc", "fetch", sent, "--out", self._work / "fetched").must()
        got = {file["name"]: base64.b64decode(file["content"]) for file in body["files"]}
        _expect("files", {path.name: path.read_bytes() for path in files}, got)
        self._tsunagu.call("homehelp-1-office", "ltc", "ack", sent).must()
        outbox = self._tsunagu.call("careplan-1-office", "ltc", "list", "--sent", "--to", "1370000002",
                                    "--all").must()["packages"]
        _expect_that("the sender should see the receipt",
                     any(p["package_id"] == sent and p.get("acknowledged_at") for p in outbox), outbox)
        return "ケアマネジャー care manager", "sends the care plan; the home-help office fetches it byte for byte and " \
            "acknowledges it"

    def _access_history(self) -> tuple[str, str]:
        wanted = {"eligibility.check_in", "medication.history.read", "prescription.register",
                  "prescription.accept", "prescription.dispense", "emergency.summary.read",
                  "ltc.package.send", "ltc.package.fetch", "ltc.package.acknowledge"}
        body = self._check_person_in(self._winner, "--care-insurer", self._person["ltc_insurer"],
                                     "--care-number", self._person["ltc_number"])
        _expect("validity of her long-term-care card", "VALIDITY_VALID", body["long_term_care"]["validity"])

        def ask() -> Any:
            return self._tsunagu.call(self._winner, "audit", "history", "--page-size", "200", "--context",
                                      self._context(self._winner)).must()

        history = _wait_until("her access history should list everything", ask,
                              lambda h: wanted <= {record["action"] for record in self._records(h)})
        _expect_that("the reason of the paramedic should stand there",
                     any(r["reason"] == _REASON for r in self._records(history)), history)
        return "本人 the person", "shows her long-term-care card too and reads at the counter who saw or changed what: " \
            f"{len(self._records(history))} records, the paramedic's reason and the care plan among them"

    def _disclosure(self) -> tuple[str, str]:
        wanted = {"ltc.package.send", "ltc.package.fetch", "ltc.package.acknowledge"}

        def ask() -> Any:
            return self._tsunagu.call("insurer-1", "audit", "disclose", "--insurer", self._person["ltc_insurer"],
                                      "--number", self._person["ltc_number"], "--page-size", "200").must()

        history = _wait_until("the disclosure should list the care plan", ask,
                              lambda h: wanted <= {record["action"] for record in self._records(h)})
        return "保険者 insurer", f"discloses to her who handled her care plan: {len(self._records(history))} records"
