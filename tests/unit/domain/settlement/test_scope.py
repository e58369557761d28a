"""What is in scope: typed, from categories, from lines, or not known."""

import random
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.settlement.scope import (
    BillLine,
    Category,
    Scope,
    ScopeFault,
    ScopeRange,
    scope_from_categories,
    scope_from_lines,
    scope_typed,
    scope_unknown,
)

TENTH = Decimal("0.1")


def exact(found: Scope | ScopeRange) -> Scope:
    assert isinstance(found, Scope)
    return found


def ranged(found: Scope | ScopeRange) -> ScopeRange:
    assert isinstance(found, ScopeRange)
    return found


def test_typed_keeps_what_is_not_told_apart() -> None:
    found = scope_typed(100_000, 75_000, preselfpay=3_000)
    assert (found.in_scope, found.preselfpay, found.unsplit) == (75_000, 3_000, 22_000)


@pytest.mark.parametrize(
    ("total", "inside", "own"), [(100, 101, 0), (100, 60, 41), (100, -1, 0), (100, 50, -1)]
)
def test_typed_contradictions_are_said(total: int, inside: int, own: int) -> None:
    with pytest.raises(ScopeFault, match="清单"):
        scope_typed(total, inside, ownpay=own)


def test_parts_make_the_total() -> None:
    with pytest.raises(ScopeFault, match="对不上"):
        Scope(100, 60, 30)


def test_unknown_reaches_from_nothing_to_the_rest() -> None:
    found = scope_unknown(100_000, ownpay=20_000)
    assert (found.low.in_scope, found.high.in_scope) == (0, 80_000)
    assert found.low.ownpay == found.high.ownpay == 20_000
    assert found.why == ("清单上没有写政策范围内是多少",)
    with pytest.raises(ScopeFault, match="自费"):
        scope_unknown(100, ownpay=101)


ROWS = [Category("床位", a=486_000), Category("西药", a=0, b=200_005, c=1_000, overlmt=300)]


def test_categories_by_one_share() -> None:
    found = exact(scope_from_categories(ROWS, share=TENTH))
    # 200,005 × 10 % = 20,000.5 fen, half up
    assert found.preselfpay == 20_001
    assert found.in_scope == 486_000 + 200_005 - 20_001
    assert found.preselfpay_words == "2,000.05 × 10%"
    assert (found.ownpay, found.overlmt, found.total) == (1_000, 300, 687_305)


def test_categories_by_what_is_printed() -> None:
    found = exact(scope_from_categories(ROWS, preselfpay=5))
    assert (found.preselfpay, found.preselfpay_words) == (5, "清单上写的")
    with pytest.raises(ScopeFault, match="乙类"):
        scope_from_categories(ROWS, preselfpay=200_006)


def test_categories_without_a_share_are_a_range() -> None:
    found = ranged(scope_from_categories(ROWS))
    assert (found.low.in_scope, found.high.in_scope) == (486_000, 686_005)
    assert found.why == ("不知道乙类先行自付多少",)


def test_categories_without_class_b_need_no_share() -> None:
    assert exact(scope_from_categories([Category("床位", a=100, c=50)])).in_scope == 100


def test_a_limit_leaves_before_the_first_share() -> None:
    found = exact(scope_from_lines([BillLine("药", "02", 10_000, TENTH, 8_000)]))
    assert (found.overlmt, found.preselfpay, found.in_scope) == (2_000, 800, 7_200)
    assert "先后可能不同" in found.doubts[0]


def test_class_c_is_own_whatever_its_limit() -> None:
    found = exact(scope_from_lines([BillLine("药", "03", 10_000, None, 8_000)]))
    assert (found.ownpay, found.overlmt, found.doubts) == (10_000, 0, ())


def test_lines_that_say_too_little_are_a_range() -> None:
    lines = [BillLine("甲", "01", 100), BillLine("乙", "02", 200), BillLine("不知", "", 400)]
    found = ranged(scope_from_lines(lines))
    assert (found.low.in_scope, found.high.in_scope) == (100, 700)
    assert found.why == ("1 行没有写甲乙丙类", "1 行乙类没有写先行自付比例")


def test_no_lines_and_negative_lines() -> None:
    assert exact(scope_from_lines([])).total == 0
    with pytest.raises(ScopeFault, match="负数行"):
        scope_from_lines([BillLine("退", "01", -1)])


LINE = st.builds(
    BillLine,
    st.just("项"),
    st.sampled_from(["01", "02", "03", ""]),
    st.integers(0, 10_000_000),
    st.none() | st.decimals("0", "1", places=2),
    st.none() | st.integers(0, 10_000_000),
)


@given(st.lists(LINE, max_size=20), st.randoms())
def test_order_is_irrelevant_and_the_parts_make_the_total(
    lines: list[BillLine], rng: random.Random
) -> None:
    found = scope_from_lines(lines)
    again = list(lines)
    rng.shuffle(again)
    assert scope_from_lines(again) == found
    ends = (found.low, found.high) if isinstance(found, ScopeRange) else (found, found)
    assert ends[0].total == ends[1].total == sum(line.amount for line in lines)
    assert 0 <= ends[0].in_scope <= ends[1].in_scope
