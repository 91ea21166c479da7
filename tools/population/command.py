"""The command line, and the order in which a population is written."""

from __future__ import annotations

import argparse
import datetime
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from population import (careplan, dates, dispensing_receipts, drugs, facilities, insurers_file,
                        medical_receipts, people, prescriptions, treatment)
from population.people import Person, Plan
from population.treatment import Habit, Visit

MIN_PEOPLE, MAX_PEOPLE = 3, 10_000_000 - 2_000_000  # the late elderly's numbers have seven digits
MAX_MONTHS = 60
LTC_PEOPLE = 20
PRESCRIPTIONS = 20

_JST = datetime.timezone(datetime.timedelta(hours=9))

Files = Iterator[tuple[str, bytes]]  # path below the output folder, content


def _receipts(plan: Plan, visits: Sequence[Visit]) -> Files:
    by_facility: dict[tuple[str, dates.Month], list[Visit]] = {}
    for visit in visits:
        month = dates.Month(visit.day.year, visit.day.month)
        by_facility.setdefault((visit.facility.key, month), []).append(visit)
        if visit.pharmacy:
            by_facility.setdefault((visit.pharmacy.key, month), []).append(visit)
    for facility in facilities.ALL:
        is_pharmacy = facility.kind == "pharmacy"
        letter, ending = ("Y", "CYO") if is_pharmacy else ("C", "UKE")
        write = dispensing_receipts.write if is_pharmacy else medical_receipts.write
        for month in plan.months:
            own = by_facility.get((facility.key, month))
            if own:
                yield (f"receipts/RECEIPT{letter}_{facility.code}_{month}.{ending}",
                       write(facility, month, own))


def _prescriptions(everybody: Sequence[Person], habits: Sequence[Habit],
                   today: datetime.date) -> Files:
    clinic = facilities.BY_KEY["clinic-1"]
    chosen = prescriptions.recipients(everybody, habits, clinic, PRESCRIPTIONS, today)
    for number, person in enumerate(chosen):
        content = prescriptions.write(clinic, person, habits[person.index], today)
        yield f"prescriptions/prescription_{number:02d}.txt", content


def _identity(person: Person) -> dict[str, object]:
    q = person.qualifications[-1]
    return {
        "person": person.index, "insurer": q.insurer, "symbol": q.symbol, "number": q.number,
        "branch": q.branch, "name": person.name, "birthdate": dates.compact(person.birth),
        "sex": person.sex, "ltc_insurer": person.ltc_insurer, "ltc_number": person.ltc_number,
    }


def _summary(plan: Plan, everybody: Sequence[Person], visits: Sequence[Visit],
             today: datetime.date, files: Sequence[str]) -> bytes:
    changed = [p for p in everybody if len(p.qualifications) > 1]
    data = {
        "seed": plan.seed,
        "months": [str(month) for month in plan.months],
        "today": dates.compact(today),
        "counts": {
            "people": len(everybody),
            "qualifications": sum(len(p.qualifications) for p in everybody),
            "changed_insurer": len(changed),
            "late_elderly": sum(p.qualifications[-1].is_late_elderly for p in everybody),
            "visits": len(visits),
            "drugs": len(drugs.load()),
            **{folder: sum(name.startswith(folder) for name in files)
               for folder in ("receipts", "careplan", "prescriptions")},
        },
        "facilities": [{"institution_code": f.code, "name": f.name, "kind": f.kind, "key": f.key}
                       for f in facilities.ALL],
        "care_offices": [
            {"office_number": careplan.MANAGER, "service_kind": careplan.MANAGER_KIND},
            {"office_number": careplan.HELPER, "service_kind": careplan.HELPER_KIND}],
        "fixed_people": [_identity(person) for person in everybody[:3]],
        "ltc_people": [_identity(person) for person in everybody if person.ltc_number],
        "changed_people": [_identity(person) for person in changed],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def generate(plan: Plan, today: datetime.date) -> Files:
    """Every file of the population; the same plan and day give the same bytes."""
    everybody = people.generate(plan, LTC_PEOPLE)
    habits = [treatment.habit_of(plan, person) for person in everybody]
    visits = [visit for person in everybody
              for visit in treatment.visits(plan, person, habits[person.index])]
    names: list[str] = []

    def files() -> Files:
        yield "insurers.csv", insurers_file.write(everybody, plan.last_day)
        yield "care_insurer.csv", insurers_file.write_care(everybody)
        yield "master/y_ALL.csv", drugs.master(drugs.load())
        yield from _receipts(plan, visits)
        for name, content in careplan.packages(plan, careplan.clients_of(plan, everybody)):
            yield f"careplan/{name}", content
        yield from _prescriptions(everybody, habits, today)

    for name, content in files():
        names.append(name)
        yield name, content
    yield "population.json", _summary(plan, everybody, visits, today, names)


def _between(low: int, high: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        value = int(text)
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"must be from {low} to {high}")
        return value
    return parse


def _day(text: str) -> datetime.date:
    return datetime.datetime.strptime(text, "%Y%m%d").date()


def _arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="generate", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="same seed, same bytes")
    parser.add_argument("--people", type=_between(MIN_PEOPLE, MAX_PEOPLE), default=1000)
    parser.add_argument("--months", type=_between(1, MAX_MONTHS), default=12)
    parser.add_argument("--until", type=dates.Month.parse, default=dates.Month(2026, 10),
                        metavar="YYYYMM", help="last month of treatment")
    parser.add_argument("--today", type=_day, metavar="YYYYMMDD",
                        default=datetime.datetime.now(_JST).date(),
                        help="issue date of the prescriptions; today in Japan unless given")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR",
                        help="folder to write to; what is there under the same names is replaced")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str]) -> int:
    """Runs the command; returns its exit code."""
    chosen = _arguments(arguments)
    months = tuple(dates.last_months(chosen.until, chosen.months))
    count = 0
    for name, content in generate(Plan(chosen.seed, chosen.people, months), chosen.today):
        path = chosen.out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        count += 1
    print(f"{count} files in {chosen.out}")
    return 0
