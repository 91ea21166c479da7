"""Writes Protobuf's wire format, as far as a request that carries a file needs it."""

from __future__ import annotations

_LENGTH_DELIMITED = 2


def varint(value: int) -> bytes:
    parts = bytearray()
    while value > 0x7F:
        parts.append(value & 0x7F | 0x80)
        value >>= 7
    parts.append(value)
    return bytes(parts)


def number(field: int, value: int) -> bytes:
    return varint(field << 3) + varint(value)


def text(field: int, value: str | bytes) -> bytes:
    """Also of bytes and of a message inside a message."""
    content = value.encode() if isinstance(value, str) else value
    return varint(field << 3 | _LENGTH_DELIMITED) + varint(len(content)) + content
