"""The drug master (医薬品マスター) of a machine: the operator's, else that of the synthetic population."""

from __future__ import annotations

import hashlib
import json
import subprocess
from pathlib import Path

from machine.parts import Folders, MachineError


def _own(folders: Folders) -> Path:
    return folders.config / "drug_master.csv"


def path(folders: Folders) -> Path:
    """The file that the services read when they start."""
    own = _own(folders)
    return own if own.exists() else folders.population / "master" / "y_ALL.csv"


def digest(folders: Folders) -> str:
    """Changes when the file does; it stands in the configuration, so that who reads another file is started again."""
    file = path(folders)
    return hashlib.sha256(file.read_bytes()).hexdigest()[:16] if file.exists() else "none"


def take(folders: Folders, file: Path) -> str:
    """Puts a copy of the file in the operator's place and says what it holds. MachineError for what is no whole master;
    rows in error are left out by whoever reads it (MH-086), so they are told and nothing more."""
    checked = subprocess.run([folders.program("tsunagu"), "check", file], stdout=subprocess.PIPE, check=False)
    try:
        report = json.loads(checked.stdout)["reports"][0]
    except (ValueError, LookupError):
        raise MachineError(f"{file} cannot be checked") from None
    summary = report["summary"]
    if report["format"] != "drug_master":
        raise MachineError(f"{file} is no drug master (y.csv): {report['format']}")
    if summary["kind"] != "full" or summary["drugs"] == 0:
        raise MachineError(f"{file} is a difference file (差分), it tells changes only: bring the file of all drugs (全件)")
    folders.config.mkdir(parents=True, exist_ok=True)
    own = _own(folders)
    new = own.with_suffix(".new")
    new.write_bytes(file.read_bytes())
    new.rename(own)
    return f"{summary['drugs']:,} drugs, {report['errors']} rows left out; kept as {own}"
