"""What runs on a machine, and whether it is ready."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from machine import ports, processes
from machine.parts import HOST, ROOT, Folders, MachineError

_STORES = ("kafka", "redis")
# An action of tools/cluster under way holds its lock; then we cannot know.
_CLUSTER_LIMIT_S = 15.0


@dataclass(frozen=True)
class Part:
    """A line of the table."""

    name: str
    pid: int  # 0: it does not run
    ready: bool
    port: str
    metrics: str = "-"  # the address of its page; stores have none
    note: str = ""  # what is wrong


def all_well(parts: Sequence[Part]) -> bool:
    return all(part.pid and part.ready and not part.note for part in parts)


def table(parts: Sequence[Part]) -> str:
    rows = [("PART", "RUNS", "PID", "READY", "PORT", "METRICS", "")]
    for part in parts:
        rows.append((part.name, "yes" if part.pid else "no", str(part.pid or "-"), "yes" if part.ready else "no",
                     part.port, part.metrics, part.note))
    widths = [max(map(len, column)) for column in zip(*rows)]
    return "\n".join("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)


def _stores(folders: Folders) -> list[Part]:
    ports_file = folders.cluster / "ports.env"
    if not ports_file.exists():
        return [Part(name, 0, False, "-") for name in _STORES]
    addresses = dict(line.split("=", 1) for line in ports_file.read_text().split())
    try:
        answer = subprocess.run([ROOT / "tools/cluster", "status", folders.cluster], text=True, check=False,
                                stdout=subprocess.PIPE, timeout=_CLUSTER_LIMIT_S).stdout
        note = ""
    except subprocess.TimeoutExpired:
        answer, note = "", "tools/cluster is at work"
    parts = []
    for name in _STORES:
        pid_file = folders.cluster / f"{name}.pid"
        pid = processes.recorded_pid(pid_file)
        answers = f"{name}: answers" in answer.splitlines()
        wrong = note or _wrong(pid_file.exists() and not pid, "it does not answer" if pid and not answers else "",
                               folders.cluster / f"{name}.log")
        parts.append(Part(name, pid, answers, addresses[name.upper()].rsplit(":", 1)[1], note=wrong))
    return parts


def _wrong(ended: bool, why: str, log: Path) -> str:
    return f"it ended by itself: see {log}" if ended else why


def _process(process: processes.Process, chosen: dict[str, int]) -> Part:
    port = chosen[f"{process.name}.metrics"]
    pid = process.pid()
    # Without a process of ours the page would be somebody else's.
    state = processes.state(port) if pid else processes.State()
    note = _wrong(process.ended(), processes.explain(state) if pid else "", process.log)
    return Part(process.name, pid, state.ready, str(chosen[process.name]), f"http://{HOST}:{port}/metrics", note)


def look(folders: Folders) -> list[Part]:
    """Every part in the order of starting. Changes nothing and waits for no tools/up. MachineError when nothing was
    ever started there."""
    chosen = ports.read(folders)
    if not chosen:
        raise MachineError(f"nothing was ever started in {folders.run}")
    if missing := [name for name in ports.names() if name not in chosen]:
        raise MachineError(f"there is no port yet for {', '.join(missing)}: tools/up chooses it")
    return _stores(folders) + [_process(process, chosen) for process in processes.all_processes(folders)]
