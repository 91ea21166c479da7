"""Who is turned away, by real certificates: each refusal with its code, reason and rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from e2e.main_job import must
from support.cases import require
from support.client import Answer, Client, RawClient
from support.installation import Installation
from support.people import prescriptions


@dataclass(frozen=True)
class Refusal:
    code: str
    reason: str
    rule: str


@dataclass(frozen=True)
class Comer:
    """Somebody who tries to register a prescription."""

    identity: str
    why: str
    refusal: Refusal
    options: tuple[str, ...] = ()  # of the command line, before the command


# TLS turns these away before there is a call: no connection, no reason.
_NO_CONNECTION = Refusal("UNAVAILABLE", "", "")
_NO_LICENCE = Refusal("PERMISSION_DENIED", "NO_LICENCE", "GW-006")

_FOREIGN_INSURER = "06271234"  # for which insurer-1 is not enrolled

COMERS = (
    Comer("doctor-revoked", "a revoked certificate", Refusal("UNAUTHENTICATED", "CERTIFICATE_REVOKED", "GW-003")),
    Comer("doctor-test-policy", "a test card", Refusal("UNAUTHENTICATED", "POLICY_MISSING", "GW-003")),
    Comer("doctor-foreign-root", "another root", _NO_CONNECTION),
    Comer("doctor-expired", "an expired certificate", Refusal("FAILED_PRECONDITION", "CARD_EXPIRED", "CL-006")),
    Comer("doctor-signing-as-tls", "a signing certificate in TLS",
          Refusal("FAILED_PRECONDITION", "CARD_NOT_FOR_AUTHENTICATION", "CL-020")),
    Comer("no-hcrole", "no hcRole", _NO_LICENCE),
    Comer("role-unknown", "an unknown role", _NO_LICENCE),
    Comer("clinic-1-director", "a manager without a licence", _NO_LICENCE),
    Comer("doctor-not-enrolled", "a doctor whom no facility knows",
          Refusal("PERMISSION_DENIED", "NOT_ENROLLED", "GW-007")),
    Comer("doctor-two-roles", "a doctor of two facilities who names none",
          Refusal("FAILED_PRECONDITION", "FACILITY_AMBIGUOUS", "GW-009")),
    Comer("clinic-1-doctor", "a doctor who names a facility of others",
          Refusal("PERMISSION_DENIED", "FACILITY_NOT_ENROLLED", "GW-008"), ("--facility", "1341234563")),
    Comer("clinic-1-terminal", "an organisation that prescribes",
          Refusal("PERMISSION_DENIED", "ORGANISATION_NOT_ALLOWED", "AC-004")),
    Comer("pharmacy-1-pharmacist", "a pharmacist who prescribes",
          Refusal("PERMISSION_DENIED", "ROLE_NOT_ALLOWED", "AC-002")),
    Comer("clinic-1-doctor", "a malformed facility",
          Refusal("PERMISSION_DENIED", "FACILITY_NOT_ENROLLED", "GW-008"), ("--facility", "nowhere")),
)


def expect(answer: Answer, wanted: Refusal) -> None:
    got = Refusal(answer.code, answer.reason, answer.rule)
    require(got == wanted, f"expected {wanted}, got {got}\n{answer}")


class Refusals:
    def __init__(self, installation: Installation, raw_call: Path, scratch: Path):
        self._installation = installation
        self._raw_call = raw_call
        self._scratch = scratch
        self._doctor = installation.client("clinic-1-doctor")
        self._prescription = prescriptions(installation.folders.population)[0]
        self._document = scratch / "refusals.xml"

    def cases(self) -> Iterator[tuple[str, Callable[[], None]]]:
        for comer in COMERS:
            name = f"refused: {comer.why} ({comer.refusal.reason or 'by TLS'})"
            yield name, lambda comer=comer: self._turned_away(comer)
        yield "refused: an organisation that names no user (LOCAL_USER_MISSING)", self._nameless
        yield "refused: a read without a care context (CARE_CONTEXT_MISSING)", self._no_context
        yield "refused: another facility's care context (CARE_CONTEXT_OTHER_FACILITY)", self._borrowed_context
        yield "refused: a care context without the scope (SCOPE_MISSING)", self._narrow_context
        yield "refused: the emergency scope at a pharmacy (SCOPE_NOT_FOR_FACILITY)", self._emergency_scope_at_pharmacy
        yield "refused: a forged care context (CARE_CONTEXT_SIGNATURE_BAD)", self._forged_context
        yield "refused: a document signed with a revoked certificate (RX-025)", self._revoked_signature
        yield "refused: a document that was changed after signing", self._changed_document
        yield "refused: an insurer that loads another's insured (EL-137)", self._foreign_insured
        yield "refused: an insurer that discloses of another's insured (INSURER_NOT_OWN)", self._foreign_disclosure
        yield "refused: a care plan to an office that is not enrolled (DESTINATION_UNKNOWN)", self._unknown_office
        yield "refused: other care plans under the names of one that was sent (TIMESTAMP_TAKEN)", self._changed_plan
        yield "refused: a method that does not exist (METHOD_UNKNOWN)", self._no_method

    def _signed(self) -> str:
        if not self._document.exists():
            record = str(self._prescription.record)
            must(self._doctor.call("prescription", "sign", record, "--out", str(self._document)))
        return str(self._document)

    def _turned_away(self, comer: Comer) -> None:
        client = self._installation.client(comer.identity)
        deadline_s = 3 if comer.refusal == _NO_CONNECTION else 10
        answer = client.call(*comer.options, "prescription", "register", self._signed(), deadline_s=deadline_s)
        if comer.refusal == _NO_CONNECTION and answer.code == "DEADLINE_EXCEEDED":
            return  # the client went on trying to connect
        expect(answer, comer.refusal)

    def _nameless(self) -> None:
        insured = str(self._installation.folders.population / "insurers.csv")
        expect(self._installation.client("insurer-1").call("--user", "", "eligibility", "load", insured),
               Refusal("PERMISSION_DENIED", "LOCAL_USER_MISSING", "AC-005"))

    def _context(self, client: Client, scope: str) -> Path:
        person, file = self._prescription.person, self._scratch / f"refusals-{client.identity}-{scope}"
        must(client.persist("eligibility", "check-in", *person.options(), "--birth", person.birth, "--scope", scope,
                         "--out", str(file)))
        return file

    def _read(self, identity: str, context: Path) -> Answer:
        return self._installation.client(identity).persist("medication", "history", "--context", str(context))

    def _no_context(self) -> None:
        empty = self._scratch / "no-context"
        empty.write_bytes(b"")
        expect(self._read("pharmacy-1-pharmacist", empty),
               Refusal("PERMISSION_DENIED", "CARE_CONTEXT_MISSING", "AC-008"))

    def _borrowed_context(self) -> None:
        context = self._context(self._installation.client("pharmacy-1-pharmacist"), "medication")
        must(self._read("pharmacy-1-pharmacist", context))
        expect(self._read("pharmacy-2-pharmacist", context),
               Refusal("PERMISSION_DENIED", "CARE_CONTEXT_OTHER_FACILITY", "AC-009"))

    def _narrow_context(self) -> None:
        context = self._context(self._installation.client("pharmacy-1-pharmacist"), "checkup")
        answer = self._read("pharmacy-1-pharmacist", context)
        expect(answer, Refusal("PERMISSION_DENIED", "SCOPE_MISSING", "AC-011"))
        require("SCOPE_MEDICATION" in answer.text, f"the refusal does not name the scope: {answer}")

    def _emergency_scope_at_pharmacy(self) -> None:
        person, file = self._prescription.person, self._scratch / "refusals-emergency"
        expect(self._installation.client("pharmacy-1-pharmacist").call(
            "eligibility", "check-in", *person.options(), "--birth", person.birth, "--scope", "medication", "--scope",
            "emergency", "--out", str(file)), Refusal("PERMISSION_DENIED", "SCOPE_NOT_FOR_FACILITY", "EL-026"))
        require(not file.exists(), "a refused check-in left a care context")

    def _forged_context(self) -> None:
        context = self._context(self._installation.client("pharmacy-1-pharmacist"), "medication")
        token = bytearray(context.read_bytes())
        token[-1] ^= 1  # within the signature, the last field
        context.write_bytes(token)
        expect(self._read("pharmacy-1-pharmacist", context),
               Refusal("PERMISSION_DENIED", "CARE_CONTEXT_SIGNATURE_BAD", "AC-014"))

    def _expect_finding(self, document: Path, rule: str = "") -> None:
        answer = self._doctor.command("prescription", "register", str(document))
        require(answer.code == "INVALID_ARGUMENT", f"expected INVALID_ARGUMENT, got: {answer}")
        rules = [finding["rule"] for finding in answer.findings()]
        require(bool(rules) if not rule else rule in rules, f"expected a finding {rule}, got {rules}\n{answer}")

    def _revoked_signature(self) -> None:
        document = self._scratch / "revoked-signer.xml"
        must(self._installation.client("doctor-revoked-signer").call(
            "prescription", "sign", str(self._prescription.record), "--out", str(document)))
        self._expect_finding(document, "RX-025")

    def _changed_document(self) -> None:
        document = self._scratch / "changed.xml"
        text = Path(self._signed()).read_bytes()
        start = text.index(b">", text.index(b"<Prescription") if b"<Prescription" in text else 0)
        letters = [at for at in range(start, len(text)) if text[at:at + 1].isalnum()]
        middle = letters[len(letters) // 4]
        document.write_bytes(text[:middle] + (b"A" if text[middle:middle + 1] != b"A" else b"B") + text[middle + 1:])
        self._expect_finding(document)

    def _foreign_insured(self) -> None:
        file = self._scratch / "foreign.csv"
        lines = (self._installation.folders.population / "insurers.csv").read_text().splitlines()
        file.write_text("\n".join([*lines[:2], _FOREIGN_INSURER + lines[2][lines[2].index(","):]]) + "\n")
        answer = self._installation.client("insurer-1").call("eligibility", "load", str(file))
        require(answer.code == "INVALID_ARGUMENT", f"expected INVALID_ARGUMENT, got: {answer}")
        found = [(one["rule"], one["line"], one["field"]) for one in answer.findings() if one["severity"] == "error"]
        require(found == [("EL-137", 3, "InsurerNumber")], f"expected EL-137 on line 3, got {found}")

    def _foreign_disclosure(self) -> None:
        expect(self._installation.client("insurer-1").call(
            "audit", "disclose", "--insurer", _FOREIGN_INSURER, "--number", "1", "--branch", "00"),
            Refusal("PERMISSION_DENIED", "INSURER_NOT_OWN", "AU-014"))

    def _send_plan(self, change: Callable[[str, bytes], tuple[str, bytes]]) -> Answer:
        """The oldest care plan of the population, its files changed."""
        folder = self._installation.folders.population / "careplan"
        oldest = min(path.stem.rsplit("_", 1)[1] for path in folder.iterdir())
        files = []
        for path in sorted(folder.glob(f"*_{oldest}.CSV")):
            name, content = change(path.name, path.read_bytes())
            files.append(self._scratch / name)
            files[-1].write_bytes(content)
        return self._installation.client("careplan-1-office").call("ltc", "send", *map(str, files))

    def _unknown_office(self) -> None:
        expect(self._send_plan(lambda name, content: (name.replace("1370000002", "1370000009"), content)),
               Refusal("FAILED_PRECONDITION", "DESTINATION_UNKNOWN", "LTC-007"))

    def _changed_plan(self) -> None:
        must(self._send_plan(lambda name, content: (name, content)))
        must(self._send_plan(lambda name, content: (name, content)))
        # A weekly table has no keys: a line of it may come twice.
        expect(self._send_plan(lambda name, content: (name, content + content if name.startswith("UP3KYO") else content)),
               Refusal("ALREADY_EXISTS", "TIMESTAMP_TAKEN", "LTC-005"))

    def _no_method(self) -> None:
        raw = RawClient(self._raw_call, self._installation.folders.pki, "clinic-1-doctor",
                        self._installation.address("gateway"))
        expect(raw.call("tsunagu.prescription.v1.Prescriptions/Forge", b""),
               Refusal("UNIMPLEMENTED", "METHOD_UNKNOWN", "GW-001"))
