"""The bundled fonts, byte for byte: screen and paper both need them."""

import hashlib
from pathlib import Path

from counter_app.doctor.finding import Finding, Seen, Verdict
from counter_app.doctor.part import Part
from counter_app.doctor.patient import Patient

ID, TITLE = "fonts", "字体"
SUMS = "SHA256SUMS"


def look(patient: Patient, seen: Seen) -> Finding:
    """Compare every font with what was delivered."""
    folder = patient.bundled / "fonts"
    try:
        sums = (folder / SUMS).read_text("ascii").split()
    except OSError:
        return _wrong("字体的清单不在", "font_missing")
    wanted = dict(zip(sums[1::2], sums[::2], strict=True))
    for name, digest in wanted.items():
        path = folder / name
        if not path.is_file():
            return _wrong(f"字体文件 {name} 不在", "font_missing")
        if _digest(path) != digest:
            return _wrong(f"字体文件 {name} 坏了", "font_damaged")
    said = "生僻字齐全（䶮、㛃、𬭎 都能显示和打印）"
    return Finding(ID, TITLE, Verdict.FINE, said, facts={"files": len(wanted)})


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _wrong(says: str, code: str) -> Finding:
    return Finding(
        ID,
        TITLE,
        Verdict.STOP,
        says,
        code,
        "有的姓名显示不全，单子可能打不出来；业务能办能存",
        "请管理员把程序重新装一遍，数据不受影响",
    )


PART = Part(ID, TITLE, look, seconds=6)
