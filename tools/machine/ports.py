"""The ports of the processes of a machine: chosen once, then kept in config/ports.json, which the operator may change."""

from __future__ import annotations

import json
import zlib
from pathlib import Path

from machine.free_ports import free_ports
from machine.parts import GATEWAY, SERVICES, Folders, MachineError

_FIRST, _LAST = 8443, 10442
# A machine needs fewer.
_STEP = 20


def names() -> list[str]:
    """"gateway", "audit" ... and "gateway.metrics", "audit.metrics" ..."""
    processes = [GATEWAY, *(service.name for service in SERVICES)]
    return [*processes, *(f"{name}.metrics" for name in processes)]


def _file(folders: Folders) -> Path:
    return folders.config / "ports.json"


def read(folders: Folders) -> dict[str, int]:
    """Those that were chosen, none before the first tools/up. MachineError when that is not what the file holds."""
    file = _file(folders)
    if not file.exists():
        return {}
    try:
        chosen = json.loads(file.read_text())
    except ValueError as error:
        raise MachineError(f"{file} is no JSON: {error}") from None
    if not isinstance(chosen, dict):
        raise MachineError(f"{file} holds no object of names and ports")
    for name, port in chosen.items():
        if type(port) is not int or not 0 < port < 65536:
            raise MachineError(f"{file}: {name} is no port number")
    if len(set(chosen.values())) < len(chosen):
        raise MachineError(f"{file}: a port comes twice")
    return chosen


def candidates(folder: Path) -> list[int]:
    """In the order of trying. Each folder begins elsewhere: what is free may be another machine's that is stopped."""
    begin = zlib.crc32(bytes(folder)) % ((_LAST - _FIRST + 1) // _STEP) * _STEP
    ports = list(range(_FIRST, _LAST + 1))
    return ports[begin:] + ports[:begin]


def choose(folders: Folders) -> dict[str, int]:
    """The ports of every process. Once chosen, they are kept."""
    chosen = read(folders)
    free = free_ports(port for port in candidates(folders.run) if port not in chosen.values())
    for name in names():
        if name not in chosen:
            chosen[name] = next(free)
    _file(folders).write_text(json.dumps(chosen, indent=1) + "\n")
    return chosen
