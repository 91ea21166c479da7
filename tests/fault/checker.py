"""Looks at a recorded run and tells every way in which it breaks what the platform promises.

1. What was acknowledged is there, and nothing is there that nobody asked for.
2. One pharmacy has a prescription, and it is dispensed once: everything else is refused, and the log tells everybody of
   one dispensing with one result.
   A sent package lies in the mailbox once.
3. The same command_id gets the same answer, whatever died in between.
4. Who reads after an acknowledgement sees what was acknowledged: also who was loaded as insured, and what waits in
   the mailbox, which an acknowledged package never does again.
   A receipt counts once, however often it is handed in.
5. A person's access history holds every acknowledged access.

checker_test.py plants one bug of each kind and demands the complaint.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from fault.history import (
    ACCEPT, ACKNOWLEDGE, CHECK, DISPENSE, FETCH, LIST, LOAD, REGISTER, SEND, STATUS, SUBMIT, Access, Call, Outcome,
    Publication, Run, Stage, slots)

_REACHES = {REGISTER: Stage.REGISTERED, ACCEPT: Stage.IN_DISPENSING, DISPENSE: Stage.DISPENSED}
# RX-009: what a pharmacy is told that has dispensed it already, and one that does not hold it.
_RESULT_EXISTS, _NOT_HOLDER = "RESULT_EXISTS", "NOT_HOLDER"


def complaints(run: Run) -> list[str]:
    """Every broken promise in words; empty when the run is sound."""
    found: list[str] = []
    for slot, calls in slots(run.calls).items():
        found += (f"{slot}: {what}" for what in _of_prescription(calls, run))
    found += _of_repeats(run.calls)
    found += _of_ids(run.calls)
    found += _of_packages(run)
    found += _of_mailbox(run)
    found += _of_loads(run)
    found += _of_receipts(run)
    found += _of_accesses(run)
    return found


def _of_prescription(calls: Sequence[Call], run: Run) -> Iterator[str]:
    yield from _of_standing(calls, run)
    yield from _of_one_dispensing(calls)
    yield from _of_refused_dispensings(calls)
    yield from _of_publications(calls, run.published.get(_id_of(calls), ()))
    yield from _of_reads(calls)


def _ok(calls: Sequence[Call], action: str = "") -> list[Call]:
    return [call for call in calls if call.outcome is Outcome.OK and action in ("", call.action)]


def _reached(calls: Sequence[Call]) -> Stage:
    return max((_REACHES.get(call.action, Stage.NONE) for call in calls), default=Stage.NONE)


def _id_of(calls: Sequence[Call]) -> str:
    return next((call.prescription_id for call in _ok(calls) if call.prescription_id), "")


def _of_standing(calls: Sequence[Call], run: Run) -> Iterator[str]:
    prescription_id = _id_of(calls)
    if not prescription_id:
        return  # no acknowledgement ever named it
    standing = run.standings.get(prescription_id)
    if standing is None:
        yield f"acknowledged as {prescription_id}, and nobody knows it"
        return
    least = _reached(_ok(calls))
    most = _reached([call for call in calls if call.outcome is not Outcome.REFUSED])
    if standing.stage < least:
        yield f"lost: {least.name} was acknowledged, it stands at {standing.stage.name}"
    if standing.stage > most:
        yield f"from nowhere: it stands at {standing.stage.name}, nobody went past {most.name}"
    acceptors = {call.facility for call in _ok(calls, ACCEPT)}
    if acceptors and standing.holder not in acceptors:
        yield f"{standing.holder or 'nobody'} holds it, acknowledged was {', '.join(sorted(acceptors))}"


def _of_one_dispensing(calls: Sequence[Call]) -> Iterator[str]:
    holders = {call.facility for call in _ok(calls, ACCEPT)}
    results = {call.result.get("result_id", "") for call in _ok(calls, DISPENSE)}
    for other in sorted({call.facility for call in _ok(calls, DISPENSE)} - holders) if holders else ():
        yield f"dispensed by {other}, accepted by {', '.join(sorted(holders))}"
    for action, verb in ((ACCEPT, "accepted"), (DISPENSE, "dispensed")):
        facilities = {call.facility for call in _ok(calls, action)}
        if len(facilities) > 1:
            yield f"{verb} by several pharmacies: {', '.join(sorted(facilities))}"
    if len(results) > 1 or len({call.command_id for call in _ok(calls, DISPENSE)}) > 1:
        yield f"dispensed twice: {', '.join(sorted(results))}"
    if results == {""}:
        yield "dispensed without a result id"


def _of_refused_dispensings(calls: Sequence[Call]) -> Iterator[str]:
    holders = {call.facility for call in _ok(calls, ACCEPT)}
    possible = [call for call in calls if call.action == DISPENSE and call.outcome is not Outcome.REFUSED]
    for call in calls:
        if call.action != DISPENSE or call.outcome is not Outcome.REFUSED:
            continue
        due = _RESULT_EXISTS if call.facility in holders else _NOT_HOLDER
        if call.reason != due:
            yield f"a dispensing by {call.facility} was refused with {call.reason}, due was {due}"
        elif due == _RESULT_EXISTS and not any(other.began <= call.ended for other in possible):
            yield f"a dispensing by {call.facility} was refused with {due} before there was one"


def _of_publications(calls: Sequence[Call], published: Sequence[Publication]) -> Iterator[str]:
    by_version: dict[int, Publication] = {}
    for one in published:
        if by_version.setdefault(one.version, one) != one:
            yield f"version {one.version} was published with two contents"
    stages = [Stage.NONE, *(by_version[version].stage for version in sorted(by_version))]
    times = sum(before is not Stage.DISPENSED and after is Stage.DISPENSED for before, after in zip(stages, stages[1:]))
    if times > 1:
        yield f"published as dispensed {times} times"
    results = sorted({one.result_id for one in published if one.result_id})
    if len(results) > 1:
        yield f"published with several results: {', '.join(results)}"
    if times and not results:
        yield "published as dispensed without a result"
    tried = [call for call in calls if call.action == DISPENSE]
    acknowledged = sorted({call.result.get("result_id", "") for call in _ok(tried)})
    if not times and (acknowledged or any(call.reason == _RESULT_EXISTS for call in tried)):
        yield "dispensed for its pharmacy, and never published as dispensed"
    if times and all(call.outcome is Outcome.REFUSED for call in tried):
        yield "published as dispensed, and nobody's dispensing was taken"
    if times and acknowledged and results and acknowledged != results:
        yield f"published with {', '.join(results)}, acknowledged was {', '.join(acknowledged)}"


def _of_reads(calls: Sequence[Call]) -> Iterator[str]:
    for read in _ok(calls, STATUS):
        known = _reached([call for call in _ok(calls) if call.ended <= read.began])
        if read.stage < known:
            yield f"stale: {known.name} was acknowledged, a later read shows {read.stage.name}"


def _of_repeats(calls: Sequence[Call]) -> Iterator[str]:
    first: dict[str, Call] = {}
    for call in calls:
        if not call.command_id or call.outcome is not Outcome.OK:
            continue
        known = first.setdefault(call.command_id, call)
        if (known.prescription_id, dict(known.result)) != (call.prescription_id, dict(call.result)):
            yield f"{call.slot}: {call.action} repeated with one command_id got another answer"


def _of_ids(calls: Sequence[Call]) -> Iterator[str]:
    owner: dict[str, str] = {}
    for call in _ok(calls, REGISTER):
        if owner.setdefault(call.prescription_id, call.slot) != call.slot:
            yield f"{call.slot}: got the id of {owner[call.prescription_id]}, {call.prescription_id}"


def _of_packages(run: Run) -> Iterator[str]:
    sent = {call.command_id: call.result.get("package_id", "") for call in _ok(run.calls, SEND)}
    there = Counter(run.packages)
    for command_id, package_id in sent.items():
        if there[package_id] != 1:
            yield f"package {package_id} of command {command_id} lies {there[package_id]} times in the mailbox"
    if len(set(sent.values())) < len(sent):
        yield "several packages were acknowledged under one id"
    tried = {call.command_id for call in run.calls if call.action == SEND and call.outcome is not Outcome.REFUSED}
    if len(run.packages) > len(tried):
        yield f"{len(run.packages)} packages lie in the mailbox, {len(tried)} were sent"


def _of_mailbox(run: Run) -> Iterator[str]:
    sent = {call.result.get("package_id", ""): call for call in reversed(_ok(run.calls, SEND))}
    acknowledging = [call for call in run.calls if call.action == ACKNOWLEDGE and call.outcome is not Outcome.REFUSED]
    for read in _ok(run.calls, LIST):
        for call in _ok(acknowledging):
            if call.ended <= read.began and call.slot in read.listed:
                yield f"package {call.slot} waits again after it was acknowledged"
        maybe_gone = {call.slot for call in acknowledging if call.began <= read.ended}
        for package_id, call in sent.items():
            if call.ended <= read.began and package_id not in read.listed and package_id not in maybe_gone:
                yield f"package {package_id} was sent, nobody acknowledged it, and it does not wait any more"
    for fetch in _ok(run.calls, FETCH):
        call = sent.get(fetch.slot)
        if call and fetch.result.get("files") != run.sent.get(call.slot):
            yield f"package {fetch.slot} came with other files than were sent"


def _known(calls: Sequence[Call], slot: str, action: str) -> tuple[bool, bool]:
    """Whether that was acknowledged, and whether it may have taken effect."""
    outcomes = {call.outcome for call in calls if (call.slot, call.action) == (slot, action)}
    return Outcome.OK in outcomes, bool(outcomes - {Outcome.REFUSED})


def _of_loads(run: Run) -> Iterator[str]:
    for slot, insured in run.insured.items():
        acknowledged, possible = _known(run.calls, slot, LOAD)
        if acknowledged and not insured:
            yield f"{slot}: the load was acknowledged, and the person is not insured"
        if insured and not possible:
            yield f"{slot}: the load was refused, and the person is insured"
    for read in _ok(run.calls, CHECK):
        loads = [call for call in _ok(run.calls, LOAD) if call.slot == read.slot and call.ended <= read.began]
        if loads and not read.insured:
            yield f"{read.slot}: stale: the load was acknowledged, a later check finds nobody"


def _of_receipts(run: Run) -> Iterator[str]:
    for slot, drugs in run.receipts.items():
        acknowledged, possible = _known(run.calls, slot, SUBMIT)
        if acknowledged and not drugs:
            yield f"{slot}: the receipt was acknowledged, and the history does not have it"
        if drugs and not possible:
            yield f"{slot}: the receipt was refused, and the history has it"
        if drugs > 1:
            yield f"{slot}: the receipt of one drug counts {drugs} times"


def _names(record: Access, prescription_id: str) -> bool:
    return any(prescription_id in item for item in record.items)


def _of_accesses(run: Run) -> Iterator[str]:
    wanted = Counter((call.person, call.action, call.facility, call.prescription_id)
                     for call in _ok(run.calls) if call.person)
    for (person, action, facility, prescription_id), count in wanted.items():
        records = [record for record in run.accesses.get(person, ())
                   if (record.action, record.facility) == (action, facility)
                   and (not prescription_id or _names(record, prescription_id))]
        if len(records) < count:
            about = f" of {prescription_id}" if prescription_id else ""
            yield (f"person {person}: {action}{about} by {facility} was acknowledged {count} times, "
                   f"the access history has {len(records)}")
