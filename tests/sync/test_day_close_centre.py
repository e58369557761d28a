"""A day against the real centre: accepted, voided, reprinted, cut off, sent, closed, and both heads equal."""

import datetime as dt
from pathlib import Path

import sqlalchemy as sa

from counter_app.bootstrap import Services
from counter_app.central.tables import ingest
from counter_app.domain.day_close import causes
from counter_app.services.close_day import close_day
from counter_app.services.queries.day_close import Closed, DayReading, day_close
from counter_app.services.request_print import request_print
from counter_app.services.void_case import TAKEN_BACK, VoidCase
from counter_app.store import journal, print_jobs
from counter_app.store.transaction import read, write
from counter_app.sync.cycle import run_once
from tests.fakes import worklists
from tests.sync import desk, real
from tests.sync.test_real_centre import accept, close

DAY = dt.date(2026, 11, 23)


def today(services: Services) -> DayReading:
    return day_close(services.counter, DAY)


def reprint(services: Services, case_id: str) -> None:
    job = request_print(services.counter, case_id, "QH-HZ-01")
    assert isinstance(job, str)
    with write(services.counter.station) as tx:
        print_jobs.move(tx, job, print_jobs.PRINTED, services.counter.clock.now_ms() + 1)


def test_a_day_is_closed_with_equal_heads(town: real.Town, tmp_path: Path) -> None:
    clerk = real.enrol(town, tmp_path / "a")
    wire = real.CutWire(int(town.url.rpartition(":")[2]))
    services = real.opened(tmp_path / "a", clerk, wire.url)
    assert run_once(services.counter).ok
    kept = accept(services, *town.star("singles", "陈志远"))
    gone = accept(services, *town.star("four", "郑建华"))
    for case in (kept, gone):
        worklists.printed(services.counter, case)
    reprint(services, kept.case_id)
    papers = (("QH-HZ-01", TAKEN_BACK), ("QH-CB-01", TAKEN_BACK))
    assert services.void_case(VoidCase(gone.case_id, "doubled", "重复了", papers)) == ()
    # the entries reach the centre, its answer does not come back
    wire.after = 1200
    assert not run_once(services.counter).ok
    cut = today(services).close
    assert {d.cause for d in cut.differences} == {causes.NOT_SENT}
    assert (cut.columns, cut.chain.verdict) == ((2, 2, 0), "untold")
    early = close_day(services.counter, DAY)
    assert isinstance(early, Closed)
    wire.after = None
    assert run_once(services.counter).ok
    again = close_day(services.counter, DAY)
    assert isinstance(again, Closed)
    assert again.times == 2
    assert run_once(services.counter).ok
    day = today(services).close
    assert [d.cause for d in day.differences] == []
    assert day.columns == (2, 2, 2)
    assert (day.total.accepted, day.total.voided, day.total.issued, day.total.copies) == (
        2,
        1,
        2,
        1,
    )
    assert day.chain.verdict == "equal"
    assert day.chain.n == day.chain.centre_n == again.n == 5
    with town.centre.engine.begin() as tx:
        rows = tx.execute(
            sa
            .select(ingest.c.result, ingest.c.sha)
            .where(ingest.c.dev == services.counter.identity.dev)
            .order_by(ingest.c.n)
        ).all()
    assert [r.result for r in rows][3:] == ["received", "received"]
    assert rows[-1].sha.hex() == day.chain.head
    with read(services.counter.station) as tx:
        assert journal.broken_at(tx) is None
    # other tests enrol the same person
    assert services.void_case(VoidCase(kept.case_id, "doubled", "试完了", papers)) == ()
    assert run_once(services.counter).ok
    wire.close()
    close(services)


def test_the_stations_other_pc_takes_no_harm_from_the_note(town: real.Town, tmp_path: Path) -> None:
    first, second = real.station_pc(town, tmp_path / "a"), real.station_pc(town, tmp_path / "b")
    assert isinstance(close_day(first.counter, DAY), Closed)
    assert run_once(first.counter).ok
    report = run_once(second.counter)
    assert report.ok, report
    assert desk.pending(first) == 0
    assert today(first).close.chain.verdict == "equal"
    close(first, second)
