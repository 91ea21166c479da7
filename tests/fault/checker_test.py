"""Proves the checker: a sound run passes, and each planted bug is found."""

from __future__ import annotations

import unittest
from collections.abc import Sequence
from dataclasses import replace

from fault.checker import complaints
from fault.history import (
    ACCEPT, ACKNOWLEDGE, CHECK, DISPENSE, FETCH, LIST, LOAD, REGISTER, SEND, STATUS, SUBMIT, Access, Call, Outcome,
    Publication, Run, Stage, Standing)

CLINIC, PHARMACY, OTHER = "1311111111", "1349999996", "1349999988"
ID = "11111111-2222-8333-8444-555555555555"


def call(action: str, facility: str, at: float, **more: object) -> Call:
    values: dict[str, object] = {
        "slot": "w0-0", "action": action, "facility": facility, "person": "7", "began": at, "ended": at + 0.5,
        "outcome": Outcome.OK, "command_id": "" if action == STATUS else f"{action}-{facility}",
        "prescription_id": ID, **more}
    return Call(**values)  # type: ignore[arg-type]


def sound() -> list[Call]:
    """One prescription: two pharmacies want it, the first gets it and dispenses."""
    return [
        call(REGISTER, CLINIC, 1, result={"access_code": "123456"}),
        call(ACCEPT, PHARMACY, 2),
        call(ACCEPT, OTHER, 3, outcome=Outcome.REFUSED, reason="TAKEN"),
        call(STATUS, PHARMACY, 4, stage=Stage.IN_DISPENSING),
        call(DISPENSE, PHARMACY, 5, result={"result_id": "r-1"}),
    ]


def refused(facility: str, reason: str, at: float = 6) -> Call:
    """A dispensing under a command of its own."""
    return call(DISPENSE, facility, at, command_id=f"again-{facility}", outcome=Outcome.REFUSED, reason=reason)


def published(*dispensings: str) -> list[Publication]:
    """A prescription from its registration to these results, one after the other."""
    return [Publication(1, Stage.REGISTERED, digest="1"), Publication(2, Stage.IN_DISPENSING, digest="2"),
            *(Publication(3 + index, Stage.DISPENSED, result, f"of {result}") for index, result in enumerate(dispensings))]


def sending(package_id: str, command_id: str, **more: object) -> Call:
    return call(SEND, "1370000001", 1, slot=command_id, person="", command_id=command_id, prescription_id="",
                result={"package_id": package_id}, **more)


def mail(action: str, slot: str, at: float, **more: object) -> Call:
    return call(action, "1370000002", at, slot=slot, person="", prescription_id="",
                command_id=f"ack-{slot}" if action == ACKNOWLEDGE else "", **more)


def mailbox() -> list[Call]:
    """Two packages; one is fetched and acknowledged."""
    return [replace(sending(one, f"c-{one}"), slot=f"s-{one}") for one in ("p-1", "p-2")] + [
        mail(LIST, "w", 2, listed=("p-1", "p-2")), mail(FETCH, "p-1", 3, result={"files": "digest-1"}),
        mail(ACKNOWLEDGE, "p-1", 4), mail(LIST, "w", 5, listed=("p-2",))]


def mailbox_run(calls: Sequence[Call]) -> Run:
    return Run(calls, {}, {}, ["p-1", "p-2"], {"s-p-1": "digest-1", "s-p-2": "digest-2"})


def office(action: str, slot: str, at: float, **more: object) -> Call:
    return call(action, "1300000018", at, slot=slot, person="", command_id="", prescription_id="", **more)


