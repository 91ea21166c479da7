"""Fills in the templates of deploy/machine and writes them to .run/config."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path
from string import Template

from machine import drug_master, ports
from machine.parts import GATEWAY, HOST, PARTITIONS, ROOT, SERVICES, Folders
from population.people import insurer_numbers

_TEMPLATES = ROOT / "deploy" / "machine"
_ENROL = ROOT / "tools" / "pki" / "enrol"


def _fill(template: str, values: dict[str, object]) -> str:
    return Template((_TEMPLATES / template).read_text()).substitute(values)


def _route(name: str, grpc: str, port: int) -> str:
    return f'routes {{ service: "{grpc}" address: "{HOST}:{port}" tls_name: "{name}" }}\n'


def _replace(path: Path, text: str) -> None:
    """Writes the file if its text changes; whoever reads it sees the old one or the new one."""
    if path.exists() and path.read_text() == text:
        return
    new = path.with_suffix(".new")
    new.write_text(text)
    new.rename(path)


def _enrolment(folders: Folders) -> Path:
    return folders.config / "enrolment.textproto"


def set_enrolment_aside(folders: Folders) -> Path | None:
    """For new certificates: the next write() makes a new enrolment file. Returns where the old one is, if there was
    one."""
    enrolment = _enrolment(folders)
    if not enrolment.exists():
        return None
    return enrolment.rename(enrolment.with_suffix(f".{time.strftime('%Y%m%dT%H%M%S')}"))


def write(folders: Folders, kafka: str, redis: str) -> dict[str, int]:
    """Writes every configuration file and returns the ports. An enrolment file that is there stays: the operator adds
    to it. So does the table of contraindicated pairs: the operator brings one, as of the drug master (drug_master.py)."""
    folders.config.mkdir(parents=True, exist_ok=True)
    chosen = ports.choose(folders)
    enrolment = _enrolment(folders)
    if not enrolment.exists():
        _replace(enrolment, subprocess.run([_ENROL, folders.pki, *insurer_numbers()], check=True, text=True,
                                           stdout=subprocess.PIPE).stdout)
    pairs = folders.config / "contraindicated_pairs.csv"
    if not pairs.exists():
        _replace(pairs, (_TEMPLATES / pairs.name).read_text())
    shared = {"pki": folders.pki, "kafka": kafka, "redis": redis, "partitions": PARTITIONS,
              "enrolment": enrolment, "drug_master": drug_master.path(folders),
              "drug_master_digest": drug_master.digest(folders),
              "contraindicated_pairs": pairs}

    def own(name: str) -> dict[str, object]:
        return {**shared, "name": name, "listen": f"{HOST}:{chosen[name]}",
                "metrics": f"{HOST}:{chosen[name + '.metrics']}"}

    for service in SERVICES:
        text = _fill("service.textproto", own(service.name))
        if (_TEMPLATES / f"{service.name}.textproto").exists():
            text += _fill(f"{service.name}.textproto", own(service.name))
        _replace(folders.config / f"{service.name}.textproto", text)
    routes = "".join(_route(s.name, s.grpc, chosen[s.name]) for s in SERVICES)
    _replace(folders.config / f"{GATEWAY}.textproto", _fill("gateway.textproto", own(GATEWAY)) + routes)
    _replace(folders.run / "gateway.address", f"{HOST}:{chosen[GATEWAY]}\n")
    return chosen
