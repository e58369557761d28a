"""Every kind reads typing, checks it, shows it."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.forms.kinds import KINDS, KindContext
from counter_app.forms.kinds.id_number import type_field
from counter_app.forms.kinds.years import split
from counter_app.forms.spec import FieldSpec, Option
from counter_app.kernel.cleaning import has_direction_marks

TODAY = dt.date(2026, 11, 23)
TABLES = {"naty": {"1": "汉族", "11": "满族"}}
CONTEXT = KindContext(TODAY, TABLES)
OPTIONS = (Option("1", "男"), Option("2", "女"))


def spec(kind: str, name: str = "x") -> FieldSpec:
    return FieldSpec(name, kind, "字段", options=OPTIONS, table="naty")


def read(kind: str, typed: str) -> str:
    return KINDS[kind].read(spec(kind), typed, CONTEXT)


def code(kind: str, answer: str, row: dict[str, str] | None = None, name: str = "x") -> str | None:
    found = KINDS[kind].check(spec(kind, name), answer, KindContext(TODAY, TABLES, row or {}))
    if found:
        assert found[1]
        assert not set("!！") & (set(found[1]) - set(answer))
    return found[0] if found else None


@pytest.mark.parametrize(
    ("kind", "typed", "stored"),
    [
        ("text", " 杨桥村\t3 组 ", "杨桥村 3 组"),
        ("name", "阿依古丽•买买提", "阿依古丽·买买提"),
        ("name", "王 桂 兰", "王桂兰"),
        ("name", "Anna  Maria", "Anna Maria"),
        ("id_number", "990101 19480214 0020", "990101194802140020"),
        ("id_number", "11010519491231002x", "11010519491231002X"),
        ("id_number", "１１010519491231002Ｘ", "11010519491231002X"),
        ("id_number", "110105491231002", "11010519491231002X"),
        ("date", "0115", "2026-01-15"),
        ("date", "２０２６０１１５", "2026-01-15"),
        ("date", "不知道", "不知道"),
        ("phone", "+86 139 0000 0418", "13900000418"),
        ("count", "０2", "2"),
        ("count", "两", "两"),
        ("amount", "￥57，120", "57120.00"),
        ("amount", "12.3 元", "12.30"),
        ("amount", "−12.3", "-12.30"),
        ("amount", "一百", "一百"),
        ("choice", "女", "2"),
        ("choice", "2", "2"),
        ("choice", "甲", "甲"),
        ("choices", "女，1", "1,2"),
        ("choices", "3, 男", "1,3"),
        ("flag", "是", "1"),
        ("flag", "否", "0"),
        ("code", "满族", "11"),
        ("code", "1", "1"),
        ("code", "火星", "火星"),
        ("years", "2027、2026，2027", "2026,2027"),
        ("years", "2026 2027", "2026,2027"),
    ],
)
def test_reading(kind: str, typed: str, stored: str) -> None:
    assert read(kind, typed) == stored


@pytest.mark.parametrize(
    ("kind", "answer", "problem"),
    [
        ("text", "什么都行", None),
        ("name", "王桂兰", None),
        ("name", "O'Brien-王（小）", None),
        ("name", "王桂兰2", "name_characters"),
        ("id_number", "990101194802140023", "id_check"),
        ("id_number", "9901011948021400", "id_length"),
        ("id_number", "99010119480230002X", "id_birth"),
        ("id_number", "99010119480A14002X", "id_digits"),
        ("date", "2026-02-30", "date"),
        ("date", "20260115", "date"),
        ("date", "1849-12-31", "date"),
        ("date", "1850-01-01", None),
        ("phone", "13900000418", None),
        ("phone", "0991-1234567", None),
        ("phone", "0991-12345", "phone"),
        ("phone", "1390000041", "phone"),
        ("phone", "23900000418", "phone"),
        ("phone", "号码忘了", "phone"),
        ("count", "0", None),
        ("count", "99", None),
        ("count", "100", "count"),
        ("count", "-1", "count"),
        ("amount", "57120.00", None),
        ("amount", "1.234", "amount"),
        ("amount", "一百", "amount"),
        ("choice", "1", None),
        ("choice", "3", "choice"),
        ("choices", "1,2", None),
        ("choices", "1,9", "choice"),
        ("flag", "1", None),
        ("flag", "2", "flag"),
        ("code", "11", None),
        ("code", "99", "code"),
        ("years", "2026,2027", None),
        ("years", "26", "years"),
        ("years", "0000", "years"),
        ("years", "2026,", "years"),
    ],
)
def test_checking(kind: str, answer: str, problem: str | None) -> None:
    assert code(kind, answer) == problem


@pytest.mark.parametrize(
    ("kind", "answer", "words"),
    [
        ("text", "甲", "甲"),
        ("name", "甲", "甲"),
        ("id_number", "1", "1"),
        ("date", "2026-01-15", "2026-01-15"),
        ("phone", "13900000418", "139 0000 0418"),
        ("phone", "0991-1234567", "0991-1234567"),
        ("count", "2", "2"),
        ("amount", "57120.00", "57,120.00"),
        ("amount", "一百", "一百"),
        ("choice", "1", "男"),
        ("choice", "9", "9"),
        ("choices", "1,2", "男、女"),
        ("flag", "1", "是"),
        ("flag", "0", "否"),
        ("code", "11", "满族"),
        ("code", "99", "99"),
        ("years", "2026,2027", "2026、2027"),
    ],
)
def test_showing(kind: str, answer: str, words: str) -> None:
    assert KINDS[kind].show(spec(kind), answer, CONTEXT) == words


def test_a_birth_in_the_future_is_refused() -> None:
    # the next day's number; area 990101 belongs to nobody
    from tests.fakes.people import number

    assert code("id_number", number(TODAY, 12)) is None
    assert code("id_number", number(TODAY + dt.timedelta(days=1), 12)) == "id_birth"


def test_other_papers_are_not_measured_by_the_resident_number() -> None:
    row = {"psn_cert_type": "990201"}
    assert code("id_number", "T990000123", row, "certno") is None
    assert (
        KINDS["id_number"].read(spec("id_number", "certno"), "t99 01", KindContext(TODAY, row=row))
        == "T9901"
    )
    assert code("id_number", "T990000123", {"psn_cert_type": "01"}, "certno") == "id_length"
    assert type_field(spec("id_number", "guardian_certno")) == "guardian_cert_type"


def test_a_table_that_is_not_there_says_nothing() -> None:
    assert KINDS["code"].check(spec("code"), "77", KindContext(TODAY)) is None


@pytest.mark.parametrize("kind", sorted(KINDS))
@given(st.text(max_size=300))
def test_no_typing_breaks_a_kind(kind: str, typed: str) -> None:
    stored = read(kind, typed)
    assert not has_direction_marks(stored)
    assert len(stored) <= 800
    assert "\n" not in stored
    if stored:
        code(kind, stored)
        KINDS[kind].show(spec(kind), stored, CONTEXT)


@pytest.mark.parametrize("kind", sorted(KINDS))
@given(st.text(max_size=60))
def test_reading_twice_changes_nothing_that_was_right(kind: str, typed: str) -> None:
    stored = read(kind, typed)
    if stored and code(kind, stored) is None:
        assert read(kind, stored) == stored


def test_years_of_an_unfinished_answer() -> None:
    assert split("2026,20,2027,0000") == (2026, 2027)
    assert split("") == ()
