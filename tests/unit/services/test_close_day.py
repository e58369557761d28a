"""Closing a day on a real station: what is counted, what is named, what is written, what prints."""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from counter_app.bootstrap import Services, bind
from counter_app.domain.day_close import causes
from counter_app.kernel.errors import EnvironmentFault
from counter_app.kernel.problems import Problem
from counter_app.services.close_day import close_day
from counter_app.services.context import Clerk
from counter_app.services.print_day_close import print_day_close
from counter_app.services.queries.day_close import NEVER, Closed, DayReading, day_close
from counter_app.services.request_print import request_print
from counter_app.services.void_case import TAKEN_BACK, VoidCase
from counter_app.store import journal, meta, print_jobs
from counter_app.store.transaction import read, write
from counter_app.sync.push import CENTRE_HEAD, CENTRE_N
from counter_app.wire.case_body import DayClosedBody
from counter_app.wire.header import body_json, read_header
from tests.fakes import people, station, worklists
from tests.fakes.clock import FakeClock
from tests.fakes.printer import FakePrinter
from tests.unit.printing import pages

DAY = dt.date(2026, 11, 23)
HEAD, MOTHER, SON = (str(p[0]) for p in people.PEOPLE[:3])


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def services(tmp_path: Path, clock: FakeClock) -> Iterator[Services]:
    made = station.make_services(tmp_path, clock)
    yield made
    made.counter.station.dispose()
    made.counter.reference.dispose()


def confirm(services: Services, result: str = "accepted") -> None:
    """The centre answers all that waits, as the sync leaves it."""
    with write(services.counter.station) as tx:
        for entry in journal.pending(tx, 99):
            journal.ack(tx, entry.op_id, result)
        tip = journal.tip(tx)
        meta.put(tx, CENTRE_N, str(tip.n))
        meta.put(tx, CENTRE_HEAD, tip.head)


def reading(services: Services, day: dt.date = DAY, clerk: str = "") -> DayReading:
    return day_close(services.counter, day, clerk)


def named(services: Services) -> list[str]:
    return [d.cause for d in reading(services).close.differences]


def bodies(services: Services) -> list[DayClosedBody]:
    with read(services.counter.station) as tx:
        rows = [e for e in journal.entries(tx, only_pending=False) if e.kind == "note"]
        texts = [journal.body_text(tx, e.op_id) for e in reversed(rows)]
    return [msgspec.json.decode(body_json(t or ""), type=DayClosedBody) for t in texts]


def test_a_day_with_everything_in_order_is_equal(services: Services) -> None:
    case = worklists.accepted(services, HEAD)
    assert named(services) == [causes.WAITING, causes.NOT_SENT]
    worklists.printed(services.counter, case)
    confirm(services)
    day = reading(services).close
    assert day.equal
    assert day.columns == (1, 1, 1)
    assert day.chain.verdict == "equal"
    assert day.lines[0].case_no == case.case_no
    assert (day.lines[0].who, day.lines[0].tail) == ("赵*强", "041X")


def test_every_paper_that_did_not_come_is_named(services: Services, clock: FakeClock) -> None:
    case = worklists.accepted(services, HEAD)
    confirm(services)
    for state, cause in (
        (print_jobs.FAILED, causes.NOT_OUT),
        (print_jobs.PRINTING, causes.IN_DOUBT),
        (print_jobs.QUEUED, causes.WAITING),
    ):
        with write(services.counter.station) as tx:
            print_jobs.move(tx, case.jobs[0], state, clock.at)
        clock.move(minutes=2)
        assert named(services) == [cause]
    with write(services.counter.station) as tx:
        print_jobs.move(tx, case.jobs[0], print_jobs.PRINTING, clock.at)
    # handed over this minute: the printer is at it
    assert named(services) == [causes.WAITING]
    worklists.printed(services.counter, case)
    assert named(services) == []


def test_a_void_asks_for_its_receipt_back(services: Services) -> None:
    kept, gone = worklists.accepted(services, HEAD), worklists.accepted(services, SON)
    never = worklists.accepted(services, MOTHER)
    for case in (kept, gone):
        worklists.printed(services.counter, case)
    sheets = ("QH-HZ-01", "QH-CB-01")
    for case, words in ((kept, "本人已离开"), (gone, TAKEN_BACK)):
        papers = tuple((sheet, words) for sheet in sheets)
        assert services.void_case(VoidCase(case.case_id, "other", "录错", papers)) == ()
    assert services.void_case(VoidCase(never.case_id, "other", "录错")) == ()
    confirm(services)
    day = reading(services).close
    assert [(d.line.case_no, d.cause) for d in day.differences] == [
        (kept.case_no, causes.NOT_TAKEN_BACK)
    ]
    assert (day.total.voided, day.total.issued, day.without_paper) == (3, 2, 1)
    assert day.columns == (2, 3, 3)


def test_a_reprint_is_a_copy(services: Services, clock: FakeClock) -> None:
    case = worklists.accepted(services, HEAD)
    worklists.printed(services.counter, case)
    clock.move(minutes=5)
    job = request_print(services.counter, case.case_id, "QH-HZ-01")
    assert isinstance(job, str)
    with write(services.counter.station) as tx:
        print_jobs.move(tx, job, print_jobs.PRINTED, clock.at)
    total = reading(services).close.total
    assert (total.issued, total.copies) == (1, 1)


