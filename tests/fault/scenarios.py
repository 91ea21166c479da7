"""What happens to an installation at work."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from fault.over_the_wire import NOT_SERVING, SERVING, Wire
from fault.shift import Shift, care_packages, must, pharmacy_receipts
from fault.workload import sign
from machine.parts import PARTITIONS
from support import views
from support.cases import note, require
from support.client import Client
from support.installation import SERVICE_NAMES, STORES, Installation
from support.people import prescriptions
from support.processes import wait_for

# How long one stays dead, and what must get done before the next dies.
DEAD_S = 0.5
ROUNDS_BETWEEN = 2
PROBE_DEADLINE_S = 1.0
RECOVERY_LIMIT_S = 120.0
NOT_READY_LIMIT_S = 15.0
AIM_S = 5.0  # of our own processes
REBUILD_LIMIT_S = 60.0
CHANGING_S = 1.0
REBUILD_SEEN_S = 1.0
WALKERS = 4
WALKED_S = 3.0  # between two deaths
WALK_ENDS_S = 300.0
WALK_KINDS = {"one", "several", "given"}
WALK_ACTS = {
    "register", "change", "cancel", "undo of change", "undo of cancel", "accept", "accept listed", "release", "collect",
    "undo of collect", "dispense", "change of result", "cancel of result", "dispense together", "cancel of shared result",
    "register given", "change given", "cancel given",
}


class Probes:
    """For each process, a call that succeeds only if it works."""

    def __init__(self, installation: Installation):
        def client(identity: str) -> Client:
            return installation.client(identity)

        doctor, pharmacist = client("clinic-1-doctor"), client("pharmacy-1-pharmacist")
        prescription = prescriptions(installation.folders.population)[0]
        document = sign(doctor, prescription, installation.folders.run / "work", "probe")
        person, context = prescription.person, installation.folders.run / "probe-context"
        registered = must(doctor.persist("prescription", "register", str(document), "--command-id", "probe-000001"))
        must(pharmacist.persist("eligibility", "check-in", *person.options(), "--birth", person.birth, "--scope",
                                "medication", "--out", str(context)))
        status = (doctor, ["prescription", "status", str(registered.body["prescription_id"])])
        self._calls: dict[str, tuple[Client, Sequence[str]]] = {
            "eligibility": (doctor, ["eligibility", "check", *person.options(), "--birth", person.birth]),
            "medication": (pharmacist, ["medication", "history", "--context", str(context)]),
            "prescription": status,
            "emergency": (client("ambulance-1-paramedic"), [
                "emergency", "summary", *person.options(), "--birth", person.birth, "--reason", "unconscious, a fall"]),
            "ltc": (client("homehelp-1-office"), ["ltc", "list"]),
            "audit": (client("insurer-1"), ["audit", "disclose", *person.options()]),
            "gateway": status, "redis": status, "kafka": status,
        }

    def answers(self, name: str) -> bool:
        client, words = self._calls[name]
        return client.call(*words, deadline_s=PROBE_DEADLINE_S).ok


def kill_each(installation: Installation) -> None:
    """SIGKILL for every process in turn while the work goes on."""
    probes = Probes(installation)
    with Shift(installation, "kills", care_packages(installation), receipts=pharmacy_receipts(installation)[0]) as shift:
        shift.wait_rounds(ROUNDS_BETWEEN)
        for name in (*SERVICE_NAMES, "gateway", *STORES):
            installation.kill(name)
            killed = time.monotonic()
            time.sleep(DEAD_S)
            installation.start(name)
            wait_for(f"{name} serves again", lambda name=name: probes.answers(name), RECOVERY_LIMIT_S)
            took = time.monotonic() - killed
            beyond = f" (the aim is {AIM_S:.0f} s)" if took > AIM_S and name not in STORES else ""
            note(f"{name}: serves {took:.1f} s after kill -9{beyond}")
            shift.wait_rounds(ROUNDS_BETWEEN)
        note(shift.finish())


def walk_the_lives(installation: Installation, program: Path) -> None:
    """Random walks through the lives of prescriptions and of drugs given without one (walk.cc) while what they need dies
    under them, Redis is emptied and the broker restarted. A walker has one command in flight nearly all the time, so each
    death meets some."""
    walk = subprocess.Popen(
        [program, installation.folders.pki, installation.address("gateway"), str(WALKERS)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        for name in ("prescription", "gateway", "redis", "prescription", "kafka", "prescription"):
            time.sleep(WALKED_S)
            installation.kill(name)
            time.sleep(DEAD_S)
            installation.start(name)
            wait_for("ready again", lambda: installation.is_ready("prescription"), RECOVERY_LIMIT_S)
            require(walk.poll() is None, "a walk has ended")
        time.sleep(WALKED_S)
        views.lose(installation.redis)
        time.sleep(WALKED_S)
        said, _ = walk.communicate(timeout=WALK_ENDS_S)
    finally:
        walk.kill()
        installation.wait_ready()
    require(walk.returncode == 0, said)
    counts = {what.strip(): int(count) for what, count in re.findall(r"([a-z ]+) ([0-9]+)(?=[,;\n])", said)}
    never = sorted(what for what in WALK_KINDS | WALK_ACTS if counts.get(what, 0) == 0)
    require(not never, f"never done: {', '.join(never)}\n{said}")
    for line in said.strip().splitlines():
        note(line)


def lose_stores(installation: Installation, direct: Wire) -> None:
    """PF-001: nobody is sent to a service that could not answer."""
    for store in STORES:
        installation.kill(store)
        killed = time.monotonic()
        for name in SERVICE_NAMES:
            wait_for(f"{name} not ready without {store}", lambda name=name: not installation.is_ready(name),
                     NOT_READY_LIMIT_S)
        took = time.monotonic() - killed
        for name in SERVICE_NAMES:
            require(direct.health(name) == NOT_SERVING, f"{name} does not say NOT_SERVING without {store}")
        require(installation.is_ready("gateway"), f"the gateway is not ready without {store}, which it does not need")
        installation.start(store)
        installation.wait_ready()
        for name in SERVICE_NAMES:
            require(direct.health(name) == SERVING, f"{name} does not say SERVING with {store} again")
        note(f"{store}: the last service says so {took:.1f} s after kill -9")


def lose_views(installation: Installation) -> None:
    """Redis loses partition after partition and then all while the work goes on, and all again when all is quiet: then
    the views come back the same."""
    with Shift(installation, "views", receipts=pharmacy_receipts(installation)[-1]) as shift:
        shift.wait_rounds(ROUNDS_BETWEEN)
        lost = [views.lose_partition(installation.redis, partition) for partition in range(PARTITIONS)]
        require(min(lost) >= len(SERVICE_NAMES), f"sections of each partition: {lost}")
        shift.wait_rounds(ROUNDS_BETWEEN)
        views.lose(installation.redis)
        shift.wait_rounds(2 * ROUNDS_BETWEEN)
        note(shift.finish())

    before = _quiet_digests(installation)
    require(len(before) > len(SERVICE_NAMES), f"only {len(before)} sections hold a state")
    _stay_ready_without_half(installation)
    views.lose(installation.redis)
    began = time.monotonic()
    _wait_same(installation, before)
    note(f"{len(before)} sections came back the same within {time.monotonic() - began:.1f} s")


def _stay_ready_without_half(installation: Installation) -> None:
    """PF-001: the callers of the other partitions are not sent away."""
    for partition in range(PARTITIONS // 2):
        views.lose_partition(installation.redis, partition)
    until = time.monotonic() + REBUILD_SEEN_S
    while time.monotonic() < until:
        for name in SERVICE_NAMES:
            require(installation.is_ready(name), f"{name} is not ready while half of its partitions are rebuilt")


def _quiet_digests(installation: Installation) -> dict[str, str]:
    """Once nothing changes any more."""
    until = time.monotonic() + REBUILD_LIMIT_S
    last = views.digests(installation.redis)
    while time.monotonic() < until:
        time.sleep(CHANGING_S)
        now = views.digests(installation.redis)
        if now == last:
            return now
        last = now
    require(False, "the views never come to rest")
    return last


def _wait_same(installation: Installation, before: dict[str, str]) -> None:
    until = time.monotonic() + REBUILD_LIMIT_S
    while (now := views.digests(installation.redis)) != before:
        wrong = sorted(key for key in {*now, *before} if now.get(key) != before.get(key))
        require(time.monotonic() < until,
                f"{len(wrong)} of {len(before)} sections differ after {REBUILD_LIMIT_S:.0f} s: {', '.join(wrong[:8])}")
        time.sleep(0.1)


def two_replicas(installation: Installation) -> None:
    """A second process of one service: either answers any call, and one takes over when the other dies."""
    first, second = "prescription", "prescription-2"
    installation.add_copy(second, first)
    installation.start(second)
    installation.wait_ready(second)
    addresses = {name: installation.address(name) for name in (first, second)}
    targets = {
        "gateway-second": addresses[second],
        "gateway-both": f"ipv4:{addresses[second]},{addresses[first]}",
    }
    for gateway, target in targets.items():
        installation.add_copy(gateway, "gateway", [(f'"{addresses[first]}"', f'"{target}"')])
        installation.start(gateway)
    installation.wait_ready(*targets)

    with (Shift(installation, "first", workers=2) as one,
          Shift(installation, "second", gateway="gateway-second", workers=2) as other):
        for shift in (one, other):
            shift.wait_rounds(ROUNDS_BETWEEN)
        for shift in (one, other):
            note(shift.finish())

    with Shift(installation, "both", gateway="gateway-both", workers=2) as shift:
        shift.wait_rounds(ROUNDS_BETWEEN)
        for name in (second, first):  # the one that serves dies, then the one that took over
            installation.kill(name)
            killed = time.monotonic()
            shift.wait_rounds(1)
            note(f"the other replica works {time.monotonic() - killed:.1f} s after kill -9 of {name}")
            installation.start(name)
            installation.wait_ready(name)
            shift.wait_rounds(1)
        note(shift.finish())
    for name in (second, *targets):
        installation.kill(name)
