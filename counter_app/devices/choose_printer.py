"""Which printers a profile prints on: the PC's queue or the demonstration's folder, and a roll beside it."""

import json
from pathlib import Path

from counter_app.devices.cups_printer import CupsPrinter
from counter_app.devices.escpos_printer import EscposPrinter
from counter_app.devices.folder_printer import FolderPrinter
from counter_app.devices.page_printer import PagePrinter
from counter_app.devices.roll_printer import RollPrinter
from counter_app.kernel.errors import EnvironmentFault

DEMO = "demo.json"
PRINTERS = "printers.json"
"""{"receipt": {"port": "192.0.2.7:9100" or "/dev/usb/lp0", "millimetres": 58 or 80}}; no file, no roll."""
INVENTED_COUNTY = "990101"
"""The invented county's stations; only they may print into a folder."""
_WIDTHS = frozenset({58, 80})


def choose_printer(profile: Path, station: str) -> PagePrinter:
    """The folder of the demo profile of an invented station, else the default queue of the PC.

    Raises:
        EnvironmentFault: the demonstration's setting cannot be read.
    """
    settings = profile / DEMO
    if station.startswith(INVENTED_COUNTY) and settings.exists():
        return _folder(settings)
    return CupsPrinter()


def _folder(settings: Path) -> PagePrinter:
    try:
        plain = json.loads(settings.read_text("utf-8"))
        return FolderPrinter(Path(plain["printer_folder"]), float(plain.get("seconds_per_page", 0)))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EnvironmentFault(
            "printer_setting",
            "示例设置读不懂，程序不知道单子往哪里打",
            f"请管理员改好 {DEMO}，或重新做一份示例",
        ) from error


def choose_roll(profile: Path) -> RollPrinter | None:
    """The receipt printer the profile names, None where receipts go to the page printer.

    Raises:
        EnvironmentFault: the setting cannot be read.
    """
    settings = profile / PRINTERS
    if not settings.exists():
        return None
    try:
        named = json.loads(settings.read_text("utf-8")).get("receipt")
        if named is None:
            return None
        port, wide = str(named["port"]), int(named["millimetres"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _unreadable() from error
    if not _address(port) or wide not in _WIDTHS:
        raise _unreadable()
    return EscposPrinter(port, wide)


def _address(port: str) -> bool:
    """Whether it is a device file, or a host and perhaps a number."""
    host, colon, number = port.partition(":")
    return "/" in port or (
        bool(host)
        and host.isascii()
        and (not colon or (number.isdecimal() and int(number) < 65536))
    )


def _unreadable() -> EnvironmentFault:
    return EnvironmentFault(
        "printer_setting",
        "小票机的设置读不懂，程序不知道小票往哪里打",
        f"请管理员照说明改 {PRINTERS}：要有接口和纸宽（58 或 80）；删掉它就用普通打印机",
    )
