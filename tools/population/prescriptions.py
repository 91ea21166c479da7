"""E-prescription records (SJ1, 処方編) as a clinic's system hands them to its signing step."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from population import dates, drugs, identity
from population.facilities import Facility
from population.people import Person
from population.treatment import Group, Habit, groups_of

HEADER = "SJ1"
_FORM = {"oral": 1, "asneeded": 2, "external": 3, "injection": 5}
_USAGE_MASTER = 3
_RECEIPT_CODE = 2
_DAYS = 28


def _line(number: int, *fields: object) -> str:
    return ",".join(str(field) for field in (number, *fields))


def _burden(person: Person, day: datetime.date) -> list[str]:
    """Record 14, which only the elderly and the under-sixes have."""
    if dates.is_preschool(person.birth, day):
        return [_line(14, 3)]
    return [_line(14, 1)] if person.age(day) >= 70 else []


def _medicine(number: int, group: Group) -> list[str]:
    usage = group.usage
    times = usage.times if group.route == "oral" else ""
    lines = [
        _line(101, number, _FORM[group.route], "", group.quantity),
        _line(111, number, _USAGE_MASTER, usage.jami_code, usage.usage_text, times),
    ]
    for index, (drug, amount) in enumerate(group.drugs, start=1):
        lines.append(_line(201, number, index, 1, _RECEIPT_CODE, drug.code, drug.name,
                           drugs.number(amount), 1, drug.unit))
    return lines


def write(clinic: Facility, person: Person, habit: Habit, day: datetime.date) -> bytes:
    """One prescription of somebody insured on that day; UTF-8, LF."""
    q = person.qualification_on(day)
    if q is None:
        raise ValueError("nobody writes an insured prescription for somebody who is not insured")
    kind = 7 if q.is_late_elderly else 2 if q.is_municipal else 1
    wide = (lambda text: text) if q.is_late_elderly else identity.full_width
    lines = [
        HEADER,
        _line(1, clinic.fee_table, clinic.number, clinic.prefecture, clinic.name),
        _line(2, "100-0005", clinic.address),
        _line(3, clinic.phone, "", ""),
        _line(4, 1, "", "内科"),
        _line(5, "", clinic.doctor_kana, clinic.doctor),
        _line(11, f"K{person.index:06d}", person.name, identity.half_width_kana(person.kana)),
        _line(12, person.sex),
        _line(13, dates.compact(person.birth)),
        *_burden(person, day),
        _line(21, kind),
        _line(22, q.insurer),
        _line(23, wide(q.symbol), wide(q.number), q.relation, q.branch),
        _line(51, dates.compact(day)),
    ]
    for number, group in enumerate(groups_of(habit.medicines, _DAYS), start=1):
        lines += _medicine(number, group)
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


def recipients(people: Sequence[Person], habits: Sequence[Habit], clinic: Facility, count: int,
               day: datetime.date) -> list[Person]:
    """Person 0 first, then the clinic's other chronic patients, then chronic patients of others."""
    able = [p for p in people if habits[p.index].conditions and p.qualification_on(day)]
    return sorted(able, key=lambda p: (habits[p.index].clinic != clinic, p.index))[:count]
