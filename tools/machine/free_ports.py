"""Ports that nobody listens on."""

from __future__ import annotations

import socket
from collections.abc import Iterable, Iterator

from machine.parts import HOST


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def free_ports(candidates: Iterable[int]) -> Iterator[int]:
    """Those of the candidates that are free when they are asked for, in their order."""
    return (port for port in candidates if _is_free(port))
