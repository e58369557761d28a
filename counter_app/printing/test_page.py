"""QH-CS-01, the test page: shows a clerk whether margins, size, density, rare characters and codes come out right."""

from dataclasses import dataclass

from counter_app.domain.scanning import test_card
from counter_app.printing import marks
from counter_app.printing.marks import Imprint
from counter_app.printing.measure import Style
from counter_app.printing.pen import A4, Paper, Pen

NUMBER, TITLE, VERSION = "QH-CS-01", "打印测试页", "2026-1"
RARE = "䶮㛃𬭎𫍯𠅤㑇"
"""Of people's names; the last fonts that have them are not on every PC."""
LEFT, RIGHT = 18.0, 195.0
RULER_MM = 150
CARD_MM = 32.0
_EDGE = 5.2
_CORNER = 12.0
_PAPERS = (0.97, 0.95, 0.93)
"""The greys sheets use, as shares of white: 3, 5 and 7 % black."""
_RULES = (0.2, 0.3, 0.5, 0.7, 0.9)
_HATCHES = (3.0, 2.0, 1.0, 0.6)
"""Distance of hairlines in mm."""
_NOTE = Style(8, 400, marks.NOTE_GREY)
_HEAD = Style(10.5, 600)


@dataclass(frozen=True, slots=True)
class TrialPage:
    """What the page says of itself; `printer` names it for the clerk."""

    day: str
    printer: str
    imprint: Imprint


def draw_test_page(data: TrialPage) -> bytes:
    """The page as PDF."""
    paper = Paper(f"{NUMBER} {TITLE}")
    pen = paper.page()
    _frame(pen)
    marks.form_head(pen, LEFT, RIGHT, data.imprint)
    pen.words((A4[0] / 2, 26.5), TITLE, Style(17, 600), "center")
    words = f"{data.day}　{data.printer}"
    pen.words((A4[0] / 2, 33), words, Style(9.5), "center")
    _margins(pen, 44)
    _density(pen, 92)
    _characters(pen, 146)
    _card(pen, 212)
    names = (f"{NUMBER}·{TITLE}·{VERSION} 版", "不是业务单据", "")
    marks.form_foot(pen, (LEFT, RIGHT), names, data.imprint, "第 1 页共 1 页")
    paper.turn()
    return paper.finish()


def _frame(pen: Pen) -> None:
    """Corners just over 5 mm from the edges: what a printer cuts off is missing here first."""
    wide, high = A4
    for x, way_x in ((_EDGE, 1), (wide - _EDGE, -1)):
        for y, way_y in ((_EDGE, 1), (high - _EDGE, -1)):
            pen.line((x, y), (x + way_x * _CORNER, y), 0.5)
            pen.line((x, y), (x, y + way_y * _CORNER), 0.5)


def _margins(pen: Pen, top: float) -> None:
    _head(
        pen,
        top,
        "一、边和大小",
        "四个角的折线都在，没有切边；0 到 150 正好 15 厘米，没有缩放。不对就选“实际大小”再打",
    )
    for mm in range(RULER_MM + 1):
        tall = 6.0 if mm % 10 == 0 else 4.0 if mm % 5 == 0 else 2.5
        pen.line((LEFT + mm, top + 16), (LEFT + mm, top + 16 - tall), 0.3)
        if mm % 10 == 0:
            pen.words((LEFT + mm, top + 18.5), str(mm), Style(7), "center")
    pen.line((LEFT, top + 16), (LEFT + RULER_MM, top + 16), 0.5)
    for mm in range(21):
        tall = 6.0 if mm % 10 == 0 else 4.0 if mm % 5 == 0 else 2.5
        pen.line((LEFT, top + 22 + mm), (LEFT + tall, top + 22 + mm), 0.3)
    pen.line((LEFT, top + 22), (LEFT, top + 42), 0.5)
    pen.words((LEFT + 9, top + 32), "竖着 2 厘米，也正好", _NOTE)


def _density(pen: Pen, top: float) -> None:
    _head(
        pen,
        top,
        "二、浓淡",
        "五条线都连着、三块底色看得出深浅、细线不糊成一片，就合适；一片白或发灰请换碳粉",
    )
    for place, thick in enumerate(_RULES):
        y = top + 12 + place * 5
        pen.line((LEFT, y), (LEFT + 70, y), thick)
        pen.words((LEFT + 73, y), f"{thick:g}", Style(7))
    for place, grey in enumerate(_PAPERS):
        x = LEFT + 90 + place * 28
        pen.fill((x, top + 10, 25, 10), grey)
        pen.frame((x, top + 10, 25, 10), 0.3)
        pen.words((x + 12.5, top + 15), f"{round((1 - grey) * 100)}%", Style(8.5, 500), "center")
    for place, apart in enumerate(_HATCHES):
        _hatch(pen, (LEFT + 90 + place * 21, top + 25, 18, 12), apart)
    pen.words((LEFT, top + 42), "这一行是最淡的字，也要看得清：业务编号、日期、电话", _NOTE)


def _hatch(pen: Pen, box: tuple[float, float, float, float], apart: float) -> None:
    x, y, wide, high = box
    pen.frame(box, 0.3)
    for number in range(1, round(wide / apart)):
        pen.line((x + number * apart, y), (x + number * apart, y + high), 0.2)


def _characters(pen: Pen, top: float) -> None:
    _head(pen, top, "三、字", "人名用的生僻字应有六个，没有方框、没有空白")
    pen.words((LEFT, top + 16), RARE, Style(25, 400))
    pen.words((LEFT + 62, top + 16), RARE, Style(17, 400))
    pen.words((LEFT + 104, top + 16), RARE, Style(9.8, 400))
    for place, size in enumerate((7.0, 8.0, 9.8, 12.0)):
        words = f"{size:g} 号　医保基层窗口　参保人　受理回执　0123456789　AaBbGg　1,234.56"
        pen.words((LEFT, top + 29 + place * 8), words, Style(size))


def _card(pen: Pen, top: float) -> None:
    _head(pen, top, "四、测试卡", "")
    side = marks.qr(pen, LEFT + 4, top + 12, test_card.TEXT, CARD_MM)
    lines = (
        "在“设备”页选中“扫码枪”，对着左边的码扫一下，会说读得准不准。",
        "放到摄像头下面，在“设备”页再查一遍摄像头，会说看没看到。",
        "在别的页扫到它，只会说“测试卡”，不会去找人。",
        "这一页可以留着，换了电脑、扫码枪或打印机再用。",
    )
    for place, line in enumerate(lines):
        pen.words((LEFT + 16 + side, top + 16 + place * 8), line, Style(10.5))


def _head(pen: Pen, top: float, words: str, how: str) -> None:
    pen.line((LEFT, top), (RIGHT, top), 0.7)
    pen.words((LEFT, top + 5), words, _HEAD)
    pen.words((LEFT + 30, top + 5), how, Style(8.5))
