"""Sheets read back from their PDFs: what must be on them, nothing across anything else."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pypdfium2 as pdfium
import pytest
import zxingcpp
from pyzbar import pyzbar

from counter_app.catalog.registry import items
from counter_app.catalog.sheet import Comb, Field, Grid, Text, Ticks, places, say_once
from counter_app.forms.kinds import KINDS
from counter_app.forms.spec import FieldSpec
from counter_app.printing import cells, fonts, form_sheet
from counter_app.printing.kinds import PRINTED, draw_as
from counter_app.printing.marks import Copy
from counter_app.printing.receipt import ReceiptData, receipt
from counter_app.printing.receipt_large import receipt_large
from tests.unit.printing import pages, samples

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "sheets"
SHEETS = {
    "receipt": lambda: receipt(samples.RECEIPT),
    "receipt_worst": lambda: receipt(samples.worst_receipt()),
    "receipt_large": lambda: receipt_large(samples.RECEIPT),
    "receipt_large_worst": lambda: receipt_large(samples.worst_receipt()),
    "form": lambda: samples.form_pdf(samples.ordinary()),
    "form_worst": lambda: samples.form_pdf(samples.answers(13), samples.COPY),
    "form_blank": lambda: samples.form_pdf(None),
}


def test_paper_knows_every_kind_of_field_and_no_other() -> None:
    assert frozenset(KINDS) == PRINTED


@pytest.mark.parametrize("name", ["receipt_worst", "form_worst", "receipt_large_worst"])
def test_rare_and_minority_names_are_found_again(name: str) -> None:
    words = pages.text(SHEETS[name]())
    for wanted in (samples.RARE[:7], samples.RARE[7:], samples.LONG_NAME):
        assert wanted in words
    assert fonts.missing(samples.RARE + samples.LONG_NAME) == ""


@pytest.mark.parametrize("name", list(SHEETS))
def test_nothing_leaves_the_page_and_no_text_crosses_another(name: str) -> None:
    pdf = SHEETS[name]()
    for number in range(len(pages.texts(pdf))):
        found = pages.glyphs(pdf, number)
        assert found
        for glyph in found:
            assert min(glyph.left, 210 - glyph.right) >= 5, glyph
            assert min(glyph.top, 297 - glyph.bottom) >= 5, glyph
        assert crossing(found) == []


def crossing(found: list[pages.Glyph]) -> list[tuple[pages.Glyph, pages.Glyph]]:
    """Pairs of characters that share more than a fifth of the smaller one's area."""
    bad = []
    ordered = sorted(found, key=lambda g: g.left)
    for index, one in enumerate(ordered):
        for other in ordered[index + 1 :]:
            if other.left >= one.right:
                break
            wide = min(one.right, other.right) - other.left
            high = min(one.bottom, other.bottom) - max(one.top, other.top)
            smaller = min((g.right - g.left) * (g.bottom - g.top) for g in (one, other))
            if wide > 0 and high > 0 and wide * high > smaller / 5:
                bad.append((one, other))
    return bad


@pytest.mark.parametrize("count", [1, 4, 13])
def test_entries_stay_inside_their_cells(count: int) -> None:
    known = samples.facts()
    sheet = items()["resident-enrolment"].sheet(samples.answers(count), known)
    checked = 0
    for page in sheet.pages:
        for block in page:
            assert isinstance(block, Grid)
            for piece, row in zip(
                form_sheet._rows(block.rows, known.context), block.rows, strict=True
            ):
                for cell in row.cells:
                    content = draw_as(cell.content, known.context)
                    if isinstance(content, Text) and cell.rows == 1:
                        fitted = cells._fitted(content, cell.width, label=cell.label)
                        assert fitted.height <= piece.height
                        assert fitted.style.size >= 7
                        for line in fitted.lines:
                            assert cells.width(line, fitted.style) <= cell.width
                        checked += 1
    assert checked > 40


def test_every_field_that_names_a_place_is_on_the_form() -> None:
    for service in items().values():
        wanted = {f.print_at for s in service.form.sections for f in s.fields if f.print_at}
        for filled in (None, samples.answers(1)):
            assert wanted <= set(places(service.sheet(filled, samples.facts())))


def test_the_filled_form_carries_its_answers() -> None:
    filled = samples.answers(2)
    words = pages.text(samples.form_pdf(filled))
    row = filled.section("members")[0]
    for wanted in (row["certno"], row["idet_no"], "学生儿童", "2026、2027", samples.LONG_ADDRESS):
        assert wanted in words
    assert "以下空白" in words
    assert "13900000418" in words


def test_the_blank_form_has_no_entries_no_marks_and_no_code() -> None:
    pdf = samples.form_pdf(None)
    words = pages.text(pdf)
    assert "城乡居民基本医疗保险参保登记表" in words
    for absent in ("示例数据", "试算", "以下空白", "打印", "990101"):
        assert absent not in words
    assert zxingcpp.read_barcodes(pages.picture(pdf), formats=zxingcpp.BarcodeFormat.QRCode) == []
    assert len(pages.texts(pdf)) == 1


def test_thirteen_members_fill_four_pages_of_the_same_case() -> None:
    found = pages.texts(samples.form_pdf(samples.answers(13)))
    assert len(found) >= 4
    for number, text in enumerate(found, 1):
        assert f"第 {number} 页共 {len(found)} 页" in text
        assert samples.CASE_NO in text
    members = [int(n) for text in found for n in re.findall(r"成员\s+(\d+)\s+姓名", text)]
    assert members == list(range(1, 17))


