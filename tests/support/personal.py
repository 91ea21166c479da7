"""Looks for the persons of a population where nobody's data may be: logs, metrics, keys, file names, error texts.

Every value is looked for in each form in which it is written: names and kana in any width and encoding, birth dates
in any calendar, numbers in any width. Only whole values count: a number within a longer one is none.
"""

from __future__ import annotations

import csv
import datetime
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

# Shorter ones are found by chance; they are looked for beside their symbol only.
_LEAST_DIGITS = 7
_ERAS = (("令和", "R", 5, datetime.date(2019, 5, 1)), ("平成", "H", 4, datetime.date(1989, 1, 8)),
         ("昭和", "S", 3, datetime.date(1926, 12, 25)), ("大正", "T", 2, datetime.date(1912, 7, 30)),
         ("明治", "M", 1, datetime.date(1868, 1, 25)))
_WIDE = str.maketrans("0123456789-", "０１２３４５６７８９－")


@dataclass(frozen=True)
class Form:
    """One way to write a value."""

    what: str  # kind of value
    needle: bytes  # must be there at all
    pattern: re.Pattern[bytes]  # and stand like this


def _encodings(text: str) -> Iterator[bytes]:
    yield text.encode()
    if not text.isascii():
        yield text.encode("cp932", errors="ignore")
        yield json.dumps(text)[1:-1].encode()


def _forms(what: str, texts: Iterable[str]) -> Iterator[Form]:
    for text in dict.fromkeys(texts):
        for needle in _encodings(text):
            yield Form(what, needle, re.compile(rb"(?<![0-9A-Za-z])" + re.escape(needle) + rb"(?![0-9A-Za-z])"))


def _names(name: str) -> Iterator[str]:
    """As registered, in either width, with either space and without."""
    for text in (name, unicodedata.normalize("NFKC", name)):
        for space in ("　", " ", ""):
            yield re.sub("[　 ]", space, text)


def birth_dates(compact: str) -> Iterator[str]:
    """Of YYYYMMDD: every form in which people, files and programs write it."""
    day = datetime.date(int(compact[:4]), int(compact[4:6]), int(compact[6:]))
    yield compact
    yield from (day.strftime(form) for form in ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"))
    yield f"{day.year}年{day.month}月{day.day}日"
    era, letter, code, first = next(one for one in _ERAS if one[3] <= day)
    year = day.year - first.year + 1
    yield f"{code}{year:02d}{day:%m%d}"
    yield f"{letter}{year:02d}{day:%m%d}"
    yield from (f"{letter}{year:02d}.{day:%m.%d}", f"{letter}{year}.{day.month}.{day.day}")
    yield from (f"{era}{year}年{day.month}月{day.day}日", f"{era}{year:02d}年{day:%m月%d日}")
    yield compact.translate(_WIDE)


def _numbers(symbol: str, number: str) -> Iterator[Form]:
    if len(number) >= _LEAST_DIGITS:
        yield from _forms("number", (number, number.translate(_WIDE)))
    elif symbol:
        for one, other in ((symbol, number), (symbol.translate(_WIDE), number.translate(_WIDE))):
            first, second = one.encode(), other.encode()
            between = r"[^0-9A-Za-z\n]{1,12}".encode()
            yield Form("symbol and number", first, re.compile(
                rb"(?<![0-9A-Za-z])" + re.escape(first) + between + re.escape(second) + rb"(?![0-9A-Za-z])"))


def forms_of(population: Path) -> list[Form]:
    """All forms of all values of the insured persons."""
    found: dict[tuple[str, bytes, bytes], Form] = {}
    for file in ("insurers.csv", "care_insurer.csv"):
        with (population / file).open(encoding="utf-8", newline="") as text:
            for row in csv.DictReader(text):
                address = row.get("Address", "")
                for form in (*_forms("name", _names(row["Name"])), *_forms("kana", _names(row["NameKana"])),
                             *_forms("birth date", birth_dates(row["Birthdate"])),
                             *_forms("address", _names(address) if address else ()),
                             *_numbers(row.get("InsuredCardSymbol", ""), row["InsuredIdentificationNumber"])):
                    found[form.what, form.needle, form.pattern.pattern] = form
    return list(found.values())


def leaks(forms: Iterable[Form], place: str, content: bytes) -> list[str]:
    """What stands there that may not, with the place; at most one of each kind."""
    found: dict[str, str] = {}
    for form in forms:
        if form.what in found or form.needle not in content:
            continue
        match = form.pattern.search(content)
        if match:
            start = max(content.rfind(b"\n", 0, match.start()) + 1, match.start() - 120)
            around = content[start:match.end() + 60].decode(errors="replace").splitlines()[0]
            found[form.what] = f"{place}: a {form.what}: {around}"
    return list(found.values())
