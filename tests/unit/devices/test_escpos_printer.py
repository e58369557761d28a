"""The printer of rolls behind a raw port and behind a file: what arrives, and what is told when it does not."""

import json
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.devices import escpos_printer
from counter_app.devices.choose_printer import PRINTERS, choose_roll
from counter_app.devices.escpos_printer import EscposPrinter
from counter_app.devices.page_printer import UNSURE
from counter_app.kernel.errors import EnvironmentFault
from counter_app.printing.escpos import ROLLS
from counter_app.printing.roll_receipt import roll_receipt
from tests.fakes import roll
from tests.unit.printing import samples

NAME = "990101104000-261123-B-0025-8_QH-HZ-01_1"
RECEIPT = roll_receipt(samples.RECEIPT, ROLLS[58])


@pytest.fixture
def port() -> Iterator[roll.RawPort]:
    port = roll.RawPort()
    yield port
    port.close()


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(escpos_printer, "ANSWER_SECONDS", 0.2)


def test_a_receipt_arrives_whole_and_is_understood(port: roll.RawPort) -> None:
    printer = EscposPrinter(port.address, 58)
    assert printer.state() == ""
    printer.send(RECEIPT, NAME)
    port.close()
    assert port.received == [RECEIPT]
    lines = [p.text for p in roll.understand(port.received[0]) if isinstance(p, roll.Text)]
    assert samples.CASE_NO in lines


def test_two_receipts_do_not_mix(port: roll.RawPort) -> None:
    printer = EscposPrinter(port.address, 58)
    printer.send(RECEIPT, NAME)
    printer.send(RECEIPT[:-4], NAME)
    port.close()
    assert port.received == [RECEIPT, RECEIPT[:-4]]


def test_without_paper_nothing_is_sent_and_the_case_stands(port: roll.RawPort) -> None:
    port.paper = False
    printer = EscposPrinter(port.address, 58)
    assert printer.state() == "小票机缺纸"
    with pytest.raises(EnvironmentFault) as fault:
        printer.send(RECEIPT, NAME)
    assert fault.value.code == "printer_not_ready"
    assert fault.value.text == "小票机缺纸。业务已受理，不用重办"
    assert "补打" in fault.value.advice
    port.paper = True
    printer.send(RECEIPT, NAME)
    port.close()
    assert port.received == [RECEIPT]


def test_an_open_cover_is_told(port: roll.RawPort) -> None:
    port.cover_open = True
    with pytest.raises(EnvironmentFault, match="盖子"):
        EscposPrinter(port.address, 58).send(RECEIPT, NAME)


def test_a_printer_that_never_answers_prints_all_the_same(port: roll.RawPort) -> None:
    port.mute = True
    printer = EscposPrinter(port.address, 80)
    assert printer.state() == ""
    printer.send(RECEIPT, NAME)
    port.close()
    assert port.received == [RECEIPT]


def test_paper_that_ends_on_the_way_leaves_the_question(port: roll.RawPort) -> None:
    port.out_after = len(RECEIPT) // 2
    with pytest.raises(EnvironmentFault) as fault:
        EscposPrinter(port.address, 58).send(RECEIPT, NAME)
    assert fault.value.code == UNSURE
    assert "纸出来了吗" in fault.value.advice


def test_a_line_that_breaks_on_the_way_leaves_the_question(port: roll.RawPort) -> None:
    port.drops_after = 2000
    with pytest.raises(EnvironmentFault) as fault:
        EscposPrinter(port.address, 58).send(RECEIPT * 400, NAME)
    assert fault.value.code == UNSURE
    assert "不用重办" in fault.value.text


def test_a_printer_that_is_off_is_told(port: roll.RawPort) -> None:
    port.close()
    printer = EscposPrinter(port.address, 58)
    assert "连不上" in printer.state()
    with pytest.raises(EnvironmentFault) as fault:
        printer.send(RECEIPT, NAME)
    assert fault.value.code == "printer_not_ready"


@pytest.mark.skipif(os.name != "posix", reason="device files are a matter of Linux")
def test_a_device_file_is_asked_and_takes_the_same_bytes() -> None:
    import tty  # not on Windows

    printer_end, device = os.openpty()
    tty.setraw(device)
    taken = bytearray()

    def behind() -> None:
        while not taken.endswith(RECEIPT[-6:] + b"\x10\x04\x02\x10\x04\x04"):
            taken.extend(os.read(printer_end, 4096))
            if taken[-3:-1] == b"\x10\x04":
                os.write(printer_end, b"\x12")

    reader = threading.Thread(target=behind, daemon=True)
    reader.start()
    EscposPrinter(os.ttyname(device), 58).send(RECEIPT, NAME)
    reader.join(5)
    os.close(printer_end)
    os.close(device)
    assert bytes(taken).replace(b"\x10\x04\x02", b"").replace(b"\x10\x04\x04", b"") == RECEIPT


@pytest.mark.skipif(os.name != "posix", reason="device files are a matter of Linux")
def test_a_device_that_only_takes_is_never_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = tmp_path / "lp0"
    os.mkfifo(device)
    paper = os.open(device, os.O_RDONLY | os.O_NONBLOCK)
    real = os.open

    def one_way(path: str, flags: int) -> int:
        if flags & os.O_RDWR:
            raise PermissionError(path)
        return real(path, flags)

    monkeypatch.setattr(escpos_printer.os, "open", one_way)
    EscposPrinter(str(device), 58).send(RECEIPT, NAME)
    assert RECEIPT in os.read(paper, 65536)
    os.close(paper)


def test_a_file_named_by_mistake_is_not_written(tmp_path: Path) -> None:
    document = tmp_path / "report.txt"
    document.write_text("hello")
    printer = EscposPrinter(str(document), 58)
    assert "连不上" in printer.state()
    with pytest.raises(EnvironmentFault) as fault:
        printer.send(RECEIPT, NAME)
    assert fault.value.code == "printer_not_ready"
    assert document.read_text() == "hello"


def test_no_such_device(tmp_path: Path) -> None:
    assert "连不上" in EscposPrinter(str(tmp_path / "lp7"), 58).state()


def test_a_profile_without_the_setting_has_no_roll(tmp_path: Path) -> None:
    assert choose_roll(tmp_path) is None
    (tmp_path / PRINTERS).write_text("{}", "utf-8")
    assert choose_roll(tmp_path) is None


def test_the_setting_names_port_and_width(tmp_path: Path, port: roll.RawPort) -> None:
    named = {"receipt": {"port": port.address, "millimetres": 80}}
    (tmp_path / PRINTERS).write_text(json.dumps(named), "utf-8")
    printer = choose_roll(tmp_path)
    assert printer is not None
    assert printer.millimetres == 80
    printer.send(RECEIPT, NAME)
    port.close()
    assert port.received == [RECEIPT]


@pytest.mark.parametrize(
    "text",
    ["", "[]", '{"receipt": {}}', '{"receipt": {"port": "", "millimetres": 58}}',
     '{"receipt": {"port": "x", "millimetres": 57}}'],
)  # fmt: skip
def test_a_setting_that_cannot_be_read_is_told_with_advice(tmp_path: Path, text: str) -> None:
    (tmp_path / PRINTERS).write_text(text, "utf-8")
    with pytest.raises(EnvironmentFault) as fault:
        choose_roll(tmp_path)
    assert PRINTERS in fault.value.advice