def test_a_long_receipt_goes_on_with_its_heads() -> None:
    found = pages.texts(receipt(samples.worst_receipt()))
    assert len(found) >= 3
    assert all(text.count("示例数据") >= 2 for text in found)
    assert all("接下页" in one and "接上页" in two for one, two in pairwise(found))
    with_members = [text for text in found if "等" in text and "由中心核定" in text]
    assert all("待遇从" in text for text in with_members)
    assert sum(text.count("由中心核定") for text in found) == 24


@pytest.mark.parametrize("name", ["receipt", "receipt_large", "form"])
def test_the_code_is_read_from_the_page_by_two_decoders(name: str) -> None:
    image = pages.picture(SHEETS[name]())
    found = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)
    assert {code.text for code in found} == {samples.CODE}
    assert len(found) == (2 if name == "receipt" else 1)
    again = {code.data.decode("utf-8") for code in pyzbar.decode(image)}
    assert again == {samples.CODE}


@pytest.mark.parametrize("name", list(SHEETS))
def test_no_name_or_number_in_metadata_and_every_font_embedded(name: str) -> None:
    pdf = SHEETS[name]()
    document = pdfium.PdfDocument(pdf)
    told = " ".join(document.get_metadata_dict().values())
    document.close()
    assert not re.search(r"\d{6,}", told.replace("20000101000000", ""))
    for secret in (samples.CASE_NO, "赵立新", samples.LONG_NAME, "青禾"):
        assert secret not in told
    assert b"/JavaScript" not in pdf
    assert b"Helvetica" not in pdf
    assert pdf == SHEETS[name]()


def positions(pdf: bytes) -> list[list[object]]:
    """Lines of text with the place of their first character in mm, page by page."""
    found = []
    for number in range(len(pages.texts(pdf))):
        line: list[pages.Glyph] = []
        for glyph in pages.glyphs(pdf, number):
            far = line and (
                glyph.left - line[-1].right > 3 or abs(glyph.bottom - line[-1].bottom) > 3
            )
            if far:
                found.append(_line(number, line))
                line = []
            line.append(glyph)
        found.append(_line(number, line))
    return found


def _line(number: int, line: list[pages.Glyph]) -> list[object]:
    text = "".join(g.char for g in line)
    return [number + 1, round(line[0].left, 1), round(line[0].bottom, 1), text]


@pytest.mark.parametrize("name", ["receipt", "receipt_large", "form", "form_blank"])
def test_text_lies_where_it_lay(name: str) -> None:
    path = GOLDEN / f"{name}.json"
    found = positions(SHEETS[name]())
    kept = json.loads(path.read_text("utf-8"))
    assert [row[3] for row in found] == [row[3] for row in kept]
    for row, old in zip(found, kept, strict=True):
        assert row[:3] == pytest.approx(old[:3], abs=0.3), row


def test_a_field_is_drawn_by_its_kind() -> None:
    spec = items()["resident-enrolment"].form.field("hukou")
    assert spec is not None
    drawn = draw_as(Field(spec, "农业"), samples.facts().context)
    assert getattr(drawn, "options", ()) == (("农业", True), ("非农", False))


def test_a_shared_source_is_named_once_after_the_last() -> None:
    told = ("甲断保：等 3 个月。依据一。", "乙断保：等 4 个月。依据一。", "丙：没有参数。")
    assert say_once(told) == "甲断保：等 3 个月。乙断保：等 4 个月。依据一。丙：没有参数。"
    assert say_once(()) == ""


def test_kinds_without_a_place_yet_are_drawn_too() -> None:
    context = samples.facts().context
    flag = FieldSpec("f", "flag", "是不是")
    assert draw_as(Field(flag, "1"), context) == Ticks((("是", True), ("否", False)))
    number = FieldSpec("n", "id_number", "证件号")
    assert draw_as(Field(number, "E12345678"), context) == Comb("E12345678")
    assert draw_as(Field(number, "X" * 30), context) == Text("X" * 30)
    with pytest.raises(KeyError):
        draw_as(Field(FieldSpec("m", "hologram", "没有这一类"), "1"), context)


CROWDED = replace(
    samples.COPY, late="补录 纸单 123456789012", station="示范县青禾镇便民服务中心杨桥村服务点"
)


@pytest.mark.parametrize("late", ["", CROWDED.late])
@pytest.mark.parametrize("copy", [None, CROWDED.copy])
@pytest.mark.parametrize("draw", [receipt, receipt_large], ids=["receipt", "large"])
def test_every_mark_at_once_crosses_nothing_and_cuts_no_station(
    draw: Callable[[ReceiptData], bytes], copy: Copy | None, late: str
) -> None:
    imprint = replace(CROWDED, copy=copy, late=late)
    pdf = draw(replace(samples.RECEIPT, imprint=imprint))
    assert crossing(pages.glyphs(pdf)) == []
    words = pages.text(pdf)
    # a station in two lines is read with the marks between them
    for wanted in (imprint.station[:12], imprint.station[-4:], late.replace(" ", ""), "试算"):
        assert wanted in words


def test_every_mark_at_once_on_the_form() -> None:
    pdf = samples.form_pdf(samples.ordinary(), CROWDED)
    assert crossing(pages.glyphs(pdf)) == []
    assert CROWDED.station in pages.text(pdf)
