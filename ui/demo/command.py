"""`counter-app demo`: the whole program on one machine, for trying and for the tour."""

import argparse
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path
from types import FrameType

from counter_app.kernel.errors import EnvironmentFault
from ui.demo.centre import CentreProcess, available

RESIDENTS = 20_000
SEED = 7


def main(argv: list[str]) -> int:
    """Run the demo or the tour; exit 0, or 1 where the tour saw something else than expected, 3 for faults."""
    parser = argparse.ArgumentParser("counter-app demo")
    parser.add_argument("--tour", action="store_true", help="让窗口自己把主要的事走一遍")
    parser.add_argument("--offscreen", action="store_true", help="没有显示器也能跑")
    parser.add_argument("--auto", action="store_true", help="有显示器就开窗口，没有就跑巡演")
    parser.add_argument("--main-line", action="store_true", help="只走主线（测试用）")
    parser.add_argument("--out", type=Path, default=Path("out/tour"))
    parser.add_argument("--residents", type=int, default=RESIDENTS)
    args = parser.parse_args(argv)
    if not available():
        sys.stderr.write("这个程序里没有演示用的中心。演示要在源码目录里跑。\n")
        return 3
    if args.auto and not _display_answers():
        sys.stdout.write("没有可用的显示器：改跑离屏巡演。\n")
        args.tour = args.offscreen = True
    # asked to end from outside: the centre, its database and the folder go all the same
    signal.signal(signal.SIGTERM, _end)
    base = Path(tempfile.mkdtemp(prefix="counter-demo-"))
    centre = CentreProcess(base / "centre")
    try:
        facts = centre.init(args.residents, SEED)
        centre.start()
        return _run(args, base, centre, facts)
    except EnvironmentFault as fault:
        sys.stderr.write(f"{fault.text}。{fault.advice}\n")
        return 3
    finally:
        centre.stop()
        shutil.rmtree(base, ignore_errors=True)


def _run(
    args: argparse.Namespace, base: Path, centre: CentreProcess, facts: dict[str, object]
) -> int:
    from ui.demo.profiles import make_profile

    if args.offscreen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    args.out.mkdir(parents=True, exist_ok=True)
    if args.tour:
        from ui.demo.tour import Tour

        return Tour(args.out.resolve(), base, centre, facts, whole=not args.main_line).run()
    profile = make_profile(base / "pc-1", centre, facts, args.out.resolve())
    _say_codes(facts["codes"])
    from ui.app import open_window

    return open_window(profile)


def _end(_number: int, _frame: FrameType | None) -> None:
    """Close the window if one is open, else stop where we are; what was started is ended either way."""
    qt = sys.modules.get("PySide6.QtCore")
    app = qt.QCoreApplication.instance() if qt is not None else None
    if app is None:
        sys.exit(143)
    app.quit()


def _say_codes(codes: object) -> None:
    """The activation codes, a line a station; the first clerk of a PC is 0312 李敏."""
    sys.stdout.write("示范县是虚构的。窗口打开后输一个启用码（每个只用一次）：\n")
    for station, listed in codes.items() if isinstance(codes, dict) else ():
        sys.stdout.write(f"  {station}  {'  '.join(str(code) for code in listed)}\n")
    sys.stdout.write("关掉窗口就结束，演示用的数据随后删掉。\n")
    sys.stdout.flush()


def _display_answers() -> bool:
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        return sys.platform in {"win32", "darwin"}
    import subprocess

    probe = "from PySide6.QtGui import QGuiApplication as A; A([])"
    done = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, check=False, timeout=30
    )
    return done.returncode == 0
