"""A disk that is full while the centre's answer comes in: said as what it is, and nothing lost."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from counter_app.bootstrap import Services
from counter_app.store import cases, journal, print_jobs, tasks
from counter_app.store.transaction import read, write
from counter_app.sync.cycle import run_once
from counter_app.sync.worker import Worker
from counter_app.wire.header import read_header
from tests.fakes import people
from tests.fakes.centre import FakeCentre, Line
from tests.sync import desk


@pytest.fixture
def centre() -> FakeCentre:
    return FakeCentre()


def fill_up(services: Services) -> list[bool]:
    """The station's file may not grow while the returned list holds True."""
    engine, full = services.counter.station, [True]
    with read(engine) as tx:
        pages = int(tx.exec_driver_sql("PRAGMA page_count").scalar_one())
    engine.dispose()

    @sa.event.listens_for(engine, "checkout")
    def bound(connection: object, _: object, __: object) -> None:
        limit = pages if full[0] else 1_000_000
        connection.execute(f"PRAGMA max_page_count = {limit}")

    return full


def long_decision(centre: FakeCentre, case: object) -> None:
    centre.decide(desk.CODE, desk.decision(case, "rejected", text="户口簿首页看不清" * 2000))


def test_a_decision_that_finds_no_room_comes_again(tmp_path: Path, centre: FakeCentre) -> None:
    services = desk.enrolled(tmp_path, centre)
    case = desk.accept(services, people.HEAD[0])
    desk.go(services, centre)
    desk.accept(services, people.SON[0])
    long_decision(centre, case)
    full = fill_up(services)
    report = desk.go(services, centre)
    assert report.why == "disk_full"
    assert desk.state(services, case.case_id) == "received"
    assert [row.why for row in services.outbox()] in (
        [],
        ["本机磁盘满了，中心的答复存不进来。请腾出空间，会自动再试"],
    )
    full[0] = False
    services.counter.station.dispose()
    assert desk.go(services, centre).ok
    assert desk.state(services, case.case_id) == "rejected"
    assert [w.case_id for w in services.worklist() if w.kind == "rejected"] == [case.case_id]


def test_a_full_disk_is_no_bug_of_the_sync(tmp_path: Path, centre: FakeCentre) -> None:
    services = desk.enrolled(tmp_path, centre)
    case = desk.accept(services, people.HEAD[0])
    desk.go(services, centre)
    long_decision(centre, case)
    fill_up(services)
    done: list[str] = []
    worker = Worker(services.counter, once=lambda d: run_once(d, Line(centre)))
    for _ in range(2):
        worker._round()
        done.append(desk.state(services, case.case_id))
    assert done == ["received", "received"]  # and no incident was logged: the fixture would say so


@pytest.mark.parametrize(("skew", "said"), [(300_000, "ok"), (300_001, "doubtful")])
def test_a_clock_off_the_centres_marks_its_entries(
    tmp_path: Path, centre: FakeCentre, skew: int, said: str
) -> None:
    services = desk.enrolled(tmp_path, centre)
    services.counter.network.set(online=True, at=1, skew=skew)
    desk.accept(services, people.HEAD[0])
    with read(services.counter.station) as tx:
        assert read_header(journal.pending(tx, 1)[0].op.header).clock == said
    services.counter.clock.shift(0, "confirmed")
    desk.accept(services, people.SON[0])
    with read(services.counter.station) as tx:
        assert read_header(journal.pending(tx, 2)[1].op.header).clock == "confirmed"


def test_a_task_that_comes_back_is_open_again(tmp_path: Path, centre: FakeCentre) -> None:
    services = desk.enrolled(tmp_path, centre)
    case = desk.accept(services, people.HEAD[0])
    row = tasks.TaskRow("t", case.case_id, "rejected", "{}", 1, "", "0315", "周建国", "电话告知")
    with write(services.counter.station) as tx:
        tasks.put(tx, row)
        tasks.close(tx, case.case_id, 5)
        tasks.put(tx, row)
        found = tasks.of_case(tx, case.case_id)
    assert found is not None
    assert (found.owner, found.told) == ("0315", "电话告知")


def test_the_other_pcs_void_stops_what_was_not_printed_yet(
    tmp_path: Path, centre: FakeCentre
) -> None:
    first = desk.enrolled(tmp_path / "a", centre, "pc-A")
    second = desk.enrolled(tmp_path / "b", centre, "pc-B")
    case = desk.accept(first, people.HEAD[0])
    desk.go(first, centre)
    centre.decide(desk.CODE, desk.decision(case, "rejected"))
    for services in (first, second):
        desk.go(services, centre)
    desk.accept(second, people.HEAD[0], case_id=case.case_id)
    with write(second.counter.station) as tx:
        cases.set_state(tx, case.case_id, "queued")
    desk.go(second, centre)
    desk.go(first, centre)
    centre.decide(desk.CODE, desk.decision(case, "voided", rev=2))
    desk.go(first, centre)
    assert desk.state(first, case.case_id) == "voided"
    with read(first.counter.station) as tx:
        assert {job.state for job in print_jobs.of_case(tx, case.case_id)} == {"blocked"}
