"""The station's road against the real centre: over TLS, through PostgreSQL and back."""

import dataclasses
import datetime as dt
import io
import json
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa

from counter_app.bootstrap import Services, open_counter
from counter_app.central import codes, stations
from counter_app.central.tables import device, ingest, rekey
from counter_app.cli.main import main
from counter_app.kernel.clock import CHINA, SystemClock, today
from counter_app.kernel.problems import Level
from counter_app.services.accept_case import AcceptCase, CaseAccepted
from counter_app.services.enrol_device import EnrolDevice, Enrolled, Refused, Waiting, enrol_device
from counter_app.services.export_outgoing import Exported, export_outgoing
from counter_app.services.log_in import LoggedIn, log_in
from counter_app.services.queries.chain_head import chain_head
from counter_app.services.redeem_code import RedeemCode, Redeemed, redeem_code
from counter_app.services.retry_now import retry_now
from counter_app.services.save_draft import Draft
from counter_app.services.void_case import VoidCase
from counter_app.services.write_entry import Entry, write_entry
from counter_app.store import reference, roster
from counter_app.store.profile import ProfileLock
from counter_app.store.transaction import read, write
from counter_app.sync.cycle import run_once
from counter_app.sync.transport import pinned_context
from counter_app.wire import batch, courier, keys
from counter_app.wire.case_body import NoteBody
from counter_app.wire.header import read_header
from tests.fakes import station
from tests.fakes.clock import FakeClock
from tests.sync import desk, real


def accept(services: Services, household: str, *certnos: str, **more: str) -> CaseAccepted:
    answers = services.start_case("resident-enrolment", household, certnos)
    for index, row in enumerate(answers.section("members")):
        for name, value in {"psn_type": row.get("psn_type") or "15", **more}.items():
            answers = answers.put(f"members[{index}].{name}", value)
    answers = station.seen_all(services, answers)
    services.save_draft(Draft("d", "resident-enrolment", answers))
    done = services.accept_case(AcceptCase("d", "resident-enrolment", answers))
    assert isinstance(done, CaseAccepted), [p for p in done.problems if p.level is Level.STOP]
    return done


def entries_of(town: real.Town, services: Services) -> int:
    dev = services.counter.identity.dev
    with town.centre.engine.begin() as tx:
        count = sa.select(sa.func.count()).where(ingest.c.dev == dev)
        return int(tx.execute(count).scalar_one())


def close(*all_services: Services) -> None:
    for services in all_services:
        services.counter.station.dispose()
        services.counter.reference.dispose()


def test_the_whole_road(town: real.Town, tmp_path: Path) -> None:
    first = real.station_pc(town, tmp_path / "a")
    second = real.station_pc(town, tmp_path / "b")
    with read(first.counter.reference) as tx:
        assert roster.count(tx) > 500
        (pack,) = reference.packs(tx)
        assert reference.tables(tx)
        assert {c.clerk for c in reference.clerks(tx)} == {"0312", "0315", "0318"}
    plain = accept(first, *town.star("singles", "陈志远"))
    held = accept(first, *town.star("twice", "孙雨涵"))
    report = run_once(first.counter)
    assert report.ok, report
    assert (report.acked, report.pending) == (2, 0)
    run_once(first.counter)
    assert desk.state(first, plain.case_id) == "accepted"
    assert desk.state(first, held.case_id) == "held"
    (task,) = [item for item in first.worklist() if item.case_id == held.case_id]
    assert task.kind == "held"
    assert run_once(second.counter).ok
    assert desk.state(second, plain.case_id) == "accepted"
    assert desk.state(second, held.case_id) == "held"
    assert second.take_over(held.case_id)
    assert second.tell_citizen(held.case_id, "phone")
    assert run_once(second.counter).ok
    assert run_once(first.counter).ok
    seen = desk.open_task(first.counter, held.case_id)
    assert seen is not None
    assert seen.owner == second.counter.clerk.id
    assert "电话告知" in seen.told
    assert chain_head(first.counter).equal
    assert chain_head(second.counter).equal
    assert first.void_case(VoidCase(plain.case_id, "doubled", "试一试")) == ()
    run_once(first.counter)
    run_once(second.counter)
    assert desk.state(second, plain.case_id) == "voided"
    assert pack.sig
    close(first, second)


