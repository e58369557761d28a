"""Composition root: opens a profile and binds the use-cases into one frozen Services object."""

from counter_app.bootstrap.binding import bind
from counter_app.bootstrap.offered import Services
from counter_app.bootstrap.opening import SyncHandle, open_counter, resources, start_sync

__all__ = ["Services", "SyncHandle", "bind", "open_counter", "resources", "start_sync"]
