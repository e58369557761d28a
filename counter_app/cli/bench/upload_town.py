"""A reference centre in processes of its own for `bench sync-upload`, and PCs enrolled with it."""

import json
import secrets
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
import sqlalchemy as sa

from counter_app.bootstrap import Services, bind, open_counter
from counter_app.catalog.registry import item
from counter_app.cli.bench.synthetic import AREA, ITEM, StillClock
from counter_app.kernel.clock import ShiftableClock, SystemClock
from counter_app.services.accept_case import AcceptCase, CaseAccepted
from counter_app.services.claim_profile import claim_profile
from counter_app.services.context import Clerk
from counter_app.services.enrol_device import EnrolDevice, Enrolled, enrol_device
from counter_app.services.log_in import LoggedIn, log_in
from counter_app.services.save_draft import Draft
from counter_app.store import reference
from counter_app.store.reference_tables import person
from counter_app.store.transaction import read
from counter_app.sync.cycle import run_once

_CENTRAL = (sys.executable, "-c", "from counter_app.central.command import main; raise SystemExit(main())")  # fmt: skip
_START_S, _LOOK_S = 60, 0.05


@dataclass(frozen=True, slots=True)
class Town:
    """Where the centre answers, and the PostgreSQL behind it."""

    folder: Path
    url: str
    database: str
    codes: list[str]

    def told(self, *words: str) -> dict[str, object]:
        """What a command of the centre says."""
        return _said(self.folder, *words)


@contextmanager
def town(folder: Path, database: str, residents: int) -> Iterator[Town]:
    """The invented county served over TLS on loopback; `database` "" starts a PostgreSQL in the folder."""
    with _database(folder, database) as at:
        data = folder / "centre"
        told = _said(data, "init", "--pg", at, "--demo", "--residents", str(residents))
        codes = msgspec.convert(told["codes"], dict[str, list[str]])[f"{AREA}000"]
        ready = folder / "ready.json"
        words = (*_CENTRAL, "serve", "--data", str(data), "--ready", str(ready))
        with subprocess.Popen(words) as serving:
            try:
                yield Town(data, _answering(serving, ready), at, codes)
            finally:
                serving.terminate()


@contextmanager
def _database(folder: Path, given: str) -> Iterator[str]:
    if given:
        yield given
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pgserver.postgres_server import get_server

        server = get_server(folder / "pg", cleanup_mode="stop")
    try:
        yield str(server.get_uri())
    finally:
        server.cleanup()


def _answering(serving: "subprocess.Popen[bytes]", ready: Path) -> str:
    until = time.monotonic() + _START_S
    while not ready.exists():
        if serving.poll() is not None or time.monotonic() > until:
            raise RuntimeError("the centre did not come up")
        time.sleep(_LOOK_S)  # it writes the file once it answers, and nobody is told of a file
    return str(json.loads(ready.read_text("utf-8"))["url"])


def _said(folder: Path, word: str, *words: str) -> dict[str, object]:
    command = (*_CENTRAL, word, "--data", str(folder), *words)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:] or done.stdout)
    said: dict[str, object] = json.loads(done.stdout)
    return said


def gate(at: Town, folder: Path, phrase: str) -> Clerk:
    """A PC of the county, enrolled, with its first clerk's passphrase, and no list yet."""
    ca_pem = (at.folder / "ca.pem").read_text("ascii")
    result = enrol_device(folder, EnrolDevice(at.url, ca_pem, at.codes.pop(0), "bench"))
    if not isinstance(result, Enrolled):
        raise RuntimeError("not enrolled")
    clerk = Clerk(result.clerk, result.clerk_name, result.rights)
    claim_profile(folder, clerk, phrase)
    return clerk


def station(at: Town, folder: Path) -> Services:
    """A PC of the county, enrolled, opened and filled."""
    phrase = secrets.token_hex(8)
    clerk = gate(at, folder, phrase)
    into = log_in(folder, SystemClock(), clerk.id, phrase)
    if not isinstance(into, LoggedIn):
        raise RuntimeError("not logged in")
    counter = open_counter(folder, into.data_key, clerk)
    services = bind(replace(counter, clock=ShiftableClock(StillClock())))
    report = run_once(services.counter)
    if not report.ok:
        raise RuntimeError(report.code)
    return services


def filled(services: Services) -> bool:
    """Whether the township's people have come in whole."""
    with read(services.counter.reference) as tx:
        at = reference.get_cursor(tx, f"persons.{AREA}")
    return at is not None and at.boot_done


def accepted(services: Services) -> Iterator[int]:
    """Accept one enrolment after the other of residents who may; how many so far."""
    for number, (house, certno) in enumerate(_residents(services)):
        answers = services.start_case(ITEM, house, (certno,))
        for index, row in enumerate(answers.section("members")):
            if not row.get("psn_type"):
                answers = answers.put(f"members[{index}].psn_type", "16")
        for material in item(ITEM).materials(answers):
            seen = {"matl_id": material.id, "matl_name": material.name, "orig": "returned"}
            answers = answers.add_row("materials", seen)
        draft = f"bench-{number}"
        services.save_draft(Draft(draft, ITEM, answers))
        if isinstance(services.accept_case(AcceptCase(draft, ITEM, answers)), CaseAccepted):
            yield 1


def _residents(services: Services) -> list[tuple[str, str]]:
    query = sa.select(person.c.household, person.c.certno).where(
        person.c.identity == "0",
        person.c.standing == "living",
        person.c.birth.between("1962-01-01", "2000-12-31"),
    )
    with read(services.counter.reference) as tx:
        return [(house, certno) for house, certno in tx.execute(query.order_by(person.c.certno))]
