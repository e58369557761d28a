"""Composition root: opens a profile and binds the use-cases into one frozen Services object."""

from counter_app.bootstrap.binding import bind
from counter_app.bootstrap.checkup import Checkup, Pc, make_checkup
from counter_app.bootstrap.offered import Services
from counter_app.bootstrap.opening import SyncHandle, open_counter, resources, start_sync

__all__ = [
    "Checkup",
    "Pc",
    "Services",
    "SyncHandle",
    "bind",
    "make_checkup",
    "open_counter",
    "resources",
    "start_sync",
]
