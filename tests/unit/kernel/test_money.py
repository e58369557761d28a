"""Amounts: read, written, rounded once, in capitals."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.kernel.money import capitals, format_yuan, parse_yuan, plain_yuan, times

DIGITS = {d: i for i, d in enumerate("零壹贰叁肆伍陆柒捌玖")}
UNITS = {"拾": 10, "佰": 100, "仟": 1000}


def read_capitals(text: str) -> int:
    """The amount in fen: written here a second time, the other way round."""
    fen = 0
    number = section = total = 0
    for ch in text.removesuffix("整"):
        if ch in DIGITS:
            number = DIGITS[ch]
        elif ch in UNITS:
            section += number * UNITS[ch]
            number = 0
        elif ch in {"万", "亿"}:
            total = (total + section + number) * (10_000 if ch == "万" else 100_000_000)
            section = number = 0
        elif ch == "元":
            fen += (total + section + number) * 100
            number = 0
        else:
            fen += number * {"角": 10, "分": 1}[ch]
            number = 0
    return fen


@pytest.mark.parametrize(
    ("yuan", "words"),
    [
        # observed receipts, copied from the settlement cases CN-1 and CN-2
        ("993.54", "玖佰玖拾叁元伍角肆分"),
        ("188.21", "壹佰捌拾捌元贰角壹分"),
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("10.05", "壹拾元零伍分"),
        ("10.50", "壹拾元伍角整"),
        ("100000", "壹拾万元整"),
        ("100010.00", "壹拾万零壹拾元整"),
        # a 零 where the ten-thousands are 0 and the thousands are not is free (支付结算办法, 附一)
        ("1001000", "壹佰万壹仟元整"),
        ("100000001", "壹亿零壹元整"),
        ("20003000", "贰仟万叁仟元整"),
    ],
)
def test_capitals_as_on_a_bill(yuan: str, words: str) -> None:
    amount = parse_yuan(yuan)
    assert amount is not None
    assert capitals(amount) == words


@given(st.integers(0, 99_999_999_99))
def test_capitals_read_back(amount: int) -> None:
    assert read_capitals(capitals(amount)) == amount


def test_no_capitals_below_zero() -> None:
    with pytest.raises(ValueError, match="negative"):
        capitals(-1)


@given(st.integers(-99_999_999_999_999, 99_999_999_999_999))
def test_what_is_written_reads_back(amount: int) -> None:
    assert parse_yuan(format_yuan(amount)) == amount


@pytest.mark.parametrize("typed", ["", "1.234", "1e3", "NaN", "壹元", "1.", ".5", "٣", "9" * 13])
def test_what_is_no_amount(typed: str) -> None:
    assert parse_yuan(typed) is None


def test_grouping_in_both_widths() -> None:
    assert parse_yuan(" 58,364.2 ") == parse_yuan("58，364.20") == 5836420
    assert format_yuan(-5836420) == "−58,364.20"


@pytest.mark.parametrize(
    ("amount", "rate", "fen"),
    [(1, "0.5", 1), (3, "0.5", 2), (-1, "0.5", -1), (100, "0.845", 85), (99, "0", 0)],
)
def test_one_rounding_rule_half_away_from_zero(amount: int, rate: str, fen: int) -> None:
    assert times(amount, Decimal(rate)) == fen


@given(st.integers(0, 10**12), st.decimals("0", "1", places=4))
def test_a_share_is_never_more_than_the_whole(amount: int, rate: Decimal) -> None:
    assert 0 <= times(amount, rate) <= amount


@given(st.integers(-(10**13), 10**13))
def test_a_stored_amount_reads_back(fen: int) -> None:
    assert parse_yuan(plain_yuan(fen)) == fen
    assert plain_yuan(fen).isascii()


def test_a_stored_amount_is_plain() -> None:
    assert plain_yuan(5712000) == "57120.00"
    assert plain_yuan(-5) == "-0.05"
