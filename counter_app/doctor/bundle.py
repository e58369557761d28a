"""The support bundle: versions, verdicts, redacted logs and timings in one file, and nothing of any person."""

import io
import json
import os
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from counter_app.doctor import words
from counter_app.doctor.finding import Examination
from counter_app.doctor.patient import Patient
from counter_app.doctor.redact import redact, without_names
from counter_app.kernel.clock import moment
from counter_app.kernel.errors import EnvironmentFault

LOGS = ("window.log", "window.log.1", "crash.log")
LOG_BYTES = 256 * 1024
"""The newest part of each log."""
_OWN = re.compile(
    r"lock|\.doctor-disk|(?:window\.log|crash\.log)(?:\.\d)?"
    r"|(?:station|reference)\.[a-z0-9.-]+"
    r"|(?:identity|keys|centre|opened|upgrade|renew|look|demo|printers|sending|unsent)[0-9a-z.-]*\.json(?:\.part)?"
)
"""Names the program gives; what somebody else laid there may be named for a person."""
_READ_ME = """医保基层窗口 求助包

里面有：
  自检.txt      这台电脑各项查得怎么样
  自检.json     同样的内容，给技术员
  耗时.json     每一项查了多久
  文件.txt      数据文件夹里有哪些文件、多大（没有内容）
  日志/         程序自己的日志，数字、姓名、口令都已去掉

里面没有：任何人的姓名、证件号、电话、账号、病情，也没有口令和钥匙。
可以放心交给县医保中心的技术员。
"""


def make_bundle(patient: Patient, examination: Examination, folder: Path) -> Path:
    """Write 求助包_<PC>_<day>-<time>.zip into the folder, whole or not at all; the path.

    Raises:
        EnvironmentFault: it can't be written there.
    """
    device = patient.identity.dev if patient.identity is not None else "未启用"
    at = moment(patient.clock)
    target = folder / f"求助包_{device}_{at:%Y%m%d-%H%M%S}.zip"
    part = target.with_suffix(".part")
    packed = _packed(patient, examination)
    try:
        with part.open("xb") as file:
            file.write(packed)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except OSError as error:
        if not isinstance(error, FileExistsError):
            _drop(part)
        raise EnvironmentFault(
            "bundle_not_written",
            "求助包没存上：那个文件夹满了，或写不进去",
            "换一个文件夹或 U 盘再存一次；本机的业务不受影响",
        ) from error
    return target


def _drop(part: Path) -> None:
    if part.parent.is_dir() and os.access(part.parent, os.W_OK):
        part.unlink(missing_ok=True)


def _packed(patient: Patient, examination: Examination) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, text in _members(patient, examination):
            bundle.writestr(name, text)
    return whole.getvalue()


def _members(patient: Patient, examination: Examination) -> Iterator[tuple[str, str]]:
    yield "说明.txt", _READ_ME
    name = patient.identity.station.name if patient.identity is not None else ""
    examination = without_names(examination, (name,))
    yield "自检.txt", "\n".join(words.lines(examination)) + "\n"
    yield "自检.json", json.dumps(words.plain(examination), ensure_ascii=False, indent=1)
    timings = {f.part: f.ms for f in examination.findings}
    yield "耗时.json", json.dumps({"whole_ms": examination.ms, "parts_ms": timings}, indent=1)
    yield "文件.txt", "\n".join(_files(patient.profile)) + "\n"
    for name in LOGS:
        path = patient.profile / name
        if path.is_file():
            yield f"日志/{name}", redact(_newest(path))


def _files(folder: Path) -> Iterator[str]:
    """Sizes of the program's own files at the top of the data folder; others are counted, not told."""
    if not folder.is_dir():
        return
    files = sorted(p for p in folder.iterdir() if p.is_file())
    for path in files:
        if _OWN.fullmatch(path.name):
            yield f"{path.stat().st_size:>12}  {path.name}"
    yield f"{sum(not _OWN.fullmatch(p.name) for p in files)} other files"
    yield f"{sum(p.is_dir() for p in folder.iterdir())} folders"


def _newest(path: Path) -> str:
    """The end of a log, from the beginning of a line."""
    try:
        data = path.read_bytes()
    except OSError:
        return "unreadable\n"
    kept = data[-LOG_BYTES:]
    if len(kept) < len(data):
        kept = kept.partition(b"\n")[2]
    return kept.decode("utf-8", "replace")
