"""The drug list of the synthetic region, and the national drug master made of it."""

from __future__ import annotations

import csv
import functools
import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

MASTER_COLUMNS = 42
_VALID_FROM = "20240401"
_NO_END = "99999999"


@dataclass(frozen=True)
class Drug:
    """One row of drugs.csv. `form` is that of the master: 1 oral, 4 injection, 6 external."""

    code: str
    name: str
    kana: str
    unit_code: str
    unit: str
    form: str
    price: Decimal  # yen per unit
    control: str  # 0 none, 1 narcotic, 5 psychotropic
    generic_product: str  # 1 when it is a generic product
    price_list_code: str
    generic_code: str  # ends ZZZ, or empty
    generic_name: str
    route: str  # oral, asneeded, injection, external
    amount: Decimal  # per day (oral), per dose (asneeded), in all (injection, external)
    times: int  # doses a day; of an asneeded drug the doses handed out
    usage_code: str  # of the 調剤 receipt; empty: write the text
    jami_code: str  # 16 characters, for e-prescriptions
    usage_text: str
    condition: str  # what it is given for


@functools.cache
def load() -> tuple[Drug, ...]:
    """The rows of drugs.csv, in its order."""
    path = Path(__file__).with_name("drugs.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            Drug(
                **{
                    **row,
                    "price": Decimal(row["price"]),
                    "amount": Decimal(row["amount"]),
                    "times": int(row["times"]),
                }
            )
            for row in csv.DictReader(file)
        )


@functools.cache
def by_code() -> dict[str, Drug]:
    """Every drug under its 9-digit code."""
    return {drug.code: drug for drug in load()}


@functools.cache
def for_condition(condition: str) -> tuple[Drug, ...]:
    """The drugs given for a condition."""
    return tuple(drug for drug in load() if drug.condition == condition)


def points(yen: Decimal) -> int:
    """Points of one charging unit: 1 up to 15 yen, then a tenth, five or less rounded down."""
    return 1 if yen <= 15 else math.ceil((yen - 5) / 10)


def number(value: Decimal) -> str:
    """As files write it: no trailing decimal zeros, no exponent."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def master_row(index: int, drug: Drug) -> list[str]:
    """The 42 columns of the drug master; `index` gives the order of publication."""
    row = ["0"] * MASTER_COLUMNS
    row[1:10] = ["Y", drug.code, str(len(drug.name)), drug.name, f"{len(drug.kana):02d}", drug.kana,
                 drug.unit_code, str(len(drug.unit)), drug.unit]
    row[10:12] = ["1", f"{drug.price:.2f}"]
    row[13] = drug.control
    row[16] = drug.generic_product
    row[23:25] = ["1", f"{drug.price:.2f}"]
    row[27] = drug.form
    row[28] = ""
    row[29:33] = [_VALID_FROM, _NO_END, drug.price_list_code, f"{index:06d}000"]
    row[34] = drug.name
    row[35] = _VALID_FROM
    row[36] = drug.generic_code
    row[37] = f"【般】{drug.generic_name}" if drug.generic_code else ""
    row[38] = "2" if drug.generic_code else "0"
    return row


def master(drugs: Iterable[Drug]) -> bytes:
    """The drug master file: all fields quoted, CP932, CRLF, no end-of-file byte."""
    lines = (
        ",".join(f'"{value}"' for value in master_row(index, drug))
        for index, drug in enumerate(drugs, start=1)
    )
    return "".join(f"{line}\r\n" for line in lines).encode("cp932")
