"""What can be wrong with a request, from the descriptors of its method, and whether an answer to it is precise."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from support import contract, wire
from support.client import Answer
from support.contract import Contract, Field, Method

HUGE = b"x" * (1 << 20)
MANY = 100_000
_DEPTH = 4  # of messages within a request

# Answers that say what is wrong with the request, or that there is nothing of that name.
_CODES = {"INVALID_ARGUMENT", "RESOURCE_EXHAUSTED", "OUT_OF_RANGE", "NOT_FOUND", "FAILED_PRECONDITION",
          "PERMISSION_DENIED"}

# Of no text: whether a field may hold the rest is its own matter.
_NO_TEXTS = (("a huge text", HUGE), ("bytes that are no UTF-8", b"\xff\xfe\x80"),
             ("control characters", b"\0\x1b[31m\r\n"))
_TEXTS = (("a number in full width", "２０２６０１０１".encode()), ("words", "これは違う".encode()),
          ("a path", b"/../" * 8))
_NO_DAYS = (("a day that does not exist", b"20260230"), ("a month that does not exist", b"20261301"),
            ("a day with dashes", b"2026-01-01"), ("words for a day", "昨日".encode()))
_DAY = re.compile("date|month|day")
_NUMBERS = (("-1", -1), ("the smallest number", -(1 << 31)), ("the largest number", (1 << 31) - 1))


@dataclass(frozen=True)
class Wrong:
    what: str
    request: bytes
    field: str = ""  # the path of the field that is wrong; empty: none in particular
    may_pass: bool = False  # the request says nothing that is forbidden


class Requests:
    """What can be wrong with the request of a method."""

    def __init__(self, contracts: Contract, good: Callable[[str, str], str | int | tuple[str, ...] | None]):
        """`good`: the content of a message's field, by its path; several of a repeated one; None: it is left out."""
        self._contracts = contracts
        self._good = good

    def of(self, method: Method) -> Iterator[Wrong]:
        yield Wrong("an empty request", b"", may_pass=True)
        yield Wrong("an unknown field", self._message(method.request) + wire.text(9999, HUGE), may_pass=True)
        yield Wrong("a request of random bytes", b"\xff" + bytes(range(256)))
        yield Wrong("a request with a broken length", b"\x0a\xff\xff\xff\xff\x0f")
        for path, field in self._fields(method.request):
            for what, content, may_pass in self._wrong(field):
                yield Wrong(f"{path}: {what}", self._message(method.request, path, content), path, may_pass)
            swapped = wire.number(field.number, 7) if field.type not in contract.INTEGERS | {
                contract.ENUM, contract.BOOL} else wire.text(field.number, b"7")
            yield Wrong(f"{path}: of another type", self._message(method.request, path, swapped), path, True)

    def _fields(self, message: str, prefix: str = "", depth: int = 0) -> Iterator[tuple[str, Field]]:
        for field in self._contracts.messages[message]:
            yield prefix + field.name, field
            if field.type == contract.MESSAGE and depth < _DEPTH:
                yield from self._fields(field.type_name, f"{prefix}{field.name}.", depth + 1)

    def _message(self, message: str, wrong: str = "", content: bytes = b"", prefix: str = "") -> bytes:
        """The good message, with that content for the field at the path `wrong`."""
        parts = []
        for field in self._contracts.messages[message]:
            path = prefix + field.name
            if path == wrong:
                parts.append(content)
            elif field.type == contract.MESSAGE:
                if wrong.startswith(path + ".") or self._good(message, path) is not None:
                    inner = self._message(field.type_name, wrong, content, path + ".")
                    parts.append(wire.text(field.number, inner))
            elif (value := self._good(message, path)) is not None:
                parts.extend(wire.number(field.number, one) if isinstance(one, int) else wire.text(field.number, one)
                             for one in (value if isinstance(value, tuple) else (value,)))
        return b"".join(parts)

    @staticmethod
    def _wrong(field: Field) -> Iterator[tuple[str, bytes, bool]]:
        """What is wrong, the field on the wire, whether that may pass."""
        if field.type == contract.STRING:
            wrong = [*_NO_TEXTS, *(_NO_DAYS if _DAY.search(field.name) else ())]
            yield from ((what, wire.text(field.number, text), False) for what, text in wrong)
            yield from ((what, wire.text(field.number, text), True) for what, text in _TEXTS)
        elif field.type == contract.ENUM or field.type in contract.INTEGERS:
            yield from ((what, wire.number(field.number, number), False) for what, number in _NUMBERS)
        elif field.type == contract.BYTES:
            yield "noise", wire.text(field.number, b"\xff\0" * 100), False
        elif field.type == contract.MESSAGE:
            yield "bytes that are no message", wire.text(field.number, b"\xff" * 20), False
        if field.repeated:
            is_enum = field.type == contract.ENUM  # the same one again says nothing new
            one = wire.number(field.number, 1) if is_enum else wire.text(field.number, b"")
            yield "very many", one * MANY, is_enum


def verdict(wrong: Wrong, answer: Answer) -> str:
    """What is not precise in an answer; empty when it is."""
    if answer.ok:
        return "" if wrong.may_pass else f"taken: {answer}"
    if answer.code not in _CODES:
        return f"not an error about the request: {answer}"
    if not (answer.reason and answer.rule):
        return f"no reason or no rule: {answer}"
    places = [*answer.error.get("fields", ()), *answer.findings()]
    if answer.code != "INVALID_ARGUMENT" or answer.reason == "REQUEST_UNREADABLE":
        return ""
    if not places:
        return f"no field and no finding: {answer}"
    if wrong.field and not wrong.may_pass and not any(_about(place, wrong.field) for place in places):
        return f"blames another field: {answer}"
    return ""


def _about(place: object, field: str) -> bool:
    """Whether a place that an answer names is that field, or within it, or around it. A finding is about the file."""
    if not isinstance(place, str):
        return True
    place = re.sub(r"\[\d+\]", "", place)
    return f"{place}.".startswith(f"{field}.") or f"{field}.".startswith(f"{place}.")
