"""Accepted, the power cut, nobody logged in: the real centre has the case, and nothing is doubled afterwards."""

import io
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from counter_app.bootstrap import Services
from counter_app.bootstrap.sending import Sealing, Sending, send_once
from counter_app.central import durable, stations
from counter_app.central.tables import case_file, ingest
from counter_app.cli.main import main
from counter_app.kernel.clock import SystemClock
from counter_app.services.context import Clerk
from counter_app.services.queries.chain_head import chain_head
from counter_app.services.queries.delivery import delivery
from counter_app.store import journal, outgoing, send_key
from counter_app.store.transaction import read
from counter_app.sync.client import Client, Door
from counter_app.sync.cycle import run_once
from counter_app.sync.faults import SyncFault
from tests.fakes import station
from tests.sync import desk, real, sealed
from tests.sync.test_real_centre import close, entries_of


@pytest.fixture
def careful(town: real.Town) -> Iterator[real.Town]:
    """A centre for which only a backup makes anything safe."""
    with town.centre.engine.begin() as tx:
        durable.choose(tx, durable.BACKUP)
    yield town
    with town.centre.engine.begin() as tx:
        durable.choose(tx, durable.AT_ONCE)


def back_up(town: real.Town) -> None:
    with town.centre.engine.begin() as tx:
        named = durable.begin(tx)
    with town.centre.engine.begin() as tx:
        assert durable.done(tx, named)


def known(town: real.Town, folder: Path, column: str) -> list[str]:
    """Of each sealed entry, what the centre has under its id."""
    ids = [one.op_id for one in outgoing.listed(folder)]
    with town.centre.engine.begin() as tx:
        query = sa.select(ingest.c[column]).where(sa.cast(ingest.c.op_id, sa.Text).in_(ids))
        return [str(value) for value in tx.execute(query).scalars()]


def at_the_desk(town: real.Town, folder: Path) -> tuple[Clerk, Services]:
    clerk = real.enrol(town, folder)
    services = real.opened(folder, clerk)
    assert run_once(services.counter).ok
    return clerk, services


def die(folder: Path, when: str, town: real.Town) -> None:
    command = [sys.executable, "-m", "tests.sync.dying_window", str(folder), when, *town.someone()]
    ended = subprocess.run(command, cwd=station.ROOT, check=False, timeout=120).returncode
    assert ended == -signal.SIGKILL


def by_command(folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """`counter-app sync --sealed --once`: it asks for no passphrase."""
    out = io.StringIO()
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", out)
        assert main(["sync", "--sealed", "--once", "--json", "--profile", str(folder)]) == 0
    return dict(json.loads(out.getvalue()))


@pytest.mark.fault
def test_after_a_power_cut_the_work_leaves_without_a_log_in(
    careful: real.Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk, services = at_the_desk(careful, tmp_path)
    Sealing(services.counter).certify()
    assert send_key.read(tmp_path) is not None
    close(services)
    die(tmp_path, "sealed", careful)
    die(tmp_path, "committed", careful)
    assert [one.n for one in outgoing.listed(tmp_path)] == [1]
    said = by_command(tmp_path, monkeypatch)
    assert (said["acked"], said["pending"]) == (1, 0)
    assert known(careful, tmp_path, "via") == ["courier"]
    assert delivery(tmp_path).text == "封好待送的都到中心了"  # the second was not sealed in time

    services = real.opened(tmp_path, clerk)  # now somebody comes: nothing is lost, nothing doubled
    sealing = Sealing(services.counter)
    assert sealing.once().ok
    assert [one.n for one in outgoing.listed(tmp_path)] == [1, 2]
    assert run_once(services.counter).ok
    run_once(services.counter)
    assert (entries_of(careful, services), desk.pending(services)) == (2, 0)
    assert [desk.state(services, case) for case in every_case(services)] == ["accepted"] * 2
    assert chain_head(services.counter).equal
    sealing.once()
    assert len(outgoing.listed(tmp_path)) == 2  # acknowledged, but on one disk only
    back_up(careful)
    run_once(services.counter)
    sealing.once()
    assert outgoing.listed(tmp_path) == []
    with careful.centre.engine.begin() as tx:
        query = sa.select(sa.func.count()).where(case_file.c.case_id.in_(every_case(services)))
        assert tx.execute(query).scalar_one() == 2
    close(services)


def every_case(services: Services) -> list[str]:
    with read(services.counter.station) as tx:
        return [entry.subj for entry in journal.entries(tx, only_pending=False)]


def test_broken_bytes_a_stopped_pc_and_a_key_in_the_wrong_place(
    town: real.Town, tmp_path: Path
) -> None:
    _, services = at_the_desk(town, tmp_path)
    sealing = Sealing(services.counter)
    sealing.certify()
    for _ in range(3):
        sealed.note(services.counter)
    sealing.once()
    bad = outgoing.listed(tmp_path)[1]
    data = bytearray(bad.path.read_bytes())
    data[-40] ^= 1
    bad.path.write_bytes(data)
    said = send_once(tmp_path)
    assert (said.ok, said.acked, said.refused) == (True, 2, [bad.path.name])
    assert "重新封好" in delivery(tmp_path).text
    sealing.once()
    with town.centre.engine.begin() as tx:
        assert stations.revoke(town.centre, tx, services.counter.identity.dev)
    heard: list[bool] = []
    sending = Sending(tmp_path, lambda: heard.append(True))  # as the log-in page runs it
    sending.start()
    for _ in range(400):
        if heard:
            break
        sending._loop._thread.join(0.05)  # it goes on: this only gives it time
    assert sending.stop()
    assert (sending.last.code, sending.last.acked) == ("revoked", 1)
    assert sorted(known(town, tmp_path, "via")) == ["courier", "courier", "quarantine"]
    assert "停用" in delivery(tmp_path, sending.last.why, sending.last.code).text
    kept = send_key.read(tmp_path)
    assert kept is not None
    who = services.counter.identity
    door = Door(who.centre_url, who.ca_pem, who.dev, kept.private)
    with Client(door, SystemClock()) as client, pytest.raises(SyncFault) as fault:
        client.hello()
    assert fault.value.code == "signature"
    close(services)
