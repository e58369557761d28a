"""补录 as every item has it: what is asked, what is refused, what stands on the sheets."""

import datetime as dt

import pytest

from counter_app.catalog import late
from counter_app.catalog.facts import Facts
from counter_app.catalog.registry import items
from counter_app.domain.policy.pack import Pack, Parameter
from counter_app.forms.answers import Answers
from counter_app.kernel.problems import Level

DAY = dt.date(2026, 11, 20)
FACTS = Facts(on=DAY)
TYPED = Answers({"late": "1", "late_on": "2026-11-20", "late_no": "0012", "late_clerk": "0312"})


def codes(answers: Answers, facts: Facts = FACTS) -> list[str]:
    return [p.code for p in late.problems(answers, facts)]


def test_every_item_asks_for_the_paper() -> None:
    for item in items().values():
        for spec in late.FIELDS:
            assert item.form.field(spec.id) == spec, item.id


def test_a_paper_of_its_day_is_right() -> None:
    assert codes(TYPED) == []
    assert late.day(TYPED) == DAY
    assert late.mark(TYPED) == "补录 纸单 0012"
    assert late.words(TYPED, "李敏") == "11月20日 收的纸单 0012，李敏收，后来补录"


def test_what_is_not_late_has_no_day_and_no_mark() -> None:
    usual = TYPED.put("late", "0")
    assert late.day(usual) is None
    assert late.mark(usual) == late.words(usual, "李敏") == ""
    assert codes(usual.put("late_on", "2099-01-01")) == []


@pytest.mark.parametrize(("on", "found"), [("2026-11-20", []), ("2026-11-21", ["late_ahead"])])
def test_a_day_that_has_not_come_is_refused(on: str, found: list[str]) -> None:
    assert codes(TYPED.put("late_on", on)) == found


@pytest.mark.parametrize(("length", "found"), [(12, []), (13, ["late_number"])])
def test_the_number_fits_on_the_mark(length: int, found: list[str]) -> None:
    assert codes(TYPED.put("late_no", "1" * length)) == found


def pack(*begins: dt.date | None) -> Pack:
    parameters = tuple(Parameter(f"k{i}", "1", "s", "invented", b) for i, b in enumerate(begins))
    return Pack("990101", "示范县", "2026.1", invented=True, digest="", parameters=parameters)


@pytest.mark.parametrize(
    ("begins", "found"),
    [
        ((DAY,), []),
        ((DAY + dt.timedelta(1),), ["late_before_pack"]),
        ((DAY + dt.timedelta(1), None), []),
        ((), []),
    ],
)
def test_before_the_packs_time_is_said_and_stops_nothing(
    begins: tuple[dt.date | None, ...], found: list[str]
) -> None:
    problems = list(late.problems(TYPED, Facts(on=DAY, pack=pack(*begins))))
    assert [p.code for p in problems] == found
    assert all(p.level is Level.WARN for p in problems)
