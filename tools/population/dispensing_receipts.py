"""調剤 receipt files (specification of June 2026)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from population import dates, drugs, uke
from population.facilities import Facility
from population.people import Person, Qualification
from population.treatment import Group, Visit

FIELDS = {"YK": 9, "RE": 42, "HO": 14, "SN": 9, "JD": 33, "MF": 33, "SH": 10, "CZ": 71, "IY": 10,
          "CO": 3, "KI": 114, "GO": 4}
_PAYERS = "1"
_FORM = {"oral": "1", "asneeded": "3", "injection": "4", "external": "5"}
# 薬剤調製料: code and points by route. 420001010 is this generator's own.
_PREPARATION = {"oral": ("420001810", 24), "asneeded": ("420000410", 21),
                "injection": ("420001010", 26), "external": ("420000110", 10)}
_MANAGEMENT = "440011710"
_MANAGEMENT_POINTS = ((7, 4), (14, 28), (28, 50), (999, 60))  # up to so many days
_BASE = ("410004110", 45)
_CHARGED, _OVER_LIMIT = "1", "2"
_CHARGED_ORAL_GROUPS = 3


def _management_points(groups: Sequence[Group]) -> int:
    days = max((g.quantity for g in groups if g.route == "oral"), default=0)
    return next(points for most, points in _MANAGEMENT_POINTS if days <= most)


def _group(number: int, reception: int, visit: Visit, group: Group, is_charged: bool,
           management: int) -> tuple[list[str], int]:
    """SH, CZ, IY... and CO of one group of drugs, and its points."""
    code, fee = _PREPARATION[group.route]
    fee = fee if is_charged else 0
    per_unit = drugs.points(group.yen)
    usage = group.usage
    assert visit.dispensed is not None
    lines = [
        uke.record("SH", FIELDS["SH"], {
            2: f"{number:02d}", 3: _FORM[group.route], 4: usage.usage_code,
            5: "" if usage.usage_code else usage.usage_text, 6: per_unit}),
        uke.record("CZ", FIELDS["CZ"], {
            2: 1, 3: dates.compact(visit.day), 4: dates.compact(visit.dispensed), 5: reception,
            6: group.quantity, 7: _PAYERS, 8: _CHARGED if is_charged else _OVER_LIMIT,
            9: f"{number:02d}", 10: code, 11: fee, 14: per_unit * group.quantity,
            58: _PAYERS, 59: _CHARGED, 60: f"{number:02d}", 61: _MANAGEMENT, 62: management}),
    ]
    for drug, amount in group.drugs:
        values = {2: _PAYERS, 3: drug.code, 4: drugs.number(amount)}
        if group.route == "oral":
            values[10] = drugs.number(amount / drug.times)
        elif group.route == "asneeded":
            values[10] = drugs.number(amount)
        lines.append(uke.record("IY", FIELDS["IY"], values))
    return lines, fee + per_unit * group.quantity + management


def _reception(first_number: int, reception: int, visit: Visit) -> tuple[list[str], int]:
    lines, points, oral = [], 0, 0
    for offset, group in enumerate(visit.groups):
        oral += group.route == "oral"
        is_charged = group.route != "oral" or oral <= _CHARGED_ORAL_GROUPS
        management = _management_points(visit.groups) if offset == 0 else 0
        group_lines, group_points = _group(first_number + offset, reception, visit, group,
                                           is_charged, management)
        lines += group_lines
        points += group_points
    return lines, points


def _base_fee(day: datetime.date, reception: int) -> tuple[str, int]:
    code, points = _BASE
    line = uke.record("KI", FIELDS["KI"], {
        2: dates.compact(day), 3: reception, 4: _PAYERS, 5: code, 6: points})
    return line, points


def receipt(number: int, person: Person, q: Qualification, month: dates.Month,
            visits: Sequence[Visit]) -> tuple[list[str], int]:
    """The records of one receipt, and its points. All visits are to one prescriber."""
    body, fees, points, groups = [], [], 0, 1
    days = []
    for reception, visit in enumerate(visits, start=1):
        assert visit.dispensed is not None
        lines, part = _reception(groups, reception, visit)
        fee_line, fee = _base_fee(visit.dispensed, reception)
        body += lines
        fees.append(fee_line)
        days.append(visit.dispensed)
        points += part + fee
        groups += len(visit.groups)
    issuer = visits[0].facility
    head = [
        uke.record("RE", FIELDS["RE"], {
            2: number, 3: uke.receipt_kind("4", person, q, days[0]), 4: month,
            **uke.person_fields(person, q, days[0]),
            10: issuer.prefecture, 11: issuer.fee_table, 12: issuer.number, 13: issuer.name,
            14: issuer.address, 15: issuer.doctor, 36: f"T{person.index:06d}",
            42: uke.kana_field(person)}),
        uke.record("HO", FIELDS["HO"], {**uke.insurer_fields(q), 5: len(visits), 6: points}),
        *uke.check_records(q, days),
    ]
    return head + body + fees, points


def write(pharmacy: Facility, month: dates.Month, visits: Sequence[Visit]) -> bytes:
    """The file of one pharmacy and month; a receipt per person, qualification and prescriber."""
    grouped: dict[tuple[int, str, str, str], list[Visit]] = {}
    for visit in sorted(visits, key=lambda v: (v.dispensed or v.day, v.person.index)):
        q = visit.person.qualification_on(visit.dispensed or visit.day)
        if q:
            key = (visit.person.index, q.insurer, q.number, visit.facility.code)
            grouped.setdefault(key, []).append(visit)
    lines = [uke.record("YK", FIELDS["YK"], {
        2: "1", 3: pharmacy.prefecture, 4: pharmacy.fee_table, 5: pharmacy.number,
        6: pharmacy.name, 7: month.plus(1), 8: "00", 9: pharmacy.phone})]
    total = 0
    for number, (_, own) in enumerate(sorted(grouped.items(), key=lambda item: item[0]), start=1):
        person = own[0].person
        q = person.qualification_on(own[0].dispensed or own[0].day)
        assert q is not None
        receipt_lines, points = receipt(number, person, q, month, own)
        lines += receipt_lines
        total += points
    return uke.file_bytes([*lines, uke.end_record(len(grouped), total)])
