"""A printer that is a folder: each document is put there whole, to be printed or kept elsewhere."""

import errno
import os
import re
import time
from pathlib import Path

from counter_app.devices.printer_state import PrinterState
from counter_app.kernel.errors import EnvironmentFault

_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,120}")


class FolderPrinter:
    """Writes `<name>.pdf` into a chosen folder, whole or not at all.

    `seconds` is how long a document takes to come out, as with any real printer.
    """

    def __init__(self, folder: Path, seconds: float = 0.0) -> None:
        self._folder = folder
        self._seconds = seconds

    def send(self, pdf: bytes, name: str) -> None:
        """Write the document.

        Raises:
            EnvironmentFault: the folder refuses.
            ValueError: the name could carry a path or a person's name.
        """
        if not _NAME.fullmatch(name):
            raise ValueError("a document's name is made of letters, digits and hyphens")
        target = self._folder / f"{name}.pdf"
        part = self._folder / f".{name}.part"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with part.open("wb") as file:
                file.write(pdf)
                file.flush()
                os.fsync(file.fileno())
            # the document is in the printer's mouth; on the device lane nobody waits for it
            time.sleep(self._seconds)
            part.replace(target)
        except OSError as error:
            if self._folder.is_dir():
                part.unlink(missing_ok=True)
            raise _fault(error) from error

    def look(self) -> PrinterState:
        """Whether the folder can be written."""
        wrong = ""
        if self._folder.exists():
            if not self._folder.is_dir():
                wrong = "打印文件夹的位置上是一个文件"
            elif not os.access(self._folder, os.W_OK):
                wrong = "打印文件夹写不进去"
        if wrong:
            return PrinterState("printer_folder", wrong, "请管理员看文件夹的位置和权限")
        return PrinterState(words="示例打印机，打到文件夹里")

    def state(self) -> str:
        """What is wrong in words, "" for nothing."""
        return self.look().trouble


def _fault(error: OSError) -> EnvironmentFault:
    if error.errno == errno.ENOSPC:
        return EnvironmentFault(
            "disk_full", "磁盘满了，单子没存进打印文件夹", "清出空间后按补打，办的事不会丢"
        )
    return EnvironmentFault(
        "printer_folder", "单子没存进打印文件夹：写不进去", "请管理员看文件夹的权限，再按补打"
    )
