"""Which line a year passes: strictly above, the highest, an identity's own before everybody's."""

import datetime as dt

import pytest

from counter_app.domain.high_cost.lines import OwnShare, Passed, Spent, of_year, passed
from counter_app.domain.policy.pack import Pack, Parameter

D = dt.date
ON = D(2026, 11, 23)


def pack(*rows: tuple[str, str], ends: dt.date | None = None) -> Pack:
    made = tuple(Parameter(key, value, "示例", "invented", ends=ends) for key, value in rows)
    return Pack("990101", "示范县", "1", True, "d", made)


LINES = pack(
    ("warning.own_share.1", "10000.00"),
    ("warning.own_share.2", "30000.00"),
    ("warning.2303.own_share.1", "5000.00"),
)


def share(own: int) -> OwnShare:
    return OwnShare(2026, own, 1, 0)


@pytest.mark.parametrize(
    ("identity", "own", "number", "amount"),
    [
        ("", 1_000_000, 0, 0),
        ("", 1_000_001, 1, 1_000_000),
        ("0", 3_000_000, 1, 1_000_000),
        ("0", 3_000_001, 2, 3_000_000),
        ("2303", 500_000, 0, 0),
        ("2303", 500_001, 1, 500_000),
        ("2303", 9_000_000, 1, 500_000),
        ("2304", 1_000_001, 1, 1_000_000),
    ],
)
def test_each_side_of_every_line(identity: str, own: int, number: int, amount: int) -> None:
    found = passed(LINES, identity, share(own), ON)
    expected = Passed(number, amount, "示例", "invented") if number else None
    assert found == expected


def test_no_line_no_warning() -> None:
    much = share(99_999_999)
    assert passed(None, "", much, ON) is None
    assert passed(pack(), "", much, ON) is None
    assert passed(pack(("warning.own_share.1", "一万")), "", much, ON) is None
    over = pack(("warning.own_share.1", "1.00"), ends=D(2026, 11, 22))
    assert passed(over, "", much, ON) is None


def test_a_year_counts_what_is_known() -> None:
    spent = [
        Spent(D(2025, 12, 31), 100),
        Spent(D(2026, 1, 1), 200),
        Spent(D(2026, 12, 31), None),
        Spent(D(2026, 5, 1), 300),
    ]
    assert of_year(spent, 2026) == OwnShare(2026, 500, 3, 1)
    assert of_year([], 2026) == OwnShare(2026, 0, 0, 0)
