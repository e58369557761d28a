"""The disk under the data folder: room, right to write, and how long a durable write takes."""

import errno
import os
import shutil
import statistics
import time
from pathlib import Path

from counter_app.doctor.finding import Finding, Seen, Verdict
from counter_app.doctor.part import Part
from counter_app.doctor.patient import Patient

ID, TITLE = "disk", "磁盘"
LEAST = 64 * 1024 * 1024
"""Under this a day's work may find no room."""
LOW = 1024 * 1024 * 1024
SLOW_MS = 1500
"""A durable write that takes longer is felt at every acceptance."""
_PROBE = ".doctor-disk"
_BESIDE = ("", "-wal", "-shm")
_WRITTEN = ("lock", *(f"{name}.db{end}" for name in ("station", "reference") for end in _BESIDE))
_PAGE = b"\x5a" * 4096
_TIMES = 5
_LONG_MS = 2000
"""A disk that has taken this long has shown what it is: the databases still want their time."""
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
_NO_RIGHT = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


def look(patient: Patient, seen: Seen) -> Finding:
    """Write a page some times over, flush it to the disk, take it away again."""
    folder = _nearest(patient.profile)
    try:
        free = shutil.disk_usage(folder).free
        write_ms = _durable_ms(folder) if folder == patient.profile else 0
        _ours(patient.profile)
    except OSError as error:
        return _refused(error)
    facts = {"free_mb": free // 1_000_000, "write_ms": write_ms}
    room = f"还有 {_size(free)}"
    if free < LEAST:
        return _full(f"磁盘满了，只剩 {_size(free)}", facts)
    if free < LOW:
        return Finding(
            ID,
            TITLE,
            Verdict.LOOK,
            f"{room}，不多了",
            "disk_low",
            "眼下照常办理；再满下去会存不进新业务",
            "请管理员清掉不用的大文件，数据文件夹不要动",
            facts=facts,
        )
    if write_ms > SLOW_MS:
        return Finding(
            ID,
            TITLE,
            Verdict.LOOK,
            f"{room}，但存一次要 {write_ms / 1000:.1f} 秒",
            "disk_slow",
            "照常办理，每次受理要多等一会儿",
            "关掉别的程序再查；还是慢请管理员看硬盘是不是要坏",
            facts=facts,
        )
    took = f"，存一次 {write_ms} 毫秒" if folder == patient.profile else ""
    return Finding(ID, TITLE, Verdict.FINE, f"{room}{took}", facts=facts)


def _nearest(folder: Path) -> Path:
    """The folder, or before the first start the one it will stand in."""
    return next(place for place in (folder, *folder.parents) if place.is_dir())


def _ours(folder: Path) -> None:
    """Whether this account may write each file, which it may not after an administrator's command.

    Raises:
        PermissionError: not this one.
    """
    for name in _WRITTEN:
        if (folder / name).is_file() and not os.access(folder / name, os.R_OK | os.W_OK):
            raise PermissionError(errno.EACCES, "another account's", name)


def _durable_ms(folder: Path) -> int:
    path = folder / _PROBE
    took: list[float] = []
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            while len(took) < _TIMES and sum(took) < _LONG_MS:
                began = time.monotonic()
                os.write(descriptor, _PAGE)
                os.fsync(descriptor)
                took.append((time.monotonic() - began) * 1000)
        finally:
            os.close(descriptor)
    finally:
        path.unlink(missing_ok=True)
    return round(statistics.median(took))


def _refused(error: OSError) -> Finding:
    if error.errno in _NO_ROOM:
        return _full("磁盘满了，一个字也存不进去", {})
    if error.errno in _NO_RIGHT:
        return Finding(
            ID,
            TITLE,
            Verdict.STOP,
            f"数据文件夹里的 {error.filename} 这个账户写不进去"
            if error.filename in _WRITTEN
            else "数据文件夹写不进去：磁盘只读，或这个账户没有权限",
            "not_writable",
            "新业务存不上，眼下不能受理；已办的都在，没有丢",
            "请管理员放开这个文件夹和里面文件的写权限，再按 F5",
        )
    return Finding(
        ID,
        TITLE,
        Verdict.STOP,
        "读写磁盘出了毛病",
        "disk_error",
        "新业务可能存不上，先别受理；已办的先不要动",
        "关机查一查硬盘的线；再出现打县医保中心电话",
    )


def _full(says: str, facts: dict[str, int]) -> Finding:
    return Finding(
        ID,
        TITLE,
        Verdict.STOP,
        says,
        "disk_full",
        "新业务存不上，眼下不能受理；已办的都在，没有丢",
        "清掉不用的大文件，数据文件夹不要动，再按 F5",
        facts=dict(facts),
    )


def _size(free: int) -> str:
    return (
        f"{free / 1e9:.0f} GB"
        if free >= 10e9
        else f"{free / 1e9:.1f} GB"
        if free >= 1e9
        else f"{free // 1_000_000} MB"
    )


PART = Part(ID, TITLE, look, seconds=9, vital=True)
