"""The main job: a prescription from the clinic to the history, an ambulance, a care plan, and who saw all that."""

from __future__ import annotations

import base64
import datetime
import json
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from support.cases import Failure, require
from support.client import Answer, Client
from support.installation import Installation
from support.people import prescriptions

# How long one service's view may follow another's events.
FOLLOW_S = 20.0
REASON = "unconscious, traffic accident"
HELPERS_OFFICE = "1370000002"
_SCOPES = {"history": "ACCESS_HISTORY"}  # of the command line and of the proto, where they differ

Case = tuple[str, Callable[[], None]]


def must(answer: Answer) -> Any:
    require(answer.ok, str(answer))
    return answer.body


def refused(answer: Answer, code: str, reason: str) -> None:
    require((answer.code, answer.reason) == (code, reason), f"expected {code} {reason}, got: {answer}")


def until(what: str, ask: Callable[[], Any], good: Callable[[Any], bool]) -> Any:
    """The first answer that is good."""
    end = time.monotonic() + FOLLOW_S
    while not good(answer := ask()):
        if time.monotonic() > end:
            raise Failure(f"{what}, not after {FOLLOW_S:.0f} s; the last answer: {str(answer)[:2000]}")
        time.sleep(0.2)
    return answer


def new_id() -> str:
    return str(uuid.uuid4())


