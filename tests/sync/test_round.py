"""One round with a centre: up, down, and everything that can happen on the way."""

from pathlib import Path

import pytest

from counter_app.kernel.clock import today
from counter_app.services.queries.chain_head import chain_head
from counter_app.services.write_entry import Entry, write_entry
from counter_app.store import cases, journal
from counter_app.store.transaction import read, write
from counter_app.sync.cycle import run_once
from counter_app.wire.case_body import NoteBody
from tests.fakes import people
from tests.fakes.centre import FakeCentre, Line
from tests.sync import desk


@pytest.fixture
def centre() -> FakeCentre:
    return FakeCentre()


def test_an_entry_travels_once_and_its_decision_comes_back(
    tmp_path: Path, centre: FakeCentre
) -> None:
    services = desk.enrolled(tmp_path, centre)
    case = desk.accept(services, people.HEAD[0])
    report = desk.go(services, centre)
    assert report.ok, report
    assert (report.acked, report.pending) == (1, 0)
    assert desk.state(services, case.case_id) == "received"
    assert chain_head(services.counter).equal
    centre.decide(desk.CODE, desk.decision(case, "rejected"))
    desk.go(services, centre)
    assert desk.state(services, case.case_id) == "rejected"
    (task,) = services.worklist()
    assert task.kind == "rejected"
    assert "户口簿首页看不清" in task.cause
    assert len(centre.arrived) == 1


def test_a_cut_after_the_centres_commit_doubles_nothing(tmp_path: Path, centre: FakeCentre) -> None:
    services = desk.enrolled(tmp_path, centre)
    case = desk.accept(services, people.HEAD[0])
    report = desk.go(services, centre, "ok", "cut")
    assert report.why == "network"
    assert desk.pending(services) == 1
    assert desk.state(services, case.case_id) == "queued"
    assert desk.go(services, centre).ok
    assert desk.pending(services) == 0
    # the centre was asked what it has, and it had it
    assert (len(centre.ops), len(centre.arrived)) == (1, 1)


@pytest.mark.parametrize(
    ("fate", "why"), [("lost", "network"), ("portal", "portal"), ("short", "server")]
)
@pytest.mark.parametrize("before", [0, 1, 2])
def test_whatever_breaks_is_classed_and_loses_nothing(
    tmp_path: Path, centre: FakeCentre, fate: str, why: str, before: int
) -> None:
    services = desk.enrolled(tmp_path, centre)
    desk.accept(services, people.HEAD[0])
    report = desk.go(services, centre, *["ok"] * before, fate)
    assert report.why == why
    assert services.counter.network.why == why
    assert not services.counter.network.online
    assert desk.go(services, centre).ok
    assert (desk.pending(services), len(centre.ops)) == (0, 1)
    assert services.counter.network.online


def test_decisions_for_unknown_cases_wait_for_them(tmp_path: Path, centre: FakeCentre) -> None:
    first = desk.enrolled(tmp_path / "a", centre, "pc-A")
    second = desk.enrolled(tmp_path / "b", centre, "pc-B")
    case = desk.accept(first, people.HEAD[0], people.SON[0])
    desk.go(first, centre)
    centre.decide(desk.CODE, desk.decision(case, "held", code="DUP_ENROL"))
    assert desk.go(second, centre).ok
    assert desk.state(second, case.case_id) == "held"
    assert [item.kind for item in second.worklist()] == ["held"]
    with read(second.counter.station) as tx:
        row = cases.get(tx, case.case_id)
        assert row is not None
        assert (row.clerk_name, row.dev, row.total) == ("李敏", "pc-A", 80000)
        assert len(cases.parties(tx, case.case_id)) == 3
        assert cases.enrolled(tx, [f"01:{people.SON[0]}"])
        assert journal.tip(tx).n == 0


def test_a_clock_far_off_is_said_but_syncs(tmp_path: Path, centre: FakeCentre) -> None:
    services = desk.enrolled(tmp_path, centre)
    desk.accept(services, people.HEAD[0])
    centre.clock.move(minutes=12)
    assert desk.go(services, centre).ok
    network = services.counter.network
    assert (network.online, network.why, network.skew_ms) == (True, "clock", 12 * 60_000)
    assert services.home_summary().net == "clock"
    centre.clock.move(days=900)
    line_report = desk.go(services, centre)
    assert line_report.ok
    assert network.skew_ms == 900 * 86_400_000 + 12 * 60_000


def test_a_quiet_round_writes_nothing_to_the_station(tmp_path: Path, centre: FakeCentre) -> None:
    services = desk.enrolled(tmp_path, centre)
    desk.accept(services, people.HEAD[0])
    for _ in range(3):
        desk.go(services, centre)
    size = (tmp_path / "station.db-wal").stat().st_size
    assert desk.go(services, centre).ok
    assert (tmp_path / "station.db-wal").stat().st_size == size
    assert chain_head(services.counter).equal


@pytest.mark.parametrize("count", [1, 50, 230])
def test_batches_grow_and_keep_the_order(tmp_path: Path, centre: FakeCentre, count: int) -> None:
    services = desk.enrolled(tmp_path, centre)
    counter = services.counter
    with write(counter.station) as tx:
        for _ in range(count):
            entry = Entry("note", "", 0, today(counter.clock))
            write_entry(counter, tx, entry, NoteBody(what="day_closed"))
    line = Line(centre)
    report = run_once(counter, line)
    assert (report.acked, report.pending) == (count, 0)
    # 16, 32, 64 kB …: notes of some 800 bytes
    assert line.seen.count("POST /ops") == {1: 1, 50: 2, 230: 4}[count]
    with read(counter.station) as tx:
        rows = journal.entries(tx, only_pending=False, limit=count)
    assert centre.arrived == [row.op_id for row in reversed(rows)]
    assert chain_head(counter).equal


def test_a_centre_that_cannot_take_the_access_log_is_asked_again_in_an_hour(
    tmp_path: Path, centre: FakeCentre, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = desk.enrolled(tmp_path, centre)
    services.log_access("open", "01:x", "")
    services.flush_access()
    plain = centre._access
    monkeypatch.setattr(centre, "_access", lambda *_: centre.error(503, "busy"))
    assert desk.go(services, centre).ok
    monkeypatch.setattr(centre, "_access", plain)
    assert desk.go(services, centre).looks == 0
    services.counter.clock.under.move(hours=2)
    assert desk.go(services, centre).looks == 1
    assert desk.go(services, centre).looks == 0
