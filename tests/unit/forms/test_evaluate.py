"""Visibility, duty and refusal of fields follow the answers."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.forms.answers import Answers
from counter_app.forms.conditions import ALWAYS, NEVER, AllOf, AnyOf, Filled, Is, Not
from counter_app.forms.evaluate import evaluate, normalize, shown, visible_answers
from counter_app.forms.kinds import KindContext
from counter_app.forms.spec import FieldSpec, FormSpec, Option, SectionSpec

CONTEXT = KindContext(dt.date(2026, 11, 23))
SELF = Option("self", "本人")
FORM = FormSpec(
    "T-1",
    "1",
    "试",
    (
        SectionSpec(
            "head",
            "抬头",
            (
                FieldSpec("who", "choice", "谁", required=ALWAYS, options=(SELF, Option("agent", "代办"))),
                FieldSpec(
                    "agent", "name", "代办人",
                    required=Is("who", ("agent",)), visible_when=Is("who", ("agent",)),
                ),
                FieldSpec("day", "date", "日期"),
            ),
        ),
        SectionSpec(
            "rows",
            "人",
            (
                FieldSpec("psn_cert_type", "text", "证件类型"),
                FieldSpec("certno", "id_number", "证件号", required=Is("who", ("agent",))),
                FieldSpec("memo", "text", "备注", visible_when=Filled("certno")),
            ),
            repeats=True,
            min_rows=1,
            max_rows=2,
            row_noun="人",
        ),
    ),
)  # fmt: skip


def get_from(answers: dict[str, str]):
    return lambda name: answers.get(name, "")


@given(st.dictionaries(st.sampled_from("ab"), st.sampled_from(["", "1", "2"])))
def test_combinators(given_answers: dict[str, str]) -> None:
    get = get_from(given_answers)
    first, second = Is("a", ("1",)), Filled("b")
    assert AllOf((first, second)).holds(get) == (first.holds(get) and second.holds(get))
    assert AnyOf((first, second)).holds(get) == (first.holds(get) or second.holds(get))
    assert Not(first).holds(get) != first.holds(get)
    assert ALWAYS.holds(get)
    assert not NEVER.holds(get)


def test_conditions_know_what_they_read() -> None:
    made = AllOf((Is("a", ("1",)), AnyOf((Filled("b"), Not(Is("c", ("x",)))))))
    assert made.depends() == {"a", "b", "c"}
    assert ALWAYS.depends() == AllOf(()).depends() == frozenset()


def test_an_empty_form_says_what_is_missing() -> None:
    got = evaluate(FORM, Answers(), CONTEXT)
    assert [(p.code, p.field) for p in got.problems] == [("required", "who"), ("too_few", "rows")]
    assert got.visible == {"who", "day"}
    assert got.required == {"who"}


def test_a_row_reads_the_case_where_it_has_no_answer_itself() -> None:
    answers = Answers({"who": "agent"}, {"rows": ({"certno": "1"}, {})})
    got = evaluate(FORM, answers, CONTEXT)
    codes = {p.field: p.code for p in got.problems}
    assert codes == {
        "agent": "required",
        "rows[0].certno": "id_length",
        "rows[1].certno": "required",
    }
    assert "rows[0].memo" in got.visible
    assert "rows[1].memo" not in got.visible


def test_too_many_rows() -> None:
    answers = Answers({"who": "self"}, {"rows": ({}, {}, {})})
    assert [p.code for p in evaluate(FORM, answers, CONTEXT).problems] == ["too_many"]


def test_hidden_answers_are_kept_but_not_sent() -> None:
    answers = Answers(
        {"who": "self", "agent": "周建国", "day": ""},
        {"rows": ({"memo": "藏"}, {"certno": "1", "memo": "见"})},
    )
    sent = visible_answers(FORM, answers)
    assert sent.values == {"who": "self"}
    assert sent.rows == {"rows": ({}, {"certno": "1", "memo": "见"})}
    assert answers.get("agent") == "周建国"


@pytest.mark.parametrize(
    ("place", "typed", "stored"),
    [
        ("day", "0115", "2026-01-15"),
        ("who", "本人", "self"),
        ("rows[0].certno", "110105491231002", "110105491231002"),
        ("rows[1].certno", "110105491231002", "11010519491231002X"),
        ("rows[7].certno", "110105491231002", "11010519491231002X"),
    ],
)
def test_typing_is_read_by_its_field_and_row(place: str, typed: str, stored: str) -> None:
    answers = Answers({}, {"rows": ({"psn_cert_type": "99"}, {})})
    assert normalize(FORM, place, typed, answers, CONTEXT) == stored


def test_a_field_that_is_not_there() -> None:
    for place in ("nothing", "rows[0].nothing", "nobody[0].certno", "certno"):
        assert FORM.field(place) is None
    with pytest.raises(KeyError):
        normalize(FORM, "nothing", "x", Answers(), CONTEXT)


def test_words_for_people() -> None:
    who = FORM.field("who")
    assert who is not None
    assert shown(who, "self", CONTEXT) == "本人"
    assert shown(who, "", CONTEXT) == ""
    assert who.label_of("x") == "x"
