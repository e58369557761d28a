"""The journal and the access log: whether every entry still follows from the one before."""

from counter_app.doctor.finding import LOCKED, Finding, Seen, Verdict
from counter_app.doctor.part import Part
from counter_app.doctor.patient import Patient
from counter_app.store import access, journal
from counter_app.store.transaction import read

ID, TITLE = "journal", "记录链"


def look(patient: Patient, seen: Seen) -> Finding:
    """Walk both chains from their beginning."""
    station = patient.files.station if patient.files else None
    if station is None:
        return Finding(ID, TITLE, Verdict.ABSENT, "登录以后才能查", LOCKED)
    with read(station) as tx:
        count = journal.tip(tx).n
        broken, looks = journal.broken_at(tx), access.broken_at(tx)
    if broken is not None:
        return _broken(
            f"第 {broken} 号记录和前面接不上，有人动过或磁盘写错了", "chain_broken", broken
        )
    if looks is not None:
        return _broken(f"查看记录第 {looks} 条和前面接不上", "access_chain_broken", looks)
    said = f"{count} 条记录一条接一条，没有改动" if count else "还没有记录"
    return Finding(ID, TITLE, Verdict.FINE, said, facts={"entries": count})


def _broken(says: str, code: str, at: int) -> Finding:
    return Finding(
        ID,
        TITLE,
        Verdict.STOP,
        says,
        code,
        "照常能办；这一处以后的记录要县里核对",
        "按 F7 做求助包，打县医保中心电话，报这个号",
        facts={"at": at},
    )


PART = Part(ID, TITLE, look, seconds=9, needs=("database", "versions"))
