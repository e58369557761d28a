"""The shipped packs settle what they can and promise what the fact book says."""

import datetime as dt
import tomllib
from functools import cache

import pytest

from counter_app.bootstrap import resources
from counter_app.domain.policy.pack import FACT_GRADES, Pack, from_plain
from counter_app.domain.settlement.claim import Kind, Level, Offsite, YearSoFar
from counter_app.domain.settlement.promise import promised_days
from counter_app.domain.settlement.settle import NoEstimate, Settlement, settle
from tests.unit.domain.settlement.made import claim, pack

DISEASES = {Kind.CHRONIC: "M00500", Kind.TWO_DISEASE: "M03900"}
DAY = dt.date(2026, 1, 1)

FILES = sorted((resources() / "policy").glob("*/*.toml"))
REAL = ("410100/2025", "211000/2024", "220100/2025", "320000/2023")


@cache
def shipped(name: str) -> Pack:
    """One reading for all tests: a pack can't be changed."""
    text = (resources() / "policy" / f"{name}.toml").read_text("utf-8")
    return from_plain(tomllib.loads(text), "")


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_every_pack_reads_with_source_grade_and_days(path: object) -> None:
    found = from_plain(tomllib.loads(path.read_text("utf-8")), "")
    assert found.region == path.parent.name
    for row in found.parameters:
        if found.invented:
            continue
        assert row.grade in {"A", "B", "C", "G"}
        assert row.begins is not None
        assert ("二手汇编" in row.source) == (row.grade == "C")
        assert (row.grade == "G") <= ("未" in row.source)


@pytest.mark.parametrize("level", list(Level))
@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("state", list(Offsite))
def test_the_demonstration_county_settles_everything(
    kind: Kind, level: Level, state: Offsite
) -> None:
    for identity in ("0", "2303", "2304", "2306", "2361", "230801"):
        asked = claim(
            30_000_000,
            kind=kind,
            level=level,
            offsite=state,
            identity=identity,
            disease=DISEASES.get(kind, ""),
            age=40,
            year=YearSoFar(known=True),
        )
        found = settle(asked, shipped("990101/2026"))
        assert isinstance(found, Settlement), found
        assert not found.firm


def test_the_picture_of_the_window() -> None:
    # 52,780 in scope, filed long-term, 低保: 36,106.00 + 7,263.10 + 6,587.63
    asked = claim(5_278_000, level=Level.TERTIARY, offsite=Offsite.LONG_TERM, identity="2303")
    found = settle(asked, shipped("990101/2026"))
    assert isinstance(found, Settlement)
    assert (found.hifp_pay, found.hifmi_pay, found.maf_pay) == (3_610_600, 726_310, 658_763)


@pytest.mark.parametrize("name", REAL[:3])
def test_a_real_city_is_never_firm_and_ends_with_its_years(name: str) -> None:
    found = shipped(name)
    year = int(name[-4:])
    asked = claim(1_000_000, on=dt.date(year, 12, 31))
    inside = settle(asked, found)
    assert isinstance(inside, Settlement)
    assert not inside.firm
    assert isinstance(settle(claim(1_000_000, on=dt.date(year + 1, 1, 1)), found), NoEstimate)
    aided = settle(claim(1_000_000, on=dt.date(year, 6, 1), identity="2303"), found)
    assert isinstance(aided, NoEstimate)
    assert aided.missing == ("规则包里没有身份 2303 的医疗救助办法",)


def test_changchun_does_not_say_how_its_bands_are_read() -> None:
    asked = claim(10_000_000, on=dt.date(2025, 6, 1), level=Level.TERTIARY)
    found = settle(asked, shipped("220100/2025"))
    assert isinstance(found, NoEstimate)
    assert "大病分段怎么读" in found.missing[0]


def test_a_provinces_ceiling_is_no_citys_figure() -> None:
    found = shipped("320000/2023")
    assert {p.grade for p in found.parameters} <= FACT_GRADES
    asked = settle(claim(1_000_000, offsite=Offsite.REFERRAL), found)
    assert isinstance(asked, NoEstimate)
    assert "规则包里没有异地转诊减多少" in asked.missing


@pytest.mark.parametrize(
    ("kind", "total", "more", "days"),
    [
        (Kind.OUTPATIENT, 99_999, {}, 5),
        (Kind.OUTPATIENT, 100_000, {}, 10),
        (Kind.OUTPATIENT, 99_999, {"single": False}, 10),
        (Kind.INPATIENT, 99_999, {}, 10),
        (Kind.INPATIENT, 99_999, {"special": True}, 20),
        (Kind.OUTPATIENT, 99_999, {"special": True}, 20),
    ],
)
def test_promised_working_days(kind: Kind, total: int, more: dict[str, bool], days: int) -> None:
    found = promised_days(kind, total, shipped("320000/2023"), DAY, **more)
    assert found is not None
    assert (found.value, found.grade) == (days, "A")
    assert "第二十八条" in found.source


def test_no_promise_without_the_parameter() -> None:
    assert promised_days(Kind.OUTPATIENT, 100, pack(), DAY) is None
    unread = pack({"claim.promised_days.normal": "十"})
    assert promised_days(Kind.INPATIENT, 100, unread, DAY) is None