class MainJob:
    """Its cases stand on each other, in order."""

    def __init__(self, installation: Installation, scratch: Path):
        self._scratch = scratch
        self._population = installation.folders.population
        self._doctor = installation.client("clinic-1-doctor")
        self._first = installation.client("pharmacy-1-pharmacist")
        self._second = installation.client("pharmacy-2-pharmacist")
        self._crew = installation.client("ambulance-1-paramedic")
        self._planner = installation.client("careplan-1-office")
        self._helper = installation.client("homehelp-1-office")
        self._insurer = installation.client("insurer-1")
        prescription = prescriptions(self._population)[1]  # of person 2, who has long-term care
        self._person = prescription.person
        self._record = prescription.record
        self._id = self._access_code = self._package = ""
        self._register_id, self._dispense_id = new_id(), new_id()
        self._began = datetime.datetime.now(datetime.timezone.utc)

    def cases(self) -> Iterator[Case]:
        yield "a signed prescription is registered", self._register
        yield "a repeated command gets the first answer, another body under its id is refused", self._repeat
        yield "one pharmacy takes it by access code, the other learns only that it is taken", self._accept
        yield "the pharmacy that lost cannot dispense", self._cannot_dispense
        yield "it is dispensed once, and prescriber and pharmacy see it", self._dispense
        yield "the medication history shows it", self._history
        yield "a crew breaks the glass with a reason, not without", self._break_glass
        yield "a crew reads the summary with oral consent, without a reason", self._oral_consent
        yield "a care plan is handed over and acknowledged", self._care_plan
        yield "the access history lists all of it, and says nobody's name", self._access_history

    def _file(self, name: str) -> Path:
        return self._scratch / name

    def _register(self) -> None:
        must(self._doctor.persist("prescription", "sign", str(self._record), "--out", str(self._file("rx.xml"))))
        body = must(self._send_register(self._register_id))
        self._id, self._access_code = body["prescription_id"], body["access_code"]
        require(len(self._access_code) == 6 and self._access_code.isdigit(), f"access code {self._access_code}")
        status = must(self._doctor.persist("prescription", "status", self._id))
        require(status["status"] == "STATUS_REGISTERED", str(status))

    def _send_register(self, command_id: str, file: str = "rx.xml") -> Answer:
        return self._doctor.persist("prescription", "register", str(self._file(file)), "--command-id", command_id)

    def _repeat(self) -> None:
        again = must(self._send_register(self._register_id))
        require((again["prescription_id"], again["access_code"]) == (self._id, self._access_code), str(again))
        require((again["repeated"], again["status"]) == (True, "STATUS_REGISTERED"), str(again))
        must(self._doctor.persist("prescription", "sign", str(self._record), "--out", str(self._file("other.xml"))))
        other = self._file("other.xml")
        other.write_bytes(other.read_bytes() + b"\n")
        answer = self._send_register(self._register_id, "other.xml")
        require(answer.code == "ALREADY_EXISTS", f"expected ALREADY_EXISTS, got: {answer}")

    def _accept(self) -> None:
        must(self._first.command("prescription", "accept", "--code", self._access_code, *self._person.options(),
                                 "--out", str(self._file("accepted.xml"))))
        # Its time-stamp may have been added; what the doctor signed is inside.
        accepted = self._file("accepted.xml").read_bytes()
        require(len(accepted) >= len(self._file("rx.xml").read_bytes()), "the prescription came back shorter")
        late = self._second.command("prescription", "accept", "--id", self._id, *self._person.options(),
                                    "--out", str(self._file("none.xml")))
        refused(late, "FAILED_PRECONDITION", "TAKEN")
        require(self._first.facility not in late.text, f"the refusal names the holder: {late}")

    def _draft(self, pharmacist: Client, name: str) -> Path:
        result = self._file(name)
        must(pharmacist.persist("prescription", "dispense-file", str(self._file("accepted.xml")), "--pharmacy",
                                pharmacist.facility, "--pharmacy-name", "合成薬局", "--pharmacist", "合成　薬剤師",
                                "--out", str(result)))
        return result

    def _cannot_dispense(self) -> None:
        result = self._draft(self._second, "stolen.xml")
        answer = self._second.command("prescription", "dispense", self._id, str(result))
        require(not answer.ok and answer.reason == "NOT_HOLDER", f"expected NOT_HOLDER, got: {answer}")

    def _dispense(self) -> None:
        words = ["prescription", "dispense", self._id, str(self._draft(self._first, "result.xml")), "--out",
                 str(self._file("stamped.xml")), "--force", "--command-id", self._dispense_id]
        body = must(self._first.persist(*words))
        require(bool(body["result_id"]), str(body)[:500])
        require(self._file("stamped.xml").stat().st_size > self._file("result.xml").stat().st_size,
                "the result came back without its time-stamp")
        again = must(self._first.persist(*words))
        require(again["result_id"] == body["result_id"] and again["repeated"], "a repeat dispensed again")
        for client in (self._doctor, self._first):
            status = must(client.persist("prescription", "status", self._id))
            standing = (status["status"], status["holder"])
            require(standing == ("STATUS_DISPENSED", self._first.facility), f"it stands at {standing}")
        new = self._first.persist(*words[:-1], new_id())
        require(not new.ok, "dispensed a second time under another command id")

    def _check_in(self, client: Client, *scopes: str, options: tuple[str, ...] = ()) -> str:
        context = self._file(f"context-{client.identity}-{'-'.join(scopes)}")
        consent = [word for scope in scopes for word in ("--scope", scope)]
        body = must(client.persist("eligibility", "check-in", *self._person.options(), "--birth", self._person.birth,
                                *consent, *options, "--out", str(context)))
        if "--care-number" in options:
            require(body["long_term_care"]["validity"] == "VALIDITY_VALID", str(body)[:500])
        require(body["check"]["validity"] == "VALIDITY_VALID", str(body)[:500])
        require(body["granted"] == [f"SCOPE_{_SCOPES.get(scope, scope.upper())}" for scope in scopes], str(body)[:500])
        return str(context)

    def _history(self) -> None:
        context = self._check_in(self._first, "medication")

        def dispensed_here(body: Any) -> bool:
            return any(one["source"] == "SOURCE_DISPENSING" and one["facility"] == self._first.facility and one["drugs"]
                       for one in body["dispensings"])

        body = until("the dispensing should be in the medication history",
                     lambda: must(self._first.persist("medication", "history", "--context", context)), dispensed_here)
        require(any(one["source"] != "SOURCE_DISPENSING" for one in body["dispensings"]),
                "the history holds no receipt")
        require(body["person"]["birth_date"] == self._person.birth, "the history does not say whose it is")
        require(all(bool(one["prescription_id"]) == (one["source"] != "SOURCE_RECEIPT") for one in body["dispensings"]),
                "an e-prescription's entry lacks its id")

    def _break_glass(self) -> None:
        words = ["emergency", "summary", *self._person.options(), "--birth", self._person.birth]
        silent = self._crew.persist(*words)
        require(not silent.ok and silent.code in ("INVALID_ARGUMENT", "PERMISSION_DENIED", "FAILED_PRECONDITION"),
                f"without a reason: {silent}")
        until("the summary should hold the dispensing", lambda: must(self._crew.persist(*words, "--reason", REASON)),
              lambda body: any(one["facility"] == self._first.facility for one in body["dispensings"]))

    def _oral_consent(self) -> None:
        context = self._check_in(self._crew, "emergency", options=("--oral",))
        body = must(self._crew.persist("emergency", "summary", "--context", context))
        require(any(self._first.facility in one["facilities"] for one in body["medicines"]), str(body)[:2000])
        names = [one["name"] for one in body["feeds"]]
        require(names == ["eligibility", "medication", "prescription"], str(body["feeds"]))

    def _package_files(self) -> list[Path]:
        """The newest package of the population, under the present time."""
        source = self._population / "careplan"
        newest = max(path.stem.rsplit("_", 1)[1] for path in source.iterdir())
        now = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=9))).strftime("%Y%m%d%H%M%S")
        files = []
        for path in sorted(source.glob(f"*_{newest}.CSV")):
            files.append(self._file(path.name.replace(newest, now)))
            files[-1].write_bytes(path.read_bytes())
        return files

    def _care_plan(self) -> None:
        files = self._package_files()
        self._package = must(self._planner.command("ltc", "send", *map(str, files)))["package_id"]
        listed = must(self._helper.persist("ltc", "list"))["packages"]
        require(self._package in [one["package_id"] for one in listed], "the package is not in the mailbox")
        body = must(self._helper.persist("ltc", "fetch", self._package, "--out", str(self._file("fetched"))))
        got = {file["name"]: base64.b64decode(file["content"]) for file in body["files"]}
        require(got == {path.name: path.read_bytes() for path in files}, "the files changed on their way")
        must(self._helper.command("ltc", "ack", self._package))
        sent = must(self._planner.persist("ltc", "list", "--sent", "--all", "--to", HELPERS_OFFICE))["packages"]
        mine = [one for one in sent if one["package_id"] == self._package]
        require(len(mine) == 1 and bool(mine[0].get("acknowledged_at")), "the sender does not see the receipt")

    def _access_history(self) -> None:
        wanted = {
            ("prescription.register", self._doctor.facility), ("prescription.accept", self._first.facility),
            ("prescription.accept", self._second.facility), ("prescription.dispense", self._first.facility),
            ("prescription.status.read", self._doctor.facility), ("eligibility.check_in", self._first.facility),
            ("medication.history.read", self._first.facility), ("emergency.summary.read", self._crew.facility)}
        care = {("ltc.package.send", self._planner.facility), ("ltc.package.fetch", self._helper.facility),
                ("ltc.package.acknowledge", self._helper.facility)}
        card = next(one for one in json.loads((self._population / "population.json").read_text())["ltc_people"]
                    if (one["insurer"], one["number"]) == (self._person.insurer, self._person.number))
        context = self._check_in(self._first, "history", options=("--care-insurer", card["ltc_insurer"],
                                                                  "--care-number", card["ltc_number"]))

        def lists(actions: set[tuple[str, str]]) -> Callable[[Any], bool]:
            return lambda body: actions <= {(one["action"], one["facility"]) for one in body["records"]}

        def complete(body: Any) -> bool:
            return lists(wanted)(body) and any(one.get("reason") == REASON for one in body["records"])

        words = ["audit", "history", "--page-size", "1000", "--context", context]
        shown = until(f"the access history should hold {sorted(wanted | care)}",
                      lambda: must(self._first.persist(*words)), lambda body: complete(body) and lists(care)(body))
        refusals = [one for one in shown["records"] if one["outcome"] == "OUTCOME_REFUSED"]
        require(any(one["facility"] == self._second.facility for one in refusals),
                "the second pharmacy's refusal is not in the access history")
        words = ["audit", "disclose", *self._person.options(), "--page-size", "1000"]
        disclosed = until("the insurer's disclosure should hold the same",
                          lambda: must(self._insurer.persist(*words)), complete)
        words = ["audit", "disclose", "--insurer", card["ltc_insurer"], "--number", card["ltc_number"]]
        until("the care insurer's disclosure should hold the care plan",
              lambda: must(self._insurer.persist(*words)), lists(care))
        called = {one.pop("facility_name") for one in disclosed["records"]}
        require({"合成調剤薬局本店", "合成調剤薬局駅前店"} <= called, f"the access history calls facilities {called}")
        require("試験" not in str(disclosed) and "合成" not in str(disclosed), "the access history names somebody")
