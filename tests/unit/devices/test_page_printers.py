"""Page printers: one contract for the fake, the folder, and CUPS where a queue is there."""

import os
import stat
from pathlib import Path

import pytest

from counter_app.devices.cups_printer import CupsPrinter
from counter_app.devices.folder_printer import FolderPrinter
from counter_app.devices.page_printer import UNSURE, PagePrinter
from counter_app.kernel.errors import EnvironmentFault
from tests.fakes.printer import FakePrinter

PDF = b"%PDF-1.3 not much of one"
NAME = "990101104000-261123-B-0025-8_QH-HZ-01_1"


class Folder:
    """A folder printer and what it received."""

    def __init__(self, folder: Path) -> None:
        self.printer: PagePrinter = FolderPrinter(folder)
        self.folder = folder

    def received(self) -> dict[str, bytes]:
        return {p.name: p.read_bytes() for p in self.folder.iterdir()}


class Cups:
    """CUPS with programs of the same command line that keep what they get."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder = folder
        lp = script(folder / "lp", 'while [ "$1" != "-t" ]; do shift; done; cat > "$OUT/$2.pdf"')
        lpstat = script(folder / "lpstat", 'echo "printer hall is idle."')
        self.printer: PagePrinter = CupsPrinter("hall", str(lp), str(lpstat))

    def received(self) -> dict[str, bytes]:
        return {p.name: p.read_bytes() for p in self.folder.glob("*.pdf")}


class Fake:
    def __init__(self, folder: Path) -> None:
        self.fake = FakePrinter()
        self.printer: PagePrinter = self.fake

    def received(self) -> dict[str, bytes]:
        return self.fake.received(Path())


def script(path: Path, line: str) -> Path:
    path.write_text(f"#!/bin/sh\nOUT={path.parent}\n{line}\n", "utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.fixture(params=[Fake, Folder, Cups])
def under_test(request: pytest.FixtureRequest, tmp_path: Path) -> Folder:
    if request.param is Cups and os.name != "posix":
        pytest.skip("the stand-in programs are shell scripts")
    return request.param(tmp_path / "printer")


def test_a_document_arrives_whole_under_its_name(under_test: Folder) -> None:
    under_test.printer.send(PDF, NAME)
    assert under_test.received() == {f"{NAME}.pdf": PDF}
    assert under_test.printer.state() == ""


def test_two_documents_do_not_mix(under_test: Folder) -> None:
    under_test.printer.send(PDF, NAME)
    under_test.printer.send(PDF + b"2", NAME[:-1] + "2")
    assert sorted(under_test.received().values()) == sorted([PDF, PDF + b"2"])


def test_a_folder_that_is_a_file_says_so_and_leaves_nothing(tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_text("x")
    printer = FolderPrinter(place)
    with pytest.raises(EnvironmentFault) as fault:
        printer.send(PDF, NAME)
    assert fault.value.code == "printer_folder"
    assert "文件" in printer.state()
    assert list(tmp_path.iterdir()) == [place]


@pytest.mark.parametrize("name", ["../evil", "赵立新", "", "a/b", ".hidden"])
def test_a_name_that_is_none_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        FolderPrinter(tmp_path).send(PDF, name)


@pytest.mark.skipif(os.name != "posix", reason="the stand-in programs are shell scripts")
@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("media-empty-warning", "缺纸"),
        ("offline-report", "没打开"),
        ("media-jam", "卡纸"),
    ],
)
def test_what_cups_says_becomes_words_with_advice(tmp_path: Path, told: str, words: str) -> None:
    lp = script(tmp_path / "lp", "cat > $OUT/taken")
    said = f"printer hall is idle.  enabled since now\\n\\tAlerts: {told}\\n"
    lpstat = script(tmp_path / "lpstat", f"printf '{said}'")
    printer = CupsPrinter("hall", str(lp), str(lpstat))
    assert words in printer.state()
    with pytest.raises(EnvironmentFault) as fault:
        printer.send(PDF, NAME)
    assert words in fault.value.text
    assert "补打" in fault.value.advice
    assert not (tmp_path / "taken").exists()


@pytest.mark.skipif(os.name != "posix", reason="the stand-in programs are shell scripts")
def test_a_refusing_and_a_silent_queue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    idle = script(tmp_path / "lpstat", "true")
    refusing = CupsPrinter("hall", str(script(tmp_path / "lp1", "exit 1")), str(idle))
    with pytest.raises(EnvironmentFault) as fault:
        refusing.send(PDF, NAME)
    assert fault.value.code == "printer_refused"
    monkeypatch.setattr("counter_app.devices.cups_printer.SEND_SECONDS", 0.2)
    silent = CupsPrinter("hall", str(script(tmp_path / "lp2", "exec sleep 5")), str(idle))
    with pytest.raises(EnvironmentFault) as fault:
        silent.send(PDF, NAME)
    assert fault.value.code == UNSURE


def test_a_pc_without_a_print_service(tmp_path: Path) -> None:
    printer = CupsPrinter("", str(tmp_path / "none"), str(tmp_path / "none"))
    assert "没有装打印服务" in printer.state()
    with pytest.raises(EnvironmentFault) as fault:
        printer.send(PDF, NAME)
    assert fault.value.code == "no_print_service"
