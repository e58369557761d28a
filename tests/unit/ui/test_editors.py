"""Editors and kinds are the same set; lookups in code tables."""

import pytest

from counter_app.forms.kinds import KINDS
from tests.fakes.station import code_tables
from tests.fakes.tasks import FakeTasks
from ui.forms.choices import found
from ui.forms.editors import EDITORS
from ui.forms.initials import Initials, of_table
from ui.forms.lines import grouped


def test_kinds_and_editors_are_the_same_set() -> None:
    assert set(EDITORS) == set(KINDS)


@pytest.mark.parametrize(
    ("typed", "first"),
    [("1", "汉族"), ("汉", "汉族"), ("hz", "汉族"), ("ZZ", "壮族"), ("蒙古", "蒙古族")],
)
def test_a_code_is_found_by_code_words_or_initials(typed: str, first: str) -> None:
    table = code_tables()["naty"]
    hits = [words for _, words in found(table, of_table(table), typed)]
    assert first in hits[:3]


def test_nothing_typed_offers_everything_in_the_tables_order() -> None:
    table = {"2": "乙", "1": "甲"}
    assert found(table, {}, "") == [("2", "乙"), ("1", "甲")]


def test_initials_are_worked_out_once_and_off_the_lane_of_the_window() -> None:
    tasks = FakeTasks()
    tasks.held = True
    initials = Initials(tasks)
    assert initials.of("naty", {"1": "汉族"}) == {}
    assert initials.of("naty", {"1": "汉族"}) == {}
    assert len(tasks.waiting) == 1
    tasks.run()
    assert initials.of("naty", {"1": "汉族"}) == {"1": "hz"}


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("990101", "990101"),
        ("9901011999", "990101 1999"),
        ("99010119991105123X", "990101 19991105 123X"),
        ("R990012345", "R990012345"),
        ("9901011999110512311", "9901011999110512311"),
    ],
)
def test_numbers_stand_in_groups(number: str, shown: str) -> None:
    assert grouped(number) == shown
