"""Who sees which doctor when and gets what: the events behind receipts and prescriptions."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from population import dates, drugs, facilities
from population.drugs import Drug
from population.facilities import Facility
from population.people import Person, Plan

# Disease code (0000999: uncoded, then the text tells) and text.
DISEASES = {
    "hypertension": ("8833421", ""),
    "lipids": ("2720004", ""),
    "diabetes": ("2500013", ""),
    "cold": ("4659007", ""),
    **{
        condition: ("0000999", text)
        for condition, text in (
            ("insulin", "インスリン使用糖尿病"), ("stomach", "慢性胃炎"), ("constipation", "便秘症"),
            ("heart", "陳旧性心筋梗塞"), ("fibrillation", "心房細動"), ("failure", "慢性心不全"),
            ("insomnia", "不眠症"), ("dementia", "アルツハイマー型認知症"), ("bones", "骨粗鬆症"),
            ("thyroid", "甲状腺機能低下症"), ("gout", "高尿酸血症"), ("urology", "前立腺肥大症"),
            ("depression", "うつ状態"), ("glaucoma", "緑内障"), ("rheumatism", "関節リウマチ"),
            ("pain", "腰痛症"), ("injury", "打撲傷"), ("infection", "急性気管支炎"),
            ("allergy", "アレルギー性鼻炎"), ("skin", "皮脂欠乏症"), ("emergency", "外傷"),
            ("cataract", "白内障"),
        )
    },
}
# Chronic conditions and their relative weight.
_CHRONIC = {"hypertension": 30, "lipids": 18, "diabetes": 12, "stomach": 9, "constipation": 8,
            "heart": 6, "fibrillation": 5, "failure": 5, "insomnia": 9, "bones": 7, "thyroid": 3,
            "gout": 5, "depression": 3, "glaucoma": 5, "rheumatism": 2, "insulin": 2, "pain": 8}
_CHRONIC_OLD = {"dementia": 9, "urology": 8}
_ACUTE = {"cold": 40, "infection": 15, "allergy": 18, "skin": 10, "injury": 14, "emergency": 3}
# By age from: how likely a chronic patient, and how many conditions then.
_CHRONIC_BY_AGE = ((75, 0.66, (3, 7)), (65, 0.42, (2, 4)), (40, 0.18, (1, 3)), (18, 0.04, (1, 1)))
_ACUTE_RATE = 0.17  # of people and months
_CATARACT_RATE = 0.03  # of people of 75 or more and a year
_FIXED_CONDITIONS = {0: ("hypertension", "pain"),
                     2: ("hypertension", "lipids", "fibrillation", "constipation", "insomnia",
                         "bones")}
_FIXED_DRUGS = {(0, "hypertension"): "620007818", (0, "pain"): "620007813",
                (2, "hypertension"): "612170709", (2, "fibrillation"): "629990027"}
_CHRONIC_DAYS = 28
_ACUTE_DAYS = 5


@dataclass(frozen=True)
class Group:
    """Drugs taken the same way. `quantity`: days (oral), doses (asneeded), otherwise 1."""

    route: str
    usage: Drug  # whose usage code and text hold for all
    quantity: int
    drugs: tuple[tuple[Drug, Decimal], ...]

    @property
    def yen(self) -> Decimal:
        """The price of one day, dose or package."""
        return sum((drug.price * amount for drug, amount in self.drugs), Decimal(0))


@dataclass(frozen=True)
class Visit:
    """One consultation."""

    person: Person
    facility: Facility
    day: datetime.date
    is_first: bool
    conditions: tuple[str, ...]
    since: datetime.date
    groups: tuple[Group, ...]
    pharmacy: Facility | None = None  # None: drugs were handed out or given at the facility
    dispensed: datetime.date | None = None
    operated: bool = False


@dataclass
class Habit:
    """What one person has for years: conditions, drugs, doctor and pharmacy."""

    conditions: tuple[str, ...] = ()
    medicines: tuple[Drug, ...] = ()
    clinic: Facility = facilities.CLINICS[0]
    pharmacy: Facility = facilities.PHARMACIES[0]
    day: int = 10


def groups_of(medicines: tuple[Drug, ...], days: int) -> tuple[Group, ...]:
    """Drugs put together by route and usage, in the order of their first appearance."""
    found: dict[tuple[str, str], list[Drug]] = {}
    for drug in medicines:
        alone = drug.code if drug.route in ("external", "injection") else ""
        found.setdefault((drug.route + alone, drug.usage_text), []).append(drug)
    result = []
    for members in found.values():
        first = members[0]
        quantity = {"oral": days, "asneeded": first.times}.get(first.route, 1)
        result.append(Group(first.route, first, quantity, tuple((d, d.amount) for d in members)))
    return tuple(result)


def _weighted(random: Random, weights: dict[str, int], count: int) -> list[str]:
    left = dict(weights)
    chosen = []
    for _ in range(min(count, len(left))):
        name = random.choices(tuple(left), weights=tuple(left.values()))[0]
        chosen.append(name)
        del left[name]
    return chosen


def _conditions(plan: Plan, person: Person, random: Random) -> tuple[str, ...]:
    if person.index in _FIXED_CONDITIONS:
        return _FIXED_CONDITIONS[person.index]
    age = person.age(plan.first_day)
    for low, rate, (fewest, most) in _CHRONIC_BY_AGE:
        if age >= low:
            if random.random() >= rate:
                return ()
            weights = {**_CHRONIC, **(_CHRONIC_OLD if age >= 70 else {})}
            if person.sex == "2":
                weights.pop("urology", None)
            return tuple(_weighted(random, weights, random.randint(fewest, most)))
    return ()


def habit_of(plan: Plan, person: Person) -> Habit:
    """The lasting part of a person's treatment; conditions are empty for the healthy."""
    random = plan.random("habit", person.index)
    conditions = _conditions(plan, person, random)
    medicines = tuple(
        drugs.by_code()[_FIXED_DRUGS[person.index, c]] if (person.index, c) in _FIXED_DRUGS
        else random.choice(drugs.for_condition(c)) for c in conditions)
    habit = Habit(conditions, medicines, day=random.randint(3, 24))
    if person.index > 2:
        general = [c for c in facilities.CLINICS if not c.conditions]
        habit.clinic = random.choice(general)
        habit.pharmacy = random.choice(facilities.PHARMACIES)
    return habit


