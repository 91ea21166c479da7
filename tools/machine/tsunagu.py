"""Runs the command line `tsunagu` and reads its JSON."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from typing import Any

from machine.parts import Folders, MachineError


@dataclass(frozen=True)
class Answer:
    """What a call answered: `body` is the protobuf message as JSON, or `error` says why there is none."""

    command: str
    body: Any
    error: dict[str, Any] | None

    def must(self) -> Any:
        if self.error is not None:
            raise MachineError(f"{self.command}\n{json.dumps(self.error, ensure_ascii=False, indent=1)}")
        return self.body


class Tsunagu:
    """The command line with the identities of one machine."""

    def __init__(self, folders: Folders):
        self._program = str(folders.program("tsunagu"))
        self._folder = str(folders.run)

    def start(self, identity: str, *arguments: object, show_progress: bool = False) -> "Running":
        command = [self._program, "--dir", self._folder, "--as", identity, "--json", "--deadline", "60",
                   *map(str, arguments)]
        return Running(subprocess.Popen(command, stdout=subprocess.PIPE,
                                        stderr=None if show_progress else subprocess.PIPE, text=True), command)

    def call(self, identity: str, *arguments: object, show_progress: bool = False) -> Answer:
        return self.start(identity, *arguments, show_progress=show_progress).answer()


class Running:
    """A call under way."""

    def __init__(self, process: subprocess.Popen[str], command: list[str]):
        self._process = process
        # Long lists of files help nobody.
        self._command = " ".join(command[:14]) + (" ..." if len(command) > 14 else "")

    def answer(self) -> Answer:
        output, errors = self._process.communicate()
        try:
            body = json.loads(output) if output.strip() else {}
        except ValueError:
            raise MachineError(f"{self._command}\nprinted no JSON:\n{output}\n{errors or ''}") from None
        if self._process.returncode == 0:
            return Answer(self._command, body, None)
        if "error" not in body:
            raise MachineError(f"{self._command}\nfailed:\n{output}\n{errors or ''}")
        return Answer(self._command, None, body["error"])
