"""Which page printer a profile prints on: the PC's queue, or the demonstration's folder."""

import json
from pathlib import Path

from counter_app.devices.cups_printer import CupsPrinter
from counter_app.devices.folder_printer import FolderPrinter
from counter_app.devices.page_printer import PagePrinter

DEMO = "demo.json"
INVENTED_COUNTY = "990101"
"""The invented county's stations; only they may print into a folder."""


def choose_printer(profile: Path, station: str) -> PagePrinter:
    """The folder of the demo profile of an invented station, else the default queue of the PC."""
    settings = profile / DEMO
    if station.startswith(INVENTED_COUNTY) and settings.exists():
        plain = json.loads(settings.read_text("utf-8"))
        return FolderPrinter(Path(plain["printer_folder"]), float(plain.get("seconds_per_page", 0)))
    return CupsPrinter()
