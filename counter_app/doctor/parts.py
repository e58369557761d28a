"""Which parts are looked at, in the order the clerk reads them."""

from counter_app.doctor import (
    chain,
    clock,
    database,
    disk,
    feeds,
    fonts,
    memory,
    network,
    pack,
    profile_folder,
    unsent,
    versions,
)
from counter_app.doctor.camera import CAMERA
from counter_app.doctor.part import Part
from counter_app.doctor.printers import PAGE_PRINTER, ROLL_PRINTER
from counter_app.doctor.scanner import SCANNER

PARTS: tuple[Part, ...] = (
    database.PART,
    disk.PART,
    profile_folder.PART,
    clock.PART,
    network.PART,
    unsent.PART,
    feeds.PART,
    ROLL_PRINTER,
    PAGE_PRINTER,
    CAMERA,
    SCANNER,
    pack.PART,
    chain.PART,
    fonts.PART,
    memory.PART,
    versions.PART,
)
