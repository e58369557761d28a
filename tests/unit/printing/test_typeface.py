"""The font as reportlab takes it: the same page as reportlab's own, less memory, every name found again."""

import io
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont as ToolsFont
from PIL import ImageChops

from counter_app.printing import fonts, typeface
from counter_app.printing.notice import NoticeData, notice
from counter_app.printing.receipt import ReceiptData, receipt
from counter_app.printing.receipt_large import receipt_large
from counter_app.printing.slip import DueLine, SlipData, slip
from tests.unit.printing import pages, samples

NAMES = ("䶮㛃𬭎𫍯", "𠅤㑇𬎆", samples.RARE[7:], samples.LONG_NAME)


def rare_receipt() -> ReceiptData:
    first = samples.RECEIPT.members[0]
    members = tuple(replace(first, name=name) for name in NAMES)
    return replace(samples.RECEIPT, applicant=NAMES[0], members=members)


def form() -> bytes:
    filled = samples.answers(4)
    rows = tuple(
        {**row, "psn_name": name}
        for row, name in zip(filled.section("members"), NAMES, strict=True)
    )
    return samples.form_pdf(replace(filled, rows={**filled.rows, "members": rows}))


def letter() -> bytes:
    return notice(
        NoticeData(
            case_no=samples.CASE_NO,
            name=NAMES[0],
            opening="您办的参保登记",
            points=tuple((name, f"请{name}补签", "办事指南注") for name in NAMES),
            until="2026年11月30日",
            where=samples.IMPRINT.station,
            who_comes=NAMES[1],
            meanwhile="登记有效",
            phone="0000-1234567",
            otherwise="",
            way="电话",
            told="",
            teller="李敏",
            code=samples.CODE,
            imprint=samples.IMPRINT,
        )
    )


def dues() -> bytes:
    lines = tuple(DueLine(name, "990101********1231", "已登记", "未缴", "400.00") for name in NAMES)
    return slip(
        SlipData(NAMES[0], "2027", lines, "1,600.00", "", ("税务部门",), "", samples.IMPRINT)
    )


SHEETS = {
    "QH-HZ-01": lambda: receipt(rare_receipt()),
    "QH-HZ-01D": lambda: receipt_large(rare_receipt()),
    "QH-CB-01": form,
    "QH-BZ-01": letter,
    "QH-JF-01": dues,
}


@pytest.mark.parametrize("name", sorted(SHEETS))
def test_every_rare_name_is_found_again_on_every_sheet(name: str) -> None:
    pdf = SHEETS[name]()
    words = pages.text(pdf)
    assert [n for n in NAMES if n not in words] == []
    # pdfium's search box compares UTF-16 units with wide characters where those have 32 bits, so that it
    # finds nothing beyond the BMP in anybody's document; what it reads is right, as asserted above
    assert [n for n in ("䶮㛃", "㑇", samples.LONG_NAME[:4]) if not _hits(pdf, n)] == []


def _hits(pdf: bytes, wanted: str) -> int:
    """How often the reader's own search finds the words."""
    document = pdfium.PdfDocument(pdf)
    found = 0
    for page in document:
        text_page = page.get_textpage()
        search = text_page.search(wanted)
        while search.get_next():
            found += 1
        search.close()
        text_page.close()
        page.close()
    document.close()
    return found


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not here")
@pytest.mark.parametrize("name", sorted(SHEETS))
def test_pdftotext_finds_them_too(name: str) -> None:
    done = subprocess.run(
        ["pdftotext", "-", "-"], input=SHEETS[name](), capture_output=True, check=True, timeout=30
    )
    words = "".join(done.stdout.decode("utf-8").split())
    assert [n for n in NAMES if n not in words] == []


def test_the_map_writes_surrogates_in_blocks_of_a_hundred() -> None:
    text = typeface.to_unicode("X", [0, *map(ord, "A赵𬎆"), *range(0x4E00, 0x4E00 + 150)])
    assert "<03> <d870df86>" in text
    assert "<02> <8d75>" in text
    assert [int(n) for n in re.findall(r"(\d+) beginbfchar", text)] == [100, 53]


