"""The change item beyond its golden cases: first answers, parties, each new answer, who may be stopped."""

import datetime as dt
from dataclasses import replace

import pytest

from counter_app.catalog.facts import Facts
from counter_app.catalog.item import Prefill, judge
from counter_app.catalog.registry import item
from counter_app.domain.case.parties import Role
from counter_app.domain.person.model import Household, Person, Standing
from counter_app.forms.answers import Answers
from tests.fakes.people import AREA, number
from tests.fakes.station import code_tables, demo_pack

ITEM = item("resident-change")
DAY = dt.date(2026, 11, 24)
BORN = dt.date(1971, 3, 9)
CERTNO = number(BORN, 41)
PERSON = Person(
    "01", CERTNO, "赵国强", "1", "1", BORN, AREA, "杨桥村", "h1", "02", tel="13900000418"
)
HOUSE = Household("h1", AREA, "杨桥村", "示范县青禾镇杨桥村 3 组", CERTNO, "赵国强", "农业")
FACTS = Facts(
    on=DAY, pack=demo_pack(), people={CERTNO: PERSON}, tables=code_tables(), scope=frozenset({AREA})
)


def codes(answers: Answers, facts: Facts = FACTS) -> set[str]:
    return {p.code for p in judge(ITEM, answers, facts).problems}


def begun(**values: str) -> Answers:
    answers = ITEM.start(Prefill(HOUSE, (PERSON,)), FACTS)
    return Answers({**answers.values, **values}, answers.rows)


def corrected(what: str, after: str, **facts: object) -> set[str]:
    row = {"chg_item": what, "chg_after": after, "chg_rea": "登记错了", "chg_proof": "户口簿"}
    answers = begun(act="correct")
    answers = Answers(answers.values, {**answers.rows, "changes": (row,)})
    world = replace(FACTS, **facts)
    return codes(ITEM.fill(answers, world), world)


def test_the_first_answers_are_the_members_own() -> None:
    answers = begun()
    assert answers.get("certno") == answers.get("appl_certno") == CERTNO
    assert (answers.get("tel"), answers.get("hh_no")) == ("13900000418", "h1")
    assert ITEM.start(Prefill(None, ()), FACTS).get("certno") == ""


def test_insured_and_applicant_are_parties_and_are_asked_for() -> None:
    answers = begun(appl_name="赵家属", appl_certno=number(dt.date(1990, 2, 2), 46))
    assert {p.role for p in ITEM.parties(answers)} == {Role.INSURED, Role.APPLICANT}
    assert ITEM.asks(answers).certnos == {CERTNO, answers.get("appl_certno")}
    assert ITEM.parties(Answers()) == ()


@pytest.mark.parametrize(
    ("what", "after", "code"),
    [
        ("tel", "138", "phone"),
        ("tel", "23900000418", "phone"),
        ("tel", "03712345678", ""),
        ("brdy", "去年", "no_date"),
        ("brdy", "2027-01-01", "born_later"),
        ("certno", "12345", "length"),
    ],
)
def test_each_new_answer_is_read_by_its_item(what: str, after: str, code: str) -> None:
    found = corrected(what, after)
    assert code in found if code else not found & {"phone", "unchanged"}


def test_a_number_somebody_has_is_taken() -> None:
    other = replace(PERSON, certno=number(dt.date(1980, 5, 5), 45))
    people = {CERTNO: PERSON, other.certno: other}
    assert "taken" in corrected("certno", other.certno, people=people)


def test_another_township_and_another_name_are_told() -> None:
    stop = begun(act="stop", stop_rea="moved", psn_insu_stas="4", stop_on="2026-11-20", told="1")
    assert "out_of_scope" in codes(stop, replace(FACTS, scope=frozenset({"990101105"})))
    assert "name_differs" in codes(stop.put("psn_name", "马建设"))


def test_employee_cover_nobody_could_look_up_is_a_warning() -> None:
    stop = begun(act="stop", stop_rea="employee", psn_insu_stas="2", stop_on="2026-11-20", told="1")
    assert "employee_unseen" in codes(stop, replace(FACTS, online=False))
    assert "employee_unseen" not in codes(stop)


def test_a_death_seen_on_paper_asks_for_the_paper() -> None:
    stop = begun(act="stop", stop_rea="died", psn_insu_stas="4", death_by="paper")
    assert "death" in {m.id for m in ITEM.materials(stop)}


def test_unfinished_answers_bring_less_and_are_still_judged() -> None:
    for answers in (Answers(), Answers({"act": "stop"}), begun(act="stop"), begun(act="correct")):
        verdict = judge(ITEM, answers, FACTS)
        assert verdict.outcome.changes == ()
        assert ITEM.summary(answers)
    assert corrected("tel", "") >= {"required"}
    assert "born_later" not in corrected("brdy", BORN.isoformat())
    assert ITEM.sheet(begun(act="correct", present="agent", agnter_name="王代办"), FACTS).pages


def test_who_already_stopped_is_not_stopped_again() -> None:
    stop = begun(act="stop", stop_rea="died", psn_insu_stas="4", stop_on="2026-11-20")
    gone = replace(PERSON, standing=Standing.DECEASED, deceased_on=None)
    assert "already_stopped" in codes(stop, replace(FACTS, people={CERTNO: gone}))
