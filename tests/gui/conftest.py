"""Fixtures of the window's tests: the look, a guard on the GUI thread, and what must not be left behind."""

import gc
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

LARGE = 1_000_000
_EVENTS = {
    "sqlite3.connect",
    "socket.connect",
    "socket.getaddrinfo",
    "subprocess.Popen",
    "os.system",
}


class Guard:
    """Notes what touches disk or network on the GUI thread while it is switched on."""

    def __init__(self) -> None:
        self.on = False
        self.thread = threading.get_ident()
        self.seen: list[str] = []

    def hear(self, event: str, args: tuple[object, ...]) -> None:
        if not self.on or threading.get_ident() != self.thread:
            return
        if event in _EVENTS:
            self.seen.append(event)
        elif event == "open" and isinstance(args[0], str | bytes):
            self._opened(os.fsdecode(args[0]))

    def _opened(self, name: str) -> None:
        try:
            size = Path(name).stat().st_size
        except (OSError, ValueError):
            return
        if size > LARGE and Path(name).suffix not in {".pyc", ".so", ".pyd", ".py"}:
            self.seen.append(f"open {Path(name).name} ({size} bytes)")

    def query(self, *_args: object) -> None:
        if self.on and threading.get_ident() == self.thread:
            self.seen.append("SQL")


_GUARD = Guard()
sys.addaudithook(_GUARD.hear)


@pytest.fixture(scope="session")
def listening() -> None:
    """Hear every statement of every engine."""
    import sqlalchemy as sa
    from sqlalchemy.engine import Engine

    sa.event.listen(Engine, "before_cursor_execute", _GUARD.query)


@pytest.fixture
def gui_thread(listening: None) -> Iterator[Guard]:
    """Fail when SQL, a socket, a process or a large file was touched on this thread within `on`."""
    _GUARD.thread, _GUARD.seen = threading.get_ident(), []
    yield _GUARD
    _GUARD.on = False
    assert not _GUARD.seen, f"the GUI thread waited for: {_GUARD.seen}"


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    return QApplication


@pytest.fixture(autouse=True)
def look(request: pytest.FixtureRequest) -> None:
    """The light look with the bundled fonts, for tests with a QApplication."""
    if "qapp" not in request.fixturenames and "qtbot" not in request.fixturenames:
        return
    app = request.getfixturevalue("qapp")
    from counter_app.bootstrap import resources
    from ui.theme import fonts, scale, scheme, use

    if not app.property("dressed"):
        fonts.load_text_fonts(resources() / "fonts")
        if (resources() / "fonts" / fonts.RARE).exists():
            fonts.load_rare_font(resources() / "fonts")
        app.setProperty("dressed", True)
        use(app)
    if (scheme(), scale()) != ("light", 1.0):
        use(app)


@pytest.fixture(autouse=True, scope="module")
def older_things_set_apart() -> None:
    """What lived before a file's first test is of no interest to the collection after each of them.

    In a whole run that is a million objects and took a second a test.
    """
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def nothing_left_running(request: pytest.FixtureRequest) -> Iterator[None]:
    """No timer runs on and no worker thread stays after a test."""
    before = {t.ident for t in threading.enumerate()}
    yield
    app = QApplication.instance()
    if isinstance(app, QApplication):
        for widget in app.topLevelWidgets():
            widget.close()
        gc.collect()
        running = [
            t
            for w in app.topLevelWidgets()
            if w.isVisible()
            for t in w.findChildren(QTimer)
            if t.isActive()
        ]
        assert not running, "a timer runs on"
    left = [t.name for t in threading.enumerate() if t.ident not in before and not t.daemon]
    assert not left, f"threads run on: {left}"


@pytest.fixture
def cut(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Texts that found their box too narrow and were cut with …, filled while widgets paint."""
    from ui.theme import text_width
    from ui.widgets import paint

    found: list[str] = []
    whole = paint.shorten

    def shorten(text: str, role: str, width: float) -> str:
        if text_width(text, role) > width + 0.5:
            found.append(f"{text} ({role}, {width:.0f} px)")
        return whole(text, role, width)

    monkeypatch.setattr(paint, "shorten", shorten)
    return found


def picture(widget: QWidget, path: Path | None = None) -> None:
    """Paint a widget now, and keep the picture where asked."""
    grabbed = widget.grab()
    if path is not None:
        grabbed.save(str(path))