def run_of(calls: Sequence[Call], standing: Standing | None = Standing(Stage.DISPENSED, PHARMACY),
           accesses: Sequence[Access] | None = None, publications: Sequence[Publication] | None = None) -> Run:
    """`publications`, `accesses`: those that the calls deserve."""
    if publications is None:
        publications = published(*{one.result["result_id"]: 0 for one in calls if one.result.get("result_id")})
    if accesses is None:
        accesses = [Access(one.action, one.facility, (f"prescription/{one.prescription_id}",))
                    for one in calls if one.outcome is Outcome.OK]
    return Run(calls, {ID: standing} if standing else {}, {"7": accesses}, published={ID: publications})


class SoundRuns(unittest.TestCase):
    def test_the_whole_life_of_a_prescription(self) -> None:
        self.assertEqual(complaints(run_of(sound())), [])

    def test_nothing_happened(self) -> None:
        self.assertEqual(complaints(Run([], {}, {})), [])

    def test_an_unknown_outcome_may_have_taken_effect_or_not(self) -> None:
        calls = sound()
        calls[4] = replace(calls[4], outcome=Outcome.UNKNOWN, result={})
        for stage in (Stage.IN_DISPENSING, Stage.DISPENSED):
            self.assertEqual(complaints(run_of(calls, Standing(stage, PHARMACY))), [], stage)

    # RX-009
    def test_later_dispensings_are_refused(self) -> None:
        calls = [*sound(), refused(PHARMACY, "RESULT_EXISTS"), refused(OTHER, "NOT_HOLDER")]
        self.assertEqual(complaints(run_of(calls)), [])

    def test_of_two_dispensings_at_once_either_is_taken(self) -> None:
        calls = [*sound(), refused(PHARMACY, "RESULT_EXISTS", at=4.9)]
        self.assertEqual(complaints(run_of(calls)), [])

    def test_after_an_unknown_dispensing_the_next_is_refused_or_taken(self) -> None:
        unknown = replace(sound()[4], outcome=Outcome.UNKNOWN, result={})
        taken = replace(sound()[4], began=6, ended=6.5, command_id="another")
        for then in (refused(PHARMACY, "RESULT_EXISTS"), taken):
            run = run_of([*sound()[:4], unknown, then], publications=published("r-1"))
            self.assertEqual(complaints(run), [], then)

    def test_a_publication_that_comes_again(self) -> None:
        run = run_of(sound(), publications=[*published("r-1"), *published("r-1")])
        self.assertEqual(complaints(run), [])

    def test_a_replay_with_the_same_answer(self) -> None:
        calls = sound()
        calls.append(replace(calls[4], began=9, ended=9.5))
        self.assertEqual(complaints(run_of(calls)), [])

    def test_a_read_that_overlaps_the_change_may_show_either_side(self) -> None:
        calls = [*sound(), call(STATUS, PHARMACY, 5.2, stage=Stage.IN_DISPENSING)]
        self.assertEqual(complaints(run_of(calls)), [])

    def test_more_access_records_than_acknowledgements_come_from_repeats(self) -> None:
        calls = sound()
        records = [*run_of(calls).accesses["7"]] * 2
        self.assertEqual(complaints(run_of(calls, accesses=records)), [])

    def test_a_register_that_nobody_acknowledged_is_not_looked_for(self) -> None:
        lost = call(REGISTER, CLINIC, 1, outcome=Outcome.UNKNOWN, prescription_id="")
        self.assertEqual(complaints(run_of([lost], None)), [])

    def test_packages_in_the_mailbox(self) -> None:
        calls = [sending("p-1", "c-1"), sending("p-1", "c-1"), sending("", "c-2", outcome=Outcome.UNKNOWN)]
        for packages in (["p-1"], ["p-1", "p-2"]):
            self.assertEqual(complaints(Run(calls, {}, {}, packages)), [], packages)

    def test_a_mailbox(self) -> None:
        self.assertEqual(complaints(mailbox_run(mailbox())), [])

    def test_an_acknowledgement_whose_end_nobody_knows_may_have_taken_effect_or_not(self) -> None:
        calls = mailbox()
        calls[4] = replace(calls[4], outcome=Outcome.UNKNOWN)
        for listed in (("p-2",), ("p-1", "p-2")):
            calls[5] = replace(calls[5], listed=listed)
            self.assertEqual(complaints(mailbox_run(calls)), [], listed)

    def test_loads_and_receipts(self) -> None:
        calls = [office(LOAD, "n-1", 1), office(CHECK, "n-1", 2, insured=True), office(CHECK, "n-1", 0),
                 office(SUBMIT, "r-1", 1), office(SUBMIT, "r-1", 3),
                 office(LOAD, "n-2", 1, outcome=Outcome.UNKNOWN), office(SUBMIT, "r-2", 1, outcome=Outcome.UNKNOWN)]
        for there in (True, False):
            run = Run(calls, {}, {}, insured={"n-1": True, "n-2": there}, receipts={"r-1": 1, "r-2": int(there)})
            self.assertEqual(complaints(run), [], there)


