"""A station's day on one PC's sheet: what its other PCs took, and whether they have closed."""

import datetime as dt
import json
from pathlib import Path

import msgspec
import pytest

from counter_app.kernel.clock import ShiftableClock
from counter_app.services.accept_case import AcceptCase, CaseAccepted
from counter_app.services.close_day import close_day
from counter_app.services.draw_day_close import draw_day_close
from counter_app.services.queries.day_close import day_close
from counter_app.services.queries.other_pcs import OtherPc
from counter_app.services.save_draft import Draft
from counter_app.services.void_case import VoidCase
from counter_app.store import feed_cursors, journal, meta, other_closes
from counter_app.store.other_closes import OtherClose
from counter_app.store.transaction import read, write
from counter_app.sync.pull_station import Entry, take_entry
from counter_app.wire.header import body_sha, read_header
from tests.fakes import people, station
from tests.fakes.centre import FakeCentre
from tests.fakes.clock import FakeClock
from tests.sync import desk
from tests.unit.printing import pages

DAY = dt.date(2026, 11, 23)
Pcs = tuple[desk.Services, desk.Services]


@pytest.fixture
def centre() -> FakeCentre:
    return FakeCentre()


@pytest.fixture
def pcs(tmp_path: Path, centre: FakeCentre) -> Pcs:
    return (
        desk.enrolled(tmp_path / "a", centre, "pc-A"),
        desk.enrolled(tmp_path / "b", centre, "pc-B"),
    )


def the_other(services: desk.Services, clerk: str = "", day: dt.date = DAY) -> OtherPc | None:
    others = day_close(services.counter, day, clerk).others
    assert len(others) <= 1
    return others[0] if others else None


def known(services: desk.Services) -> OtherPc:
    told = the_other(services)
    assert told is not None
    return told


def carry(centre: FakeCentre, *pcs: desk.Services) -> None:
    for services in pcs:
        assert desk.go(services, centre).ok


def later(services: desk.Services, **delta: float) -> None:
    clock = services.counter.clock
    assert isinstance(clock, ShiftableClock)
    assert isinstance(clock.under, FakeClock)
    clock.under.move(**delta)


def test_the_other_pcs_cases_and_close_come_with_the_sync(pcs: Pcs, centre: FakeCentre) -> None:
    first, second = pcs
    case = desk.accept(first, people.HEAD[0])
    carry(centre, second)
    assert the_other(second) is None
    carry(centre, first, second)
    told = known(second)
    assert (told.name, [c.case_no for c in told.cases]) == ("A", [case.case_no])
    assert (told.close_words, told.settled) == ("还没有日结，或者还没上报", False)
    # nothing of the other's is this PC's: its own three columns stay as they are
    assert day_close(second.counter, DAY).close.columns == (0, 0, 0)

    close_day(first.counter, DAY)
    carry(centre, first, second)
    # its receipt was never printed
    assert known(second).close_words == "14:30 日结，差 1 处"
    desk.accept(first, people.SON[0])
    carry(centre, first, second)
    told = known(second)
    assert (len(told.cases), told.close_words) == (2, "14:30 日结，差 1 处，结后又办过")
    # who did nothing there that day has nothing to ask of it
    assert the_other(second, "0315") is None
    assert the_other(second, "0312") == told


def test_a_void_after_the_close_is_seen(pcs: Pcs, centre: FakeCentre) -> None:
    first, second = pcs
    case = desk.accept(first, people.HEAD[0])
    close_day(first.counter, DAY)
    carry(centre, first, second)
    assert not known(second).more
    assert first.void_case(VoidCase(case.case_id, "wrong_person", "找错了人")) == ()
    carry(centre, first, second)
    assert known(second).more


def test_the_later_close_counts_whatever_the_clock_said(pcs: Pcs, centre: FakeCentre) -> None:
    first, second = pcs
    desk.accept(first, people.HEAD[0])
    close_day(first.counter, DAY)
    later(first, hours=-2)
    close_day(first.counter, DAY)
    carry(centre, first, second)
    told = known(second)
    assert told.closed is not None
    assert (told.closed.times, told.close_words) == (2, "12:30 日结，差 2 处")


