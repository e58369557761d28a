"""What is not at the centre yet: how much, and since when."""

import os
from pathlib import Path

from counter_app.doctor.ages import DAY_MS, HOUR_MS, ago
from counter_app.doctor.clock import true_now_ms
from counter_app.doctor.finding import LOCKED, Fact, Finding, Seen, Verdict
from counter_app.doctor.part import Part
from counter_app.doctor.patient import Patient
from counter_app.kernel.errors import EnvironmentFault
from counter_app.store import journal, outgoing, undurable
from counter_app.store.transaction import read
from counter_app.wire.header import read_header

ID, TITLE = "unsent", "待发"
OLD_DAYS = 3
"""An entry that waited longer wants somebody to look why."""


def look(patient: Patient, seen: Seen) -> Finding:
    """Count what waits; its age by the clock that can be trusted."""
    station = patient.files.station if patient.files else None
    if station is None:
        return Finding(ID, TITLE, Verdict.ABSENT, "登录以后才能查", LOCKED)
    with read(station) as tx:
        count = journal.pending_count(tx)
        oldest = journal.pending(tx, 1)
        wanted = set(undurable.numbers(tx))
    missing = 0 if _has_place(patient.profile) else len(wanted - _sealed(patient.profile))
    if missing:
        return _not_sealed(missing)
    if not count:
        return Finding(ID, TITLE, Verdict.FINE, "都到中心了", facts={"pending": 0})
    now, known = true_now_ms(patient, seen)
    age = now - read_header(oldest[0].op.header).typed_at
    facts: dict[str, Fact] = {"pending": count}
    if known:
        facts["oldest_hours"] = round(age / HOUR_MS, 1)
    if not known or age < OLD_DAYS * DAY_MS:
        since = f"，最早的等了 {ago(age)}" if known else ""
        return Finding(ID, TITLE, Verdict.FINE, f"{count} 件等着发送{since}", facts=facts)
    return Finding(
        ID,
        TITLE,
        Verdict.LOOK,
        f"{count} 件没到中心，最早的等了 {ago(age)}",
        "unsent_old",
        "都在本机，没有丢；中心还不知道，办结会晚",
        "看“网络到中心”那一行，连上网会自己发送",
        facts=facts,
    )


def _has_place(profile: Path) -> bool:
    """Whether this account can lay sealed files down."""
    folder = profile / outgoing.FOLDER
    return not folder.exists() or (folder.is_dir() and os.access(folder, os.R_OK | os.W_OK))


def _sealed(profile: Path) -> set[str]:
    try:
        return {one.op_id for one in outgoing.listed(profile) if not one.refused}
    except EnvironmentFault:
        return set()


def _not_sealed(missing: int) -> Finding:
    return Finding(
        ID,
        TITLE,
        Verdict.LOOK,
        f"{missing} 件没能另封一份备送：数据文件夹里的 {outgoing.FOLDER} 写不进去",
        "unsealed",
        "都在本机，没有丢，登录着照样发送；没人登录时送不出去",
        "请管理员放开这个文件夹的写权限，再按 F5",
        facts={"unsealed": missing},
    )


PART = Part(ID, TITLE, look, seconds=4, needs=("database", "versions"), after=("network", "clock"))
