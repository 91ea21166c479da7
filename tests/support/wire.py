"""Protobuf's wire format: writes what a well-behaved client would not, reads descriptors."""

from __future__ import annotations

from collections.abc import Iterator

_VARINT, _FIXED64, _LENGTH_DELIMITED, _FIXED32 = 0, 1, 2, 5
_NEGATIVE = 1 << 64  # a negative number travels as its complement to this


def varint(value: int) -> bytes:
    parts = bytearray()
    while value > 0x7F:
        parts.append(value & 0x7F | 0x80)
        value >>= 7
    parts.append(value)
    return bytes(parts)


def number(field: int, value: int) -> bytes:
    return varint(field << 3) + varint(value % _NEGATIVE)


def text(field: int, value: str | bytes) -> bytes:
    """Also of bytes and of a message inside a message."""
    content = value.encode() if isinstance(value, str) else value
    return varint(field << 3 | _LENGTH_DELIMITED) + varint(len(content)) + content


def read_varint(message: bytes, at: int) -> tuple[int, int]:
    """The number that begins there, and where it ends. IndexError when it does not end."""
    value = shift = 0
    while True:
        byte = message[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at


def fields(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Each field of a well-formed message: its number, and its value as a number or as bytes."""
    at = 0
    while at < len(message):
        tag, at = read_varint(message, at)
        kind = tag & 7
        if kind == _VARINT:
            value, at = read_varint(message, at)
            yield tag >> 3, value
            continue
        length, at = read_varint(message, at) if kind == _LENGTH_DELIMITED else ({_FIXED64: 8, _FIXED32: 4}[kind], at)
        yield tag >> 3, message[at:at + length]
        at += length
