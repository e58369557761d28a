"""What one burst of a scanner says of it; what was scanned is never repeated."""

from pathlib import Path

import pytest

from counter_app.doctor.finding import Verdict
from counter_app.doctor.scanner import heard, look_at_scanner
from counter_app.domain.scanning.test_card import TEXT, Mangled
from tests.unit.doctor.device_patient import patient
from tests.unit.domain import test_classify as others
from tests.unit.domain.test_test_card import MANGLED

ADVICE = {
    Mangled.CASE: "Caps Lock",
    Mangled.ONE_CASE: "大小写",
    Mangled.INPUT_METHOD: "英文",
    Mangled.TWICE: "回车",
    Mangled.DOUBLED: "发送间隔",
    Mangled.FRAMED: "前缀",
    Mangled.LOST: "发送间隔",
    Mangled.LAYOUT: "US 键盘",
}


def test_nothing_is_known_before_the_first_scan(tmp_path: Path) -> None:
    finding = look_at_scanner(patient(tmp_path), {})
    assert (finding.verdict, finding.code) == (Verdict.ABSENT, "not_tried")
    assert "测试卡" in finding.says


@pytest.mark.parametrize("behind", ["", "\r", "\r\n", "\t"])
def test_a_whole_card(behind: str) -> None:
    finding = heard(TEXT + behind, 180)
    assert (finding.verdict, finding.code) == (Verdict.FINE, "")
    assert finding.says == f"测试卡，{len(TEXT)} 个字，一字不差，用了 180 毫秒"


@pytest.mark.parametrize(("text", "what"), MANGLED.values(), ids=MANGLED)
def test_a_mangled_card_says_why_and_what_to_do(text: str, what: Mangled) -> None:
    finding = heard(text, 90)
    assert (finding.verdict, finding.code) == (Verdict.LOOK, "scanner_mangled")
    assert ADVICE[what] in finding.advice
    assert finding.facts == {"kind": "test_card", "length": len(text), "ms": 90}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (others.PERSON, "居民身份证号"),
        (others.FISCAL, "财政电子票据"),
        (others.CLASSIC, "增值税电子普通发票"),
        (others.CASE_NO, "业务编号"),
        ("6901234567892", "不认识的内容"),
    ],
)
def test_any_whole_code_shows_that_it_scans(text: str, kind: str) -> None:
    finding = heard(text, 60)
    assert (finding.verdict, finding.code) == (Verdict.FINE, "")
    assert kind in finding.says
    assert f"{len(text)} 个字" in finding.says
    assert text not in str(finding)


def test_only_an_enter() -> None:
    assert heard("\r", 0).code == "scanner_empty"


def test_what_an_input_method_made_of_a_code_is_no_code() -> None:
    finding = heard("测试擦人的，那就是。", 300)
    assert (finding.verdict, finding.code) == (Verdict.LOOK, "scanner_mangled")
    assert "擦人" not in str(finding)
    assert heard("０１２３４５６７８９ａｂｃ", 100).code == "scanner_mangled"
