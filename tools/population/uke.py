"""What 医科 and 調剤 receipt files share.

Positions count the record id as 1, as the national tables do.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from population import dates, identity
from population.people import Person, Qualification

FREE_TEXT_COMMENT = "810000001"
_CONFIRMED_AT_COUNTER = "01"
_JD_FIELDS = 33
_MF_FIELDS = 33
_SN_FIELDS = 9
_LAST_VOLUME = "99"


def record(name: str, fields: int, values: Mapping[int, object]) -> str:
    """A record of so many fields; positions that `values` does not name are empty."""
    row = [name] + [""] * (fields - 1)
    for position, value in values.items():
        row[position - 1] = str(value)
    return ",".join(row)


def end_record(receipts: int, points: int) -> str:
    """GO: the number of HO and KO records and their points."""
    return record("GO", 4, {2: receipts, 3: points, 4: _LAST_VOLUME})


def file_bytes(lines: Iterable[str]) -> bytes:
    """CP932, CRLF after every record, one 0x1A after the last."""
    return "".join(f"{line}\r\n" for line in lines).encode("cp932") + b"\x1a"


def receipt_kind(fee_table: str, person: Person, q: Qualification, day: datetime.date) -> str:
    """レセプト種別 of an outpatient receipt with medical insurance only."""
    if q.is_late_elderly or person.age(day) >= 70:
        patient = "8"
    elif dates.is_preschool(person.birth, day):
        patient = "4"
    else:
        patient = "2" if q.relation == "1" else "6"
    return fee_table + ("3" if q.is_late_elderly else "1") + "1" + patient


def person_fields(person: Person, q: Qualification, day: datetime.date) -> dict[int, object]:
    """RE fields 5 to 8: name, sex, birth date and, for 国保 only, the insurer's share."""
    return {
        5: person.name,
        6: person.sex,
        7: dates.compact(person.birth),
        8: 100 - person.share(day) if q.is_municipal else "",
    }


def kana_field(person: Person) -> str:
    """カタカナ氏名: full-width, no space."""
    return person.kana.replace("　", "")


def insurer_fields(q: Qualification) -> dict[int, object]:
    """HO fields 2 to 4: insurer padded with spaces, symbol and number full-width."""
    return {
        2: q.insurer.rjust(8),
        3: identity.full_width(q.symbol),
        4: identity.full_width(q.number),
    }


def check_records(q: Qualification, days: Iterable[datetime.date]) -> list[str]:
    """SN (not for the late elderly, who have no branch), JD and MF."""
    lines = []
    if not q.is_late_elderly:
        lines.append(record("SN", _SN_FIELDS, {2: "1", 3: _CONFIRMED_AT_COUNTER, 7: q.branch}))
    lines.append(record("JD", _JD_FIELDS, {2: "1", **{2 + day.day: "1" for day in days}}))
    lines.append(record("MF", _MF_FIELDS, {2: "00"}))
    return lines
