"""Looks into the views of an installation, past all services: their digests, and losing them."""

from __future__ import annotations

import hashlib
import socket
from collections.abc import Sequence

_POSITION = b"@"  # the field of a section that is no state
_DIGEST_BITS = 256


class Redis:
    """One connection that sends a command and waits for its answer."""

    def __init__(self, address: str, timeout_s: float = 10.0):
        host, port = address.rsplit(":", 1)
        self._socket = socket.create_connection((host, int(port)), timeout=timeout_s)
        self._file = self._socket.makefile("rb")

    def __enter__(self) -> Redis:
        return self

    def __exit__(self, *unused: object) -> None:
        self._file.close()
        self._socket.close()

    def command(self, *words: bytes | str) -> object:
        """bytes, int, None or a list of these. A refusal raises RuntimeError."""
        parts = [word.encode() if isinstance(word, str) else word for word in words]
        self._socket.sendall(b"*%d\r\n" % len(parts) + b"".join(
            b"$%d\r\n%b\r\n" % (len(part), part) for part in parts))
        return self._reply()

    def _reply(self) -> object:
        line = self._file.readline()
        if not line.endswith(b"\r\n"):
            raise ConnectionError("Redis closed the connection")
        kind, rest = line[:1], line[1:-2]
        if kind == b"+":
            return rest
        if kind == b":":
            return int(rest)
        if kind == b"-":
            raise RuntimeError(rest.decode())
        if rest == b"-1":
            return None
        if kind == b"$":
            return self._file.read(int(rest) + 2)[:-2]
        return [self._reply() for _ in range(int(rest))]


def digest(states: Sequence[tuple[bytes, bytes]]) -> str:
    """That of services/platform/view/section.h: equal for equal states, in any order."""
    total = sum(int.from_bytes(hashlib.sha256(b"%d:%b%b" % (len(name), name, value)).digest(), "big")
                for name, value in states)
    return f"{total % (1 << _DIGEST_BITS):064x}"


def digests(address: str) -> dict[str, str]:
    """The digest of every section that holds a state, by its key in Redis. Gates (counters beside the views) are none."""
    result = {}
    with Redis(address) as redis:
        for key in redis.command("KEYS", "tsunagu:*:{p*}:*"):  # type: ignore[attr-defined]
            flat = redis.command("HGETALL", key)
            states = [(name, value) for name, value in zip(flat[::2], flat[1::2])  # type: ignore[index]
                      if name != _POSITION]
            if states:
                result[key.decode()] = digest(states)
    return result


def lose(address: str) -> None:
    """Empties Redis."""
    with Redis(address) as redis:
        redis.command("FLUSHALL")


def lose_partition(address: str, partition: int) -> int:
    """Removes every service's sections of one partition; how many there were."""
    with Redis(address) as redis:
        keys = redis.command("KEYS", f"tsunagu:*:{{p{partition}}}:*")
        return int(redis.command("UNLINK", *keys)) if keys else 0  # type: ignore[call-overload, misc]
