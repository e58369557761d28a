"""The access log against the real centre: once a day, what is new, and a copied disk noticed."""

import io
import json
import random
import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa

from counter_app.bootstrap import Services
from counter_app.central.tables import access_row
from counter_app.central.take_access import Standing, standing
from counter_app.cli.main import main
from counter_app.services.hold_profile import hold_profile
from counter_app.store import access, access_sending, meta
from counter_app.store.engine import open_engine
from counter_app.store.transaction import read, write
from counter_app.store.upgrading import SEAL_KEY
from counter_app.sync.cycle import run_once
from counter_app.wire import keys
from counter_app.wire.header import body_json, seal_body
from tests.fakes.clock import FakeClock
from tests.fakes.people import PEOPLE
from tests.fault.forger import Forger
from tests.sync import real
from tests.sync.test_real_centre import accept


def stood(town: real.Town, services: Services) -> list[Standing]:
    with town.centre.engine.begin() as tx:
        return standing(tx, services.counter.identity.dev)


def look(services: Services, subject: str) -> None:
    services.log_access("open", subject, "")
    services.flush_access()


def test_once_a_day_and_what_is_new(town: real.Town, tmp_path: Path) -> None:
    clock = FakeClock()
    services = real.opened(tmp_path, real.enrol(town, tmp_path), clock=clock)
    _, certno = town.someone()
    services.find(certno)
    look(services, f"01:{certno}")
    with write(services.counter.station) as tx:
        access_sending.done_for(tx, "2026-11-22")
    report = run_once(services.counter)
    assert report.ok, report
    assert report.looks >= 2
    k = report.looks
    assert stood(town, services) == [Standing(1, k, k, 0, 0)]
    look(services, "01:later")
    assert run_once(services.counter).looks == 0
    clock.move(days=1)
    assert run_once(services.counter).looks == 1
    assert stood(town, services) == [Standing(1, k + 1, k + 1, 0, 0)]
    with read(services.counter.station) as tx:
        here = [text for _, text, _ in access.rows(tx)]
        # by the same hello the PC learnt to whom it seals
        assert meta.get(tx, SEAL_KEY) == town.centre.seal_public
    assert services.counter.identity.centre_seal_key == keys.raw(town.centre.seal_public)
    with town.centre.engine.begin() as tx:
        mine = access_row.c.dev == services.counter.identity.dev
        there = tx.execute(sa.select(access_row.c.text).where(mine).order_by(access_row.c.k))
        assert list(there.scalars()) == here
    names = {str(person[2]) for person in PEOPLE} | {services.counter.clerk.name}
    assert not [name for name in names if name in "".join(here)]
    services.counter.close()


def test_a_copied_disk_is_noticed_and_goes_on_as_an_epoch(town: real.Town, tmp_path: Path) -> None:
    clock = FakeClock()
    clerk = real.enrol(town, tmp_path / "a")
    first = real.opened(tmp_path / "a", clerk, clock=clock)
    assert run_once(first.counter).ok
    first.counter.close()
    shutil.copytree(tmp_path / "a", tmp_path / "b")
    first = real.opened(tmp_path / "a", clerk, clock=clock)
    second = real.opened(tmp_path / "b", clerk, clock=clock)
    clock.move(days=1)
    look(first, "01:a")
    for subject in ("01:b", "01:c"):
        look(second, subject)
    assert run_once(first.counter).ok
    with read(first.counter.station) as tx:
        k = access_sending.tip(tx)
    assert run_once(second.counter).ok
    own, other = stood(town, first)
    # the log-ins of both stand under one number already
    assert (own.ep, own.k_contig, own.forked_at) == (1, k, k - 1)
    assert (other.ep, other.k_contig, other.rows) == (2, k + 1, 3)
    clock.move(days=1)
    look(second, "01:d")
    assert run_once(second.counter).looks == 1
    assert stood(town, second)[1].k_contig == k + 2
    first.counter.close()
    second.counter.close()