def test_what_the_centre_sent_back_is_named(services: Services) -> None:
    case = worklists.accepted(services, HEAD)
    worklists.printed(services.counter, case)
    confirm(services)
    worklists.decide(services.counter, case, "rejected")
    assert named(services) == [causes.RETURNED]
    assert reading(services).close.total.returned == 1


def test_what_the_centre_forgot_is_named(services: Services) -> None:
    case = worklists.accepted(services, HEAD)
    worklists.printed(services.counter, case)
    confirm(services)
    with write(services.counter.station) as tx:
        meta.put(tx, CENTRE_N, "0")
    assert named(services) == [causes.NOT_COUNTED]
    assert reading(services).close.chain.verdict == "untold"


def test_another_head_at_the_centre_is_no_equal_day(services: Services) -> None:
    worklists.printed(services.counter, worklists.accepted(services, HEAD))
    confirm(services)
    with write(services.counter.station) as tx:
        meta.put(tx, CENTRE_HEAD, "f" * 64)
    day = reading(services).close
    assert day.chain.verdict == "differs"
    assert not day.equal


def test_days_are_apart_and_each_clerk_has_their_own(services: Services, clock: FakeClock) -> None:
    worklists.accepted(services, HEAD)
    other = bind(replace(services.counter, clerk=Clerk("0315", "周建国", ("accept",))))
    worklists.accepted(other, MOTHER)
    clock.move(hours=9, minutes=30)
    worklists.accepted(services, SON)
    today = reading(services)
    assert today.close.columns[1] == 2
    assert dict(today.station_cases) == {"0312": 1, "0315": 1}
    assert reading(services, clerk="0315").close.columns[1] == 1
    assert today.name("0315") == "周建国"
    assert not today.is_today
    tomorrow = reading(services, DAY + dt.timedelta(days=1))
    assert tomorrow.close.columns[1] == 1
    assert tomorrow.is_today


def test_closing_writes_a_note_and_a_second_time_says_so(
    services: Services, clock: FakeClock
) -> None:
    case = worklists.accepted(services, HEAD)
    assert reading(services).closed == NEVER
    first = close_day(services.counter, DAY)
    assert isinstance(first, Closed)
    assert (first.times, first.n) == (1, 2)
    clock.move(minutes=10)
    worklists.accepted(services, SON)
    assert reading(services).since == 1
    second = close_day(services.counter, DAY)
    assert isinstance(second, Closed)
    assert (second.times, second.n) == (2, 4)
    assert reading(services).since == 0
    assert reading(services, clerk="0312").closed == NEVER
    before, after = bodies(services)
    assert before.what == after.what == "day_closed"
    assert before.differences == ((case.case_no, "waiting"), (case.case_no, "not_sent"))
    assert (before.n, before.times, before.columns) == (1, 1, (0, 1, 0))
    assert (after.n, after.times, after.columns) == (3, 2, (0, 2, 0))
    assert after.counts["accepted"] == 2
    assert "第 2 次" in after.words
    with read(services.counter.station) as tx:
        assert journal.head_at(tx, after.n) == after.head
        assert read_header(journal.entries(tx, only_pending=False)[0].header).subj == ""
        assert journal.broken_at(tx) is None


def test_a_day_to_come_is_not_closed(services: Services) -> None:
    said = close_day(services.counter, DAY + dt.timedelta(days=1))
    assert isinstance(said, Problem)
    assert bodies(services) == []


def test_nobody_is_named_in_the_note(services: Services) -> None:
    case = worklists.accepted(services, HEAD)
    worklists.fail_print(services.counter, case)
    close_day(services.counter, DAY)
    said = json.dumps(msgspec.to_builtins(bodies(services)[0]), ensure_ascii=False)
    assert "赵国强" not in said
    assert HEAD not in said


def test_the_sheet_prints_and_a_second_paper_is_a_copy(services: Services) -> None:
    printer = FakePrinter()
    worklists.accepted(services, HEAD)
    draft = print_day_close(services.counter, DAY, "", printer)
    assert draft == "990101104000-261123-B-RJ-00-0_QH-RJ-01_1"
    assert "核对用" in pages.text(printer.sent[-1][1])
    close_day(services.counter, DAY)
    first = print_day_close(services.counter, DAY, "", printer)
    again = print_day_close(services.counter, DAY, "", printer)
    assert first == "990101104000-261123-B-RJ-00-1_QH-RJ-01_1"
    assert again == "990101104000-261123-B-RJ-00-1_QH-RJ-01_2"
    assert "次打印" not in pages.text(printer.sent[-2][1])
    assert "第2次打印" in pages.text(printer.sent[-1][1])
    close_day(services.counter, DAY)
    assert print_day_close(services.counter, DAY, "", printer).endswith("RJ-00-2_QH-RJ-01_1")


def test_a_printer_that_refuses_undoes_no_close(services: Services) -> None:
    printer = FakePrinter()
    printer.trouble = "打印机缺纸"
    close_day(services.counter, DAY)
    with pytest.raises(EnvironmentFault):
        print_day_close(services.counter, DAY, "", printer)
    assert reading(services).closed.times == 1
    printer.trouble = ""
    assert print_day_close(services.counter, DAY, "", printer).endswith("_1")
