"""医科 receipt files (specification of 2022, outpatient)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from population import dates, drugs, treatment, uke
from population.facilities import Facility
from population.people import Person, Qualification
from population.treatment import Group, Visit

FIELDS = {"IR": 10, "RE": 38, "HO": 15, "SN": 9, "JD": 33, "MF": 33, "SY": 8, "SI": 44, "IY": 44,
          "CO": 5, "GO": 4}
_FIRST_DAY_FIELD = 14  # of SI and IY: day 1
_PAYERS = "1"  # 負担区分: medical insurance only
# Treatment code, group (診療識別) and points.
_FIRST_VISIT = ("111000110", "11", 291)
_REPEAT_VISIT = ("112007410", "12", 75)
_PRESCRIPTION_OUT = ("120002910", "80", 60)
_PRESCRIBING = ("120001210", "25", 42)
_DISPENSING = ("120000710", "24", 11)
_CATARACT_SURGERY = ("150253010", "50", 12100)
_GROUP_OF_ROUTE = {"oral": "21", "asneeded": "22", "external": "23"}
_SELF_INJECTION, _INJECTION = "14", "33"

Unit = tuple[str, list[str], int]  # 診療識別, lines, points in all


def _days(counts: Mapping[int, int]) -> dict[int, int]:
    return {_FIRST_DAY_FIELD - 1 + day: count for day, count in counts.items()}


def _procedure(item: tuple[str, str, int], counts: Mapping[int, int]) -> Unit:
    code, group, points = item
    times = sum(counts.values())
    line = uke.record("SI", FIELDS["SI"], {
        2: group, 3: _PAYERS, 4: code, 6: points, 7: times, **_days(counts)})
    return group, [line], points * times


def _medicine(group: Group, day: int) -> Unit:
    """Drugs handed out or given on a day. Only the last line of a unit carries the points."""
    if group.route == "injection":
        kind = _INJECTION if group.usage.condition == "emergency" else _SELF_INJECTION
    else:
        kind = _GROUP_OF_ROUTE[group.route]
    points = drugs.points(group.yen)
    lines = []
    for index, (drug, amount) in enumerate(group.drugs):
        is_last = index == len(group.drugs) - 1
        lines.append(uke.record("IY", FIELDS["IY"], {
            2: kind if index == 0 else "", 3: _PAYERS, 4: drug.code, 5: drugs.number(amount),
            6: points if is_last else "", 7: group.quantity, **_days({day: group.quantity})}))
    if group.route in ("asneeded", "external"):
        lines.append(uke.record("CO", FIELDS["CO"], {
            2: kind, 3: _PAYERS, 4: uke.FREE_TEXT_COMMENT, 5: group.usage.usage_text}))
    return kind, lines, points * group.quantity


def _units(visits: Sequence[Visit]) -> list[Unit]:
    counters: dict[tuple[str, str, int], Counter[int]] = {}

    def count(item: tuple[str, str, int], visit: Visit) -> None:
        counters.setdefault(item, Counter())[visit.day.day] += 1

    units = []
    for visit in visits:
        count(_FIRST_VISIT if visit.is_first else _REPEAT_VISIT, visit)
        if visit.operated:
            count(_CATARACT_SURGERY, visit)
        if visit.pharmacy:
            count(_PRESCRIPTION_OUT, visit)
            continue
        units += [_medicine(group, visit.day.day) for group in visit.groups]
        if any(group.route != "injection" for group in visit.groups):
            count(_PRESCRIBING, visit)
        if any(group.route == "oral" for group in visit.groups):
            count(_DISPENSING, visit)
    units += [_procedure(item, counts) for item, counts in counters.items()]
    return sorted(units, key=lambda unit: unit[0])


def _diseases(visits: Sequence[Visit]) -> list[str]:
    found: dict[str, str] = {}
    for visit in visits:
        for condition in visit.conditions:
            found.setdefault(condition, dates.compact(visit.since))
    lines = []
    for index, (condition, since) in enumerate(found.items()):
        code, text = treatment.DISEASES[condition]
        lines.append(uke.record("SY", FIELDS["SY"], {
            2: code, 3: since, 4: "1", 6: text, 7: "01" if index == 0 else ""}))
    return lines


def receipt(number: int, person: Person, q: Qualification, month: dates.Month,
            visits: Sequence[Visit]) -> tuple[list[str], int]:
    """The records of one receipt, and its points."""
    units = _units(visits)
    points = sum(unit[2] for unit in units)
    day = visits[0].day
    days = sorted({visit.day for visit in visits})
    lines = [
        uke.record("RE", FIELDS["RE"], {
            2: number, 3: uke.receipt_kind("1", person, q, day), 4: month,
            **uke.person_fields(person, q, day), 14: f"K{person.index:06d}",
            37: uke.kana_field(person)}),
        uke.record("HO", FIELDS["HO"], {**uke.insurer_fields(q), 5: len(days), 6: points}),
        *uke.check_records(q, days),
        *_diseases(visits),
    ]
    for _, unit_lines, _ in units:
        lines += unit_lines
    return lines, points


def write(facility: Facility, month: dates.Month, visits: Sequence[Visit]) -> bytes:
    """The file of one facility and month; a receipt for each person and qualification."""
    grouped: dict[tuple[int, str, str], list[Visit]] = {}
    for visit in visits:
        q = visit.person.qualification_on(visit.day)
        if q:
            grouped.setdefault((visit.person.index, q.insurer, q.number), []).append(visit)
    lines = [uke.record("IR", FIELDS["IR"], {
        2: "1", 3: facility.prefecture, 4: facility.fee_table, 5: facility.number,
        7: facility.name, 8: month.plus(1), 9: "00", 10: facility.phone})]
    total = 0
    for number, (_, own) in enumerate(sorted(grouped.items(), key=lambda item: item[0]), start=1):
        person = own[0].person
        q = person.qualification_on(own[0].day)
        assert q is not None
        receipt_lines, points = receipt(number, person, q, month, own)
        lines += receipt_lines
        total += points
    return uke.file_bytes([*lines, uke.end_record(len(grouped), total)])
