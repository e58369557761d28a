"""Memory: what the PC has left. Read where the system tells it in a file (Linux)."""

import re
from pathlib import Path

from counter_app.doctor.finding import Finding, Seen, Verdict
from counter_app.doctor.part import Part
from counter_app.doctor.patient import Patient

ID, TITLE = "memory", "内存"
LOW_MB = 200
_TOLD = Path("/proc/meminfo")
_LINE = re.compile(r"^(MemTotal|MemAvailable):\s+(\d+) kB", re.MULTILINE)


def look(patient: Patient, seen: Seen) -> Finding:
    """How much programs may still take."""
    return of(_TOLD.read_text("ascii") if _TOLD.exists() else "")


def of(told: str) -> Finding:
    """The finding for what the system tells."""
    mb = {name: int(kb) // 1024 for name, kb in _LINE.findall(told)}
    if "MemAvailable" not in mb:
        return Finding(ID, TITLE, Verdict.ABSENT, "这个系统没有说", "untold")
    free, whole = mb["MemAvailable"], mb.get("MemTotal", 0)
    facts = {"available_mb": free, "total_mb": whole}
    said = f"还有 {_size(free)}，一共 {_size(whole)}"
    if free >= LOW_MB:
        return Finding(ID, TITLE, Verdict.FINE, said, facts=facts)
    return Finding(
        ID,
        TITLE,
        Verdict.LOOK,
        f"只剩 {free} MB",
        "memory_low",
        "照常能办，换页面会慢",
        "关掉不用的网页和程序",
        facts=facts,
    )


def _size(mb: int) -> str:
    return f"{mb / 1024:.1f} GB" if mb >= 1024 else f"{mb} MB"


PART = Part(ID, TITLE, look, seconds=2)
