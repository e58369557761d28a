"""The profile folder: what a PC is, in small files written whole or not at all; and its lock."""

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from counter_app.kernel.errors import EnvironmentFault

IDENTITY = "identity.json"
KEYS = "keys.json"
CENTRE = "centre.json"


def read(folder: Path, name: str) -> dict[str, object]:
    """A small file's content; {} where there is none.

    Raises:
        EnvironmentFault: it is damaged.
    """
    path = folder / name
    if not path.exists():
        return {}
    try:
        plain = json.loads(path.read_text("utf-8"))
    except (ValueError, OSError) as error:
        raise EnvironmentFault(
            "profile_damaged", f"本机的 {name} 读不出来", "打县医保中心电话"
        ) from error
    if not isinstance(plain, dict):
        raise EnvironmentFault("profile_damaged", f"本机的 {name} 读不出来", "打县医保中心电话")
    return plain


def read_identity(folder: Path) -> dict[str, object]:
    """identity.json; {} on a PC that was never enrolled.

    Raises:
        EnvironmentFault: it is damaged, or gone from a PC that has data.
    """
    plain = read(folder, IDENTITY)
    if not plain and (folder / "station.db").exists():
        # enrolling would give this PC a new key, and the file could never be opened again
        raise EnvironmentFault(
            "profile_damaged", "本机的登记资料不见了", "不要重装，也不要再启用，打县医保中心电话"
        )
    return plain


def save(folder: Path, name: str, plain: dict[str, object]) -> None:
    """Write the file beside itself, flush it to the disk, and put it in place.

    Raises:
        EnvironmentFault: the disk refuses.
    """
    part = folder / (name + ".part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            _give(file.fileno(), folder)
            json.dump(plain, file, ensure_ascii=False, indent=1, sort_keys=True)
            file.flush()
            os.fsync(file.fileno())
        part.replace(folder / name)
    except OSError as error:
        raise EnvironmentFault(
            "not_writable", "没存上：数据文件夹写不进去", "请管理员看磁盘和权限"
        ) from error


@dataclass(slots=True)
class ProfileLock:
    """One writing process at a time; the operating system frees it when the process ends."""

    folder: Path
    descriptor: int = -1

    def acquire(self) -> bool:
        """Take the lock; False where another process has it.

        Raises:
            EnvironmentFault: this account may not write the folder.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise EnvironmentFault(
                "not_writable",
                "数据文件夹写不进去，没有打开；已办的都在，没有丢",
                "请管理员看磁盘和权限",
            ) from error
        _give(descriptor, self.folder)
        if _lock(descriptor):
            self.descriptor = descriptor
            return True
        os.close(descriptor)
        return False

    def release(self) -> None:
        """Give it back."""
        if self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1


def _give(descriptor: int, folder: Path) -> None:
    """What an administrator's command makes belongs to whose folder it is; else no window could open after it."""
    if sys.platform != "win32" and os.geteuid() == 0:
        owner = folder.stat()
        os.fchown(descriptor, owner.st_uid, owner.st_gid)


def _lock(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
