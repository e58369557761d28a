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
from counter_app.doctor.part import Part

PARTS: tuple[Part, ...] = (
    database.PART,
    disk.PART,
    profile_folder.PART,
    clock.PART,
    network.PART,
    unsent.PART,
    feeds.PART,
    pack.PART,
    chain.PART,
    fonts.PART,
    memory.PART,
    versions.PART,
)
