"""What the frozen program must do; each check says what it saw, or fails."""

import json
import re
import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from installers.smoke import archive, pdf_text, screen
from installers.smoke.program import Failed, Program, offline_words

FOREIGN = (
    "counter_app.central",
    "counter_app.cli.bench",
    "ui.demo",
    *("tests", "installers", "litestar", "uvicorn", "psycopg", "pgserver", "pytest", "hypothesis"),
)
STAYS_S = 6.0
READY_S = 60.0
OFFLINE = 3


@dataclass(frozen=True, slots=True)
class Setting:
    """What a check works with: the program, the things made from source, the centre where there is one."""

    program: Program
    things: Path
    told: dict[str, Any]
    url: str = ""
    ca: Path = Path()
    code: str = ""


def says_its_version(at: Setting) -> str:
    """`--version` is the built one."""
    said = _good(at, "--version").strip()
    _same("版本", said, at.told["version"])
    return said


def carries_nothing_foreign(at: Setting) -> str:
    """No centre, demonstration, benchmark or test code inside."""
    names = archive.modules(at.program.file)
    found = [n for n in names if any(n == out or n.startswith(out + ".") for out in FOREIGN)]
    folders = [p.name for p in at.program.file.parent.rglob("*") if p.name in {"central", "tests"}]
    if found or folders:
        raise Failed(f"不该有的：{found[:5]} {folders[:5]}")
    done = at.program.run("demo")
    if done.returncode != OFFLINE or "Traceback" in done.stderr:
        raise Failed(f"demo 没有好好说明：{done.returncode} {done.stderr[-300:]}")
    return f"{len(names)} 个模块，没有中心、演示和测试"


def carries_the_bill_filter(at: Setting) -> str:
    """The filter's library and what only its C part imports: nothing of a start would miss them."""
    inside = at.program.file.parent / "_internal"
    wanted = ("pyfusefilter/_xorfilter*.so", "xxhash/_xxhash*.so", "_cffi_backend*.so")
    lacking = [pattern for pattern in wanted if not list(inside.glob(pattern))]
    if lacking or "pyfusefilter.pyfusefilter" not in archive.modules(at.program.file):
        raise Failed(f"票据名单读不了，缺：{lacking}")
    return "票据名单的库都在"


def lists_its_items(at: Setting) -> str:
    """The items are the source's."""
    _same("事项", json.loads(_good(at, "items", "--json")), at.told["items"])
    return "、".join(at.told["items"].values())


def opens_its_window(at: Setting) -> str:
    """Without network and without a profile the window stays up."""
    maps = _stays_up(at.program)
    heavy = [name for name in ("/cv2/", "/numpy/", "/zxingcpp/") if name in maps]
    if heavy:
        raise Failed(f"窗口里有摄像头进程才要的库：{heavy}")
    return f"{offline_words()}，开着 {STAYS_S:g} 秒，没有装 OpenCV 和 numpy"


def opens_on_a_screen(at: Setting) -> str:
    """The same on an X display, with the plug-in a station uses."""
    with screen.display() as name:
        if not name:
            return "这台机器没有 Xvfb，没有试"
        if "libqxcb.so" not in _stays_up(replace(at.program, display=name)):
            raise Failed("窗口开着，却不是用 X 画的")
    return f"在 Xvfb 的屏幕上开着 {STAYS_S:g} 秒"


def takes_typing(at: Setting) -> str:
    """In front of a profile the passphrase box takes a key, and nothing heavy is loaded by then."""
    began = time.monotonic()
    process = at.program.start("bench", "ready", "--profile", _old_profile(at), offline=True)
    # one that says nothing must not hold us up for ever
    end = threading.Timer(READY_S, process.kill)
    end.start()
    try:
        lines = [process.stdout.readline().strip() for _ in range(2)] if process.stdout else []
        took = time.monotonic() - began
    finally:
        end.cancel()
        process.kill()
        process.wait()
    if lines[:1] != ["ready"]:
        raise Failed(f"登录框没有等到打字：{lines} {took:.1f} 秒")
    if lines[1]:
        raise Failed(f"登录前就装了重模块：{lines[1]}")
    return f"{took * 1000:.0f} ms 能打口令，没有先装重模块"


