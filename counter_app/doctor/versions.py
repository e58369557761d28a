"""Versions: whether this program may open the data, and what everything is called for who asks by telephone."""

import platform

from counter_app.doctor.finding import Fact, Finding, Seen, Verdict
from counter_app.doctor.part import Part
from counter_app.doctor.patient import Patient
from counter_app.services.note_opened import last_opened
from counter_app.store import schema

ID, TITLE = "versions", "版本"


def look(patient: Patient, seen: Seen) -> Finding:
    """Compare the schema of the data with those this program knows."""
    at, by = last_opened(patient.profile)
    station = patient.files.station if patient.files else None
    if station is not None:
        at = schema.revision(station)
    facts: dict[str, Fact] = {
        "app": patient.app,
        "schema": at or "-",
        "knows": schema.HEAD,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "libc": "-".join(platform.libc_ver()),
    }
    if at and at not in schema.KNOWN:
        newer = f"（{by}）" if by and by != patient.app else ""
        return Finding(
            ID,
            TITLE,
            Verdict.STOP,
            f"数据是更新的程序{newer}存的，这个程序（{patient.app}）太旧",
            "newer_database",
            "这个程序打不开本机的数据；数据没有动，没有丢",
            "请管理员装回新版程序，数据不用动",
            facts=facts,
        )
    undone = schema.upgrade_undone(patient.profile)
    if undone:
        return Finding(
            ID,
            TITLE,
            Verdict.LOOK,
            f"数据升级没有成：{undone}",
            "upgrade_undone",
            "用的是原来的数据，没发的都在，没有丢；打开程序时会再升",
            "打县医保中心电话；磁盘满了就先腾出空间",
            facts=facts,
        )
    return Finding(
        ID, TITLE, Verdict.FINE, f"程序 {patient.app}，数据格式 {at or '还没有'}", facts=facts
    )


PART = Part(ID, TITLE, look, seconds=3, needs=("disk",), vital=True)
