"""Log in with a passphrase: offline, counted durably, delayed after five wrong ones."""

from dataclasses import dataclass
from pathlib import Path

from counter_app.kernel.clock import Clock
from counter_app.store import key_slots


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """The right passphrase: the data key and whose slot it was."""

    slot: key_slots.Slot
    data_key: bytes

    def __repr__(self) -> str:
        return f"LoggedIn({self.slot.clerk})"


@dataclass(frozen=True, slots=True)
class Denied:
    """Why not: `wrong` with the count so far, `wait` until a time (wall ms), `unknown` clerk."""

    why: str
    failures: int = 0
    wait_until: int = 0


def log_in(folder: Path, clock: Clock, clerk: str, passphrase: str) -> LoggedIn | Denied:
    """Try a passphrase; the try is on the disk before its answer is given."""
    slot = next((s for s in key_slots.slots(folder) if s.clerk == clerk), None)
    if slot is None:
        return Denied("unknown")
    if slot.wait_until > clock.now_ms():
        return Denied("wait", slot.failures, slot.wait_until)
    key = key_slots.unwrap(folder, clerk, passphrase)
    after = key_slots.record_try(folder, clerk, clock.now_ms(), right=key is not None)
    if key is None or after is None:
        failures = after.failures if after else 0
        return Denied("wrong", failures, after.wait_until if after else 0)
    return LoggedIn(after, key)
