"""Backup and restore against the real centre: what came after comes back, and copies are told apart."""

import io
import json
import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa

from counter_app.bootstrap import Services
from counter_app.bootstrap.sending import send_once
from counter_app.central import codes, stations
from counter_app.central.tables import chain, ingest, rekey
from counter_app.central.take_access import standing
from counter_app.cli.main import main
from counter_app.services.accept_case import CaseAccepted
from counter_app.services.context import Clerk
from counter_app.services.queries.centre_said import centre_said
from counter_app.services.queries.chain_check import chain_check
from counter_app.services.queries.chain_head import chain_head
from counter_app.services.read_identity import read_identity
from counter_app.services.seal_outgoing import Tended, seal_outgoing
from counter_app.store import journal, meta, outgoing
from counter_app.store.transaction import read
from counter_app.sync.client import Client, Door
from counter_app.sync.cycle import run_once
from counter_app.sync.faults import SyncFault
from counter_app.wire import keys, parcel
from counter_app.wire.header import read_header
from counter_app.wire.messages import RekeyRequest
from tests.fakes.clock import FakeClock
from tests.sync import desk, real
from tests.sync.test_real_centre import accept


class Pc:
    """A PC's folder, opened and closed as its program would."""

    def __init__(self, town: real.Town, folder: Path, clerk: Clerk, clock: FakeClock) -> None:
        self.town, self.folder, self.clerk, self.clock = town, folder, clerk, clock
        self.services: Services

    def __enter__(self) -> Services:
        self.services = real.opened(self.folder, self.clerk, clock=self.clock)
        return self.services

    def __exit__(self, *_: object) -> None:
        self.services.counter.close()


def pc(town: real.Town, folder: Path) -> Pc:
    return Pc(town, folder, real.enrol(town, folder), FakeClock())


def word(monkeypatch: pytest.MonkeyPatch, *argv: object) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{real.PHRASE}\n"))
    return main([str(a) for a in argv])


def new(town: real.Town, services: Services) -> CaseAccepted:
    return accept(services, *town.someone())


def epoch(services: Services) -> int:
    with read(services.counter.station) as tx:
        return int(meta.get(tx, "device_epoch", "1"))


def chains(town: real.Town, dev: str) -> dict[int, int]:
    with town.centre.engine.begin() as tx:
        query = sa.select(chain.c.ep, chain.c.n_contig).where(chain.c.dev == dev)
        return {int(ep): int(n) for ep, n in tx.execute(query)}