@pytest.mark.fault
@pytest.mark.parametrize("step", [60, pytest.param(3, marks=pytest.mark.soak)])
def test_cut_at_any_byte_after_the_commit_nothing_doubles(
    town: real.Town, tmp_path: Path, step: int
) -> None:
    """The request always arrives whole; the answer is cut earlier and earlier."""
    clerk = real.enrol(town, tmp_path)
    wire = real.CutWire(int(town.url.rpartition(":")[2]))
    services = real.opened(tmp_path, clerk, wire.url)
    assert run_once(services.counter).ok
    household, certno = town.star("four", "郑建华")
    case = accept(services, household, certno)
    for after in range(1200, 3600, step):
        wire.after = after
        run_once(services.counter)
        if desk.pending(services) == 0:
            break
    wire.after = None
    assert wire.cuts > 5
    assert run_once(services.counter).ok
    run_once(services.counter)
    assert desk.pending(services) == 0
    assert entries_of(town, services) == 1
    assert desk.state(services, case.case_id) == "accepted"
    assert chain_head(services.counter).equal
    # the next run of this test enrols the same person
    assert services.void_case(VoidCase(case.case_id, "doubled", "试完了")) == ()
    assert run_once(services.counter).ok
    wire.close()
    close(services)


@pytest.mark.parametrize("year", [2010, 2040])
def test_a_pc_of_another_decade_still_syncs(town: real.Town, tmp_path: Path, year: int) -> None:
    clerk = real.enrol(town, tmp_path)
    clock = FakeClock(dt.datetime(year, 3, 5, 9, 0, tzinfo=CHINA))
    services = real.opened(tmp_path, clerk, clock=clock)
    report = run_once(services.counter)
    assert report.ok, report
    assert services.counter.network.skew_ms == town.clock.now_ms() - clock.now_ms()
    assert services.check_date() is not None
    close(services)


def test_another_ca_is_somebody_elses_network(town: real.Town, tmp_path: Path) -> None:
    from counter_app.central.tls import make_certificates

    services = real.opened(tmp_path, real.enrol(town, tmp_path))
    make_certificates(tmp_path, FakeClock())
    other = (tmp_path / "ca.pem").read_text("ascii")
    identity = dataclasses.replace(services.counter.identity, ca_pem=other)
    counter = dataclasses.replace(services.counter, identity=identity)
    assert run_once(counter).why == "portal"
    named = town.url.replace("127.0.0.1", "127.0.0.2")
    wrong_host = dataclasses.replace(services.counter.identity, centre_url=named)
    assert run_once(dataclasses.replace(services.counter, identity=wrong_host)).why != ""
    close(services)


def test_a_revoked_pc_gets_no_data_and_loses_nothing(town: real.Town, tmp_path: Path) -> None:
    services = real.station_pc(town, tmp_path)
    accept(services, *town.star("singles", "黄文杰"))
    with town.centre.engine.begin() as tx:
        stations.revoke(town.centre, tx, services.counter.identity.dev)
    report = run_once(services.counter)
    assert report.why == "auth"
    assert (report.acked, desk.pending(services)) == (1, 0)
    assert entries_of(town, services) == 1
    close(services)


def test_a_forgotten_passphrase_is_opened_again_by_the_county(
    town: real.Town, tmp_path: Path
) -> None:
    services = real.station_pc(town, tmp_path)
    close(services)
    code = codes.new_code()
    with town.centre.engine.begin() as tx:
        until = town.clock.now_ms() + stations.DAY_MS
        values = {"code_sha": codes.digest(code), "station": desk.CODE, "clerk": "0315"}
        tx.execute(rekey.insert().values(**values, expires_at=until))
    wrong = redeem_code(tmp_path, RedeemCode(codes.new_code(), "0315", "另一个很长的口令"))
    assert isinstance(wrong, Refused)
    assert wrong.code == "code_unknown"
    done = redeem_code(tmp_path, RedeemCode(code, "0315", "另一个很长的口令"))
    assert isinstance(done, Redeemed), done
    assert done.name == "周建国"
    into = log_in(tmp_path, SystemClock(), "0315", "另一个很长的口令")
    assert isinstance(into, LoggedIn)
    counter = open_counter(tmp_path, into.data_key, services.counter.clerk)
    counter.station.dispose()
    counter.reference.dispose()


