"""The persons of a synthetic population (tools/population) and their prescriptions."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Person:
    insurer: str
    symbol: str
    number: str
    branch: str
    birth: str  # YYYYMMDD

    @property
    def key(self) -> str:
        """Tells persons apart in a run's records."""
        return f"{self.insurer}/{self.symbol}/{self.number}/{self.branch}"

    def options(self) -> list[str]:
        """For the command line: who it is."""
        words = ["--insurer", self.insurer, "--number", self.number]
        words += ["--symbol", self.symbol] if self.symbol else []
        return words + (["--branch", self.branch] if self.branch else [])


@dataclass(frozen=True)
class Prescription:
    person: Person
    record: Path  # SJ1


def _field(record: str, number: int) -> list[str]:
    """The fields of the record's line with that number; empty when it has none."""
    match = re.search(rf"^{number},(.*)$", record, re.MULTILINE)
    return match.group(1).strip().split(",") if match else []


def prescriptions(population: Path) -> list[Prescription]:
    """Those of a population; all are issued by clinic-1, today."""
    result = []
    for file in sorted((population / "prescriptions").glob("*.txt")):
        record = file.read_text(encoding="utf-8")
        insured = [unicodedata.normalize("NFKC", text) for text in [*_field(record, 23), "", "", "", ""]]
        person = Person(_field(record, 22)[0], insured[0], insured[1], insured[3], _field(record, 13)[0])
        result.append(Prescription(person, file))
    return result
