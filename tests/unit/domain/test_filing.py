"""Places and periods of off-site filings at their edges."""

import datetime as dt

import pytest

from counter_app.domain.filing import period
from counter_app.domain.filing.category import LABELS, REASONS, Category, category
from counter_app.domain.filing.place import city_of, is_city_or_province, own_place
from tests.fakes.station import demo_pack

DAY = dt.date(2026, 8, 31)


@pytest.mark.parametrize(
    ("code", "whole"),
    [
        ("320000", True),
        ("320500", True),
        ("429004", True),
        ("320508", False),
        ("110105", False),
        ("H32050800012", False),
        ("3205", False),
        ("", False),
    ],
)
def test_only_cities_and_provinces_are_places(code: str, whole: bool) -> None:
    assert is_city_or_province(code) is whole


def test_the_own_city_is_none_but_the_own_province_is() -> None:
    assert own_place("990100", "990101104")
    assert not own_place("990200", "990101104")
    assert not own_place("990000", "990101104")
    # a municipality is its own city; a county-level city right under its province likewise
    assert own_place("310000", "310115001")
    assert not own_place("310000", "320500001")
    assert own_place("429004", "429004001")
    assert not own_place("429005", "429004001")


def test_a_county_is_led_to_its_city_or_its_province() -> None:
    regions = {"320500": "江苏省苏州市", "110000": "北京市"}
    assert city_of("320508", regions) == "320500"
    assert city_of("110105", regions) == "110000"


def test_months_end_on_the_month_s_last_day() -> None:
    term = period.validity(demo_pack(), Category.OTHER, DAY, DAY)
    assert (term.day, term.months) == (dt.date(2027, 2, 28), 6)
    assert "第十三条" in term.source


def test_what_no_pack_gives_is_not_guessed() -> None:
    assert period.validity(None, Category.OTHER, DAY, DAY).day is None
    assert period.changeable(None, DAY, DAY).day is None
    assert period.keep_until(None, DAY, DAY).day is None
    assert period.benefit(None, Category.RETIRED, DAY) is None
    assert period.benefit(demo_pack(), Category.OTHER, DAY) is None


def test_long_term_has_no_end_and_a_leap_day_is_kept_two_years() -> None:
    assert period.validity(demo_pack(), Category.WORKING, DAY, DAY).day is None
    leap = dt.date(2028, 2, 29)
    assert period.keep_until(demo_pack(), leap, leap).day == dt.date(2030, 2, 28)


def test_every_category_has_words_and_only_known_codes() -> None:
    assert set(LABELS) == set(Category)
    assert {r.rloc_rea for r in REASONS.values()} == {"02", "06", "07", ""}
    assert category("07") is None
