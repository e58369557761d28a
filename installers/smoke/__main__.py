"""Smoke test of the frozen program; standard library only.

    python3 -m installers.smoke PROGRAM THINGS [--centre URL --ca FILE --code CODE] [--installed]

PROGRAM is the frozen counter-app, THINGS what installers/make_things.py made from source. As root the
program runs without root's rights, so that an installed one is read-only to it. Exit code 0, or 1 where
a check failed.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from installers import depends
from installers.smoke import checks, libraries, watch
from installers.smoke.checks import Setting
from installers.smoke.program import Failed, Program, as_clerk

Check = Callable[[Setting], str]


def main(argv: list[str]) -> int:
    """Run every check and say each in a line."""
    given = _given(argv)
    with tempfile.TemporaryDirectory(prefix="counter-smoke-") as scratch:
        program = Program(_placed(given, Path(scratch)), Path(scratch))
        program.prepare()
        at = _setting(given, program)
        names: list[Check] = [
            _libraries if given.installed else _libraries_but_depends,
            *checks.ALONE,
            *(checks.WITH_CENTRE if given.centre else ()),
        ]
        names = [check for check in names if given.only in NAMES[check]]
        good = True
        before = watch.state((program.home, program.temporary, program.file.parent))
        for check in names:
            good &= _said(check, at)
        after = watch.state((program.home, program.temporary, program.file.parent))
        good &= _said(
            lambda _: _unchanged(watch.changed(before, after, program.data)), at, "写在哪里"
        )
        if not given.only:
            good &= _said(_traced, at)
    sys.stdout.write("冒烟测试：全部通过\n" if good else "冒烟测试：有没通过的，看上面的 ✗\n")
    return 0 if good else 1


def _given(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("installers.smoke")
    parser.add_argument("program", type=Path, help="冻结的 counter-app")
    parser.add_argument("things", type=Path, help="make_things 做好的文件夹")
    parser.add_argument("--centre", default="", help="中心地址；不给就不试启用和同步")
    parser.add_argument("--ca", type=Path, default=Path())
    parser.add_argument("--code", default="", help="没用过、已批准的启用码")
    parser.add_argument("--installed", action="store_true", help="装好的，不另外复制")
    parser.add_argument("--only", default="", help="只做名称里有这几个字的")
    given = parser.parse_args(argv)
    given.things, given.ca = given.things.resolve(), given.ca.resolve()
    return given


def _setting(given: argparse.Namespace, program: Program) -> Setting:
    """Everything where the clerk's account can read it."""
    things, ca = program.scratch / "things", program.scratch / "中心.pem"
    shutil.copytree(given.things, things)
    if given.centre:
        shutil.copy(given.ca, ca)
        ca.chmod(0o644)
    told = json.loads((things / "told.json").read_text("utf-8"))
    return Setting(program, things, told, given.centre, ca, given.code)


def _placed(given: argparse.Namespace, scratch: Path) -> Path:
    """The installed program where it is; a built one copied where only reading is allowed."""
    program: Path = given.program.resolve()
    if given.installed:
        return program
    there = scratch / "只读的 安装"
    shutil.copytree(program.parent, there, symlinks=True)
    for path in (there, *there.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode & ~0o222)
    return there / program.name


def _said(check: Check, at: Setting, name: str = "") -> bool:
    began = time.monotonic()
    try:
        seen, mark = check(at), "✓"
    except (Failed, OSError, ValueError, KeyError, subprocess.TimeoutExpired) as error:
        seen, mark = str(error), "✗"
    took = time.monotonic() - began
    words = name or NAMES[check]
    sys.stdout.write(f"{mark} {words}：{seen}（{took:.1f} 秒）\n")
    sys.stdout.flush()
    return mark == "✓"


def _libraries(at: Setting) -> str:
    lost = libraries.lacking(at.program.file.parent)
    if lost:
        raise Failed("缺 " + "；".join(f"{n}（{min(by)} 要）" for n, by in sorted(lost.items())))
    return "每个库都找得到"


def _libraries_but_depends(at: Setting) -> str:
    lost = libraries.lacking(at.program.file.parent)
    unknown = sorted(lost.keys() - depends.LIBRARIES)
    if unknown:
        raise Failed(f"缺 {'、'.join(unknown)}，依赖包里也没有")
    return f"这台机器上缺 {len(lost)} 个，安装包的依赖都会带来" if lost else "每个库都找得到"


def _unchanged(names: list[str]) -> str:
    if names:
        raise Failed(f"数据文件夹以外有变动：{'、'.join(names[:6])}")
    return "家目录、临时文件夹、安装文件夹都没有变，只写了数据文件夹"


def _traced(at: Setting) -> str:
    """The same by system calls, for the window and for a picture."""
    log = at.program.temporary / "trace"
    words = watch.tracer(log)
    if words is None:
        return "这台机器没有 strace，只比较了前后"
    picture = at.things / "code.png"
    seconds = str(checks.STAYS_S + 4)
    calls = (
        ["timeout", seconds, *words, str(at.program.file)],
        [*words, *at.program.command("scan", picture)],
    )
    found: set[str] = set()
    for call in calls:
        subprocess.run(
            [*as_clerk(offline=True), *call],
            capture_output=True,
            check=False,
            env=at.program.environment(),
            cwd=at.program.home,
        )
        trace = log.read_text("utf-8", "replace") if log.exists() else ""
        if not trace.strip():
            return "这里不许跟踪系统调用，只比较了前后"
        found.update(watch.written(trace, [str(at.program.data), str(log)]))
        log.unlink()
    return _unchanged(sorted(found))


NAMES: dict[Check, str] = {
    checks.says_its_version: "版本",
    checks.carries_nothing_foreign: "只带站里要的",
    checks.carries_the_bill_filter: "断网查票据",
    checks.lists_its_items: "事项和源代码一样",
    checks.opens_its_window: "断网开窗口",
    checks.opens_on_a_screen: "真的屏幕",
    checks.takes_typing: "登录框",
    checks.keeps_unsent_work: "旧数据库升级，没发的还在",
    checks.reads_a_picture: "摄像头进程读二维码",
    checks.prints_rare_names: "打印生僻字",
    checks.enrols_and_syncs: "启用和同步",
    checks.refuses_a_used_code: "用过的启用码",
    _libraries: "库",
    _libraries_but_depends: "库",
    _traced: "系统调用",
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
