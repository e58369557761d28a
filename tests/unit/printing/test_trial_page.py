"""The test page: what it shows is what it says, and its card is read from the paper."""

from pathlib import Path

import pytest
import zxingcpp

from counter_app.devices.printer_state import PrinterState
from counter_app.domain.scanning.test_card import TEXT
from counter_app.kernel.errors import EnvironmentFault
from counter_app.kernel.problems import Problem
from counter_app.printing.test_page import RARE, RULER_MM
from counter_app.services.print_test_page import print_test_page
from counter_app.store import print_jobs
from counter_app.store.transaction import read
from tests.fakes import cups as service
from tests.fakes import station
from tests.fakes.printer import FakePrinter
from tests.unit.printing import pages
from tests.unit.printing.test_sheets import crossing

DPI = 254
"""Ten dots a mm."""


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    services = station.make_services(tmp_path_factory.mktemp("station"))
    printer = FakePrinter()
    assert print_test_page(services.counter, printer) == "990101104000-261123-143000_QH-CS-01_1"
    with read(services.counter.station) as tx:
        assert print_jobs.in_state(tx, *_states()) == []
    return printer.sent[0][1]


def _states() -> tuple[str, ...]:
    return (print_jobs.QUEUED, print_jobs.PRINTING, print_jobs.PRINTED, print_jobs.FAILED)


def test_it_is_one_page_that_says_what_to_look_for(pdf: bytes) -> None:
    assert len(pages.texts(pdf)) == 1
    words = pages.text(pdf)
    wanted = ("示范县青禾镇便民服务中心", "2026年11月23日", "打印测试页", "测试卡", "qinghe-02")
    assert [w for w in wanted if w not in words] == []
    assert words.count(RARE) == 3


def test_nothing_crosses_and_nothing_lies_in_the_margins(pdf: bytes) -> None:
    found = pages.glyphs(pdf)
    assert crossing(found) == []
    picture = pages.picture(pdf, 0, DPI).convert("L")
    inner = (50, 50, picture.width - 50, picture.height - 50)
    edge = picture.copy()
    edge.paste(255, inner)
    assert edge.getextrema() == (255, 255)


def test_its_ruler_is_as_long_as_it_says(pdf: bytes) -> None:
    picture = pages.picture(pdf, 0, DPI).convert("L")
    # just above the ruler's base line every tick of a tenth is there
    row = [picture.getpixel((x, 560)) for x in range(picture.width)]
    dark = [x for x, grey in enumerate(row) if isinstance(grey, int | float) and grey < 128]
    assert abs(max(dark) - min(dark) - RULER_MM * 10) <= 1


def test_it_is_black_on_white(pdf: bytes) -> None:
    picture = pages.picture(pdf, 0, DPI)
    red, green, blue = picture.convert("RGB").split()
    assert red.tobytes() == green.tobytes() == blue.tobytes()
    # the darkest fill, between its frame and its words
    assert red.getpixel((1680, 1040)) == round(255 * 0.93)


def test_its_card_is_read_from_the_paper(pdf: bytes) -> None:
    for dpi in (100, 150, 300):
        picture = pages.picture(pdf, 0, dpi).convert("L")
        assert [code.text for code in zxingcpp.read_barcodes(picture)] == [TEXT]


class Nowhere(FakePrinter):
    """A PC nobody set a printer up on."""

    def look(self) -> PrinterState:
        return PrinterState("no_printer", "这台电脑还没有添加打印机", "在系统的打印设置里添加")


def test_without_a_printer_it_says_so(tmp_path: Path) -> None:
    services = station.make_services(tmp_path)
    printer = Nowhere()
    said = print_test_page(services.counter, printer)
    assert isinstance(said, Problem)
    assert (said.code, printer.sent) == ("no_printer", [])
    out = FakePrinter()
    out.trouble = "打印机缺纸"
    with pytest.raises(EnvironmentFault, match="缺纸"):
        print_test_page(services.counter, out)


def test_it_goes_through_a_real_print_service(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = station.make_services(tmp_path)
    with service.serving(monkeypatch) as cups:
        assert isinstance(services.print_test_page(), Problem)
        cups.add()
        name = services.print_test_page()
        assert isinstance(name, str)
        cups.until(lambda: len(cups.papers()) == 1)
        printed = pages.text(cups.papers()[0])
    assert "打印测试页" in printed
    assert f"打印队列{service.QUEUE}" in printed