def test_a_waiting_pc_is_enrolled_once_the_county_approves(town: real.Town, tmp_path: Path) -> None:
    code = codes.new_code()
    with town.centre.engine.begin() as tx:
        until = town.clock.now_ms() + stations.DAY_MS
        place = (desk.CODE, "0312")
        stations.allow_pc(tx, codes.digest(code), place, until, approved=False)
    command = EnrolDevice(town.url, town.ca_pem, code, "测试机")
    assert enrol_device(tmp_path, command) == Waiting()
    assert enrol_device(tmp_path, command) == Waiting()
    with town.centre.engine.begin() as tx:
        (dev,) = tx.execute(sa.select(device.c.dev).where(device.c.state == "waiting")).scalars()
        assert stations.approve(tx, dev)
    result = enrol_device(tmp_path, command)
    assert isinstance(result, Enrolled)
    assert result.dev == dev
    assert enrol_device(tmp_path, command) == result


def test_the_command_line_sends_what_waits(
    town: real.Town,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    clerk = real.enrol(town, tmp_path)
    folder = str(tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{real.PHRASE}\n"))
    assert main(["sync", "--once", "--json", "--profile", folder, "--clerk", clerk.id]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["ok"]
    assert report["rows"][f"persons.{desk.CODE[:9]}"] > 500
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{real.PHRASE}\n"))
    assert main(["sync", "--once", "--profile", folder]) == 0
    assert "发送 0 条，还待发 0 条" in capsys.readouterr().out
    monkeypatch.setattr("sys.stdin", io.StringIO("wrong words\n"))
    assert main(["sync", "--once", "--profile", folder]) == 1
    assert "口令不对" in capsys.readouterr().err
    lock = ProfileLock(tmp_path)
    assert lock.acquire()
    assert main(["sync", "--once", "--profile", folder]) == 3
    assert "另一个窗口" in capsys.readouterr().err
    lock.release()
    assert main(["sync", "--once", "--profile", str(tmp_path / "none")]) == 3


class Poisoned(httpx.BaseTransport):
    """The way to the real centre, which dies on the batch with this entry."""

    def __init__(self, town: real.Town, bad: int) -> None:
        self.bad = bad
        self._way = httpx.HTTPTransport(verify=pinned_context(town.ca_pem))

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        body = request.read()
        if request.url.path.endswith("/ops"):
            ops = batch.unpack_ops(body, request.headers["X-Dict"])
            numbers = {read_header(op.header).n for op in ops}
            if self.bad in numbers:
                return httpx.Response(502)
        return self._way.handle_request(request)

    def close(self) -> None:
        self._way.close()


def test_what_follows_a_bad_entry_is_vouched_for_and_a_stick_carries_the_rest(
    town: real.Town, tmp_path: Path
) -> None:
    services = real.station_pc(town, tmp_path / "a")
    counter = services.counter
    for _ in range(6):
        with write(counter.station) as tx:
            entry = Entry("note", "", 0, today(counter.clock))
            write_entry(counter, tx, entry, NoteBody(what="day_closed"))
    report = run_once(counter, Poisoned(town, 3))
    assert (report.ok, report.acked, report.pending, report.n_contig) == (True, 5, 1, 2)
    with town.centre.engine.begin() as tx:
        query = sa.select(ingest.c.n, ingest.c.via).where(ingest.c.dev == counter.identity.dev)
        assert sorted(map(tuple, tx.execute(query))) == [(n, "net") for n in (1, 2, 4, 5, 6)]
    done = export_outgoing(counter, tmp_path)
    assert isinstance(done, Exported), done
    centre = town.centre
    public = keys.raw(centre.sign_public)
    bundle = courier.unpack(done.path.read_bytes(), centre.seal_private, public)
    assert [read_header(op.header).n for op in bundle.ops] == [3]
    retry_now(counter)
    report = run_once(counter)
    assert (report.ok, report.pending, report.n_contig) == (True, 0, 6)
    assert report.centre_head == report.own_head
    close(services)
