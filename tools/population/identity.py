"""Insurance numbers and the widths of characters, as insurers and claim files write them."""

from __future__ import annotations

import unicodedata


def check_digit(body: str) -> str:
    """The digit that closes an insurer, payer or late-elderly number.

    From the right, weights 2, 1, 2, 1...; the digits of the products are added up.
    """
    total = 0
    for position, digit in enumerate(reversed(body)):
        product = int(digit) * (2 if position % 2 == 0 else 1)
        total += product // 10 + product % 10
    return str((10 - total % 10) % 10)


def with_check_digit(body: str) -> str:
    """`body` followed by its check digit."""
    return body + check_digit(body)


def check_digit_holds(number: str) -> bool:
    """Whether the last digit is the check digit of the others."""
    return number.isdigit() and len(number) > 1 and check_digit(number[:-1]) == number[-1]


def full_width(text: str) -> str:
    """Printable ASCII in its full-width form; everything else stays."""
    return "".join(
        "　" if c == " " else chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text
    )


def _half_width_kana() -> dict[str, str]:
    table: dict[str, str] = {"　": " "}
    for code in range(0xFF61, 0xFF9E):
        half = chr(code)
        full = unicodedata.normalize("NFKC", half)
        table[full] = half
        for mark, half_mark in (("\u3099", "ﾞ"), ("\u309a", "ﾟ")):
            marked = unicodedata.normalize("NFC", full + mark)
            if len(marked) == 1:
                table[marked] = half + half_mark
    return table


_HALF_WIDTH_KANA = _half_width_kana()


def half_width_kana(text: str) -> str:
    """Katakana as eligibility answers write it: half-width, a voiced mark is a character."""
    return "".join(_HALF_WIDTH_KANA.get(c, c) for c in text)