class PlantedBugs(unittest.TestCase):
    def assert_only(self, run: Run, *parts: str) -> None:
        found = complaints(run)
        self.assertEqual(len(found), len(parts), found)
        for part, complaint in zip(parts, found):
            self.assertIn(part, complaint)

    def test_a_lost_dispensing(self) -> None:
        self.assert_only(run_of(sound(), Standing(Stage.IN_DISPENSING, PHARMACY)), "lost: DISPENSED")

    def test_a_lost_acceptance(self) -> None:
        run = run_of(sound()[:2], Standing(Stage.REGISTERED))
        self.assert_only(run, "lost: IN_DISPENSING", "nobody holds it")

    def test_a_lost_registration(self) -> None:
        self.assert_only(run_of(sound()[:1], None), "nobody knows it")

    def test_a_dispensing_that_nobody_asked_for(self) -> None:
        self.assert_only(run_of(sound()[:4]), "from nowhere: it stands at DISPENSED")

    def test_a_refused_command_that_took_effect(self) -> None:
        calls = sound()
        calls[4] = replace(refused(PHARMACY, "RESULT_EXISTS"), began=5)
        run = run_of(calls, publications=published("r-1"))
        self.assert_only(run, "from nowhere", "before there was one", "nobody's dispensing was taken")

    def test_two_results(self) -> None:
        calls = [*sound(), call(DISPENSE, PHARMACY, 6, command_id="another", result={"result_id": "r-2"})]
        self.assert_only(run_of(calls), "dispensed twice: r-1, r-2", "published with several results: r-1, r-2")

    def test_one_result_for_two_commands(self) -> None:
        calls = [*sound(), replace(sound()[4], command_id="another")]
        self.assert_only(run_of(calls), "dispensed twice: r-1")

    # RX-009
    def test_a_second_dispensing_with_another_refusal(self) -> None:
        self.assert_only(run_of([*sound(), refused(PHARMACY, "NOT_HOLDER")]), "refused with NOT_HOLDER, due was RESULT_EXISTS")
        self.assert_only(run_of([*sound(), refused(OTHER, "RESULT_EXISTS")]), "refused with RESULT_EXISTS, due was NOT_HOLDER")

    def test_a_dispensing_refused_for_one_that_came_later(self) -> None:
        calls = [*sound(), refused(PHARMACY, "RESULT_EXISTS", at=4)]
        self.assert_only(run_of(calls), "refused with RESULT_EXISTS before there was one")

    def test_a_loser_that_dispenses(self) -> None:
        calls = [*sound()[:4], call(DISPENSE, OTHER, 6, result={"result_id": "r-1"}), refused(PHARMACY, "RESULT_EXISTS")]
        self.assert_only(run_of(calls), f"dispensed by {OTHER}, accepted by {PHARMACY}")

    def test_a_dispensing_that_is_published_twice(self) -> None:
        for results in (("r-1", "r-2"), ("r-2", "r-1")):
            run = run_of(sound(), publications=published(*results))
            self.assert_only(run, "published with several results: r-1, r-2", "acknowledged was r-1")

    def test_a_dispensing_that_is_published_taken_back_and_published_again(self) -> None:
        again = [Publication(4, Stage.IN_DISPENSING), Publication(5, Stage.DISPENSED, "r-1")]
        self.assert_only(run_of(sound(), publications=[*published("r-1"), *again]), "published as dispensed 2 times")

    def test_a_dispensing_that_is_never_published(self) -> None:
        unknown = replace(sound()[4], outcome=Outcome.UNKNOWN, result={})
        for calls in (sound(), [*sound()[:4], unknown, refused(PHARMACY, "RESULT_EXISTS")]):
            self.assert_only(run_of(calls, publications=published()), "never published as dispensed")

    def test_a_dispensing_that_is_published_with_another_result(self) -> None:
        self.assert_only(run_of(sound(), publications=published("r-2")), "published with r-2, acknowledged was r-1")

    def test_a_dispensing_that_is_published_without_a_result(self) -> None:
        self.assert_only(run_of(sound(), publications=published("")), "published as dispensed without a result")

    def test_one_version_with_two_contents(self) -> None:
        again = replace(published("r-1")[2], digest="another")
        run = run_of(sound(), publications=[*published("r-1"), again])
        self.assert_only(run, "version 3 was published with two contents")

    def test_two_pharmacies(self) -> None:
        calls = sound()
        calls[2] = replace(calls[2], outcome=Outcome.OK)
        self.assert_only(run_of(calls), "accepted by several pharmacies")

    def test_two_pharmacies_dispense(self) -> None:
        calls = [*sound(), call(DISPENSE, OTHER, 6, result={"result_id": "r-2"})]
        run = run_of(calls, publications=published("r-1"))
        self.assert_only(run, f"dispensed by {OTHER}, accepted by {PHARMACY}", "dispensed by several pharmacies",
                         "dispensed twice", "acknowledged was r-1, r-2")

    def test_the_wrong_holder(self) -> None:
        self.assert_only(run_of(sound(), Standing(Stage.DISPENSED, OTHER)), f"{OTHER} holds it")

    def test_a_dispensing_without_a_result(self) -> None:
        calls = sound()
        calls[4] = replace(calls[4], result={})
        run = run_of(calls, publications=published("r-1"))
        self.assert_only(run, "without a result id", "acknowledged was ")

    def test_a_repeat_with_another_answer(self) -> None:
        calls = sound()
        calls.append(replace(calls[0], began=9, ended=9.5, result={"access_code": "654321"}))
        self.assert_only(run_of(calls), "one command_id got another answer")

    def test_a_repeat_that_registers_again(self) -> None:
        calls = sound()
        calls.append(replace(calls[0], began=9, ended=9.5, prescription_id="another"))
        self.assert_only(run_of(calls), "one command_id got another answer")

    def test_two_prescriptions_under_one_id(self) -> None:
        calls = [sound()[0], call(REGISTER, CLINIC, 6, slot="w1-0", command_id="another")]
        self.assert_only(run_of(calls, Standing(Stage.REGISTERED)), "got the id of w0-0")

    def test_a_stale_read(self) -> None:
        calls = [*sound(), call(STATUS, PHARMACY, 6, stage=Stage.IN_DISPENSING)]
        self.assert_only(run_of(calls), "stale: DISPENSED was acknowledged")

    def test_a_missing_access_record(self) -> None:
        for missing in range(4):
            records = list(run_of(sound()).accesses["7"])
            lost = records.pop(missing)
            self.assert_only(run_of(sound(), accesses=records), f"{lost.action} of {ID}")

    def test_an_access_record_of_another_person(self) -> None:
        run = run_of(sound()[:1], Standing(Stage.REGISTERED))
        self.assert_only(replace(run, accesses={"8": run.accesses["7"]}), "person 7: prescription.register")

    def test_one_record_for_two_reads(self) -> None:
        calls = [*sound(), call(STATUS, PHARMACY, 6, stage=Stage.DISPENSED)]
        records = run_of(sound()).accesses["7"]
        self.assert_only(run_of(calls, accesses=records), "acknowledged 2 times, the access history has 1")

    def test_a_lost_package(self) -> None:
        self.assert_only(Run([sending("p-1", "c-1")], {}, {}, []), "lies 0 times")

    def test_two_packages_under_one_id(self) -> None:
        calls = [sending("p-1", "c-1"), sending("p-1", "c-2")]
        self.assert_only(Run(calls, {}, {}, ["p-1"]), "several packages were acknowledged under one id")

    def test_a_package_that_lies_twice(self) -> None:
        self.assert_only(Run([sending("p-1", "c-1")], {}, {}, ["p-1", "p-1"]), "lies 2 times",
                         "2 packages lie in the mailbox, 1 were sent")

    def test_a_repeated_send_that_sends_again(self) -> None:
        self.assert_only(Run([sending("p-1", "c-1"), sending("p-2", "c-1")], {}, {}, ["p-1", "p-2"]),
                         "one command_id got another answer", "2 packages lie in the mailbox, 1 were sent")

    def test_a_refused_package_that_lies_there(self) -> None:
        self.assert_only(Run([sending("", "c-1", outcome=Outcome.REFUSED)], {}, {}, ["p-1"]),
                         "1 packages lie in the mailbox, 0 were sent")

    def test_an_acknowledged_package_that_comes_again(self) -> None:
        calls = mailbox()
        calls[5] = replace(calls[5], listed=("p-1", "p-2"))
        self.assert_only(mailbox_run(calls), "p-1 waits again after it was acknowledged")

    def test_a_package_that_is_gone_before_anybody_acknowledged_it(self) -> None:
        calls = mailbox()
        calls[5] = replace(calls[5], listed=())
        self.assert_only(mailbox_run(calls), "p-2 was sent, nobody acknowledged it")

    def test_a_refused_acknowledgement_that_took_effect(self) -> None:
        calls = mailbox()
        calls[4] = replace(calls[4], outcome=Outcome.REFUSED)
        self.assert_only(mailbox_run(calls), "p-1 was sent, nobody acknowledged it")

    def test_a_package_with_other_files(self) -> None:
        calls = mailbox()
        calls[3] = replace(calls[3], result={"files": "digest-2"})
        self.assert_only(mailbox_run(calls), "p-1 came with other files")

    def test_a_lost_load(self) -> None:
        self.assert_only(Run([office(LOAD, "n", 1)], {}, {}, insured={"n": False}), "the person is not insured")

    def test_a_refused_load_that_took_effect(self) -> None:
        self.assert_only(Run([office(LOAD, "n", 1, outcome=Outcome.REFUSED)], {}, {}, insured={"n": True}),
                         "the load was refused, and the person is insured")

    def test_a_check_that_does_not_see_an_acknowledged_load(self) -> None:
        self.assert_only(Run([office(LOAD, "n", 1), office(CHECK, "n", 2)], {}, {}, insured={"n": True}),
                         "a later check finds nobody")

    def test_a_lost_receipt(self) -> None:
        self.assert_only(Run([office(SUBMIT, "r", 1)], {}, {}, receipts={"r": 0}), "the history does not have it")

    def test_a_receipt_that_counts_twice(self) -> None:
        self.assert_only(Run([office(SUBMIT, "r", 1)], {}, {}, receipts={"r": 2}), "counts 2 times")

    def test_a_refused_receipt_that_counts(self) -> None:
        self.assert_only(Run([office(SUBMIT, "r", 1, outcome=Outcome.REFUSED)], {}, {}, receipts={"r": 1}),
                         "the receipt was refused, and the history has it")


if __name__ == "__main__":
    unittest.main()