def test_a_centre_that_went_back_is_sent_again_what_it_lost(
    town: real.Town, tmp_path: Path
) -> None:
    clock = FakeClock()
    services = real.opened(tmp_path, real.enrol(town, tmp_path), clock=clock)
    assert run_once(services.counter).ok
    look(services, "01:a")
    clock.move(days=1)
    assert run_once(services.counter).ok
    with read(services.counter.station) as tx:
        k = access_sending.tip(tx)
    with town.centre.engine.begin() as tx:
        dev = services.counter.identity.dev
        for table in ("access_row", "access_chain", "access_head"):
            tx.execute(sa.text(f"delete from {table} where dev = :dev"), {"dev": dev})
    look(services, "01:b")
    clock.move(days=1)
    assert run_once(services.counter).ok
    assert stood(town, services) == [Standing(1, k + 1, k + 1, 0, 0)]
    services.counter.close()


def verify(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *more: str
) -> tuple[int, dict[str, object], str]:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{real.PHRASE}\n"))
    code = main(["journal", "verify", "--json", "--profile", str(folder), *more])
    out, err = capsys.readouterr()
    return code, json.loads(out) if out else {}, err


def test_verify_names_the_first_bad_entry(
    town: real.Town,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    clerk = real.enrol(town, tmp_path)
    services = real.opened(tmp_path, clerk)
    assert run_once(services.counter).ok
    for number in range(2):
        accept(services, *town.someone())
        look(services, f"01:{number}")
    assert run_once(services.counter).ok
    services.counter.close()
    code, found, _ = verify(tmp_path, monkeypatch, capsys)
    assert (code, found["ok"]) == (0, True), found
    assert found["journal"]["entries"] == 2
    assert found["signed_head"] == found["centre_head"] == {"n": 2, "ok": True}
    assert "没有改动" in str(found["words"])
    into = real.log_in(tmp_path, real.SystemClock(), clerk.id, real.PHRASE)
    engine = open_engine(tmp_path / "station.db", into.data_key)
    good = (tmp_path / "station.db").read_bytes()
    for change, chain, at, why in (
        ("UPDATE body SET text = text || ' '", "journal", 1, "body"),
        ("UPDATE journal SET header = replace(header, '0312', '0313') WHERE n = 2", "journal", 2,
         "head"),
        ("UPDATE access_log SET text = replace(text, '0312', '0313') WHERE k = 1", "access", 1,
         "head"),
        ("DELETE FROM access_log WHERE k = 2", "access", 3, "number"),
        ("INSERT OR REPLACE INTO meta VALUES ('access_sent', '9')", "access", 5, "number"),
        ("UPDATE meta SET value = '9' WHERE key = 'centre_n'", "journal", None, ""),
    ):  # fmt: skip
        with write(engine) as tx:
            tx.exec_driver_sql(change)
        engine.dispose()
        code, found, _ = verify(tmp_path, monkeypatch, capsys)
        assert (code, found["ok"]) == (1, False), (change, found)
        assert (found[chain]["first_bad"], found[chain]["why"]) == (at, why)
        assert at is None or f"第 {at} " in str(found["words"])
        (tmp_path / "station.db").write_bytes(good)
    with write(engine) as tx:
        forger = Forger(tx, services.counter.identity, random.Random(1))
        lines = forger.lines()
        lines[0].body = seal_body({
            **json.loads(body_json(lines[0].body or "")),
            "as_of": "2020-01-01",
        })
        forger.put(lines)
    engine.dispose()
    # whole and signed in itself, and the very entry is named by the centre alone
    code, found, _ = verify(tmp_path, monkeypatch, capsys, "--offline")
    assert (code, found["witnesses"]) == (0, [])
    code, found, _ = verify(tmp_path, monkeypatch, capsys)
    assert (code, found["journal"]["first_bad"]) == (1, None)
    assert found["witnesses"] == [{"name": "中心", "n": 1, "held": "differs"}]
    (tmp_path / "station.db").write_bytes(good)
    lock = hold_profile(tmp_path)
    assert lock is not None
    code, _, words = verify(tmp_path, monkeypatch, capsys)
    assert (code, "另一个窗口" in words) == (3, True)
    lock.release()
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{real.PHRASE}\n"))
    assert main(["journal", "verify", "--profile", str(tmp_path)]) == 0
    assert "对得上" in capsys.readouterr().out