def test_what_came_after_the_backup_comes_back_and_the_chain_goes_on(
    town: real.Town,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    here, file = pc(town, tmp_path / "pc"), tmp_path / "stick" / "monday.bak"
    with here as services:
        assert run_once(services.counter).ok
        first, waiting = new(town, services), new(town, services)
        dev = services.counter.identity.dev
    assert word(monkeypatch, "backup", file, "--profile", here.folder) == 0
    assert "2 条记录，其中 2 条还没发" in capsys.readouterr().out
    assert word(monkeypatch, "backup", file, "--profile", here.folder) == 1
    with here as services:
        beyond = [new(town, services), new(town, services)]
        # two are sent and two are not: nothing may be put aside unseen
    assert word(monkeypatch, "restore", file, "--profile", here.folder) == 1
    assert "2 条还没发、备份里也没有" in capsys.readouterr().err
    sealed = (here.folder / f"unsent-restore{parcel.SUFFIX}").read_bytes()
    ops = parcel.unpack(sealed, town.centre.seal_private)
    assert [read_header(op.header).n for op in ops] == [3, 4]
    with here as services:
        assert run_once(services.counter).ok
        assert chain_head(services.counter).equal
    assert word(monkeypatch, "restore", file, "--profile", here.folder) == 0
    said = capsys.readouterr().out
    assert "原来的数据没有删" in said
    assert len(list(here.folder.glob("station.replaced-*.db"))) == 1
    with here as services:
        assert epoch(services) == 2
        assert desk.pending(services) == 2
        assert not [c for c in beyond if services.case_view(c.case_id)]
        # offline, before anything came back
        after = new(town, services)
        said = centre_said(services.counter.station, services.counter.identity, here.clock)
        assert said is not None
        looked = chain_check(services.counter.station, services.counter.identity, said=said)
        assert (looked.ok, looked.witnessed[0].held, looked.witnessed[0].n) == (True, "restored", 4)
        for _ in range(2):
            report = run_once(services.counter)
            assert report.ok, report
        assert report.pending == 0
        for case in (first, waiting, *beyond, after):
            assert desk.state(services, case.case_id) == "accepted"
        with read(services.counter.station) as tx:
            rows = [read_header(e.header) for e in journal.entries(tx, only_pending=False)]
        assert [(h.ep, h.n) for h in reversed(rows)] == [(1, 1), (1, 2), (2, 3)]
        assert rows[0].prev == journal_head(services, 2)
        assert chain_head(services.counter).equal
        assert chain_check(services.counter.station, services.counter.identity).ok
    assert chains(town, dev) == {1: 4, 2: 3}
    assert len({c.case_no for c in (first, waiting, *beyond, after)}) == 5
    with town.centre.engine.begin() as tx:
        count = sa.select(sa.func.count()).where(ingest.c.dev == dev)
        assert tx.execute(count).scalar_one() == 5
    # the access log goes on as an epoch of its own too
    here.clock.move(days=1)
    with here as services:
        assert run_once(services.counter).ok
        looks = [(s.ep, s.gap_after, s.forked_at) for s in look_at(town, dev)]
    assert looks == [(1, 0, 0), (2, 0, 0)]


def look_at(town: real.Town, dev: str) -> list:
    with town.centre.engine.begin() as tx:
        return standing(tx, dev)


def journal_head(services: Services, n: int) -> str:
    with read(services.counter.station) as tx:
        return next(e.head for e in journal.entries(tx, only_pending=False) if e.n == n)


def test_two_pcs_from_one_backup_are_told_apart(
    town: real.Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, file = pc(town, tmp_path / "a"), tmp_path / "x.bak"
    with here as services:
        assert run_once(services.counter).ok
        new(town, services)
        assert run_once(services.counter).ok
        dev = services.counter.identity.dev
    assert word(monkeypatch, "backup", file, "--profile", here.folder) == 0
    twin = Pc(town, tmp_path / "b", here.clerk, here.clock)
    shutil.copytree(here.folder, twin.folder)
    for one in (here, twin):
        assert word(monkeypatch, "restore", file, "--profile", one.folder) == 0
    with here as services:
        mine = new(town, services)
        assert epoch(services) == 2
        assert run_once(services.counter).ok
        run_once(services.counter)
        assert desk.state(services, mine.case_id) == "accepted"
    with twin as services:
        other = new(town, services)
        assert other.case_no == mine.case_no
        report = run_once(services.counter)
        assert report.ok, report
        assert (report.pending, epoch(services)) == (0, 3)
        with read(services.counter.station) as tx:
            assert journal.entries(tx, only_pending=False)[0].result == "device_forked"
        task = desk.open_task(services.counter, other.case_id)
        assert task is not None
        # what the other one took is shown here too, told apart by its number
        view = services.case_view(mine.case_id)
        assert view is not None
        assert view.case_no != other.case_no
        later = new(town, services)
        for _ in range(2):
            assert run_once(services.counter).ok
        assert desk.state(services, later.case_id) == "accepted"
        assert chain_head(services.counter).equal
    assert chains(town, dev) == {1: 1, 2: 2, 3: 3}


def test_a_damaged_station_file_is_replaced_and_kept(
    town: real.Town,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    here, file = pc(town, tmp_path / "pc"), tmp_path / "x.bak"
    with here as services:
        assert run_once(services.counter).ok
        first = new(town, services)
    assert word(monkeypatch, "backup", file, "--profile", here.folder) == 0
    with here as services:
        second = new(town, services)
        assert run_once(services.counter).ok
    path = here.folder / "station.db"
    bad = bytearray(path.read_bytes())
    bad[99] ^= 1
    path.write_bytes(bad)
    capsys.readouterr()
    assert word(monkeypatch, "restore", file, "--profile", here.folder) == 0
    assert "读不出来" in capsys.readouterr().out
    (aside,) = here.folder.glob("station.replaced-*.db")
    assert aside.read_bytes() == bytes(bad)
    with here as services:
        third = new(town, services)
        for _ in range(2):
            assert run_once(services.counter).ok
        for case in (first, second, third):
            assert desk.state(services, case.case_id) == "accepted"
        assert chain_head(services.counter).equal
    assert len({c.case_no for c in (first, second, third)}) == 3


def code_for(town: real.Town, clerk: str) -> str:
    words = codes.new_code()
    until = town.clock.now_ms() + stations.DAY_MS
    values = {"code_sha": codes.digest(words), "station": desk.CODE, "clerk": clerk}
    with town.centre.engine.begin() as tx:
        tx.execute(rekey.insert().values(**values, expires_at=until))
    return words


def test_a_pc_that_is_gone_comes_back_on_another_one(
    town: real.Town,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    gone, file = pc(town, tmp_path / "gone"), tmp_path / "x.bak"
    with gone as services:
        assert run_once(services.counter).ok
        waiting = new(town, services)
        dev = services.counter.identity.dev
    assert word(monkeypatch, "backup", file, "--profile", gone.folder) == 0
    with gone as services:
        sent = new(town, services)
        assert run_once(services.counter).ok
    shutil.rmtree(gone.folder)
    folder = tmp_path / "other"
    real.enrol(town, folder)
    asked = ("restore", file, "--profile", folder, "--clerk", "0312", "--code")
    assert word(monkeypatch, *asked, "short") == 1
    assert word(monkeypatch, *asked, codes.new_code()) == 1
    said = capsys.readouterr().err
    assert "16 位" in said
    assert "没有这个一次性码" in said
    assert word(monkeypatch, *asked, code_for(town, "0312")) == 0
    # worked in now: not a second time
    assert word(monkeypatch, *asked, code_for(town, "0312")) == 1
    back = Pc(town, folder, gone.clerk, gone.clock)
    with back as services:
        assert services.counter.identity.dev == dev
        assert epoch(services) == 2
        assert run_once(services.counter).ok
        later = new(town, services)
        for _ in range(2):
            assert run_once(services.counter).ok
        for case in (waiting, sent, later):
            assert desk.state(services, case.case_id) == "accepted"
        assert chain_head(services.counter).equal
    assert chains(town, dev) == {1: 2, 2: 2}


def test_another_stations_backup_is_not_opened(town: real.Town, tmp_path: Path) -> None:
    stranger, asker = keys.new_signing_key(), tmp_path / "pc"
    clerk = real.enrol(town, asker)
    identity = read_identity(asker)
    assert identity is not None
    plain = json.dumps({"sign_private": stranger.hex()}).encode()
    for sealed in (keys.seal(keys.raw(town.centre.seal_public), plain), b"x" * 90):
        request = RekeyRequest(
            code=code_for(town, clerk.id), clerk=clerk.id, sealed=keys.text(sealed)
        )
        door = Door(identity.centre_url, identity.ca_pem, identity.dev, identity.sign_private)
        with Client(door, town.clock) as client, pytest.raises(SyncFault) as caught:
            client.rekey(request)
        assert caught.value.code == "no_such_pc"


def test_a_case_the_backup_is_too_old_for_is_saved_by_its_sealed_file(
    town: real.Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, file = pc(town, tmp_path / "pc"), tmp_path / "stick" / "monday.bak"
    with here as services:
        assert run_once(services.counter).ok
        first, dev = new(town, services), services.counter.identity.dev
        assert word(monkeypatch, "backup", file, "--profile", here.folder) == 0
        lost = new(town, services)
        assert seal_outgoing(services.counter).written == 2
    for path in here.folder.glob("station.db*"):
        path.unlink()  # the disk's sector, and all that was in it
    assert word(monkeypatch, "restore", file, "--profile", here.folder) == 0
    with here as services:
        assert seal_outgoing(services.counter, look=True) == Tended()
        assert [one.n for one in outgoing.listed(here.folder)] == [1, 2]
        after = new(town, services)  # under the new epoch, with the number of the lost one
        assert seal_outgoing(services.counter).written == 1
    assert send_once(here.folder).acked == 3
    with here as services:
        assert run_once(services.counter).ok
        assert run_once(services.counter).ok
        for case in (first, lost, after):
            assert desk.state(services, case.case_id) == "accepted"
        assert chain_head(services.counter).equal
        done = seal_outgoing(services.counter)
        assert done.dropped == 2  # durable; of the lost one this journal knows nothing
        assert len(done.aside) == 2
        assert seal_outgoing(services.counter) == Tended()
    assert chains(town, dev) == {1: 2, 2: 2}
