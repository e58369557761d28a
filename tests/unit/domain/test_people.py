"""People, names, working days, states."""

import datetime as dt
import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from counter_app.domain.calendar.working_days import WorkCalendar
from counter_app.domain.case.state import LABELS, CaseState, EntryKind, may_move
from counter_app.domain.person.model import Person, YearFacts, newborn_key
from counter_app.domain.person.names import NameMatch, compare, plain
from counter_app.services.load_facts import work_calendar

SON = Person(
    "01", "990101199911051231", "赵立新", "1", "1", dt.date(1999, 11, 5), "990101104", "杨桥村", "1",
    "20", years=(YearFacts(2024, paid=38000), YearFacts(2026)),
)  # fmt: skip


def test_the_key_is_type_and_number() -> None:
    assert SON.key == "01:990101199911051231"
    first = newborn_key("990101200005063422", dt.date(2026, 11, 1), "1")
    assert first == "nb:990101200005063422:2026-11-01:1"
    assert first != newborn_key("990101200005063422", dt.date(2026, 11, 1), "2")


def test_a_year_nobody_knows_is_an_empty_record() -> None:
    assert SON.year(2024).paid == 38000
    unknown = SON.year(2020)
    assert (unknown.paid, unknown.paid_known, unknown.cover_from) == (None, False, None)


@pytest.mark.parametrize(
    ("read", "roster", "former", "match"),
    [
        ("王桂兰", "王桂兰", (), NameMatch.SAME),
        ("阿依古丽•买买提", "阿依古丽·买买提", (), NameMatch.SAME),
        (" 王 桂 兰 ", "王桂兰", (), NameMatch.SAME),
        ("张喆", "张哲", (), NameMatch.VARIANT),
        ("王陞", "王昇", (), NameMatch.VARIANT),
        ("王小妹", "王桂兰", ("王小妹",), NameMatch.FORMER),
        ("王桂", "王桂兰", (), NameMatch.OTHER),
        ("王桂英", "王桂兰", ("王小妹",), NameMatch.OTHER),
    ],
)
def test_names(read: str, roster: str, former: tuple[str, ...], match: NameMatch) -> None:
    assert compare(read, roster, former) is match


@given(st.text())
@example("A´")
def test_a_name_is_its_own(name: str) -> None:
    assert compare(name, name) is NameMatch.SAME
    assert plain(plain(name)) == plain(name)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        # 2026: National Day rests to 7 October, Saturday 10 October works
        ("2026-09-30", 1, "2026-10-08"),
        ("2026-10-09", 1, "2026-10-10"),
        ("2026-10-09", 2, "2026-10-12"),
        ("2026-11-20", 1, "2026-11-23"),
        ("2026-11-23", 0, "2026-11-23"),
    ],
)
def test_promised_days_pass_over_holidays_and_exchanged_saturdays(
    start: str, days: int, end: str
) -> None:
    assert work_calendar().after(dt.date.fromisoformat(start), days) == dt.date.fromisoformat(end)


def test_a_year_nobody_published_is_unknown() -> None:
    calendar = WorkCalendar(frozenset({2026}))
    assert calendar.works(dt.date(2026, 12, 31)) is True
    assert calendar.works(dt.date(2026, 12, 26)) is False
    assert calendar.works(dt.date(2027, 1, 4)) is None
    assert calendar.after(dt.date(2026, 12, 30), 1) == dt.date(2026, 12, 31)
    assert calendar.after(dt.date(2026, 12, 31), 1) is None


@given(st.dates(dt.date(2026, 1, 1), dt.date(2026, 6, 30)), st.integers(1, 60))
def test_the_promised_day_is_itself_a_working_day(start: dt.date, days: int) -> None:
    calendar = work_calendar()
    end = calendar.after(start, days)
    assert end is not None
    assert calendar.works(end)
    between = [start + dt.timedelta(days=i) for i in range(1, (end - start).days + 1)]
    assert sum(bool(calendar.works(d)) for d in between) == days


def test_nothing_leaves_a_closed_case_and_staying_is_fine() -> None:
    for old, new in itertools.product(CaseState, CaseState):
        if old is new:
            assert may_move(old, new)
        elif old in {CaseState.VOIDED, CaseState.WITHDRAWN} or new is CaseState.QUEUED:
            assert not may_move(old, new)


def test_what_was_decided_can_only_be_taken_back() -> None:
    moves = {new for new in CaseState if may_move(CaseState.ACCEPTED, new)}
    assert moves == {CaseState.ACCEPTED, CaseState.VOIDED, CaseState.WITHDRAWN}
    assert set(LABELS) == set(CaseState)
    assert len(set(LABELS.values())) == len(LABELS)
    assert len({kind.value for kind in EntryKind}) == 7