def test_a_day_closed_the_next_morning_says_so(pcs: Pcs, centre: FakeCentre) -> None:
    first, second = pcs
    desk.accept(first, people.HEAD[0])
    later(first, hours=20)
    close_day(first.counter, DAY)
    carry(centre, first, second)
    assert known(second).close_words == "11月24日 10:30 日结，差 2 处"


def test_a_case_mended_at_another_pc_stays_the_first_ones(pcs: Pcs, centre: FakeCentre) -> None:
    first, second = pcs
    case = desk.accept(second, people.HEAD[0])
    carry(centre, second, first)
    centre.decide(desk.CODE, desk.decision(case, "rejected"))
    carry(centre, first, second)
    answers = station.ready(first, people.HEAD[0])
    first.save_draft(Draft("m", "resident-enrolment", answers))
    done = first.accept_case(AcceptCase("m", "resident-enrolment", answers, case.case_id))
    assert isinstance(done, CaseAccepted), done
    carry(centre, first, second)
    # it took it: no other PC did
    assert the_other(second) is None
    told = known(first)
    assert (told.name, [c.case_no for c in told.cases]) == ("B", [case.case_no])
    words = pages.text(draw_day_close(first.counter, day_close(first.counter, DAY)))
    assert "连这台在内一共1件" in words


def test_a_close_for_one_clerk_is_not_the_pcs(pcs: Pcs, centre: FakeCentre) -> None:
    first, second = pcs
    desk.accept(first, people.HEAD[0])
    close_day(first.counter, DAY, "0312")
    carry(centre, first, second)
    whole, one = known(second), the_other(second, "0312")
    assert (whole.closed, whole.close_words) == (None, "按经办结了 1 位")
    assert one is not None
    # neither printed nor sent by then
    assert one.close_words == "14:30 日结，差 2 处"


def test_a_chain_that_differs_is_not_settled() -> None:
    close = OtherClose("pc-A", "", 1, 1, 9, 1_795_415_400_000, 0, "differs")
    told = OtherPc("A", DAY, (), close)
    assert (told.settled, told.close_words[-9:]) == (False, "和中心的链头对不上")


def test_the_sheet_lists_the_other_pcs_cases(pcs: Pcs, centre: FakeCentre) -> None:
    first, second = pcs
    case = desk.accept(first, people.HEAD[0])
    carry(centre, first, second)
    words = pages.text(draw_day_close(second.counter, day_close(second.counter, DAY)))
    assert "A机，中心的名单（1件）" in words
    assert case.case_no in words
    assert "这台电脑这一天没有业务" in words
    assert "上面本机各件逐件核对过" in words


def test_what_an_older_program_passed_over_is_read_once_more(pcs: Pcs, centre: FakeCentre) -> None:
    first, second = pcs
    close_day(first.counter, DAY)
    carry(centre, first, second)
    with write(second.counter.station) as tx:
        tx.exec_driver_sql("delete from meta where key like 'day_close_of:%'")
        meta.put(tx, "cases_taken", "")
    carry(centre, second)
    assert known(second).closed is not None
    with read(second.counter.station) as tx:
        at = feed_cursors.get(tx, f"cases.{desk.CODE}")
        assert at is not None
    carry(centre, second)
    with read(second.counter.station) as tx:
        assert feed_cursors.get(tx, f"cases.{desk.CODE}") == at


CLOSED = {"what": "day_closed", "columns": [1, 1, 1], "counts": {}, "n": 1, "head": ""}
CLOSED |= {"centre_n": 0, "centre_head": ""}


@pytest.mark.parametrize(
    "body",
    [
        '{"what":"day_closed","words":""}',
        json.dumps({**CLOSED, "day": "2026-11-23:zz"}),
        '{"what":7}',
        "[]",
    ],
)
def test_a_note_of_another_shape_tells_nothing(pcs: Pcs, body: str) -> None:
    first, second = pcs
    desk.accept(first, people.HEAD[0])
    with read(first.counter.station) as tx:
        (entry,) = journal.pending(tx, 1)
    text = f"{'0' * 32}{body}"
    header = msgspec.structs.replace(
        read_header(entry.op.header), kind="note", subj="", body_sha=body_sha(text)
    )
    with write(second.counter.station) as tx:
        take_entry(tx, Entry(header, "", text, "received"), second.counter)
        assert other_closes.of_day(tx, "2026-11-23") == []
