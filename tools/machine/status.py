"""What runs on a machine, and whether it is ready."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass

from machine import processes
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
    note: str = ""


def all_well(parts: Sequence[Part]) -> bool:
    return all(part.pid and part.ready for part in parts)


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
    ports = dict(line.split("=", 1) for line in ports_file.read_text().split())
    try:
        answer = subprocess.run([ROOT / "tools/cluster", "status", folders.cluster], text=True, check=False,
                                stdout=subprocess.PIPE, timeout=_CLUSTER_LIMIT_S).stdout
        note = ""
    except subprocess.TimeoutExpired:
        answer, note = "", "tools/cluster is at work"
    parts = []
    for name in _STORES:
        pid = processes.recorded_pid(folders.cluster / f"{name}.pid")
        parts.append(Part(name, pid, f"{name}: answers" in answer.splitlines(),
                          ports[name.upper()].rsplit(":", 1)[1], note=note))
    return parts


def _process(process: processes.Process, ports: dict[str, int]) -> Part:
    port = ports[f"{process.name}.metrics"]
    pid = process.pid()
    # Without a process of ours the page would be somebody else's.
    state = processes.state(port) if pid else processes.State()
    note = processes.lacking(process.name, state.folded) if not state.ready and state.folded >= 0 else ""
    return Part(process.name, pid, state.ready, str(ports[process.name]), f"http://{HOST}:{port}/metrics", note)


def look(folders: Folders) -> list[Part]:
    """Every part in the order of starting. Changes nothing and waits for no tools/up. MachineError when nothing was
    ever started there."""
    ports_file = folders.config / "ports.json"
    if not ports_file.exists():
        raise MachineError(f"nothing was ever started in {folders.run}")
    ports = json.loads(ports_file.read_text())
    return _stores(folders) + [_process(process, ports) for process in processes.all_processes(folders)]
