"""Households, their members and who insures them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from population import dates, identity

FAMILY_NAMES = (("合成", "ゴウセイ"), ("架空", "カクウ"), ("見本", "ミホン"), ("仮名", "カメイ"),
                ("模擬", "モギ"), ("例示", "レイジ"), ("試験", "シケン"), ("想定", "ソウテイ"),
                ("雛形", "ヒナガタ"), ("創作", "ソウサク"), ("標本", "ヒョウホン"), ("設例", "セツレイ"))
MALE_NAMES = (("太郎", "タロウ"), ("健", "ケン"), ("誠", "マコト"), ("大輔", "ダイスケ"), ("翔", "ショウ"),
              ("蓮", "レン"), ("正", "タダシ"), ("勇", "イサム"), ("清", "キヨシ"), ("豊", "ユタカ"),
              ("和夫", "カズオ"), ("茂", "シゲル"), ("直樹", "ナオキ"), ("拓也", "タクヤ"))
FEMALE_NAMES = (("花子", "ハナコ"), ("恵", "メグミ"), ("優子", "ユウコ"), ("陽菜", "ヒナ"), ("葵", "アオイ"),
                ("美咲", "ミサキ"), ("和子", "カズコ"), ("幸子", "サチコ"), ("ウメ", "ウメ"), ("ハル", "ハル"),
                ("愛", "アイ"), ("真由美", "マユミ"), ("久美子", "クミコ"), ("節子", "セツコ"))

# Insurer numbers without their check digit, and names. None of the names is a real insurer's.
ASSOCIATION = (("0113001", "合成健康保険協会東京支部"), ("0114001", "合成健康保険協会神奈川支部"))
SOCIETIES = tuple((f"06138{n}", f"合成第{n - 90}健康保険組合") for n in range(91, 96))
MUNICIPAL = tuple((f"138{n}", f"合成第{n - 90}区国民健康保険") for n in range(91, 94))
LATE_ELDERLY = (("3913101", "合成第一区後期高齢者医療"), ("3913102", "合成第二区後期高齢者医療"))
LATE_ELDERLY_AGE = 75
REASON_OTHER_INSURER = "03"

MALE, FEMALE = "1", "2"
_CHANGE_RATE = 0.035  # of the households that may change; about 3 % of all people
LTC_INSURER = identity.with_check_digit("13100")
LTC_AGE = 65
_LTC_FIRST_NUMBER = 12345


def insurer_numbers() -> list[str]:
    """Of every insurer of every population, sorted: medical insurance and long-term care."""
    medical = (*ASSOCIATION, *SOCIETIES, *MUNICIPAL, *LATE_ELDERLY)
    return sorted([*(identity.with_check_digit(body) for body, _ in medical), LTC_INSURER])


@dataclass(frozen=True)
class Qualification:
    """One insurance of one person, valid on the days [valid_from, valid_until]."""

    insurer: str
    insurer_name: str
    symbol: str
    number: str
    branch: str
    relation: str  # 1 insured, 2 family
    valid_from: datetime.date
    valid_until: datetime.date | None = None
    previous: Qualification | None = None

    @property
    def is_late_elderly(self) -> bool:
        return self.insurer.startswith("39")

    @property
    def is_municipal(self) -> bool:
        return len(self.insurer) == 6

    def covers(self, day: datetime.date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


@dataclass
class Person:
    """Somebody who does not exist."""

    index: int
    household: int
    family_name: tuple[str, str]
    given_name: tuple[str, str]
    sex: str
    birth: datetime.date
    address: str
    post_number: str
    qualifications: list[Qualification] = field(default_factory=list)
    ltc_insurer: str = ""
    ltc_number: str = ""  # 10 digits, or empty

    @property
    def name(self) -> str:
        return f"{self.family_name[0]}　{self.given_name[0]}"

    @property
    def kana(self) -> str:
        """Full-width with a space."""
        return f"{self.family_name[1]}　{self.given_name[1]}"

    def age(self, day: datetime.date) -> int:
        return dates.age_on(self.birth, day)

    def qualification_on(self, day: datetime.date) -> Qualification | None:
        return next((q for q in self.qualifications if q.covers(day)), None)

    def share(self, day: datetime.date) -> int:
        """The patient's share of the cost in per cent."""
        if dates.is_preschool(self.birth, day):
            return 20
        age = self.age(day)
        return 10 if age >= LATE_ELDERLY_AGE else 20 if age >= 70 else 30


