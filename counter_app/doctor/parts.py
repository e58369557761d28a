"""Which parts are looked at, in the order the clerk reads them."""

from counter_app.doctor import (
    chain,
    clock,
    database,
    disk,
    fonts,
    memory,
    network,
    pack,
    profile_folder,
    versions,
)
from counter_app.doctor.part import Part

PARTS: tuple[Part, ...] = (
    profile_folder.PART,
    database.PART,
    disk.PART,
    clock.PART,
    network.PART,
    chain.PART,
    pack.PART,
    fonts.PART,
    memory.PART,
    versions.PART,
)
