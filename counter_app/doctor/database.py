"""The two databases page by page: SQLCipher's own page check, then SQLite's of the precious one."""

import re
import time

import sqlalchemy as sa

from counter_app.doctor.finding import LOCKED, Finding, Seen, Verdict
from counter_app.doctor.open_files import ABSENT
from counter_app.doctor.part import Part
from counter_app.doctor.patient import OpenFiles, Patient
from counter_app.services.note_opened import last_opened
from counter_app.store.engine import begun

ID, TITLE = "database", "数据库"
_PAGE = re.compile(r"page (\d+)")
_SETTLE_S = 0.3
"""A page being written while it was read is whole again after this."""
_SHUT = {
    "not_writable": (
        Verdict.STOP,
        "库文件这个账户打不开，没有读写的权限",
        "打不开，眼下不能受理；已办的都在，没有丢",
        "请管理员放开数据文件夹里所有文件的读写权限，再查",
    ),
    "database_busy": (
        Verdict.LOOK,
        "库文件正被别的程序占着，没有查成",
        "数据没有动，没有丢",
        "关掉别的窗口、备份和杀毒程序，再查",
    ),
}
"""Code of a file that is not known to be damaged, but did not open."""


def look(patient: Patient, seen: Seen) -> Finding:
    """Which file has damaged pages; the precious one first."""
    files = patient.files
    if not begun(patient.profile / "station.db") and last_opened(patient.profile) != ("", ""):
        return _missing(patient)
    if files is None:
        there = (patient.profile / "station.db").exists()
        said = "登录以后才能查：数据是加密的" if there else "还没有数据"
        return Finding(ID, TITLE, Verdict.ABSENT, said, LOCKED if there else "empty")
    return _shut(files) or _looked_through(patient, files)


def _looked_through(patient: Patient, files: OpenFiles) -> Finding:
    station = _bad_pages("station", files.station, files, whole=True)
    if station is None or station:
        return _station(station)
    reference = _bad_pages("reference", files.reference, files, whole=False)
    if reference is None or reference:
        return _reference(reference)
    absent = [name for name, why in files.why.items() if why == ABSENT]
    said = "两个库都完好，每一页都查过" if not absent else "业务库完好；名单还没下载过"
    if "station" in absent:
        said = "还没有数据"
    return Finding(ID, TITLE, Verdict.FINE, said, facts=_sizes(patient))


def _bad_pages(
    name: str, engine: sa.Engine | None, files: OpenFiles, *, whole: bool
) -> tuple[int, ...] | None:
    """Numbers of damaged pages, None where the file does not open at all."""
    if engine is None:
        return () if files.why.get(name, ABSENT) == ABSENT else None
    bad = _failing(engine)
    if bad:
        # whoever writes the page finishes meanwhile; what still fails then is damaged
        time.sleep(_SETTLE_S)
        bad &= _failing(engine)
    if not bad and whole:
        bad = _torn(engine)
    return tuple(sorted(bad))


def _failing(engine: sa.Engine) -> set[int]:
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("PRAGMA cipher_integrity_check").scalars().all()
    return {_number(str(row)) for row in rows}


def _torn(engine: sa.Engine) -> set[int]:
    """SQLite's own check of what is on the pages; 0 where it names none."""
    try:
        with engine.connect() as connection:
            rows = connection.exec_driver_sql("PRAGMA quick_check(5)").scalars().all()
    except sa.exc.DBAPIError:
        return {0}
    return {_number(str(row)) for row in rows if row != "ok"}


def _number(row: str) -> int:
    found = _PAGE.search(row)
    return int(found.group(1)) if found else 0


def _station(pages: tuple[int, ...] | None) -> Finding:
    says = "业务库打不开，文件坏了" if pages is None else f"业务库有 {len(pages)} 页坏了"
    return Finding(
        ID,
        TITLE,
        Verdict.STOP,
        says,
        "station_damaged",
        "先别受理新的；到了中心的不受影响，没到中心的要抢救",
        "不要重装、不要删文件。按 F7 做求助包，打县医保中心电话",
        facts={"pages": _said(pages)},
    )


def _shut(files: OpenFiles) -> Finding | None:
    """A file that did not open, of which nobody knows that it is damaged."""
    code = next((why for why in files.why.values() if why in _SHUT), None)
    if code is None:
        return None
    verdict, says, means, advice = _SHUT[code]
    return Finding(ID, TITLE, verdict, says, code, means, advice)


def _missing(patient: Patient) -> Finding:
    there = (patient.profile / "station.db").exists()
    return Finding(
        ID,
        TITLE,
        Verdict.STOP,
        "业务库的文件是空的" if there else "业务库的文件不见了",
        "station_missing",
        "打不开，眼下不能受理；已经到中心的都在中心",
        "不要重装。请管理员用 counter-app restore 恢复 backups 里的备份，或打县医保中心电话",
    )


def _reference(pages: tuple[int, ...] | None) -> Finding:
    says = "名单库打不开，文件坏了" if pages is None else f"名单库有 {len(pages)} 页坏了"
    return Finding(
        ID,
        TITLE,
        Verdict.LOOK,
        says,
        "reference_damaged",
        "有的人可能查不到；受理过的业务都完好，没有丢",
        "按 Enter，关掉程序再打开，有网就重新下载；不用重办任何业务",
        action="重新下载名单",
        key="Enter",
        facts={"pages": _said(pages)},
    )


def _said(pages: tuple[int, ...] | None) -> str:
    return "" if pages is None else " ".join(str(page) for page in pages[:20])


def _sizes(patient: Patient) -> dict[str, int]:
    found = {}
    for name in ("station", "reference"):
        path = patient.profile / f"{name}.db"
        if path.exists():
            found[f"{name}_mb"] = round(path.stat().st_size / 1e6)
    return dict(found)


PART = Part(ID, TITLE, look, seconds=9, needs=("disk", "profile"), vital=True)
