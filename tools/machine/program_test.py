"""Tests of how the programs of tools/ end."""

import subprocess
import sys
import unittest
from pathlib import Path

_PROGRAM = """
import sys
sys.path.insert(0, {tools!r})
from machine import program
from machine.parts import MachineError
def main():
    {body}
    return 7
program.run("name", main)
"""


def ends(body: str) -> tuple[int, str, str]:
    """Exit status, standard output and standard error of a program of which nobody reads more than a line."""
    code = _PROGRAM.format(tools=str(Path(__file__).resolve().parents[1]), body=body)
    with subprocess.Popen([sys.executable, "-B", "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True) as process:
        output = process.stdout.readline()
        process.stdout.close()
        errors = process.stderr.read()
    return process.returncode, output, errors


class ProgramTest(unittest.TestCase):
    def test_it_ends_with_the_status_of_main(self) -> None:
        self.assertEqual(ends("print('hello')"), (7, "hello\n", ""))

    def test_a_failure_is_a_line(self) -> None:
        self.assertEqual(ends("raise MachineError('no port')"), (1, "", "name: no port\n"))
        self.assertEqual(ends("open('/proc/no-such-file')"),
                         (1, "", "name: /proc/no-such-file: No such file or directory\n"))

    def test_so_is_a_reader_who_is_gone(self) -> None:
        self.assertEqual(ends("[print('x' * 70000, flush=True) for _ in range(9)]")[::2],
                         (1, "name: whoever read the output is gone\n"))

    def test_an_interrupt_says_nothing(self) -> None:
        self.assertEqual(ends("raise KeyboardInterrupt"), (130, "", ""))


if __name__ == "__main__":
    unittest.main()