@dataclass(frozen=True)
class Plan:
    """What the generator was asked for."""

    seed: int
    people: int
    months: tuple[dates.Month, ...]

    @property
    def first_day(self) -> datetime.date:
        return self.months[0].day(1)

    @property
    def last_day(self) -> datetime.date:
        return self.months[-1].day(31)

    def random(self, *purpose: object) -> Random:
        """An independent stream for each purpose: a change in one part moves no other part."""
        return Random(":".join(str(part) for part in (self.seed, *purpose)))


def _birth(random: Random, plan: Plan, low: int, high: int) -> datetime.date:
    """A birth date of somebody who is between `low` and `high` years old at the end."""
    days = random.randrange(low * 365 + low // 4 + 1, (high + 1) * 365 + high // 4)
    return plan.last_day - datetime.timedelta(days=days)


def _members(random: Random, plan: Plan) -> list[tuple[str, datetime.date]]:
    """Sex and birth date of each member of one household, the insured person first."""
    kind = random.choices(("family", "couple", "single", "old couple", "old single"),
                          weights=(30, 14, 22, 22, 12))[0]
    if kind == "old single":
        return [(random.choice((MALE, FEMALE, FEMALE)), _birth(random, plan, 66, 96))]
    if kind == "old couple":
        return [(MALE, _birth(random, plan, 65, 92)), (FEMALE, _birth(random, plan, 63, 90))]
    if kind == "single":
        return [(random.choice((MALE, FEMALE)), _birth(random, plan, 20, 62))]
    if kind == "couple":
        return [(MALE, _birth(random, plan, 26, 64)), (FEMALE, _birth(random, plan, 25, 63))]
    parents = [(MALE, _birth(random, plan, 30, 52)), (FEMALE, _birth(random, plan, 28, 49))]
    children = [(random.choice((MALE, FEMALE)), _birth(random, plan, 0, 17))
                for _ in range(random.choice((1, 2, 2, 3)))]
    return parents + sorted(children, key=lambda child: child[1])


def _group(random: Random, household: int, is_old: bool) -> tuple[str, str, str, str]:
    """Insurer, its name, symbol and number of a household."""
    kind = "municipal" if is_old else random.choices(
        ("association", "society", "municipal"), weights=(42, 30, 28))[0]
    bodies = {"association": ASSOCIATION, "society": SOCIETIES, "municipal": MUNICIPAL}[kind]
    body, name = random.choice(bodies)
    symbol = {
        "association": f"2{random.randrange(10**7):07d}",
        "society": f"{random.randrange(100, 1000)}",
        "municipal": f"{random.randrange(1, 30):02d}-{random.randrange(1, 100):02d}",
    }[kind]
    return identity.with_check_digit(body), name, symbol, str(100 + household)


def _late_elderly(person: Person, previous: Qualification | None) -> Qualification:
    body, name = LATE_ELDERLY[person.index % len(LATE_ELDERLY)]
    return Qualification(
        insurer=identity.with_check_digit(body), insurer_name=name, symbol="",
        number=identity.with_check_digit(f"{2000000 + person.index}"), branch="", relation="1",
        valid_from=dates.birthday(person.birth, LATE_ELDERLY_AGE), previous=previous)


def _ends(qualification: Qualification, day: datetime.date) -> Qualification:
    return Qualification(**{**qualification.__dict__, "valid_until": day})


def _insure(plan: Plan, household: list[Person], random: Random) -> None:
    """Gives each member the qualifications that touch the period of the plan."""
    number = household[0].household
    is_old = all(person.age(plan.last_day) >= 63 for person in household)
    insurer, name, symbol, identifier = _group(random, number, is_old)
    for branch, person in enumerate(household):
        start = max(person.birth, datetime.date(2023, 4, 1) + datetime.timedelta(days=number % 700))
        turns = dates.birthday(person.birth, LATE_ELDERLY_AGE)
        if turns <= plan.first_day:
            person.qualifications = [_late_elderly(person, None)]
            continue
        own = Qualification(insurer, name, symbol, identifier, f"{branch:02d}",
                            "1" if branch == 0 else "2", start)
        person.qualifications = [own]
        if turns <= plan.last_day:
            ended = _ends(own, turns - datetime.timedelta(days=1))
            person.qualifications = [ended, _late_elderly(person, ended)]
    if any(len(p.qualifications) > 1 or p.birth >= plan.first_day for p in household):
        return
    if random.random() < _CHANGE_RATE and not is_old:
        _change_insurer(plan, household, random)


def _change_insurer(plan: Plan, household: list[Person], random: Random) -> None:
    """A new job or its loss: the whole household moves on the first of a month."""
    begins = random.choice(plan.months[1:] or plan.months).day(1)
    old = household[0].qualifications[0]
    while True:
        insurer, name, symbol, _ = _group(random, household[0].household, is_old=False)
        if insurer != old.insurer:
            break
    number = str(50000 + household[0].household)
    for person in household:
        if person.qualifications[0].is_late_elderly:
            continue
        ended = _ends(person.qualifications[0], begins - datetime.timedelta(days=1))
        person.qualifications = [ended, Qualification(
            insurer, name, symbol, number, ended.branch, ended.relation, begins, previous=ended)]


def _fixed_people() -> Iterator[Person]:
    """The people of every population, whatever the seed."""
    post, address = "100-0005", "東京都合成区丸の内一丁目"
    family = FAMILY_NAMES[0]
    start = datetime.date(2020, 4, 1)
    husband = Person(0, 0, family, ("一郎", "イチロウ"), MALE, datetime.date(1970, 4, 15), address, post)
    wife = Person(1, 0, family, ("花子", "ハナコ"), FEMALE, datetime.date(1972, 8, 3), address, post)
    for person in (husband, wife):
        branch = person.index
        person.qualifications = [Qualification(
            "01130012", ASSOCIATION[0][1], "12345678", "10", f"{branch:02d}",
            str(branch + 1), start)]
    old = Person(2, 1, family, ("ウメ", "ウメ"), FEMALE, datetime.date(1945, 2, 1),
                 "東京都合成区見本町六丁目", "100-0006")
    old.qualifications = [Qualification("39131016", LATE_ELDERLY[0][1], "", "12345678", "", "1",
                                        datetime.date(2020, 2, 1))]
    yield from (husband, wife, old)


def _assign_ltc(plan: Plan, people: list[Person], count: int) -> None:
    """Long-term-care insurance for person 2 and the oldest others."""
    old = [p for p in people if p.index > 2 and p.age(plan.first_day) >= LATE_ELDERLY_AGE]
    others = sorted(old, key=lambda p: (p.birth, p.index))
    for position, person in enumerate([people[2], *others][:count]):
        person.ltc_insurer = LTC_INSURER
        person.ltc_number = f"{_LTC_FIRST_NUMBER + position:010d}"


def generate(plan: Plan, ltc_count: int) -> list[Person]:
    """Everybody, numbered in order; at least the three fixed people."""
    people = list(_fixed_people())
    household = 2
    while len(people) < plan.people:
        random = plan.random("household", household)
        family = random.choice(FAMILY_NAMES)
        address = f"東京都合成区見本町{random.randrange(1, 10)}丁目{random.randrange(1, 30)}番"
        post = f"100-{random.randrange(10000):04d}"
        members = []
        for sex, birth in _members(random, plan):
            given = random.choice(MALE_NAMES if sex == MALE else FEMALE_NAMES)
            members.append(Person(len(people) + len(members), household, family, given, sex, birth,
                                  address, post))
        _insure(plan, members, random)
        people += members[:plan.people - len(people)]
        household += 1
    _assign_ltc(plan, people, ltc_count)
    return people
