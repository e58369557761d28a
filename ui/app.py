"""The entry of `counter-app`: headless words before PySide6 is imported, otherwise the window."""

import argparse
import importlib
import importlib.util
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from counter_app import __version__

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


ENVIRONMENT = 3
SETTLE_MS = 250
"""After this the first page is painted and takes typing: only then are heavy things loaded."""
WINDOW_BENCHES = {"start", "search", "memory", "sync-stall", "ready"}


class _Command(Protocol):
    def main(self, argv: list[str]) -> int: ...


def main(argv: list[str] | None = None) -> int:
    """Run a headless word, the demo, or the window; the exit code."""
    words = sys.argv[1:] if argv is None else argv
    first = words[0] if words else ""
    if first == "demo":
        return _command("ui.demo.command", words[1:])
    if first == "bench" and set(words[1:2]) & WINDOW_BENCHES:
        return _command("ui.bench.command", words[1:])
    if first and not first.startswith("-"):
        return _command("counter_app.cli.main", words)
    parser = argparse.ArgumentParser("counter-app", description="医保基层窗口")
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("--profile", type=Path, help="数据文件夹")
    return open_window(parser.parse_args(words).profile)


def open_window(profile: Path | None = None) -> int:
    """Open the window on a profile; 3 where another window has it or a font is missing."""
    from counter_app.kernel.errors import EnvironmentFault
    from counter_app.services.find_profile import find_profile
    from counter_app.services.hold_profile import hold_profile

    folder = find_profile(profile)
    try:
        held = hold_profile(folder)
        if held is None:
            return _say("已经开着了", "已经在另一个窗口里打开了。请用那个窗口，或先关掉它。")
        try:
            return Opened(folder).run()
        finally:
            held.release()
    except EnvironmentFault as fault:
        return _say("没有打开", f"{fault.text}。{fault.advice}")


def _say(title: str, text: str) -> int:
    """Why no window opens: to the terminal, and to the screen where nobody sees a terminal."""
    from ui.shell.notice import seen_by_somebody, show_notice

    sys.stderr.write(f"{text}\n")
    if seen_by_somebody():
        show_notice(title, text)
    return ENVIRONMENT


class Opened:
    """The parts of an open window, for the demo's tour and the tests too."""

    def __init__(self, folder: Path) -> None:
        self.app: QApplication = _application(folder)
        from ui.shell.flow import Flow
        from ui.shell.incident import Border
        from ui.shell.look_keeper import LookKeeper, wear
        from ui.shell.session import Session
        from ui.shell.window import Window
        from ui.tasks import TaskRunner

        wear(self.app, folder)
        self.border = Border()
        self.tasks: TaskRunner = TaskRunner(self.border.take)
        self.session: Session = Session(folder, lambda: self.tasks.post(self.flow.heard))
        self.window: Window = Window(self.session, self.tasks)
        self.flow: Flow = Flow(self.window, self.session, self.tasks)
        self.border.tells(self.window.tell)
        self._look = LookKeeper(self.window, folder, self.tasks)

    def show(self) -> None:
        """Paint the first page; what takes longer is loaded after it."""
        from PySide6.QtCore import QTimer

        self.flow.start()
        self.window.show()
        QTimer.singleShot(SETTLE_MS, self.window, self._after_first_paint)

    def run(self) -> int:
        """Until the window is closed; what nobody expected is numbered and told."""
        from ui.shell.incident import install

        install(self.border, self.session.folder)
        self.show()
        code = self.app.exec()
        self.close()
        return code

    def close(self) -> None:
        """End everything in order: lanes, sync, files."""
        self.flow.end()
        self.tasks.close()
        self.session.close()

    def _after_first_paint(self) -> None:
        from ui.theme.fonts import RESOURCES, load_rare_font

        load_rare_font(RESOURCES / "fonts")
        self.tasks.io(_load_use_cases, lambda _none: self._send_what_lies_sealed())

    def _send_what_lies_sealed(self) -> None:
        """After a power cut nobody need log in for it."""
        if self.session.enrolled():
            self.tasks.io(self.session.outgoing.start, lambda _none: self.flow.heard())


def _load_use_cases() -> None:
    """Heavy modules, right after the first paint."""
    importlib.import_module("counter_app.bootstrap")
    importlib.import_module("ui.shell.workplace")


def _application(folder: Path) -> "QApplication":
    os.environ.setdefault("QT_ENABLE_HIGHDPI_SCALING", "1")
    from PySide6.QtCore import QCoreApplication, Qt
    from PySide6.QtWidgets import QApplication

    from ui.theme import use
    from ui.theme.fonts import RESOURCES, load_text_fonts

    standing = QCoreApplication.instance()
    if isinstance(standing, QApplication):
        return standing
    QApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    # what fontconfig and the graphics drivers keep for later starts stays with our own data
    os.environ.setdefault("XDG_CACHE_HOME", str(folder / "cache"))
    app = QApplication(sys.argv[:1])
    app.setApplicationDisplayName("医保基层窗口")
    load_text_fonts(RESOURCES / "fonts")
    use(app)
    return app


def _command(module: str, words: list[str]) -> int:
    if importlib.util.find_spec(module.rpartition(".")[0]) is None:
        sys.stderr.write("安装的程序里没有这一项：演示和测量要用源代码。办业务不受影响\n")
        return ENVIRONMENT
    return cast("_Command", importlib.import_module(module)).main(words)


if __name__ == "__main__":
    sys.exit(main())
