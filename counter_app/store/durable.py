"""Files that are on the disk when a function returns: whole or not at all, their names included."""

import errno
import os
from contextlib import suppress
from pathlib import Path

from counter_app.kernel.errors import EnvironmentFault


def write_whole(path: Path, data: bytes) -> None:
    """Write beside, flush, put in place, and read it back.

    Raises:
        EnvironmentFault: the disk refuses, or gives back something else.
    """
    part = path.with_name(path.name + ".part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        put_in_place(part, path)
        same = path.read_bytes() == data
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise fault_of_disk(error) from error
    if not same:
        raise EnvironmentFault(
            "disk_error", f"{path.name} 写完再读不一样，磁盘可能坏了", "打县医保中心电话"
        )


def put_in_place(part: Path, path: Path) -> None:
    """One atomic step: afterwards the name means the new file, on the disk too."""
    part.replace(path)
    sync_folder(path.parent)


def sync_file(path: Path) -> None:
    """What was written to the file is on the disk."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """The folder's names are on the disk; where the system has no such step, it does so by itself."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def second_name(path: Path, other: Path) -> None:
    """Let `other` name the same file, so that it stays when `path` comes to mean another.

    A file system without such names gets a copy.
    """
    other.unlink(missing_ok=True)
    try:
        other.hardlink_to(path)
    except OSError:
        write_whole(other, path.read_bytes())
    sync_folder(path.parent)


def drop_database(path: Path) -> None:
    """Remove a database that is in nobody's use, with what SQLite keeps beside it."""
    for tail in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + tail).unlink(missing_ok=True)


def fault_of_disk(error: OSError) -> EnvironmentFault:
    """The fault behind an error of the file system, in words for the clerk."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return EnvironmentFault(
            "disk_full", "磁盘满了，没有写成；已办的都在，没有丢", "请管理员腾出空间再试"
        )
    return EnvironmentFault(
        "not_writable", "写不进去，没有写成；已办的都在，没有丢", "请管理员看磁盘和权限"
    )
