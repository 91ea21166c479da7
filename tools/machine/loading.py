"""The population of a machine: made for today, and loaded once."""

from __future__ import annotations

import datetime
import json
import subprocess
import time
from pathlib import Path
from typing import Any

from machine.parts import ROOT, Folders, MachineError
from machine.tsunagu import Tsunagu

_PEOPLE = 1000
_MONTHS = 12
_SEED = 1
_JST = datetime.timezone(datetime.timedelta(hours=9))


def today() -> str:
    """The day in Japan, YYYYMMDD."""
    return datetime.datetime.now(_JST).strftime("%Y%m%d")


def generate(folders: Folders) -> dict[str, Any]:
    """Makes the files unless they are there and their prescriptions are today's. Returns population.json."""
    summary = folders.population / "population.json"
    if summary.exists():
        data = json.loads(summary.read_text())
        if str(data["today"]).replace("-", "") == today():
            return data
    subprocess.run([ROOT / "tools/population/generate", "--seed", str(_SEED), "--people", str(_PEOPLE),
                    "--months", str(_MONTHS), "--today", today(), "--out", folders.population],
                   check=True, stdout=subprocess.DEVNULL)
    return json.loads(summary.read_text())


def _load_insured(tsunagu: Tsunagu, population: Path) -> str:
    loaded = 0
    for file in ("insurers.csv", "care_insurer.csv"):
        loaded += tsunagu.call("insurer-1", "eligibility", "load", population / file, show_progress=True).must()["loaded"]
    return f"{loaded} qualifications"


def _load_receipts(tsunagu: Tsunagu, population: Path) -> str:
    files = sorted((population / "receipts").iterdir())
    body = tsunagu.call("payer-1", "medication", "submit", *files, show_progress=True).must()
    if body["linked"] == 0:
        raise MachineError(f"no receipt was linked to a person: {body}")
    return f"{body['receipts']} receipts, {body['linked']} linked, {body['held']} held for resolution"


def _load_care_plans(tsunagu: Tsunagu, population: Path) -> str:
    files = sorted((population / "careplan").iterdir())
    # What was sent before a broken run is not sent twice: the same files are the same package.
    tsunagu.call("careplan-1-office", "ltc", "send", *files).must()
    return f"{len(files)} files of care plans"


_STEPS = (("insured persons", _load_insured), ("receipts", _load_receipts), ("care plans", _load_care_plans))


def load(folders: Folders) -> None:
    """Loads what a marker in .run does not name as loaded. Loading again would change nothing, but takes time."""
    tsunagu = Tsunagu(folders)
    for name, step in _STEPS:
        marker = folders.run / "loaded" / name.replace(" ", "-")
        if marker.exists():
            print(f"  {name}: loaded before ({marker.read_text().strip()})")
            continue
        start = time.monotonic()
        result = step(tsunagu, folders.population)
        marker.parent.mkdir(exist_ok=True)
        marker.write_text(result + "\n")
        print(f"  {name}: {result}, {time.monotonic() - start:.1f} s")
