"""Every golden case of resident enrolment comes out as written."""

import pytest

from counter_app.catalog.item import Verdict
from counter_app.kernel.money import format_yuan
from counter_app.kernel.problems import Level
from tests.golden import enrolment

CASES = enrolment.cases()


def money(amount: int | None) -> str:
    return enrolment.UNKNOWN if amount is None else format_yuan(amount)


def codes(verdict: Verdict, level: Level) -> list[str]:
    return sorted({p.code for p in verdict.problems if p.level is level})


@pytest.mark.parametrize("case", CASES, ids=[c.id for c in CASES])
def test_case(case: enrolment.Case) -> None:
    expect = case.plain["expect"]
    verdict = enrolment.verdict(case.plain)
    assert codes(verdict, Level.STOP) == sorted(expect.get("stops", []))
    assert codes(verdict, Level.WARN) == sorted(expect.get("warns", []))
    said = "".join(p.text for p in verdict.problems)
    assert expect.get("words", "") in said
    assert not set("!！") & set(said)
    told = "".join(verdict.outcome.told)
    assert all(words in told for words in expect.get("says", []))
    assert not any(words in told for words in expect.get("never_says", []))
    if "advises" in expect:
        advised = "".join(line.label + line.source for line in verdict.outcome.advice)
        assert all(words in advised for words in expect["advises"])
        assert bool(advised) == bool(expect["advises"])
    if "advice_lines" in expect:
        assert len(verdict.outcome.advice) == expect["advice_lines"]


@pytest.mark.parametrize(
    "case",
    [c for c in CASES if "members" in c.plain["expect"]],
    ids=[c.id for c in CASES if "members" in c.plain["expect"]],
)
def test_figures(case: enrolment.Case) -> None:
    expect = case.plain["expect"]
    outcome = enrolment.verdict(case.plain).outcome
    assert len(outcome.subjects) == len(expect["members"])
    for subject, wanted in zip(outcome.subjects, expect["members"], strict=True):
        assert money(subject.own) == wanted["own"]
        assert subject.cover == str(wanted["cover"])
        assert subject.cover_from == wanted.get("from")
        assert money(subject.subsidy) == wanted.get("subsidy", money(subject.subsidy))
        assert subject.name == wanted.get("name", subject.name)
    assert money(outcome.total) == expect["total"]
    assert list(outcome.missing) == expect.get("missing", [])


def test_every_file_is_read() -> None:
    assert {c.file for c in CASES} == {
        "season",
        "waiting",
        "newborn",
        "subsidy",
        "refused",
        "incentives",
    }
    assert len({c.name for c in CASES}) == len(CASES)
