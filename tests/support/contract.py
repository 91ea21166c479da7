"""The contracts as //protos:all.protoset describes them: every method, its rule, and the fields of its request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from support import wire

_RULE = 50200  # tsunagu.access.v1.rule
_REPEATED = 3
STRING, MESSAGE, BYTES, ENUM, BOOL = 9, 11, 12, 14, 8
INTEGERS = {3, 4, 5, 13}  # int64, uint64, int32, uint32


@dataclass(frozen=True)
class Field:
    name: str
    number: int
    type: int
    repeated: bool
    type_name: str  # of a message or an enum, ".tsunagu.common.v1.Drug"


@dataclass(frozen=True)
class Rule:
    """Who may call."""

    practitioners: tuple[tuple[frozenset[int], frozenset[int]], ...]  # roles, kinds of facility (none: any)
    organisations: frozenset[int]
    scope: int
    break_glass: bool
    scope_optional: bool

    def admits(self, role: int, kind: int) -> bool:
        """`role`: 0 of an organisation."""
        if not role:
            return kind in self.organisations
        return any(role in roles and (not kinds or kind in kinds) for roles, kinds in self.practitioners)


@dataclass(frozen=True)
class Method:
    path: str  # "tsunagu.ltc.v1.LongTermCare/SendPackage"
    request: str  # type name
    rule: Rule | None


@dataclass(frozen=True)
class Contract:
    methods: tuple[Method, ...]  # of our services
    messages: Mapping[str, tuple[Field, ...]]  # by type name
    enums: Mapping[str, Mapping[str, int]]  # numbers by name, by type name


def _all(message: bytes, number: int) -> Iterator[bytes]:
    return (value for field, value in wire.fields(message) if field == number and isinstance(value, bytes))


def _text(message: bytes, number: int) -> str:
    return next(_all(message, number), b"").decode()


def _int(message: bytes, number: int) -> int:
    return next((value for field, value in wire.fields(message) if field == number and isinstance(value, int)), 0)


def _numbers(message: bytes, number: int) -> frozenset[int]:
    """Of a repeated enum, packed or not."""
    found: set[int] = set()
    for field, value in wire.fields(message):
        if field != number:
            continue
        if isinstance(value, int):
            found.add(value)
            continue
        at = 0
        while at < len(value):
            one, at = wire.read_varint(value, at)
            found.add(one)
    return frozenset(found)


def _field(field: bytes) -> Field:
    return Field(_text(field, 1), _int(field, 3), _int(field, 5), _int(field, 4) == _REPEATED, _text(field, 6))


def _rule(method: bytes) -> Rule | None:
    rule = next((rule for options in _all(method, 4) for rule in _all(options, _RULE)), None)
    if rule is None:
        return None
    practitioners = tuple((_numbers(one, 1), _numbers(one, 2)) for one in _all(rule, 1))
    return Rule(practitioners, _numbers(rule, 2), _int(rule, 4), bool(_int(rule, 5)), bool(_int(rule, 7)))


class _Reader:
    def __init__(self) -> None:
        self.methods: list[Method] = []
        self.messages: dict[str, tuple[Field, ...]] = {}
        self.enums: dict[str, dict[str, int]] = {}

    def file(self, file: bytes) -> None:
        package = _text(file, 2)
        self._types(f".{package}", _all(file, 4), _all(file, 5))
        for service in _all(file, 6) if package.startswith("tsunagu.") else ():
            self.methods += (Method(f"{package}.{_text(service, 1)}/{_text(method, 1)}", _text(method, 2),
                                    _rule(method)) for method in _all(service, 2))

    def _types(self, scope: str, messages: Iterator[bytes], enums: Iterator[bytes]) -> None:
        for enum in enums:
            self.enums[f"{scope}.{_text(enum, 1)}"] = {_text(value, 1): _int(value, 2) for value in _all(enum, 2)}
        for message in messages:
            name = f"{scope}.{_text(message, 1)}"
            self.messages[name] = tuple(_field(field) for field in _all(message, 2))
            self._types(name, _all(message, 3), _all(message, 4))


def read(protoset: Path) -> Contract:
    reader = _Reader()
    for file in _all(protoset.read_bytes(), 1):
        reader.file(file)
    return Contract(tuple(reader.methods), reader.messages, reader.enums)
