"""Lines: kinsoku, what never breaks, shrinking before wrapping; fonts and their maps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.kernel.errors import EnvironmentFault
from counter_app.printing import fonts, measure
from counter_app.printing.measure import Style, fit, width, wrap
from tests.unit.printing.samples import LONG_ADDRESS, RARE

STYLE = Style(9.5)
PIECES = (
    "国办发〔2024〕38号",
    "2027年3月24日",
    "990101104000-261123-B-0025-8",
    "第十二条",
    "1,320.00 元",
    "（窗口不收钱）",
    "“社保费缴纳”",
    "缴清后才享受",
    "，",
    "。",
    "；",
    "：",
    " ",
    "杨桥村 3 组",
)


@given(st.lists(st.sampled_from(PIECES), max_size=20), st.floats(60, 180))
def test_lines_keep_every_character_and_the_rules_of_breaking(
    pieces: list[str], room: float
) -> None:
    text = "".join(pieces)
    lines = wrap(text, STYLE, room)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for number, line in enumerate(lines):
        assert width(line, STYLE) <= room or len(measure.atoms(line)) == 1
        if line:
            assert line[-1] not in "（〔“"
        if number and line and lines[number - 1]:
            assert line[0] not in "，。；：）〕”"


@given(st.integers(0, 12), st.floats(60, 180))
def test_dates_articles_and_case_numbers_do_not_break(lead: int, room: float) -> None:
    for whole in PIECES[:4]:
        lines = wrap("缴" * lead + whole + "缴" * 9, STYLE, room)
        assert any(whole in line for line in lines)


def test_an_entry_shrinks_before_it_wraps_and_is_never_cut() -> None:
    wide = width("赵立新", STYLE)
    assert fit("赵立新", STYLE, wide + 0.1).style.size == 9.5
    shrunk = fit("赵立新", STYLE, wide * 0.85)
    assert len(shrunk.lines) == 1
    assert 9.5 * 0.8 <= shrunk.style.size < 9.5
    wrapped = fit(LONG_ADDRESS, STYLE, 60)
    assert len(wrapped.lines) > 1
    assert wrapped.style.size == pytest.approx(7.6)
    assert "".join(wrapped.lines) == LONG_ADDRESS


def test_a_word_wider_than_its_room_is_broken_rather_than_cut() -> None:
    lines = wrap("A" * 200, STYLE, 30)
    assert "".join(lines) == "A" * 200
    assert all(width(line, STYLE) <= 30 for line in lines)


def test_text_is_split_by_the_font_that_has_it() -> None:
    found = fonts.runs("赵𬎆立" + RARE[0], 500)
    assert [(r.font, r.text) for r in found] == [
        ("NotoSansSC_500Medium", "赵"),
        ("HanaMinB", "𬎆"),
        ("NotoSansSC_500Medium", "立" + RARE[0]),
    ]
    assert fonts.missing("赵\u0f40") == "\u0f40"


def test_a_missing_font_is_told_with_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "FOLDER", fonts.FOLDER / "gone")
    with pytest.raises(EnvironmentFault) as fault:
        fonts.font("NoSuchFont")
    assert fault.value.code == "font_missing"
