"""Editors and kinds are the same set; lookups in code tables."""

import json
import subprocess
import sys

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


FULL = """
import json, sys
from pypinyin import Style, lazy_pinyin
words = json.load(sys.stdin)
letters = ["".join(lazy_pinyin(w, style=Style.FIRST_LETTER, errors="ignore")).lower() for w in words]
print(json.dumps(letters))
"""
OURS = """
import json, os, sys
from ui.forms.initials import of_table
words = json.load(sys.stdin)
found = of_table({w: w for w in words})
from pypinyin.constants import PHRASES_DICT
assert len(PHRASES_DICT) < 1000
assert "PYPINYIN_NO_PHRASES" not in os.environ
print(json.dumps([found[w] for w in words]))
"""


def test_words_read_without_the_big_dictionary_are_read_as_with_it() -> None:
    words = sorted({w for table in code_tables().values() for w in table.values()})
    words += [
        "中国农业银行",
        "长沙银行",
        "重庆市人民医院",
        "西藏自治区",
        "厦门大学附属医院",
        "长春",
    ]
    full, ours = (
        subprocess.run(
            [sys.executable, "-c", code],
            input=json.dumps(words),
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        ).stdout
        for code in (FULL, OURS)
    )
    assert [
        pair
        for pair in zip(words, json.loads(full), json.loads(ours), strict=True)
        if pair[1] != pair[2]
    ] == []


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
