"""Test cases of a script: one line "ok NAME" or "not ok NAME" each, as tools/test counts them."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable


class Failure(Exception):
    """A case's verdict, in words for whoever has to repair it."""


def require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise Failure(otherwise)


class Cases:
    """Runs cases one after another and remembers whether all passed."""

    def __init__(self, suite: str, only: str = ""):
        """`only`: run just the cases whose name contains it."""
        self._suite = suite
        self._only = only
        self.failed = 0

    def run(self, name: str, case: Callable[[], None]) -> bool:
        """A case fails by any exception; a Failure's text is the explanation."""
        if self._only and self._only not in name:
            return True
        began = time.monotonic()
        try:
            case()
        except Exception as error:  # pylint: disable=broad-except
            self.failed += 1
            text = str(error) if isinstance(error, Failure) else traceback.format_exc().rstrip()
            print("\n".join("  " + line for line in text.splitlines()))
            print(f"not ok {self._suite}: {name}", flush=True)
            return False
        print(f"ok {self._suite}: {name} ({time.monotonic() - began:.1f} s)", flush=True)
        return True

    def exit_status(self) -> int:
        return 1 if self.failed else 0


def note(text: str) -> None:
    """Something to know that is no verdict."""
    print(f"  {text}", flush=True)
