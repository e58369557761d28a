"""Working days: with 调休, over stops of the clock, and never beyond what somebody published."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.calendar import published
from counter_app.domain.calendar.promise import OfficeTime, Pace, office_time, promise
from counter_app.domain.calendar.published import CalendarFault
from counter_app.domain.calendar.working_days import Stop, WorkCalendar
from counter_app.services.load_facts import work_calendar

D = dt.date
FULL = work_calendar()
MONDAY = D(2026, 11, 23)


def test_a_worked_saturday_counts_and_a_holiday_does_not() -> None:
    # 国庆 2026: Thursday 1 to Wednesday 7 October rest, Saturday 10 October works
    assert FULL.after(D(2026, 9, 30), 1) == D(2026, 10, 8)
    assert FULL.after(D(2026, 9, 30), 3) == D(2026, 10, 10)
    assert FULL.after(D(2026, 9, 30), 4) == D(2026, 10, 12)


def test_a_year_nobody_published_is_named_and_no_day_is_given() -> None:
    assert FULL.after(D(2026, 12, 30), 1) == D(2026, 12, 31)
    assert FULL.after(D(2026, 12, 30), 2) is None
    assert FULL.unknown_year(D(2026, 12, 30), 2) == 2027
    assert FULL.unknown_year(D(2026, 12, 30), 1) is None
    assert FULL.works(D(2027, 1, 4)) is None
    assert FULL.between(D(2026, 12, 30), D(2027, 1, 4)) is None


def test_the_days_between_notice_and_answer_do_not_count() -> None:
    told, back = D(2026, 11, 25), D(2026, 12, 1)
    # Tue 24, Wed 25 count; Thu 26 to Tue 1 stand still; eight more from Wed 2 end on Fri 11
    assert FULL.after(MONDAY, 10) == D(2026, 12, 7)
    assert FULL.after(MONDAY, 10, [Stop(told, back)]) == D(2026, 12, 11)
    assert FULL.between(MONDAY, D(2026, 12, 11), [Stop(told, back)]) == 10
    assert FULL.after(MONDAY, 10, [Stop(told)]) is None
    assert FULL.unknown_year(MONDAY, 10, [Stop(told)]) is None
    assert FULL.after(MONDAY, 2, [Stop(told)]) == told


@given(
    start=st.dates(D(2024, 1, 1), D(2026, 9, 1)),
    days=st.integers(1, 40),
    gap=st.integers(0, 30),
    length=st.integers(0, 30),
)
def test_a_stop_never_shortens_and_counting_back_agrees(
    start: dt.date, days: int, gap: int, length: int
) -> None:
    told = start + dt.timedelta(days=gap)
    stop = Stop(told, told + dt.timedelta(days=length))
    plain, held = FULL.after(start, days), FULL.after(start, days, [stop])
    assert plain is not None
    assert held is not None
    assert held >= plain
    assert FULL.between(start, held, [stop]) == days
    assert FULL.works(held)
    assert not stop.covers(held)


@pytest.mark.parametrize(
    ("today", "stops", "expected"),
    [
        (MONDAY, (), OfficeTime(Pace.RUNNING, D(2026, 12, 7), 10)),
        (D(2026, 12, 7), (), OfficeTime(Pace.RUNNING, D(2026, 12, 7), 0)),
        (D(2026, 12, 9), (), OfficeTime(Pace.OVERDUE, D(2026, 12, 7), -2)),
        (D(2026, 12, 9), (Stop(D(2026, 11, 25)),), OfficeTime(Pace.STOPPED)),
        (
            D(2026, 12, 9),
            (Stop(D(2026, 11, 25), D(2026, 12, 1)),),
            OfficeTime(Pace.RUNNING, D(2026, 12, 11), 2),
        ),
        (D(2027, 1, 4), (), OfficeTime(Pace.OVERDUE, D(2026, 12, 7), None)),
    ],
)
def test_how_a_promise_stands(
    today: dt.date, stops: tuple[Stop, ...], expected: OfficeTime
) -> None:
    said = promise(10, "苏医保发〔2022〕75号 第二十八条", MONDAY, FULL)
    assert (said.words, said.on, said.days) == ("10 个工作日", D(2026, 12, 7), 10)
    assert office_time(said, MONDAY, stops, FULL, today) == expected


def test_what_was_told_holds_until_the_clock_stops() -> None:
    said = promise(10, "x", MONDAY, FULL)
    other = WorkCalendar(FULL.years, {**FULL.changed, D(2026, 12, 4): False})
    today = D(2026, 11, 30)
    kept = office_time(said, MONDAY, (), other, today)
    assert kept is not None
    assert kept.due == D(2026, 12, 7)
    late = promise(10, "x", D(2026, 12, 28), FULL)
    assert (late.on, late.unknown_year) == (None, 2027)
    assert office_time(late, D(2026, 12, 28), (), FULL, D(2026, 12, 29)) == OfficeTime(Pace.UNKNOWN)
    known = published.with_rows(FULL, {"2027": "通知", "2027-01-01": "rest"})
    due = office_time(late, D(2026, 12, 28), (), known, D(2026, 12, 29))
    assert due is not None
    assert due.due == D(2027, 1, 12)


ROWS = {"2027": "国办发明电（示例）", "2027-01-01": "rest", "2027-01-03": "work"}


def test_rows_of_the_centre_make_a_year_known_and_a_broken_one_unknown() -> None:
    known = published.with_rows(FULL, ROWS)
    assert known.years == FULL.years | {2027}
    assert known.works(D(2027, 1, 1)) is False
    assert known.works(D(2027, 1, 3)) is True
    assert known.works(D(2027, 1, 4)) is True
    broken = published.with_rows(FULL, {**ROWS, "2027-02-30": "rest"})
    assert broken.works(D(2027, 1, 4)) is None
    assert published.with_rows(FULL, {**ROWS, "2027-02-01": "?"}).works(D(2027, 1, 4)) is None
    without_year = published.with_rows(FULL, {"2027-01-01": "rest"})
    assert without_year.works(D(2027, 1, 4)) is None
    later = published.with_rows(FULL, {"2026-12-04": "rest"})
    assert later.works(D(2026, 12, 4)) is False
    assert published.with_rows(FULL, {"x": "y"}) == FULL


GOOD = {"years": [2027], "source": "通知", "changed": {"2027-01-01": False, "2027-01-03": True}}


def test_a_list_that_is_right_becomes_rows() -> None:
    rows = published.to_rows(published.read(GOOD))
    assert rows == {"2027": "通知", "2027-01-01": "rest", "2027-01-03": "work"}


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"years": []}, "years"),
        ({"years": ["27"]}, "years"),
        ({"source": " "}, "source"),
        ({"changed": {}}, "没有一年不放假"),
        ({"changed": {"2027-02-30": False}}, "2027-02-30"),
        ({"changed": {"2027-01-01": 0}}, "2027-01-01"),
        ({"changed": {"2026-01-01": False}}, "不在 years"),
        ({"changed": {"2027-01-02": False}}, "本来就休息"),
        ({"changed": {"2027-01-04": True}}, "本来就上班"),
    ],
)
def test_a_list_that_contradicts_itself_is_named(wrong: dict[str, object], words: str) -> None:
    with pytest.raises(CalendarFault, match=words):
        published.read({**GOOD, **wrong})
