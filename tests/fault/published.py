"""What the prescription service told everybody, read from the broker's files: every change of status of each prescription."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from fault.history import Publication, Stage
from support import kafka_log, wire

_EVENTS, _JOURNAL = "prescription.events", "prescription.journal"
# protos/tsunagu/journal/v1/journal.proto
_PUBLISHED_VERSION, _PUBLISHED_SOURCE, _PUBLISHED_EVENT, _ENTRY_EVENT = 3, 4, 6, 7
# protos/tsunagu/prescription/v1/events.proto
_CHANGED_ID, _CHANGED_STATUS, _DISPENSED, _DISPENSED_RESULT = 1, 2, 4, 1
_STAGES = {1: Stage.REGISTERED, 2: Stage.IN_DISPENSING, 3: Stage.DISPENSED}


def _message(content: object) -> dict[int, int | bytes]:
    """The fields of a message that stand in it once; no content: none."""
    return dict(wire.fields(content)) if isinstance(content, bytes) else {}


def _result_of(entry: bytes) -> str:
    """The id of the result that an entry of the journal registers; empty when it registers none."""
    dispensed = _message(_message(_message(entry).get(_ENTRY_EVENT)).get(_DISPENSED))
    return bytes(dispensed.get(_DISPENSED_RESULT, b"")).decode()


def publications(folder: Path) -> Mapping[str, list[Publication]]:
    """By prescription id, in the order of the log. `folder`: log.dirs of the broker."""
    results = {(one.partition, one.offset): _result_of(one.value) for one in kafka_log.records(folder, _JOURNAL)}
    found: dict[str, list[Publication]] = {}
    for record in kafka_log.records(folder, _EVENTS):
        published = _message(record.value)
        changed = _message(published.get(_PUBLISHED_EVENT))
        source = int(published.get(_PUBLISHED_SOURCE, 0))
        found.setdefault(bytes(changed.get(_CHANGED_ID, b"")).decode(), []).append(Publication(
            int(published.get(_PUBLISHED_VERSION, 0)), _STAGES.get(int(changed.get(_CHANGED_STATUS, 0)), Stage.NONE),
            results.get((record.partition, source), ""), hashlib.sha256(record.value).hexdigest()))
    return found