def _place(random: Random, habit: Habit, condition: str) -> Facility:
    if condition == "emergency":
        return facilities.HOSPITAL
    near = [c for c in facilities.CLINICS if condition in c.conditions]
    return random.choice([*near, habit.clinic])


def _dispensing(random: Random, facility: Facility, habit: Habit, day: datetime.date,
                month: dates.Month) -> tuple[Facility | None, datetime.date | None]:
    """Pharmacy and day; None for a house that dispenses itself. Never in the next month."""
    if facility.in_house:
        return None, None
    wait = random.choice((0, 0, 0, 0, 1, 2, 3))
    dispensed = min(day + datetime.timedelta(days=wait), month.day(31))
    near = random.choice(facilities.PHARMACIES)
    return (near if random.random() < 0.15 else habit.pharmacy), dispensed


def _refill(person: Person, habit: Habit, month: dates.Month, random: Random) -> Visit:
    day = month.next_working_day(habit.day + random.randint(0, 3))
    pharmacy, dispensed = _dispensing(random, habit.clinic, habit, day, month)
    if pharmacy and person.index in _FIXED_CONDITIONS:
        pharmacy = habit.pharmacy
    since = datetime.date(2024, 4, 1) + datetime.timedelta(days=person.index % 300)
    return Visit(person, habit.clinic, day, False, habit.conditions, since,
                 groups_of(habit.medicines, _CHRONIC_DAYS), pharmacy, dispensed)


def _acute(person: Person, habit: Habit, month: dates.Month, random: Random) -> Visit:
    day = month.next_working_day(random.randint(1, 28))
    condition = _weighted(random, _ACUTE, 1)[0]
    facility = _place(random, habit, condition)
    pool = drugs.for_condition(condition)
    medicines = pool if condition in ("cold", "emergency") else (random.choice(pool),)
    if condition in ("injury", "infection") and random.random() < 0.5:
        medicines += (drugs.by_code()["622381201"],)
    is_known = bool(habit.conditions) and facility == habit.clinic
    pharmacy, dispensed = _dispensing(random, facility, habit, day, month)
    return Visit(person, facility, day, not is_known, (condition,), day,
                 groups_of(medicines, _ACUTE_DAYS), pharmacy, dispensed)


def _cataract(person: Person, month: dates.Month, random: Random) -> Visit:
    day = month.next_working_day(random.randint(2, 26))
    return Visit(person, facilities.BY_KEY["clinic-3"], day, True, ("cataract",), day, (),
                 operated=True)


def visits(plan: Plan, person: Person, habit: Habit) -> Iterator[Visit]:
    """All visits of one person, by month; only on days on which the person is insured."""
    random = plan.random("visits", person.index)
    operated = random.random() < _CATARACT_RATE and person.age(plan.first_day) >= 75
    operation = random.choice(plan.months) if operated else None
    for month in plan.months:
        found = []
        if habit.conditions:
            found.append(_refill(person, habit, month, random))
        if random.random() < _ACUTE_RATE:
            found.append(_acute(person, habit, month, random))
        if month == operation:
            found.append(_cataract(person, month, random))
        yield from (v for v in sorted(found, key=lambda v: v.day)
                    if person.qualification_on(v.day))
