"""insurers.csv and care_insurer.csv: what insurers register for eligibility checks, one line per qualification."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterable

from population import dates, identity
from population.people import LTC_AGE, REASON_OTHER_INSURER, Person, Qualification

COLUMNS = (
    "InsurerNumber", "InsuredCardSymbol", "InsuredIdentificationNumber",
    "InsuredBranchNumber", "Name", "NameKana", "Sex1", "Birthdate",
    "PersonalFamilyClassification", "InsuredCardValidDate", "InsuredCardExpirationDate",
    "ReasonOfLoss", "InsuredPartialContributionRatio", "InsurerName", "Address", "PostNumber",
    "PreviousInsurerNumber", "PreviousInsuredCardSymbol", "PreviousInsuredIdentificationNumber",
    "PreviousInsuredBranchNumber")

CARE_COLUMNS = ("InsuranceKind", "InsurerNumber", "InsuredIdentificationNumber", "Name", "NameKana", "Sex1",
                "Birthdate", "InsuredCardValidDate", "InsurerName")
_LONG_TERM_CARE = "2"
_CARE_INSURER_NAME = "合成区　介護保険"


def _row(person: Person, q: Qualification, today: datetime.date) -> list[str]:
    ended = q.valid_until
    before = q.previous
    return [
        q.insurer, q.symbol, q.number, q.branch,
        person.name, identity.half_width_kana(person.kana), person.sex,
        dates.compact(person.birth), q.relation,
        dates.compact(q.valid_from), dates.compact(ended) if ended else "",
        REASON_OTHER_INSURER if ended else "",
        f"{person.share(ended or today):03d}",
        q.insurer_name, person.address, person.post_number,
        *([before.insurer, before.symbol, before.number, before.branch] if before else [""] * 4),
    ]


def write(people: Iterable[Person], today: datetime.date) -> bytes:
    """UTF-8, LF, a header line; an old qualification stands before the one that followed it.

    `today` is the day whose share of the cost is registered for qualifications that go on.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for person in people:
        writer.writerows(_row(person, q, today) for q in person.qualifications)
    return text.getvalue().encode("utf-8")


def write_care(people: Iterable[Person]) -> bytes:
    """What the long-term-care insurer registers of those whom it insures: the same format."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(CARE_COLUMNS)
    for person in people:
        if person.ltc_number:
            writer.writerow([
                _LONG_TERM_CARE, person.ltc_insurer, person.ltc_number, person.name,
                identity.half_width_kana(person.kana), person.sex, dates.compact(person.birth),
                dates.compact(dates.birthday(person.birth, LTC_AGE)), _CARE_INSURER_NAME])
    return text.getvalue().encode("utf-8")
