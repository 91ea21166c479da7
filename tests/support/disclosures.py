"""Everything that an installation lets out of its services and stores without an audit record, for personal.leaks."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from pathlib import Path

from support import client, kafka_log, personal
from support.cases import note, require
from support.installation import SERVICE_NAMES, Installation
from support.views import Redis

# What clients of the run and the population keep for themselves.
_NOT_THE_PLATFORMS = {"population", "work", "story"}


def _logs(run: Path) -> Iterator[tuple[str, bytes]]:
    for log in sorted([*(run / "log").iterdir(), *(run / "cluster").glob("*.log")]):
        yield log.name, log.read_bytes()


def _metrics(installation: Installation) -> Iterator[tuple[str, bytes]]:
    for name in (*SERVICE_NAMES, "gateway"):
        with urllib.request.urlopen(f"http://{installation.address(f'{name}.metrics')}/metrics", timeout=10) as page:
            yield f"metrics of {name}", page.read()


def _topics(run: Path) -> Iterator[tuple[str, bytes]]:
    """Keys and headers of all topics, and the whole of the audit records."""
    lines: dict[str, list[bytes]] = {}
    for record in kafka_log.records(run / "cluster" / "kafka"):
        parts = [record.key, *(part for header in record.headers for part in header)]
        if record.topic == "audit.records":
            parts.append(record.value)
        lines.setdefault(record.topic, []).extend(parts)
    for topic, parts in lines.items():
        yield f"keys of {topic}", b"\n".join(parts)


def _redis(address: str) -> Iterator[tuple[str, bytes]]:
    """Names of the sections and of the states in them."""
    with Redis(address) as redis:
        names: list[bytes] = []
        for key in redis.command("KEYS", "*"):  # type: ignore[attr-defined]
            names.append(key)
            if redis.command("TYPE", key) == b"hash":
                names += redis.command("HKEYS", key)  # type: ignore[arg-type]
    yield "names in Redis", b"\n".join(names)


def _file_names(run: Path) -> Iterator[tuple[str, bytes]]:
    names = (str(path.relative_to(run)) for top in sorted(run.iterdir()) if top.name not in _NOT_THE_PLATFORMS
             for path in (top, *top.rglob("*")))
    yield "file names", "\n".join(names).encode()


def nobody_is_named(installation: Installation) -> None:
    """A Failure with every leak. Looks at what there is by now."""
    run = installation.folders.run
    forms = personal.forms_of(installation.folders.population)
    require(len(forms) > 100, f"only {len(forms)} forms of personal values")
    found: list[str] = []
    sizes: dict[str, int] = {}
    sources = {"logs": _logs(run), "metrics": _metrics(installation), "topics": _topics(run),
               "Redis": _redis(installation.stores()["REDIS"]), "file names": _file_names(run),
               "errors": iter([("error texts", "\n".join(client.errors_seen()).encode())])}
    for name, source in sources.items():
        for place, content in source:
            sizes[name] = sizes.get(name, 0) + len(content)
            found += personal.leaks(forms, place, content)
    require(not found, "\n".join(found))
    empty = [name for name in sources if not sizes.get(name)]
    require(not empty, f"nothing to look at: {', '.join(empty)}")
    note(f"{len(forms)} forms of personal values, looked for in " +
         ", ".join(f"{size >> 10} KiB of {name}" for name, size in sizes.items()))
