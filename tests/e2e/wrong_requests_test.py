"""Proves that every field of every RPC is tried, and that an answer that is not precise is found."""

from __future__ import annotations

import unittest
from pathlib import Path

from e2e.wrong_requests import HUGE, Requests, Wrong, verdict
from support import contract, wire
from support.client import Answer
from support.contract import Contract, Field, Method

METHOD = Method("tsunagu.new.v1.New/Do", ".Ask", None)
NEW = Contract((METHOD,), {
    ".Ask": (Field("whom", 1, contract.MESSAGE, False, ".Whom"), Field("kind", 2, contract.ENUM, True, ".Kind"),
             Field("count", 3, 5, False, ""), Field("file", 4, contract.BYTES, False, "")),
    ".Whom": (Field("number", 1, contract.STRING, False, ""), Field("birth_date", 2, contract.STRING, False, "")),
}, {".Kind": {"KIND_ONE": 1}})
PROTOSET = Path("../protos/all.protoset")  # run_test.sh starts in tests/


def good(_message: str, path: str) -> str | int | None:
    return {"whom": "", "whom.number": "10", "count": 5}.get(path)


def answer(code: str, reason: str = "R", rule: str = "X-001", **error: object) -> Answer:
    return Answer(code=code, reason=reason, rule=rule, error=error)


class RequestsOfANewMethod(unittest.TestCase):
    def setUp(self) -> None:
        self.wrong = list(Requests(NEW, good).of(METHOD))

    def request(self, what: str) -> bytes:
        return next(one.request for one in self.wrong if one.what == what)

    def test_every_field_is_wrong_once_at_least(self) -> None:
        self.assertEqual({one.field for one in self.wrong if one.field and not one.may_pass},
                         {"whom", "whom.number", "whom.birth_date", "kind", "count", "file"})

    def test_all_else_stays_good(self) -> None:
        self.assertEqual(self.request("whom.number: a huge text"),
                         wire.text(1, wire.text(1, HUGE)) + wire.number(3, 5))
        self.assertEqual(self.request("count: -1"), wire.text(1, wire.text(1, "10")) + wire.number(3, -1))

    def test_a_day_is_tried_as_a_day(self) -> None:
        self.assertIn("whom.birth_date: a day that does not exist", [one.what for one in self.wrong])

    def test_the_contracts_are_read_whole(self) -> None:
        contracts = contract.read(PROTOSET)
        paths = {method.path: method for method in contracts.methods}
        check_in = paths["tsunagu.eligibility.v1.Eligibility/CheckIn"]
        self.assertTrue(check_in.rule and check_in.rule.admits(17, 6) and not check_in.rule.admits(17, 3))
        self.assertGreater(len(paths), 15)
        fields = {one.field for one in Requests(contracts, good).of(check_in)}
        self.assertIn("check.identity.number", fields)


class Verdicts(unittest.TestCase):
    WRONG = Wrong("a huge text", b"", "whom.number")

    def assert_found(self, text: str, given: Answer, wrong: Wrong = WRONG) -> None:
        self.assertIn(text, verdict(wrong, given))

    def test_precise_answers(self) -> None:
        for fields in (["whom.number"], ["whom"], ["kind", "whom.number"]):
            self.assertEqual(verdict(self.WRONG, answer("INVALID_ARGUMENT", fields=fields)), "", fields)
        self.assertEqual(verdict(Wrong("", b"", "kind"), answer("INVALID_ARGUMENT", fields=["kind[3]"])), "")
        self.assertEqual(verdict(self.WRONG, answer("INVALID_ARGUMENT", "REQUEST_UNREADABLE", "GW-018")), "")
        self.assertEqual(verdict(self.WRONG, answer("NOT_FOUND")), "")

    def test_what_may_pass_may_pass(self) -> None:
        self.assertEqual(verdict(Wrong("empty", b"", may_pass=True), Answer()), "")

    def test_a_wrong_request_that_is_taken(self) -> None:
        self.assert_found("taken", Answer())

    def test_a_fault_of_the_platform(self) -> None:
        for code in ("INTERNAL", "UNKNOWN", "UNAVAILABLE", "DEADLINE_EXCEEDED"):
            self.assert_found("not an error about the request", answer(code))

    def test_no_reason_no_rule_no_field(self) -> None:
        self.assert_found("no reason or no rule", answer("NOT_FOUND", reason=""))
        self.assert_found("no reason or no rule", answer("NOT_FOUND", rule=""))
        self.assert_found("no field and no finding", answer("INVALID_ARGUMENT"))

    def test_another_field_is_blamed(self) -> None:
        self.assert_found("blames another field", answer("INVALID_ARGUMENT", fields=["whom.numbers", "kind"]))


if __name__ == "__main__":
    unittest.main()
