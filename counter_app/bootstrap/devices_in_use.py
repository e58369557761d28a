"""What this profile prints on and reads codes with, in the clerk's words; nothing is opened for it."""

import json
from pathlib import Path

from counter_app.devices.camera.choose_camera import choose_camera
from counter_app.devices.choose_printer import PRINTERS, choose_printer, choose_roll
from counter_app.devices.folder_printer import FolderPrinter
from counter_app.kernel.errors import EnvironmentFault

_UNREADABLE = "设置读不懂"


def devices_in_use(profile: Path, station: str) -> tuple[tuple[str, str], ...]:
    """(what for, which device) for receipts, forms and codes."""
    page = _page(profile, station)
    return (("回执", _receipts(profile, page)), ("表格", page), ("扫码", _codes(profile, station)))


def _page(profile: Path, station: str) -> str:
    try:
        printer = choose_printer(profile, station)
    except (EnvironmentFault, OSError, ValueError):
        return _UNREADABLE
    return "演示文件夹" if isinstance(printer, FolderPrinter) else "本机默认打印机"


def _receipts(profile: Path, page: str) -> str:
    try:
        roll = choose_roll(profile)
    except EnvironmentFault:
        return _UNREADABLE
    if roll is None:
        return page
    port = str(json.loads((profile / PRINTERS).read_text("utf-8"))["receipt"]["port"])
    by = "USB" if port.startswith("/dev/") else "网络"
    return f"小票机 {roll.millimetres} 毫米·{by}"


def _codes(profile: Path, station: str) -> str:
    try:
        choice = choose_camera(profile, station)
    except (EnvironmentFault, OSError, ValueError):
        return _UNREADABLE
    return "演示图片" if choice.folder else f"摄像头 {choice.number + 1}"
