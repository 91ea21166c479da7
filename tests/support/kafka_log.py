"""Reads the segments of a broker from its folder: every record of every topic of ours, without the broker."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from support.wire import read_varint

# https://kafka.apache.org/documentation/#recordbatch
_HEAD = struct.Struct(">qiibIhiqqqhii")
_AFTER_LENGTH = 12  # where the bytes begin that the batch's length counts
_MAGIC = 2
_COMPRESSED, _CONTROL = 0x07, 0x20


@dataclass(frozen=True)
class Record:
    topic: str
    partition: int
    offset: int
    key: bytes
    value: bytes
    headers: tuple[tuple[bytes, bytes], ...]


def _signed(data: bytes, at: int) -> tuple[int, int]:
    value, at = read_varint(data, at)
    return value >> 1 ^ -(value & 1), at


def _bytes(data: bytes, at: int) -> tuple[bytes, int]:
    length, at = _signed(data, at)
    length = max(length, 0)  # -1: null
    return data[at:at + length], at + length


def _record(topic: str, partition: int, first_offset: int, data: bytes, at: int) -> Record:
    _, at = _signed(data, at + 1)  # the attributes say nothing
    delta, at = _signed(data, at)
    key, at = _bytes(data, at)
    value, at = _bytes(data, at)
    count, at = _signed(data, at)
    headers = []
    for _ in range(count):
        name, at = _bytes(data, at)
        content, at = _bytes(data, at)
        headers.append((name, content))
    return Record(topic, partition, first_offset + delta, key, value, tuple(headers))


def of_segment(topic: str, data: bytes, partition: int = 0) -> Iterator[Record]:
    """RuntimeError at a batch that cannot be read. The broker may be writing the last one."""
    at = 0
    while at + _HEAD.size <= len(data):
        first_offset, length, _, magic, _, attributes, *_, count = _HEAD.unpack_from(data, at)
        end = at + _AFTER_LENGTH + length
        if length <= 0 or end > len(data):
            return
        if magic != _MAGIC or attributes & _COMPRESSED:
            raise RuntimeError(f"{topic}: a batch of magic {magic} with attributes {attributes}")
        place = at + _HEAD.size
        for _ in range(0 if attributes & _CONTROL else count):
            size, place = _signed(data, place)
            yield _record(topic, partition, first_offset, data, place)
            place += size
        at = end


def records(folder: Path, only: str = "") -> Iterator[Record]:
    """`folder`: log.dirs of the broker. Its own topics are left out. `only`: one topic."""
    for segment in sorted(folder.glob(f"{only or '*'}-*/*.log")):
        topic, partition = segment.parent.name.rsplit("-", 1)
        if not topic.startswith("__"):
            yield from of_segment(topic, segment.read_bytes(), int(partition))
