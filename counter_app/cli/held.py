"""A profile at the command line, held by its lock, and the key a clerk's passphrase opens."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from counter_app.cli.unlock import NOBODY, unlock
from counter_app.kernel.clock import SystemClock
from counter_app.kernel.errors import EnvironmentFault
from counter_app.services.context import Identity
from counter_app.services.find_profile import find_profile
from counter_app.services.hold_profile import hold_profile
from counter_app.services.log_in import LoggedIn
from counter_app.services.read_identity import read_identity

DONE, PROBLEMS, ENVIRONMENT = 0, 1, 3


class NotHeld(Exception):
    """Why the profile was not opened, in words, and the exit code."""

    def __init__(self, text: str, code: int) -> None:
        super().__init__(text)
        self.text = text
        self.code = code


@contextmanager
def held_profile(named: Path | None, nothing: str) -> Iterator[tuple[Path, Identity]]:
    """The profile for as long as nobody else may write it.

    Args:
        named: the folder, else the usual one.
        nothing: what was therefore not done, where another window has it.

    Raises:
        NotHeld: another process has it, or it was never enrolled.
        EnvironmentFault: it is damaged, or the disk refuses.
    """
    folder = find_profile(named)
    identity = read_identity(folder) if folder.is_dir() else None
    if identity is None:
        raise NotHeld("这台电脑还没启用。请先打开窗口启用", ENVIRONMENT)
    lock = hold_profile(folder)
    if lock is None:
        raise NotHeld(f"数据文件夹正被另一个窗口使用，{nothing}。请先关掉那个窗口", ENVIRONMENT)
    try:
        yield folder, identity
    finally:
        lock.release()


def opened_by(folder: Path, clerk: str) -> LoggedIn:
    """Whose passphrase opened the data key; neither database is touched.

    Raises:
        NotHeld: the passphrase is wrong, or nobody has one.
        EnvironmentFault: the profile is damaged, or the disk refuses.
    """
    into = unlock(folder, SystemClock(), clerk, only_prove=True)
    if isinstance(into, str):
        raise NotHeld(into, ENVIRONMENT if into == NOBODY else PROBLEMS)
    return into


def say(text: str, code: int) -> int:
    """A line for people, apart from what programs read; the exit code."""
    sys.stderr.write(text + "\n")
    return code


def station_file(folder: Path) -> Path:
    """The station database.

    Raises:
        EnvironmentFault: there is none.
    """
    path = folder / "station.db"
    if not path.exists():
        raise EnvironmentFault("empty", "这台电脑还没有业务数据", "请先打开窗口登录一次")
    return path
