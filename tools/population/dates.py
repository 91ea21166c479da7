"""Months and days of the synthetic year."""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month."""

    year: int
    month: int

    @classmethod
    def parse(cls, text: str) -> Month:
        """From YYYYMM; ValueError when it is none."""
        if len(text) != 6 or not text.isdigit() or not 1 <= int(text[4:]) <= 12:
            raise ValueError("a month is written YYYYMM")
        return cls(int(text[:4]), int(text[4:]))

    def __str__(self) -> str:
        return f"{self.year:04d}{self.month:02d}"

    def plus(self, months: int) -> Month:
        """The month so many months later (earlier when negative)."""
        index = self.year * 12 + self.month - 1 + months
        return Month(index // 12, index % 12 + 1)

    @property
    def days(self) -> int:
        """How many days it has."""
        return calendar.monthrange(self.year, self.month)[1]

    def day(self, day: int) -> datetime.date:
        """The date of that day; a day past the end gives the last one."""
        return datetime.date(self.year, self.month, min(day, self.days))

    def next_working_day(self, day: int) -> datetime.date:
        """The first day from `day` on that is no Sunday; before the month's end if need be."""
        date = self.day(day)
        if date.weekday() != 6:
            return date
        step = 1 if date.day < self.days else -1
        return date + datetime.timedelta(days=step)


def last_months(until: Month, count: int) -> list[Month]:
    """`count` months, the last of which is `until`."""
    return [until.plus(offset) for offset in range(1 - count, 1)]


def compact(date: datetime.date) -> str:
    """YYYYMMDD."""
    return date.strftime("%Y%m%d")


def birthday(birth: datetime.date, age: int) -> datetime.date:
    """The day somebody reaches `age`; 29 February counts as 1 March in ordinary years."""
    if (birth.month, birth.day) == (2, 29) and not calendar.isleap(birth.year + age):
        return datetime.date(birth.year + age, 3, 1)
    return birth.replace(year=birth.year + age)


def age_on(birth: datetime.date, day: datetime.date) -> int:
    """Full years of age on a day."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def is_preschool(birth: datetime.date, day: datetime.date) -> bool:
    """Whether it is before the first 1 April after the sixth birthday (未就学, 20 % share)."""
    sixth = birthday(birth, 6)
    enters = datetime.date(sixth.year + ((sixth.month, sixth.day) >= (4, 2)), 4, 1)
    return day < enters
