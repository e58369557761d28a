"""What the tour reads off paper and lays under the camera."""

import json
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from counter_app.domain.scanning.classify import classify
from counter_app.domain.scanning.scanned import Kind
from ui.demo import papers
from ui.demo.bills import Bill, digital_invoice
from ui.demo.camera_desk import CameraDesk

BILL = Bill("0000000101", "300.00")
INVOICE = digital_invoice("26990000000318827460", "420.50", "2026-11-04")


def pdf(folder: Path, name: str, words: str) -> None:
    canvas = Canvas(str(folder / name))
    canvas.drawString(72, 72, words)
    canvas.save()


def test_texts_and_pictures_of_every_sheet(tmp_path: Path) -> None:
    pdf(tmp_path, "990101104000-261124-A-0001-T_QH-BG-01_1.pdf", "one page")
    assert "one page" in papers.texts(tmp_path)["990101104000-261124-A-0001-T_QH-BG-01_1.pdf"]
    assert papers.pictures(tmp_path, tmp_path / "sheets") == 1
    found = list((tmp_path / "sheets").glob("*.png"))
    assert [p.name for p in found] == ["990101104000-261124-A-0001-T_QH-BG-01_1-1.png"]
    with Image.open(found[0]) as picture:
        assert picture.width > 600


def test_a_kind_of_sheet_without_a_rare_name_is_named() -> None:
    said = {
        "1_QH-BA-01_1.pdf": "姓名 林𫍯",
        "2_QH-BA-01_1.pdf": "姓名 王芳",
        "3_QH-CN-01_1.pdf": "姓名 王芳",
        "4_QH-JF-01_1.pdf": "",
    }
    assert papers.without_rare_names(said, ["林𫍯", "王芳"]) == ["QH-CN-01"]
    assert papers.without_rare_names(said, ["王芳"]) == ["QH-BA-01", "QH-CN-01"]


@pytest.mark.parametrize("text", [BILL.text, INVOICE])
def test_what_lies_under_the_camera_can_be_read(tmp_path: Path, text: str) -> None:
    desk = CameraDesk(tmp_path)
    desk.lay(text)
    (laid,) = (tmp_path / "camera").glob("*.png")
    with Image.open(laid) as picture:
        assert picture.size == (1280, 720)
        assert [c.text for c in zxingcpp.read_barcodes(picture)] == [text]
    desk.clear()
    assert list((tmp_path / "camera").iterdir()) == []


def test_a_profile_looks_at_the_desk_and_keeps_its_printer(tmp_path: Path) -> None:
    (tmp_path / "demo.json").write_text('{"printer_folder": "out"}', "utf-8")
    CameraDesk(tmp_path).under(tmp_path)
    plain = json.loads((tmp_path / "demo.json").read_text("utf-8"))
    assert plain == {"printer_folder": "out", "camera_folder": str(tmp_path / "camera")}


def test_the_invented_bills_are_what_they_say() -> None:
    fiscal, digital = classify(BILL.text), classify(INVOICE)
    assert fiscal.kind is Kind.FISCAL_BILL
    assert fiscal.fields["number"] == BILL.by_hand("2026-11-04")["elecSetlCertNo"]
    assert digital.kind is Kind.TAX_INVOICE
    assert (digital.fields["amount"], digital.fields["date"]) == ("420.50", "2026-11-04")
