"""The folder exchange of facility systems: eligibility, register, accept, dispense by files, and kill -9 in between."""

from __future__ import annotations

import base64
import json
import os
import signal
import subprocess
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

from e2e.main_job import Case, must
from support.cases import Failure, require
from support.client import Client
from support.installation import Installation
from support.people import prescriptions

_ANSWER_S = 60.0
_KILLS = 6


class _Terminal:
    """`tsunagu terminal` of one identity, in a folder of its own."""

    def __init__(self, client: Client, folder: Path):
        self.folder = folder
        folder.mkdir()
        self._client = client
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        self._process = self._client.start("terminal", "--folder", str(self.folder), "--institution",
                                           self._client.facility, "--patience", "2")

    def kill(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def close(self) -> None:
        """Ends what a failed case left running."""
        if self._process is not None and self._process.poll() is None:
            self.kill()

    def stop(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        require(self._process.wait(timeout=_ANSWER_S) == 0, "the terminal did not stop well")

    def drop(self, name: str, text: str) -> None:
        beside = self.folder / name
        beside.write_text(text, encoding="utf-8")
        beside.rename(self.folder / "req" / name)

    def take(self, name: str) -> bytes:
        """The answer, when it is there."""
        path = self.folder / "res" / name
        end = time.monotonic() + _ANSWER_S
        while not path.exists():
            if time.monotonic() > end:
                raise Failure(f"no {name}; the terminal says {self.status()}")
            time.sleep(0.05)
        answer = path.read_bytes()
        path.unlink()
        return answer

    def answer(self, name: str) -> dict[str, str]:
        """Its leaves."""
        root = ET.fromstring(self.take(name))
        return {element.tag: element.text or "" for element in root.iter() if len(element) == 0}

    def status(self) -> dict[str, object]:
        return json.loads((self.folder / "status.json").read_text(encoding="utf-8"))


class TerminalExchange:
    """Its cases stand on each other, in order."""

    def __init__(self, installation: Installation, scratch: Path):
        self._scratch = scratch
        self._doctor = installation.client("clinic-1-doctor")
        self._pharmacist = installation.client("pharmacy-1-pharmacist")
        self._prescriptions = prescriptions(installation.folders.population)[2:]
        self._clinic: _Terminal
        self._pharmacy: _Terminal
        self._id = self._access_code = self._registered = self._result = ""

    def close(self) -> None:
        for name in ("_clinic", "_pharmacy"):
            if hasattr(self, name):
                getattr(self, name).close()

    def cases(self) -> Iterator[Case]:
        yield "folder exchange: an eligibility check", self._check
        yield "folder exchange: a signed prescription is registered", self._register
        yield "folder exchange: the same file again has the first outcome", self._repeat
        yield "folder exchange: accepted, dispensed, and the clinic sees it", self._dispense
        yield "folder exchange: a draft is checked, the copy fetched, lists and results read", self._read
        yield "folder exchange: a refusal is an answer, rubbish is put aside", self._refuse
        yield "folder exchange: kill -9 again and again loses and doubles nothing", self._kill

    def _message(self, client: Client, identifier: str, body: dict[str, str]) -> str:
        fields = "".join(f"<{name}>{text}</{name}>" for name, text in body.items())
        return (f'<?xml version="1.0" encoding="UTF-8"?><XmlMsg><MessageHeader><MedicalInstitutionCode>'
                f"{client.facility}</MedicalInstitutionCode><ArbitraryFileIdentifier>{identifier}"
                f"</ArbitraryFileIdentifier><CharacterCodeIdentifier>1</CharacterCodeIdentifier></MessageHeader>"
                f"<MessageBody>{fields}</MessageBody></XmlMsg>\n")

    def _registration(self, index: int) -> str:
        document = self._scratch / f"folder-{index}.xml"
        must(self._doctor.persist("prescription", "sign", str(self._prescriptions[index].record), "--out",
                                  str(document), "--force"))
        return self._message(self._doctor, f"register-{index}", {
            "IssueType": "1", "PrescriptionInfo": base64.b64encode(document.read_bytes()).decode()})

    def _check(self) -> None:
        self._clinic = _Terminal(self._doctor, self._scratch / "clinic-exchange")
        self._pharmacy = _Terminal(self._pharmacist, self._scratch / "pharmacy-exchange")
        person = self._prescriptions[0].person
        today = time.strftime("%Y%m%d", time.gmtime(time.time() + 9 * 3600))
        time.sleep(1)
        self._clinic.drop("OQSsiquc01req_1.xml", (
            f"<XmlMsg><MessageHeader><QualificationConfirmationDate>{today}</QualificationConfirmationDate>"
            f"<MedicalInstitutionCode>{self._doctor.facility}</MedicalInstitutionCode><ArbitraryFileIdentifier>e-1"
            f"</ArbitraryFileIdentifier></MessageHeader><MessageBody><QualificationConfirmSearchInfo>"
            f"<InsurerNumber>{person.insurer}</InsurerNumber><InsuredCardSymbol>{person.symbol}</InsuredCardSymbol>"
            f"<InsuredIdentificationNumber>{person.number}</InsuredIdentificationNumber>"
            f"<InsuredBranchNumber>{person.branch}</InsuredBranchNumber><Birthdate>{person.birth}</Birthdate>"
            f"</QualificationConfirmSearchInfo></MessageBody></XmlMsg>"))
        answer = self._clinic.answer("OQSsiquc01res_1.xml")
        require((answer["ProcessingResultStatus"], answer["QualificationValidity"]) == ("1", "1"), str(answer))

    def _register(self) -> None:
        self._registered = self._registration(0)
        self._clinic.drop("ESPsiPIR01req_1.xml", self._registered)
        answer = self._clinic.answer("ESPsiPIR01res_1.xml")
        require(answer["ProcessingResultStatus"] == "1" and answer["ProcessingResultCode"] == "", str(answer))
        self._id, self._access_code = answer["PrescriptionId"], answer["AccessCode"]

    def _repeat(self) -> None:
        self._clinic.drop("ESPsiPIR01req_1.xml", self._registered)
        answer = self._clinic.answer("ESPsiPIR01res_1.xml")
        require((answer["PrescriptionId"], answer["ProcessingResultCode"]) == (self._id, "REPEATED"), str(answer))

    def _dispense(self) -> None:
        person = self._prescriptions[0].person
        self._pharmacy.drop("EPSif301req_1.xml", self._message(self._pharmacist, "accept-1", {
            "AccessCode": self._access_code, "InsurerNumber": person.insurer, "InsuredCardSymbol": person.symbol,
            "InsuredIdentificationNumber": person.number, "InsuredBranchNumber": person.branch}))
        answer = self._pharmacy.answer("EPSif301res_1.xml")
        require(answer["PrescriptionId"] == self._id and answer["PrescriptionStatus"] == "調剤中", str(answer)[:500])
        accepted, result = self._scratch / "folder-accepted.xml", self._scratch / "folder-result.xml"
        accepted.write_bytes(base64.b64decode(answer["PrescriptionInfo"]))
        must(self._pharmacist.persist("prescription", "dispense-file", str(accepted), "--pharmacy",
                                      self._pharmacist.facility, "--pharmacy-name", "合成薬局", "--pharmacist",
                                      "合成　薬剤師", "--out", str(result)))
        self._pharmacy.drop("EPSif307req_1.xml", self._message(self._pharmacist, "dispense-1", {
            "PrescriptionId": self._id, "DispensingInfo": base64.b64encode(result.read_bytes()).decode()}))
        answer = self._pharmacy.answer("EPSif307res_1.xml")
        require(answer["ProcessingResultStatus"] == "1" and answer["DispensingResultId"] != "", str(answer)[:500])
        self._result = answer["DispensingResultId"]
        self._clinic.drop("EPSif217req_1.xml",
                          self._message(self._doctor, "status-1", {"PrescriptionId": self._id}))
        answer = self._clinic.answer("EPSif217res_1.xml")
        require(answer["PrescriptionStatus"] == "調剤済み" and answer["DispensingInfo"] != "", str(answer)[:500])

    def _read(self) -> None:
        draft = base64.b64encode(self._prescriptions[0].record.read_bytes()).decode()
        answer = self._ask(self._clinic, self._doctor, "EPSif219", {"PrescriptionInfo": draft})
        require(answer["DuplicateCheckResult"] in ("0", "2") and answer["MaskedFlg"] == "2", str(answer)[:500])
        answer = self._ask(self._clinic, self._doctor, "EPSsiPIR06", {"PrescriptionId": self._id})
        require(base64.b64decode(answer["PrescriptionCopyPdf"]).startswith(b"%PDF-"), str(answer)[:500])
        answer = self._ask(self._pharmacy, self._pharmacist, "EPSif316", {"DispensingResultId": self._result})
        require((answer["PrescriptionId"], answer["PrescriptionStatus"]) == (self._id, "調剤済み")
                and answer["DispensingInfo"] != "" and answer["PrescriptionInfo"] != "", str(answer)[:500])
        # The lists are behind by moments.
        self._ask_until(self._clinic, self._doctor, "EPSif213", {}, self._result)
        self._ask_until(self._pharmacy, self._pharmacist, "EPSif322", {"PrescriptionId": self._id}, self._result)

    def _ask(self, terminal: _Terminal, client: Client, name: str, body: dict[str, str]) -> dict[str, str]:
        terminal.drop(f"{name}req_r.xml", self._message(client, f"{name}-r", body))
        answer = terminal.answer(f"{name}res_r.xml")
        require(answer["ProcessingResultStatus"] == "1", f"{name}: {str(answer)[:500]}")
        return answer

    def _ask_until(self, terminal: _Terminal, client: Client, name: str, body: dict[str, str], told: str) -> None:
        end = time.monotonic() + _ANSWER_S
        while True:
            terminal.drop(f"{name}req_u.xml", self._message(client, f"{name}-u", body))
            answer = terminal.take(f"{name}res_u.xml").decode()
            if told in answer:
                return
            require(time.monotonic() < end, f"{name} does not tell {told}: {answer[:500]}")
            time.sleep(0.5)

    def _refuse(self) -> None:
        self._pharmacy.drop("EPSif303req_1.xml",
                            self._message(self._pharmacist, "release-1", {"PrescriptionId": self._id}))
        answer = self._pharmacy.answer("EPSif303res_1.xml")
        require(answer["ProcessingResultStatus"] == "2" and answer["ProcessingResultCode"] != "", str(answer))
        self._clinic.drop("EPSif217req_2.xml", "<hello/>")
        aside = self._clinic.folder / "quarantine"
        end = time.monotonic() + _ANSWER_S
        while len(list(aside.glob("EPSif217req_2.xml.*"))) < 2 and time.monotonic() < end:
            time.sleep(0.1)
        reasons = list(aside.glob("EPSif217req_2.xml.*.reason.txt"))
        require(len(reasons) == 1 and "TM-013" in reasons[0].read_text(encoding="utf-8"), f"{list(aside.iterdir())}")

    def _kill(self) -> None:
        """Each prescription is registered once, although the terminal dies in the middle of them."""
        count = min(len(self._prescriptions), 1 + _KILLS)
        messages = {index: self._registration(index) for index in range(1, count)}
        for index, message in messages.items():
            self._clinic.drop(f"ESPsiPIR01req_k{index}.xml", message)
            time.sleep(0.03 * index)
            self._clinic.kill()
            self._clinic.start()
        answers = {index: self._clinic.answer(f"ESPsiPIR01res_k{index}.xml") for index in messages}
        for index, answer in answers.items():
            require(answer["ProcessingResultStatus"] == "1", f"{index}: {answer}")
        require(len({answer["PrescriptionId"] for answer in answers.values()}) == len(messages), "an id came twice")
        time.sleep(2)
        for name in ("req", "work", "res"):
            left = os.listdir(self._clinic.folder / name)
            require(not left, f"in {name}: {left}")
        self._clinic.stop()
        self._pharmacy.stop()
