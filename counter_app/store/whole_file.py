"""A file that lies in a folder whole or not at all, read back before anybody is told that it is there."""

import os
from collections.abc import Callable
from pathlib import Path

from counter_app.kernel.errors import EnvironmentFault


def put(target: Path, data: bytes, sound: Callable[[bytes], bool]) -> None:
    """Write beside the target, flush, put in place, read back; `sound` judges what was read.

    Raises:
        EnvironmentFault: it can't be written there, or what lies there is not what was written.
    """
    part = target.with_name(target.name + ".part")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
        _flush_folder(target.parent)
        back = target.read_bytes()
    except OSError as error:
        _drop(part)
        raise EnvironmentFault(
            "export_not_written",
            "没导出来：那个文件夹满了，或写不进去",
            "换一个文件夹或 U 盘再导一次；要发的都还在本机，没有丢",
        ) from error
    if back != data or not sound(back):
        raise EnvironmentFault(
            "export_changed",
            "导出的文件读回来和写下去的不一样，这个 U 盘可能坏了",
            "换一个 U 盘再导一次；要发的都还在本机，没有丢",
        )


def _flush_folder(folder: Path) -> None:
    """The name itself is on the disk; Windows has no handle for a folder and flushes it with the file."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _drop(part: Path) -> None:
    if part.parent.is_dir() and os.access(part.parent, os.W_OK):
        part.unlink(missing_ok=True)
