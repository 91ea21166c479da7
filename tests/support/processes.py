"""Small things about processes."""

from __future__ import annotations

import itertools
import os
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from machine.free_ports import free_ports

START_LIMIT_S = 60.0
_POLL_S = 0.02
# Below the range from which the kernel takes ports for outgoing connections.
_PORTS = range(20000, 32000)
# Two processes that choose at the same time begin at different places.
_START = os.getpid() * 53 % len(_PORTS)
_free = free_ports(itertools.chain(_PORTS[_START:], _PORTS[:_START]))


def free_port() -> int:
    """A port that nobody listens on; never the same twice in one process."""
    return next(_free)


def wait_for(what: str, holds: Callable[[], bool], limit_s: float = START_LIMIT_S) -> float:
    """The seconds until it held. RuntimeError after the limit."""
    began = time.monotonic()
    while not holds():
        if time.monotonic() - began > limit_s:
            raise RuntimeError(f"{what}: not within {limit_s:.0f} s")
        time.sleep(_POLL_S)
    return time.monotonic() - began


def forget_peak(pid: int) -> int:
    """Memory in use, from which the peak counts anew."""
    Path(f"/proc/{pid}/clear_refs").write_text("5", encoding="ascii")
    return peak_bytes(pid)


def peak_bytes(pid: int) -> int:
    """The most memory that was in use since forget_peak."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    raise RuntimeError(f"process {pid} has no VmHWM")


def run(*command: str | Path) -> str:
    """What a helper printed; RuntimeError with all of it when it fails."""
    done = subprocess.run([str(word) for word in command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, check=False)
    text = done.stdout.decode(errors="replace")
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]} ended with {done.returncode}:\n{text}")
    return text