def _drawn(font: typeface.TTFont, text: str) -> bytes:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(font)
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(400, 60), invariant=1)
    canvas.setFont(font.fontName, 20)
    canvas.drawString(5, 20, text)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("NotoSansSC_400Regular", "赵立新 990101-1231，ABC·（元）"),
        ("NotoSansSC_600SemiBold", "试算·仅供参考 1,320.00 −"),
        ("HanaMinB", "𬎆𬭎𫍯𠅤"),
    ],
)
def test_the_page_looks_as_reportlabs_own_does(name: str, text: str) -> None:
    path = fonts.FOLDER / f"{name}.ttf"
    stock = typeface.TTFont(f"stock-{name}", str(path))
    stock.face.name = b"Stock" + stock.face.name
    ours = fonts.font(name)
    both = [pages.picture(_drawn(font, text)) for font in (stock, ours)]
    assert both[0].convert("L").getextrema()[0] < 60
    difference = ImageChops.difference(both[0].convert("L"), both[1].convert("L"))
    assert difference.getextrema()[1] <= 8
    for size in (7.0, 9.8):
        assert ours.stringWidth(text, size) == pytest.approx(stock.stringWidth(text, size))


def test_a_subset_of_more_than_one_part_keeps_every_character() -> None:
    text = "".join(chr(0x4E00 + n) for n in range(600))
    paper = _drawn(fonts.font("NotoSansSC_500Medium"), text)
    assert "".join(pages.texts(paper)[0].split()).startswith(text[:20])
    assert paper.count(b"/FontFile2") == 3


def test_a_subset_is_a_font_with_the_tables_pdf_asks_for() -> None:
    face = fonts.font("HanaMinB").face
    cut = ToolsFont(io.BytesIO(face.makeSubset([0, 32, ord("𬎆"), 0x10FFFF, ord("𬎆")])))
    assert {"glyf", "head", "hhea", "hmtx", "loca", "maxp", "cmap"} <= set(cut.keys())
    assert cut["maxp"].numGlyphs == 3
    mapped = cut["cmap"].tables[0].cmap
    assert mapped[2] == mapped[4] != ".notdef"
    assert mapped.get(3, ".notdef") == ".notdef"
    with ToolsFont(str(fonts.FOLDER / "HanaMinB.ttf"), lazy=True) as whole:
        assert cut["hmtx"][mapped[2]] == whole["hmtx"][whole.getBestCmap()[ord("𬎆")]]


def test_widths_are_those_of_the_file() -> None:
    face = fonts.font("HanaMinB").face
    with ToolsFont(str(fonts.FOLDER / "HanaMinB.ttf"), lazy=True) as whole:
        for code in (*range(0x20, 0x7F), 0x20164, 0x2B74E):
            wide = whole["hmtx"][whole.getBestCmap()[code]][0] * 1000 / 1024
            assert face.getCharWidth(code) == pytest.approx(wide)
    assert face.getCharWidth(0x10FFFF) == pytest.approx(face.defaultWidth)


def _made(path: Path, *, points: int) -> Path:
    """A font of three glyphs, the last made of the second; from 40,000 points on loca is long."""
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for number in range(points):
        pen.lineTo((number % 2 * 900 + number % 7, number % 3 * 700 + number % 5))
    pen.closePath()
    box = pen.glyph()
    made = TTGlyphPen({"a": box})
    made.addComponent("a", (1, 0, 0, 1, 20, 0))
    order = [".notdef", "a", "b"]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({0x61: "a", 0x20000: "b"})
    builder.setupGlyf({".notdef": box, "a": box, "b": made.glyph()})
    builder.setupHorizontalMetrics(dict.fromkeys(order, (600, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Made", "styleName": "Regular", "psName": "Made"})
    builder.setupOS2(sTypoAscender=800)
    builder.setupPost()
    builder.save(path)
    return path


def test_a_font_of_another_make_is_refused_rather_than_drawn_wrong(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="two bytes"):
        typeface.Face(_made(tmp_path / "short.ttf", points=4))
    face = typeface.Face(_made(tmp_path / "long.ttf", points=40_000))
    with pytest.raises(ValueError, match="made of others"):
        face.makeSubset([0, 0x20000])
    with ToolsFont(tmp_path / "long.ttf") as plain:
        plain["cmap"].tables = [t for t in plain["cmap"].tables if t.format != 12]
        plain.save(tmp_path / "plane.ttf")
    with pytest.raises(ValueError, match="beyond the BMP"):
        typeface.Face(tmp_path / "plane.ttf")


def test_all_fonts_together_take_little_memory() -> None:
    script = (
        "import psutil; p = psutil.Process()\n"
        "import reportlab.pdfgen.canvas, counter_app.printing.typeface\n"
        "from counter_app.printing import fonts\n"
        "before = p.memory_info().rss\n"
        "for name in (*fonts.FILES.values(), fonts.RARE): fonts.width('赵𬎆', 400, 9); fonts.font(name)\n"
        "print((p.memory_info().rss - before) / 1e6)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    assert float(done.stdout) < 12
