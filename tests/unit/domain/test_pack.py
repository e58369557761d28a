"""Policy is dated data; what is not given is absent."""

import datetime as dt
import tomllib
from decimal import Decimal

import pytest

from counter_app.domain.policy.pack import Pack, PackFault, Parameter, from_plain
from tests.fakes.station import demo_pack, pack_text

DAY = dt.date(2026, 11, 23)


def pack(*parameters: Parameter) -> Pack:
    return Pack("990101", "示范县", "1", True, "d", parameters)


def one(value: str, begins: dt.date | None = None, ends: dt.date | None = None) -> Pack:
    return pack(Parameter("k", value, "试", "A", begins, ends))


@pytest.mark.parametrize(("offset", "holds"), [(-1, False), (0, True), (9, True), (10, False)])
def test_both_ends_belong_to_the_time_in_force(offset: int, holds: bool) -> None:
    dated = one("5", DAY, DAY + dt.timedelta(days=9))
    assert (dated.find("k", DAY + dt.timedelta(days=offset)) is not None) is holds


def test_the_value_of_the_day_is_taken() -> None:
    old = Parameter("k", "1", "试", "A", None, dt.date(2025, 12, 31))
    new = Parameter("k", "2", "试", "A", dt.date(2026, 1, 1), None)
    dated = pack(old, new)
    assert dated.number("k", dt.date(2025, 12, 31)) == 1
    assert dated.number("k", dt.date(2026, 1, 1)) == 2


@pytest.mark.parametrize(
    ("value", "number", "amount", "rate"),
    [
        ("90", 90, 9000, Decimal(90)),
        ("-3", -3, -300, Decimal(-3)),
        ("400.00", None, 40000, Decimal("400.00")),
        ("0.845", None, None, Decimal("0.845")),
        ("--3", None, None, None),
        ("²", None, None, None),
        ("NaN", None, None, None),
        ("Infinity", None, None, None),
        ("1e9", None, None, None),
    ],
)
def test_values_are_read_strictly(
    value: str, number: int | None, amount: int | None, rate: Decimal | None
) -> None:
    made = one(value)
    assert (made.number("k", DAY), made.amount("k", DAY), made.rate("k", DAY)) == (
        number,
        amount,
        rate,
    )


def test_an_absent_parameter_is_none_everywhere() -> None:
    empty = pack()
    for read in (empty.text, empty.number, empty.amount, empty.rate, empty.day):
        assert read("k", DAY) is None
    assert one("2026-01-01").day("k", DAY) == dt.date(2026, 1, 1)


def test_the_demonstration_pack_says_everywhere_that_it_is_invented() -> None:
    made = demo_pack()
    assert made.invented
    assert (made.label, made.id) == ("示范县 2026.1", "990101/2026.1")
    for parameter in made.parameters:
        assert parameter.source
        assert parameter.grade in {"A", "B", "C", "G", "invented"}
        if parameter.grade == "invented":
            assert "虚构" in parameter.source, parameter.key


def test_the_pack_has_no_key_twice_on_one_day() -> None:
    keys = [(p.key, p.begins) for p in demo_pack().parameters]
    assert len(keys) == len(set(keys))


HEAD = {"region": "990101", "region_name": "示范县", "version": "1"}
ROW = {"key": "k", "value": "1", "source": "试", "grade": "A"}


@pytest.mark.parametrize(
    "plain",
    [
        {},
        {"pack": HEAD},
        {"pack": "x", "parameter": []},
        {"pack": {**HEAD, "version": 1}, "parameter": []},
        {"pack": HEAD, "parameter": ["k"]},
        {"pack": HEAD, "parameter": [{**ROW, "value": 1}]},
        {"pack": HEAD, "parameter": [{**ROW, "source": ""}]},
        {"pack": HEAD, "parameter": [{**ROW, "begins": "soon"}]},
        {"pack": HEAD, "parameter": [{**ROW, "ends": dt.datetime.fromisoformat("2026-01-01")}]},
    ],
)
def test_a_pack_of_another_shape_is_refused(plain: dict[str, object]) -> None:
    with pytest.raises(PackFault):
        from_plain(plain, "d")


def test_dates_as_toml_or_as_text() -> None:
    rows = [{**ROW, "begins": dt.date(2026, 1, 1), "ends": "2026-12-31"}]
    made = from_plain({"pack": HEAD, "parameter": rows}, "d")
    assert made.parameters[0].begins == dt.date(2026, 1, 1)
    assert made.parameters[0].ends == dt.date(2026, 12, 31)
    assert not made.invented


def test_the_bundled_text_parses() -> None:
    assert from_plain(tomllib.loads(pack_text()), "d").region == "990101"
