"""Care-plan exchange files (ケアプランデータ連携標準仕様, version 4) of one care-manager office."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from population import dates
from population.people import Person, Plan

VERSION = "202407"
MANAGER, MANAGER_KIND = "1370000001", "43"
HELPER, HELPER_KIND = "1370000002", "11"
COLUMNS = {"UPHOSOKU": 63, "UP1KYO": 28, "UP2KYO": 22, "UP3KYO": 13, "UPPLAN": 25, "UPSIKYU": 37}
# Free-text columns: always quoted, also when empty.
_QUOTED = {
    "UPHOSOKU": frozenset((5, 6, 10, 11)),
    "UP1KYO": frozenset((6, 7, 8, 9, 11, 12, 22, 23, 24, 26)),
    "UP2KYO": frozenset((7, 9, 10, 11, 12, 14, 16, 18, 19, 20)),
    "UP3KYO": frozenset((6, 10, 13)),
    "UPPLAN": frozenset((7, 18, 21)),
    "UPSIKYU": frozenset((6, 12)),
}
_MANAGER_NAME, _HELPER_NAME, _PLANNER = "合成居宅介護支援事業所", "合成ヘルパーステーション", "見本　花子"
_LIMITS = {"21": 16765, "22": 19705, "23": 27048, "24": 30938, "25": 36217}  # units a month
_SERVICES = (("111111", 244, "1000", "1030"), ("111211", 387, "1000", "1100"))  # body care 1 and 2
_UNIT_PRICE = 10  # yen
_BENEFIT_PERCENT = 90
_TOTAL_OFFICE, _TOTAL_CODE = "9999999999", "999999"
_SEND_DAY = 25  # of the month before the service
_REVIEW_MONTHS = 6  # tables 1 to 3 are made anew this often


@dataclass(frozen=True)
class Client:
    """A user of the care-manager office and what the plan gives."""

    person: Person
    index: int
    level: str
    service: tuple[str, int, str, str]
    weekdays: tuple[int, int]  # 1 Monday ... 7 Sunday


def _row(kind: str, values: Mapping[int, object]) -> str:
    columns = []
    for position in range(1, COLUMNS[kind] + 1):
        text = str(values.get(position, ""))
        if position in _QUOTED[kind]:
            text = '"' + text.replace('"', '""') + '"'
        columns.append(text)
    return ",".join(columns)


def _key(client: Client) -> dict[int, object]:
    return {1: VERSION, 2: client.person.ltc_insurer, 3: client.person.ltc_number}


def clients_of(plan: Plan, people: Sequence[Person]) -> list[Client]:
    """Everybody with long-term-care insurance."""
    clients = []
    for index, person in enumerate(p for p in people if p.ltc_number):
        random = plan.random("care", person.index)
        first = random.randint(1, 3)
        clients.append(Client(person, index, random.choice(tuple(_LIMITS)),
                              random.choice(_SERVICES), (first, first + 3)))
    return clients


def _plan_date(plan: Plan, client: Client, month: dates.Month) -> datetime.date:
    """When the tables 1 to 3 in force in that month were made."""
    made = [m for m in plan.months if m <= month and _is_made(plan, client, m)]
    return made[-1].plus(-1).day(_SEND_DAY)


def _is_made(plan: Plan, client: Client, month: dates.Month) -> bool:
    position = plan.months.index(month)
    return position == 0 or (position - client.index) % _REVIEW_MONTHS == 0


def _supplement(plan: Plan, client: Client, month: dates.Month, with_month: bool) -> str:
    made = "00000000" if with_month else dates.compact(_plan_date(plan, client, month))
    begins, ends = plan.months[0].plus(-7), plan.months[0].plus(28)
    return _row("UPHOSOKU", {
        **_key(client), 4: made, 5: client.person.kana, 6: client.person.name, 7: client.person.sex,
        8: dates.compact(client.person.birth), 13: dates.compact(begins.day(1)),
        14: dates.compact(begins.day(1)), 15: dates.compact(ends.day(31)), 16: 2,
        18: client.level, 19: _LIMITS[client.level], 63: month if with_month else "000000"})


def _table1(plan: Plan, client: Client, month: dates.Month) -> str:
    made = dates.compact(_plan_date(plan, client, month))
    begins, ends = plan.months[0].plus(-7), plan.months[0].plus(28)
    return _row("UP1KYO", {
        **_key(client), 4: made, 5: client.person.post_number, 6: client.person.address,
        8: _PLANNER, 9: _MANAGER_NAME, 13: MANAGER, 14: made,
        15: dates.compact(begins.day(_SEND_DAY)), 16: 21, 17: 2, 18: dates.compact(begins.day(1)), 19: dates.compact(begins.day(1)),
        20: dates.compact(ends.day(31)), 21: client.level,
        22: "自宅で暮らし続けたい。\r\n入浴が一人では不安", 24: '"見守り"を基本に,転倒を防ぐ', 25: 1,
        27: MANAGER})


def _table2(plan: Plan, client: Client, month: dates.Month) -> str:
    made = dates.compact(_plan_date(plan, client, month))
    last = month.plus(_REVIEW_MONTHS - 1)
    period = f"R{month.year - 2018}.{month.month}.1～R{last.year - 2018}.{last.month}.{last.days}"
    return _row("UP2KYO", {
        **_key(client), 4: made, 5: made, 6: 1, 7: "入浴時の転倒が心配", 8: 1, 9: "安全に入浴できる",
        10: "見守りで浴槽をまたげる", 11: period, 12: period, 13: 1, 14: "入浴介助", 15: "Y",
        16: "訪問介護", 17: HELPER, 18: _HELPER_NAME, 19: "週2回", 20: period, 21: MANAGER})


def _table3(plan: Plan, client: Client, month: dates.Month) -> Iterator[str]:
    made = dates.compact(_plan_date(plan, client, month))
    head = {**_key(client), 4: made, 5: made}
    _, _, starts, ends = client.service
    for weekday in client.weekdays:
        yield _row("UP3KYO", {**head, 6: "身体介護", 7: weekday, 8: starts, 9: ends})
    yield _row("UP3KYO", {**head, 10: "起床", 11: "0630", 12: "0700"})


def service_days(client: Client, month: dates.Month) -> list[datetime.date]:
    """The days of the month on which the helper comes."""
    days = (month.day(day) for day in range(1, month.days + 1))
    return [day for day in days if day.isoweekday() in client.weekdays]


def _table6(client: Client, month: dates.Month, made: str) -> Iterator[str]:
    code, units, starts, ends = client.service
    for day in service_days(client, month):
        yield _row("UPPLAN", {
            **_key(client), 4: made, 5: month, 6: MANAGER, 7: _PLANNER, 8: units,
            10: dates.compact(day), 12: starts, 13: ends, 14: 1, 15: code, 20: HELPER,
            21: _HELPER_NAME, 23: 0, 24: MANAGER})


def _table7(client: Client, month: dates.Month, made: str) -> Iterator[str]:
    code, units, _, _ = client.service
    count = len(service_days(client, month))
    total = units * count
    cost = total * _UNIT_PRICE
    claim = cost * _BENEFIT_PERCENT // 100
    common = {**_key(client), 4: made, 5: month, 16: count, 17: total, 18: total, 21: 0, 22: total,
              24: cost, 26: claim, 28: cost - claim, 33: 0, 34: _TOTAL_OFFICE, 36: MANAGER}
    yield _row("UPSIKYU", {
        **common, 6: _HELPER_NAME, 7: HELPER, 9: code, 13: units, 23: f"{_UNIT_PRICE}.00",
        25: _BENEFIT_PERCENT})
    yield _row("UPSIKYU", {**common, 7: _TOTAL_OFFICE, 9: _TOTAL_CODE, 13: 0, 16: 0})


def _name(kind: str, month: str, stamp: str) -> str:
    middle = f"_{month}" if month else ""
    return f"{kind}{middle}_{MANAGER}_{MANAGER_KIND}_{HELPER}_{HELPER_KIND}_{stamp}.CSV"


def _file(rows: Sequence[str]) -> bytes:
    return "".join(f"{row}\r\n" for row in rows).encode("cp932")


def packages(plan: Plan, clients: Sequence[Client]) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file: for every month the plans made for it, then tables 6 and 7."""
    for month in plan.months:
        sent = dates.compact(month.plus(-1).day(_SEND_DAY))
        made = [c for c in clients if _is_made(plan, c, month)]
        if made:
            stamp = sent + "083000"
            yield (_name("UPHOSOKU", "000000", stamp),
                   _file([_supplement(plan, c, month, with_month=False) for c in made]))
            yield _name("UP1KYO", "", stamp), _file([_table1(plan, c, month) for c in made])
            yield _name("UP2KYO", "", stamp), _file([_table2(plan, c, month) for c in made])
            yield (_name("UP3KYO", "", stamp),
                   _file([row for c in made for row in _table3(plan, c, month)]))
        stamp = sent + "083010"
        yield (_name("UPHOSOKU", str(month), stamp),
               _file([_supplement(plan, c, month, with_month=True) for c in clients]))
        yield (_name("UPPLAN", str(month), stamp),
               _file([row for c in clients for row in _table6(c, month, sent)]))
        yield (_name("UPSIKYU", str(month), stamp),
               _file([row for c in clients for row in _table7(c, month, sent)]))
