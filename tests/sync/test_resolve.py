"""What answers and decisions do to a case: any order, any number of times, the same end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from counter_app.domain.case.state import CaseState, may_move
from counter_app.sync.resolve import (
    NOTHING,
    CaseNow,
    Effect,
    Order,
    Said,
    by_decision,
    by_result,
    by_status,
    cause,
    is_answer,
)
from counter_app.wire.messages import PACK_LATER, DecisionBody

ANSWERS = [
    "accepted",
    "duplicate",
    "received",
    "held:DUP_ENROL",
    "rejected:SCHEMA",
    "id_reused",
    "device_forked",
    "received:QUARANTINE",
]
KINDS = ["accepted", "held", "rejected", "voided"]
SUBMIT = Said("op1", "case.submit", 1)


def decision(kind: str, rev: int = 1) -> DecisionBody:
    return DecisionBody(case_no="n", case_id="c", rev=rev, kind=kind, code="", text="t")


def now(state: CaseState, rev: int = 1, decided: Order | None = None) -> CaseNow:
    return CaseNow(state, rev, f"op{rev}", decided)


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("accepted", "accepted"),
        ("duplicate", "received"),
        ("received:QUARANTINE", "received"),
        ("held:DUP_ENROL", "held"),
        ("rejected:SCOPE", "rejected"),
        ("id_reused", "rejected"),
        ("device_forked", "rejected"),
    ],
)
def test_a_waiting_case_takes_its_answer(answer: str, state: str) -> None:
    effect = by_result(now(CaseState.QUEUED), SUBMIT, answer)
    assert effect.state == state
    assert bool(effect.task) == (state in {"held", "rejected"})


@given(st.sampled_from(ANSWERS), st.sampled_from(list(CaseState)))
def test_an_answer_moves_only_what_still_waits(answer: str, state: CaseState) -> None:
    effect = by_result(now(state), SUBMIT, answer)
    if state is not CaseState.QUEUED:
        assert effect == NOTHING
    else:
        assert effect.state is not None
        assert may_move(state, effect.state)


@given(st.sampled_from(ANSWERS), st.sampled_from(list(CaseState)))
def test_an_answer_to_an_older_revision_moves_nothing(answer: str, state: CaseState) -> None:
    assert by_result(now(state, 2), SUBMIT, answer) == NOTHING


@given(st.text(max_size=12))
def test_an_unknown_answer_settles_nothing(word: str) -> None:
    known = {a.partition(":")[0] for a in ANSWERS}
    assert is_answer(word) == (word.partition(":")[0] in known)


def test_a_refused_void_puts_the_case_back() -> None:
    void = Said("op9", "case.void", 1)
    effect = by_result(now(CaseState.VOIDED), void, "rejected:LATE")
    assert (effect.state, effect.task) == (CaseState.RECEIVED, "")
    assert "照旧有效" in effect.words
    assert by_result(now(CaseState.VOIDED), void, "rejected:STATE") == NOTHING
    assert by_result(now(CaseState.VOIDED), void, "rejected:UNKNOWN_CASE") == NOTHING


@pytest.mark.parametrize(
    ("result", "text", "said"),
    [
        ("rejected:SCOPE", "", "这一件不归本站办"),
        ("rejected:SCOPE", "not a feed", "这一件不归本站办"),
        ("rejected:SCOPE", "户口不在本县", "户口不在本县"),
        ("rejected:NEW_CODE", "", "中心没有细说，编码 NEW_CODE"),
        ("id_reused", "the id belongs to another", "中心没有细说，编码 id_reused"),
    ],
)
def test_a_cause_is_always_said_in_chinese(result: str, text: str, said: str) -> None:
    assert cause(result, text) == said


def apply(case: CaseNow, said: DecisionBody, order: Order) -> CaseNow:
    effect = by_decision(case, said, order)
    if effect.state is None:
        return case
    return CaseNow(effect.state, case.rev, case.op_id, order)


def test_a_decision_for_another_revision_never_overrides_the_newer() -> None:
    assert by_decision(now(CaseState.QUEUED, 2), decision("rejected", 1), Order(0, 9)) == NOTHING
    assert by_decision(now(CaseState.QUEUED, 1), decision("rejected", 2), Order(0, 9)).early
    assert by_decision(None, decision("rejected"), Order(0, 9)).early


@given(
    st.lists(st.sampled_from(KINDS), min_size=1, max_size=6),
    st.randoms(use_true_random=False),
    st.integers(1, 3),
)
def test_replays_change_nothing(kinds: list[str], random: object, times: int) -> None:
    stream = [(decision(k), Order(0, i + 1)) for i, k in enumerate(kinds)]
    once = now(CaseState.RECEIVED)
    for said, order in stream:
        once = apply(once, said, order)
    again = now(CaseState.RECEIVED)
    for said, order in stream:
        for _ in range(times):
            again = apply(again, said, order)
    for said, order in stream:
        again = apply(again, said, order)
    assert again == once


@given(st.permutations([(k, i + 1) for i, k in enumerate(["held", "rejected", "accepted"])]))
def test_the_newest_decision_stands_in_any_order(order: list[tuple[str, int]]) -> None:
    case = now(CaseState.RECEIVED)
    for kind, seq in order:
        case = apply(case, decision(kind), Order(0, seq))
    assert case.state is CaseState.ACCEPTED


@given(st.sampled_from(KINDS), st.integers(0, 3), st.integers(1, 50))
def test_what_the_clerk_voided_stays_voided(kind: str, generation: int, seq: int) -> None:
    effect = by_decision(now(CaseState.VOIDED), decision(kind), Order(generation, seq))
    assert effect.state in {None, CaseState.VOIDED}
    assert not effect.task


@pytest.mark.parametrize("kind", ["accepted", "held", "rejected"])
def test_a_decision_that_finds_the_case_voided_is_kept_for_the_voids_answer(kind: str) -> None:
    kept = by_decision(now(CaseState.VOIDED), decision(kind), Order(0, 7))
    assert kept == Effect(CaseState.VOIDED, note=True)
    voided = CaseNow(CaseState.VOIDED, 1, "op1", Order(0, 7), CaseState(kind))
    effect = by_result(voided, Said("op2", "case.void", 1), "device_forked")
    assert effect.state == kind
    assert bool(effect.task) == (kind in {"held", "rejected"})


def test_after_the_centre_went_back_another_outcome_may_come() -> None:
    case = now(CaseState.ACCEPTED, decided=Order(0, 40))
    assert by_decision(case, decision("held"), Order(0, 41)) == NOTHING
    assert by_decision(case, decision("held"), Order(1, 3)).state is CaseState.HELD


@pytest.mark.parametrize(
    ("state", "status", "rev", "moved"),
    [
        (None, "accepted", 1, "accepted"),
        (None, "queued", 1, "received"),
        (None, "something new", 1, "received"),
        (CaseState.RECEIVED, "accepted", 1, "accepted"),
        (CaseState.HELD, "received", 1, None),
        (CaseState.VOIDED, "accepted", 1, None),
        (CaseState.REJECTED, "received", 2, "received"),
    ],
)
def test_another_pcs_case_goes_forward_only(
    state: CaseState | None, status: str, rev: int, moved: str | None
) -> None:
    assert by_status(now(state) if state else None, status, rev) == moved


def test_a_pack_that_came_later_is_a_line_of_the_history_and_moves_nothing() -> None:
    said = structs.replace(decision("accepted"), code=PACK_LATER, text="后来的规则包也管这一件")
    effect = by_decision(now(CaseState.ACCEPTED, 1, Order(0, 3)), said, Order(0, 9))
    assert (effect.state, effect.task) == (CaseState.ACCEPTED, "")
    assert effect.words == "后来的规则包也管这一件"
