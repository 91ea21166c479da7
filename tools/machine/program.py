"""How the programs of tools/ end."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from typing import NoReturn

from machine.parts import MachineError


def run(name: str, main: Callable[[], int]) -> NoReturn:
    """Ends with the exit status that `main` returns. What the machine or its user brought about is told in a line."""
    try:
        status = main()
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes standard output once more when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(f"{name}: whoever read the output is gone")
    except (MachineError, subprocess.CalledProcessError) as error:
        sys.exit(f"{name}: {error}")
    except OSError as error:
        sys.exit(f"{name}: {error.filename or 'the system'}: {error.strerror or error}")
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(status)
