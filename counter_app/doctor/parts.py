"""Which parts are looked at, in the order the clerk reads them."""

from counter_app.doctor import (
    chain,
    database,
    disk,
    fonts,
    memory,
    pack,
    profile_folder,
    versions,
)
from counter_app.doctor.part import Part

PARTS: tuple[Part, ...] = (
    profile_folder.PART,
    disk.PART,
    database.PART,
    versions.PART,
    chain.PART,
    pack.PART,
    fonts.PART,
    memory.PART,
)
