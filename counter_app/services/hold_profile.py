"""One window for each profile (DESIGN, decision 2)."""

from pathlib import Path

from counter_app.store.profile import ProfileLock


def hold_profile(folder: Path) -> ProfileLock | None:
    """The lock while this process has the profile, None where another process has it."""
    lock = ProfileLock(folder)
    return lock if lock.acquire() else None