def keeps_unsent_work(at: Setting) -> str:
    """An older program's database is migrated; what was unsent stays unsent."""
    told = at.told
    folder = _old_profile(at)
    words = ("sync", "--once", "--json", "--clerk", told["clerk"], "--profile", folder)
    for _ in range(2):
        done = at.program.run(*words, said=told["phrase"] + "\n", offline=True)
        if done.returncode != OFFLINE:
            raise Failed(f"应当是连不上（{OFFLINE}），却是 {done.returncode}：{done.stderr[-500:]}")
        _same("待发", json.loads(done.stdout)["pending"], told["pending"])
    copies = [p.name for p in folder.glob("station.before-*")]
    _same("升级前的副本", copies, [f"station.before-{told['head']}"])
    return f"{told['old_revision']} 升到 {told['head']}，待发仍是 {told['pending']} 条"


def reads_a_picture(at: Setting) -> str:
    """A QR picture goes through the camera process."""
    picture = at.program.home / "码.png"
    shutil.copy(at.things / "code.png", picture)
    codes = json.loads(_good(at, "scan", picture, "--json"))["codes"]
    _same("码", [code["text"] for code in codes], [at.told["qr"]])
    picture.unlink()
    return str(at.told["qr"])


def prints_rare_names(at: Setting) -> str:
    """A filled form's names are found in the file by text."""
    at.program.data.mkdir(parents=True, exist_ok=True)
    at.program.give(at.program.home)
    data, sheet = at.program.data / "form.json", at.program.data / "表.pdf"
    shutil.copy(at.things / "form.json", data)
    at.program.give(at.program.data)
    _good(at, "form", at.told["form"], data, "--out", sheet)
    pdf = sheet.read_bytes()
    lost = pdf_text.missing(pdf, at.told["rare"])
    if lost:
        raise Failed(f"表里搜不到：{'、'.join(lost)}")
    data.unlink()
    sheet.unlink()
    return f"{'、'.join(at.told['rare'])} 都搜得到，{len(pdf) // 1000} kB"


def enrols_and_syncs(at: Setting) -> str:
    """With a real centre: activated, first filling, a round, and still nothing waits."""
    words = ("enrol", at.code, "--centre", at.url, "--ca", at.ca, "--json")
    enrolled = json.loads(_good(at, *words, said=at.told["phrase"] + "\n"))
    rows = sum(enrolled["filling"]["rows"].values())
    if not rows:
        raise Failed("启用了，却没有取回名单")
    round_ = json.loads(_good(at, "sync", "--once", "--json", said=at.told["phrase"] + "\n"))
    if not round_["ok"] or round_["pending"]:
        raise Failed(f"没有同步完：{round_}")
    return f"{enrolled['station']} {enrolled['device']}，取回 {rows} 行，待发 0"


def refuses_a_used_code(at: Setting) -> str:
    """The same code on another PC is refused in plain words."""
    other = at.program.home / "另一台"
    words = ("enrol", at.code, "--centre", at.url, "--ca", at.ca, "--profile", other)
    done = at.program.run(*words, said=at.told["phrase"] + "\n")
    shutil.rmtree(other, ignore_errors=True)
    if done.returncode != 1 or "启用码" not in done.stderr:
        raise Failed(f"{done.returncode} {done.stderr[-300:]}")
    return done.stderr.strip()


def _stays_up(program: Program) -> str:
    """Start the window and wait; what the process had in its memory."""
    process = program.start(offline=True)
    try:
        # that it stays up has no event to wait for
        time.sleep(STAYS_S)
        if process.poll() is not None:
            said = process.stdout.read() if process.stdout else ""
            raise Failed(f"窗口 {STAYS_S:g} 秒内没了：{process.returncode} {said[-500:]}")
        return Path(f"/proc/{process.pid}/maps").read_text("utf-8")
    finally:
        process.kill()
        process.wait()


ALONE: tuple[Callable[[Setting], str], ...] = (
    says_its_version,
    carries_nothing_foreign,
    carries_the_bill_filter,
    lists_its_items,
    opens_its_window,
    opens_on_a_screen,
    takes_typing,
    keeps_unsent_work,
    reads_a_picture,
    prints_rare_names,
)
WITH_CENTRE: tuple[Callable[[Setting], str], ...] = (enrols_and_syncs, refuses_a_used_code)


def _old_profile(at: Setting) -> Path:
    """The older program's profile, in the clerk's own data folder's place beside the default one."""
    folder = at.program.data.with_name("counter-app") / "旧的"
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(at.things / "old-profile", folder)
        at.program.give(at.program.home)
    return folder


def _good(at: Setting, *words: object, said: str = "") -> str:
    done = at.program.run(*words, said=said)
    if done.returncode or re.search(r"Traceback|Error", done.stderr):
        raise Failed(f"{' '.join(map(str, words))}：{done.returncode} {done.stderr[-800:]}")
    return done.stdout


def _same(what: str, got: object, expected: object) -> None:
    if got != expected:
        raise Failed(f"{what}不对：{got}，应当是 {expected}")
