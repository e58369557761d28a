"""Key caps on a picture, pressed: a cap that is painted must do something where it stands."""

import re
from collections.abc import Iterator

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit

from tests.gui.stage import Stage

_KEY = Qt.Key
_HELD = {
    "Ctrl": Qt.KeyboardModifier.ControlModifier,
    "Alt": Qt.KeyboardModifier.AltModifier,
    "Shift": Qt.KeyboardModifier.ShiftModifier,
}
_NAMED = {
    "↑": _KEY.Key_Up,
    "↓": _KEY.Key_Down,
    "←": _KEY.Key_Left,
    "→": _KEY.Key_Right,
    "空格": _KEY.Key_Space,
    "Enter": _KEY.Key_Return,
    "Esc": _KEY.Key_Escape,
    "PgDn": _KEY.Key_PageDown,
    "PgUp": _KEY.Key_PageUp,
    "Insert": _KEY.Key_Insert,
    "Del": _KEY.Key_Delete,
    "+": _KEY.Key_Plus,
    "−": _KEY.Key_Minus,
    "Z": _KEY.Key_Z,
    **{f"F{n}": Qt.Key(_KEY.Key_F1.value + n - 1) for n in range(1, 13)},
}
_WITH = re.compile(r"(Ctrl|Alt|Shift)[+ ](.+)")
_MANY = re.compile(r"[…–、]")
STAYS = {"↑↓", "空格", "Ctrl+←→", "PgDn", "F5"}
"""Caps after which the same stage can be asked for the next."""


def of_a_box(stage: Stage, cap: str) -> bool:
    """In forms digits and + belong to the box that has the focus; the forms' own tests press them."""
    forms = {"EnrolmentScreen", "CaseScreen"}
    return type(stage.screen).__name__ in forms and (cap.isdigit() or cap == "+")


def unkept(stage: Stage, cap: str) -> list[str]:
    """The keys of a cap that nothing took; a cap that is no key at all is told too."""
    found = list(_keys(cap))
    if not found:
        return [f"cap {cap} is no key"]
    return [f"cap {cap}: {name} does nothing" for name in found if not _taken(stage, name)]


def _keys(cap: str) -> Iterator[str]:
    """`Ctrl+1…9`, `Ctrl 1`, `↑↓`, `1、2、5`: one name a key, of a range or a list the first."""
    found = _WITH.fullmatch(cap)
    held, rest = (found[1] + "+", found[2]) if found else ("", cap)
    first = _MANY.split(rest)[0]
    # down before up: the first row has none above it
    pieces = [first] if first in _NAMED or first.isdigit() else list(reversed(rest))
    yield from (held + piece for piece in pieces if piece in _NAMED or piece.isdigit())


def _taken(stage: Stage, name: str) -> bool:
    if name.isdigit():
        _leave_text(stage)
    focus = QApplication.focusWidget() or stage.window
    found = _WITH.fullmatch(name)
    held, key = (found[1], found[2]) if found else ("", name)
    if key == "Enter" and isinstance(focus, QLineEdit):
        return any(focus.receivers(signal) > 0 for signal in ("2returnPressed()", "2entered()"))
    code = _NAMED[key] if key in _NAMED else Qt.Key(ord(key))
    modifiers = _HELD[held] if held else Qt.KeyboardModifier.NoModifier
    text = " " if key == "空格" else key if key.isdigit() else ""
    event = QKeyEvent(QEvent.Type.KeyPress, code, modifiers, text)
    QApplication.sendEvent(focus, event)
    held_back = list(stage.window._keys._held)
    stage.window._keys._replay()
    stage.settle()
    return any(e.isAccepted() for e in held_back or [event])


def _leave_text(stage: Stage) -> None:
    """Bare digits choose only outside of text fields: into the list, as F6 would."""
    if isinstance(QApplication.focusWidget(), QLineEdit):
        lists = [v for v in stage.screen.findChildren(QAbstractItemView) if v.isVisible()]
        (lists[0] if lists else stage.screen).setFocus()
        stage.settle()
