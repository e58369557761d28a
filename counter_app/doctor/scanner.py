"""The scanner: it types like a keyboard, so only a scan shows whether its characters arrive whole."""

import re

from counter_app.doctor.finding import Finding, Seen, Verdict
from counter_app.doctor.part import Part
from counter_app.doctor.patient import Patient
from counter_app.domain.scanning import test_card
from counter_app.domain.scanning.classify import classify
from counter_app.domain.scanning.scanned import Kind
from counter_app.domain.scanning.test_card import Mangled

_CHINESE = re.compile("[\u3000-\u9fff\uff00-\uffef\U00020000-\U0003ffff]")
MANGLED, NOTHING = "scanner_mangled", "scanner_empty"
_MEANS = "这样扫票据和回执会认不出，或认成别的；手输不受影响"
_LANGUAGE = "把输入法切到英文再扫"
_KEYBOARD = "照扫码枪说明书扫“US 键盘”设置码"
_CAUSES = {
    Mangled.CASE: ("大小写反了，键盘的大写锁定开着", "按一下 Caps Lock 再扫"),
    Mangled.ONE_CASE: (
        "大小写变成了一种，多半是扫码枪设了转换大小写",
        "照扫码枪说明书扫“大小写不转换”设置码",
    ),
    Mangled.INPUT_METHOD: ("里面混进了中文或全角的字，多半是输入法开着", _LANGUAGE),
    Mangled.TWICE: (
        "两次扫的连在了一起，码后面没有回车",
        "照扫码枪说明书扫“加回车”设置码，再一次只扫一下",
    ),
    Mangled.DOUBLED: (
        "有的字多出来了，多半是扫码枪发得太快",
        "换一个 USB 口，或照说明书把发送间隔调大",
    ),
    Mangled.FRAMED: ("码的前后多了字", "照扫码枪说明书去掉前缀和后缀，只留回车"),
    Mangled.LOST: (
        "少了几个字，多半是扫码枪发得太快",
        "扫的时候先等光标停稳；还少就换一个 USB 口，或把发送间隔调大",
    ),
    Mangled.LAYOUT: ("有的字变成了别的，多半是键盘布局不对", f"{_KEYBOARD}，并{_LANGUAGE}"),
}


def look_at_scanner(_patient: Patient, _seen: Seen) -> Finding:
    """Nothing can be seen of a scanner until it is used."""
    part = SCANNER
    return Finding(
        part.id, part.title, Verdict.ABSENT, "没有试。对着测试卡或任意一个码扫一下", "not_tried"
    )


def heard(text: str, ms: int) -> Finding:
    """What one burst of characters says of the scanner; the text itself goes no further.

    Args:
        text: everything that came, without the Enter behind it.
        ms: from its first to its last character.
    """
    burst = text.strip()
    kind = classify(burst).kind
    if kind is Kind.EMPTY:
        advice = "让码在光里停半秒再扫；还是这样，扫一下别的码"
        return _found(Verdict.LOOK, "只来了回车，没有内容", (NOTHING, advice), text, ms)
    wrong = _wrong(burst, kind)
    if wrong is not None:
        says, advice = _CAUSES[wrong]
        card = "测试卡读出来了，但" if kind is Kind.TEST_CARD else ""
        return _found(Verdict.LOOK, card + says, (MANGLED, advice), text, ms)
    what = "测试卡" if kind is Kind.TEST_CARD else f"读到的是{classify(burst).what}"
    whole = "一字不差" if kind is Kind.TEST_CARD else "没有显示内容"
    return _found(
        Verdict.FINE, f"{what}，{len(burst)} 个字，{whole}，用了 {ms} 毫秒", ("", ""), text, ms
    )


def _wrong(burst: str, kind: Kind) -> Mangled | None:
    if kind is Kind.TEST_CARD:
        return test_card.mangled(burst)
    # a code that nobody knows and that is full of Chinese came through an input method
    typed = kind is Kind.UNKNOWN and _CHINESE.search(burst)
    return Mangled.INPUT_METHOD if typed else None


def _found(verdict: Verdict, says: str, told: tuple[str, str], text: str, ms: int) -> Finding:
    code, advice = told
    return Finding(
        SCANNER.id,
        SCANNER.title,
        verdict,
        says,
        code,
        means=_MEANS if code == MANGLED else "",
        advice=advice,
        facts={"kind": classify(text.strip()).kind.value, "length": len(text.strip()), "ms": ms},
        ms=ms,
    )


SCANNER = Part("scanner", "扫码枪", look_at_scanner, seconds=1)
