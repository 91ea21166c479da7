"""What a machine consists of."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
# Of every topic; fixed at installation.
PARTITIONS = 16


@dataclass(frozen=True)
class Service:
    """A service process behind the gateway."""

    name: str
    grpc: str  # the full name of its gRPC service
    topics: tuple[str, ...]  # that it owns

    @property
    def target(self) -> str:
        return f"//services/{self.name}"


def _journalled(name: str, grpc: str) -> Service:
    return Service(name, grpc, (f"{name}.journal", f"{name}.events"))


SERVICES = (
    _journalled("eligibility", "tsunagu.eligibility.v1.Eligibility"),
    _journalled("medication", "tsunagu.medication.v1.Medication"),
    _journalled("prescription", "tsunagu.prescription.v1.Prescriptions"),
    Service("emergency", "tsunagu.emergency.v1.Emergency", ()),
    Service("ltc", "tsunagu.ltc.v1.LongTermCare", ("ltc.journal",)),
    Service("audit", "tsunagu.audit.v1.Audit", ("audit.records",)),
)
GATEWAY = "gateway"
TOPICS = tuple(topic for service in SERVICES for topic in service.topics)

# What tools/up builds and keeps a copy of in .run/bin: a later build does not pull a running program away.
TARGETS = (*(service.target for service in SERVICES), f"//services/{GATEWAY}", "//tools/cli:tsunagu",
           "//tools/topics")
# The contracts for clients without our sources, such as grpcurl: built and kept there too.
PROTOSET = "//protos:all.protoset"
# What may lie in the folder of a machine that never started: of a backup, or made ready by hand.
_OURS = {"bin", "cluster", "config", "gateway.address", "loaded", "log", "pids", "pki", "pki.lock", "population", "story"}


class MachineError(Exception):
    """A failure to tell the user in a few lines."""


@dataclass(frozen=True)
class Folders:
    """Where things are in the folder of a machine."""

    run: Path

    @property
    def bin(self) -> Path:
        return self.run / "bin"

    @property
    def config(self) -> Path:
        return self.run / "config"

    @property
    def log(self) -> Path:
        return self.run / "log"

    @property
    def pids(self) -> Path:
        return self.run / "pids"

    @property
    def pki(self) -> Path:
        return self.run / "pki"

    @property
    def cluster(self) -> Path:
        return self.run / "cluster"

    @property
    def kafka(self) -> Path:
        """The log: all data."""
        return self.cluster / "kafka"

    @property
    def population(self) -> Path:
        return self.run / "population"

    @property
    def story(self) -> Path:
        return self.run / "story"

    def program(self, name: str) -> Path:
        return self.bin / name

    def make(self) -> None:
        """The folder of the machine, which may be there. MachineError when it cannot be, or is somebody else's:
        tools/down --wipe removes all of it."""
        try:
            self.run.mkdir(parents=True, exist_ok=True)
            entries = {entry.name for entry in self.run.iterdir()}
        except OSError as error:
            raise MachineError(f"--dir {self.run} cannot be the folder of a machine: {error.strerror}") from None
        if not os.access(self.run, os.W_OK):
            raise MachineError(f"--dir {self.run} cannot be written to")
        foreign = [] if "lock" in entries else sorted(entries - _OURS)
        if foreign:
            raise MachineError(f"--dir {self.run} is no folder of a machine, it holds {', '.join(foreign[:5])}: name "
                               "one that is empty or not there")

    def require_programs(self) -> None:
        """MachineError when some were never built."""
        missing = [target for target in TARGETS if not self.program(target.replace(":", "/").rsplit("/", 1)[1]).exists()]
        if missing:
            raise MachineError(f"{self.bin} lacks what was never built: {' '.join(missing)}")
