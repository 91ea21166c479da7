"""The clients of an installation: the command line `tsunagu`, one process for each call."""

from __future__ import annotations

import json
import subprocess
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

DEADLINE_S = 10.0  # of one call
_KILL_S = 60.0  # a client that is still there so long after its deadline is broken

# After these a client asks again with the same command_id; everything else is an answer.
_AGAIN = {"UNAVAILABLE", "DEADLINE_EXCEEDED", "RESOURCE_EXHAUSTED", "ABORTED"}
_PAUSE_S = 0.1
_RATE_PAUSE_S = 1.0

_errors: list[str] = []


@dataclass(frozen=True)
class Answer:
    """What the server said: a message in JSON, or an error."""

    body: Mapping[str, Any] = field(default_factory=dict)
    code: str = "OK"
    reason: str = ""
    rule: str = ""
    text: str = ""  # everything the program printed
    error: Mapping[str, Any] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        return self.code == "OK"

    @property
    def again(self) -> bool:
        """Whether the outcome is not known or was put off: to be asked again."""
        return self.code in _AGAIN

    def findings(self) -> list[Mapping[str, Any]]:
        return list(self.error.get("findings", ()))

    def __str__(self) -> str:
        return self.text.strip() or self.code


def errors_seen() -> list[str]:
    """The text of each error that any client of this process was answered."""
    return list(_errors)


def answer_of(stdout: str, stderr: str) -> Answer:
    """Reads what a client program printed with --json."""
    answer = _answer_of(stdout, stderr)
    if not answer.ok:
        _errors.append(answer.text)
    return answer


def _answer_of(stdout: str, stderr: str) -> Answer:
    text = stdout + stderr
    try:
        body = json.loads(stdout) if stdout.strip() else {}
    except ValueError:
        return Answer(code="UNREADABLE", text=text)
    error = body.get("error") if isinstance(body, dict) else None
    if error is None:
        return Answer(body, text=text)
    return Answer(code=error.get("code", ""), reason=error.get("reason", ""), rule=error.get("rule", ""),
                  text=text, error=error)


class RawClient:
    """One identity that sends any bytes to any method."""

    def __init__(self, program: Path, pki: Path, identity: str, gateway: str, name: str = "gateway"):
        """`program`: //tests/support:raw_call. `identity`: of the installation, or any folder. `name`: who answers,
        by its certificate."""
        self._command = [str(program), "--as", str(pki / "identities" / identity), "--ca",
                         str(pki / "internal" / "ca.pem"), "--gateway", gateway, "--name", name]

    def call(self, method: str, request: bytes, deadline_s: float = DEADLINE_S) -> Answer:
        """`method`: "tsunagu.ltc.v1.LongTermCare/SendPackage"."""
        done = subprocess.run([*self._command, "--deadline", str(deadline_s), "/" + method], input=request,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=deadline_s + _KILL_S, check=False)
        if done.returncode != 0:
            return Answer(code=f"EXIT_{done.returncode}", text=done.stderr.decode(errors="replace"))
        return answer_of(done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"))

    def calls(self, method: str, requests: Sequence[bytes], context: Path | None = None,
              deadline_s: float = DEADLINE_S) -> list[Answer]:
        """One after another on one connection; the answers in their order. Too many in a second are sent again."""
        command = [*self._command, "--many", "--deadline", str(deadline_s)]
        command += ["--context", str(context)] if context else []
        sent = b"".join(b"%d\n%b" % (len(request), request) for request in requests)
        done = subprocess.run([*command, "/" + method], input=sent, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              timeout=len(requests) * deadline_s + _KILL_S, check=False)
        answers = [answer_of(line, "") for line in done.stdout.decode(errors="replace").splitlines()]
        if len(answers) != len(requests):
            raise RuntimeError(f"{len(answers)} answers of {len(requests)}: {done.stderr.decode(errors='replace')}")
        late = [index for index, answer in enumerate(answers) if answer.reason == "RATE_LIMITED"]
        if late:
            time.sleep(_RATE_PAUSE_S)
            again = self.calls(method, [requests[index] for index in late], context, deadline_s)
            for index, answer in zip(late, again):
                answers[index] = answer
        return answers


class Client:
    """One identity at one gateway."""

    def __init__(self, program: Path, directory: Path, identity: str, facility: str, gateway: str = ""):
        """`directory`: of the installation. `facility`: its code of ten digits, for who looks at records.
        `gateway`: host:port; empty: the installation's own."""
        self.facility = facility
        self.identity = identity
        self._command = [str(program), "--as", identity, "--dir", str(directory), "--json"]
        if gateway:
            self._command += ["--gateway", gateway]

    def call(self, *words: str, deadline_s: float = DEADLINE_S) -> Answer:
        """Sends once: client.call("prescription", "status", ID)."""
        done = subprocess.run(
            [*self._command, "--deadline", str(deadline_s), *words], stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=deadline_s + _KILL_S, check=False)
        answer = answer_of(done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"))
        if done.returncode != 0 and answer.ok:
            return Answer(code=f"EXIT_{done.returncode}", text=answer.text)
        return answer

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """Starts what runs until it is told to stop; the caller ends it."""
        return subprocess.Popen([*self._command, *words], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)

    def command(self, *words: str) -> Answer:
        """persist() of a command, under an id of its own."""
        return self.persist(*words, "--command-id", str(uuid.uuid4()))

    def persist(self, *words: str, for_s: float = 60.0, deadline_s: float = DEADLINE_S) -> Answer:
        """Sends until there is an answer, as a good client does; the last one when the time is over.
        A command needs its --command-id among the words."""
        until = time.monotonic() + for_s
        while True:
            answer = self.call(*words, deadline_s=deadline_s)
            if not answer.again or time.monotonic() > until:
                return answer
            time.sleep(float(answer.error.get("retry_after_ms", 0)) / 1000 or _PAUSE_S)
