"""`counter-app settle` as a user scripts it."""

import json
from pathlib import Path

import pytest

from counter_app.cli.main import main

CASE = """
cases:
- id: A
  compare: exact
  hospital_level: tertiary(city)
  day: '{day}'
  inputs: {{in_scope: 50000.0}}
  expected: {{basic_paid: 34160.0}}
"""


def written(folder: Path, text: str) -> str:
    path = folder / "cases.yaml"
    path.write_text(text, "utf-8")
    return str(path)


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_by_a_shipped_pack(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(tmp_path, CASE.format(day="2025-06-01"))
    assert main(["settle", file, "--json", "--pack", "410100/2025"]) == 0
    (line,) = lines(capsys)
    assert line["got"]["basic_paid"] == 34160
    assert {row["grade"] for row in line["trace"]} == {"A", "C"}


def test_the_day_after_a_pack_ends_nothing_is_guessed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, CASE.format(day="2026-01-01"))
    assert main(["settle", file, "--json", "--pack", "410100/2025"]) == 1
    (line,) = lines(capsys)
    assert line["ok"] is False
    assert "basic_paid" not in line["got"]
    assert "规则包里没有三级医院住院的起付线" in line["got"]["missing"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("cases: [{id: A, compare: exact, inputs: {in_scope: 一百}}]", "不是金额"),
        ("cases: [{id: A, compare: exact, inputs: {in_scope: -5}, params: {ratio: 0.5}}]", "负数"),
        ("cases: [{id: A, compare: exact, inputs: 5}]", "应当是一张表"),
        (
            "cases: [{id: A, compare: exact, inputs: {in_scope: 5}, params: {crit_deductible: 1, crit_tiers: [3]}}]",
            "crit_tiers",
        ),
        (
            "cases: [{id: A, compare: exact, inputs: {in_scope: 5}, params: {crit_deductible: 1}}]",
            "crit_tiers",
        ),
        ("non_money: [{id: A, check: weather, input: x, expect: {rain: true}}]", "weather"),
        (
            "non_money: [{id: A, check: newborn_cover, input: {days_since_birth: x}, expect: {from_birth: true}}]",
            "整数",
        ),
    ],
)
def test_what_is_wrong_is_said_at_its_case(
    text: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["settle", written(tmp_path, text), "--json"]) == 1
    (line,) = lines(capsys)
    assert said in line["got"]["problem"]


@pytest.mark.parametrize("text", ["a: [", "- 1", "3"])
def test_no_file_of_cases(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["settle", written(tmp_path, text)]) == 1
    assert "读不懂" in capsys.readouterr().err


def test_no_such_pack_and_no_such_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(tmp_path, "cases: []")
    assert main(["settle", file, "--pack", "../990101/2026"]) == 2
    assert main(["settle", str(tmp_path / "none.yaml")]) == 3


def test_for_the_eye(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "non_money: [{id: CN, check: amount_capitals, input: 0.10, expect: {capitals: 壹角整}}]"
    assert main(["settle", written(tmp_path, text)]) == 0
    assert capsys.readouterr().out == '相符  CN  {"capitals": "壹角整"}\n'


def test_the_province_gives_no_deductible(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = CASE.format(day="2026-01-01") + "  offsite: referral\n"
    assert main(["settle", written(tmp_path, text), "--json", "--pack", "320000/2023"]) == 1
    (line,) = lines(capsys)
    assert "规则包里没有异地转诊减多少" in line["got"]["missing"]
