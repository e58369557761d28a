"""Log in with a passphrase: offline, counted durably, delayed after five wrong ones."""

from dataclasses import dataclass, replace
from pathlib import Path

from counter_app.kernel.clock import Clock
from counter_app.kernel.errors import EnvironmentFault
from counter_app.store import key_slots, schema
from counter_app.store.access import Access, append
from counter_app.store.engine import begun, open_engine
from counter_app.store.reference import clerks, open_reference
from counter_app.store.transaction import read, write


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
    """Try a passphrase; the try is on the disk before its answer is given, a log-in in the access log.

    Raises:
        EnvironmentFault: the county closed the account, the profile is damaged, or the disk refuses.
    """
    proven = prove_passphrase(folder, clock, clerk, passphrase)
    return proven if isinstance(proven, Denied) else enter(folder, clock, proven)


def prove_passphrase(folder: Path, clock: Clock, clerk: str, passphrase: str) -> LoggedIn | Denied:
    """Try a passphrase, counted and delayed as any; neither database is touched.

    Whoever only examines the PC goes no further: a damaged file could not take a log-in's row.

    Raises:
        EnvironmentFault: the profile is damaged, or the disk refuses.
    """
    now = clock.now_ms()
    slot = next((s for s in key_slots.slots(folder) if s.clerk == clerk), None)
    if slot is None:
        return Denied("unknown")
    slot = key_slots.anchor_wait(folder, slot, now)
    if slot.wait_until > now:
        return Denied("wait", slot.failures, slot.wait_until)
    key = key_slots.unwrap(folder, clerk, passphrase)
    after = key_slots.record_try(folder, clerk, now, right=key is not None)
    if key is None or after is None:
        failures = after.failures if after else 0
        return Denied("wrong", failures, after.wait_until if after else 0)
    return LoggedIn(after, key)


def enter(folder: Path, clock: Clock, proven: LoggedIn) -> LoggedIn:
    """What a right passphrase leads to: the account's rights, and a row in the access log.

    Raises:
        EnvironmentFault: the county closed the account, or a database does not open.
    """
    slot, key = proven.slot, proven.data_key
    rights = _rights(folder, key, slot)
    _note(folder, key, Access(clock.now_ms(), slot.clerk, "log_in", ""))
    return LoggedIn(replace(slot, rights=rights), key)


def _rights(folder: Path, key: bytes, slot: key_slots.Slot) -> tuple[str, ...]:
    """What the county last said of the account; what the slot says before the first filling."""
    if not (folder / "reference.db").exists():
        return slot.rights
    engine = open_reference(folder, key)
    try:
        with read(engine) as tx:
            account = next((a for a in clerks(tx) if a.clerk == slot.clerk), None)
    finally:
        engine.dispose()
    if account is None:
        return slot.rights
    if not account.active:
        raise EnvironmentFault(
            "account_closed",
            f"县里停用了工号 {slot.clerk}，不能登录；这台电脑上的业务都在，没有丢",
            "请同事登录接着办；停错了请打县医保中心电话",
        )
    return account.rights


def _note(folder: Path, key: bytes, row: Access) -> None:
    """Into the access log; a database that is not there yet, or of another version, is left alone."""
    path = folder / "station.db"
    if not begun(path):
        return
    engine = open_engine(path, key)
    try:
        if schema.usable(engine):
            with write(engine) as tx:
                append(tx, [row])
    finally:
        engine.dispose()
