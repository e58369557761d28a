"""The widgets every screen is built of; painted with tokens of ui.theme.

Each is loaded when it is first named: the log-in page needs a third of them.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.widgets.banner import Banner
    from ui.widgets.box import Box
    from ui.widgets.card import Card
    from ui.widgets.chip import Chip
    from ui.widgets.choice_boxes import ChoiceBoxes
    from ui.widgets.code_box import CodeBox
    from ui.widgets.empty_state import EmptyState
    from ui.widgets.field_box import FieldBox
    from ui.widgets.field_row import FieldRow, NoteLine
    from ui.widgets.focus_ring import FocusRing
    from ui.widgets.icons import IconLabel, draw_icon, icon
    from ui.widgets.key_bar import Hints, KeyBar
    from ui.widgets.key_button import KeyButton
    from ui.widgets.key_caps import KeyCaps
    from ui.widgets.label import Label, Paragraph
    from ui.widgets.line_edit import LineEdit
    from ui.widgets.mark import Mark
    from ui.widgets.overlay import Overlay
    from ui.widgets.paint import cap_width, draw_cap, draw_text, rule, surface
    from ui.widgets.painted import Painted
    from ui.widgets.rail import Rail, RailEntry
    from ui.widgets.rows_model import CellText, Column, Row, RowsModel
    from ui.widgets.scan_box import ScanBox, SmallScanBox
    from ui.widgets.section_bar import SectionBar, Step
    from ui.widgets.table_view import TableView
    from ui.widgets.toast import Toast
    from ui.widgets.top_bar import TopBar
    from ui.widgets.verdict import VerdictHead, VerdictLine, VerdictPanel, VerdictSection

_WHERE = {
    "Banner": "ui.widgets.banner",
    "Box": "ui.widgets.box",
    "Card": "ui.widgets.card",
    "Chip": "ui.widgets.chip",
    "ChoiceBoxes": "ui.widgets.choice_boxes",
    "CodeBox": "ui.widgets.code_box",
    "EmptyState": "ui.widgets.empty_state",
    "FieldBox": "ui.widgets.field_box",
    "FieldRow": "ui.widgets.field_row",
    "NoteLine": "ui.widgets.field_row",
    "FocusRing": "ui.widgets.focus_ring",
    "IconLabel": "ui.widgets.icons",
    "draw_icon": "ui.widgets.icons",
    "icon": "ui.widgets.icons",
    "Hints": "ui.widgets.key_bar",
    "KeyBar": "ui.widgets.key_bar",
    "KeyButton": "ui.widgets.key_button",
    "KeyCaps": "ui.widgets.key_caps",
    "Label": "ui.widgets.label",
    "Paragraph": "ui.widgets.label",
    "LineEdit": "ui.widgets.line_edit",
    "Mark": "ui.widgets.mark",
    "Overlay": "ui.widgets.overlay",
    "cap_width": "ui.widgets.paint",
    "draw_cap": "ui.widgets.paint",
    "draw_text": "ui.widgets.paint",
    "rule": "ui.widgets.paint",
    "surface": "ui.widgets.paint",
    "Painted": "ui.widgets.painted",
    "Rail": "ui.widgets.rail",
    "RailEntry": "ui.widgets.rail",
    "CellText": "ui.widgets.rows_model",
    "Column": "ui.widgets.rows_model",
    "Row": "ui.widgets.rows_model",
    "RowsModel": "ui.widgets.rows_model",
    "ScanBox": "ui.widgets.scan_box",
    "SmallScanBox": "ui.widgets.scan_box",
    "SectionBar": "ui.widgets.section_bar",
    "Step": "ui.widgets.section_bar",
    "TableView": "ui.widgets.table_view",
    "Toast": "ui.widgets.toast",
    "TopBar": "ui.widgets.top_bar",
    "VerdictHead": "ui.widgets.verdict",
    "VerdictLine": "ui.widgets.verdict",
    "VerdictPanel": "ui.widgets.verdict",
    "VerdictSection": "ui.widgets.verdict",
}

__all__ = [
    "Banner",
    "Box",
    "Card",
    "CellText",
    "Chip",
    "ChoiceBoxes",
    "CodeBox",
    "Column",
    "EmptyState",
    "FieldBox",
    "FieldRow",
    "FocusRing",
    "Hints",
    "IconLabel",
    "KeyBar",
    "KeyButton",
    "KeyCaps",
    "Label",
    "LineEdit",
    "Mark",
    "NoteLine",
    "Overlay",
    "Painted",
    "Paragraph",
    "Rail",
    "RailEntry",
    "Row",
    "RowsModel",
    "ScanBox",
    "SectionBar",
    "SmallScanBox",
    "Step",
    "TableView",
    "Toast",
    "TopBar",
    "VerdictHead",
    "VerdictLine",
    "VerdictPanel",
    "VerdictSection",
    "cap_width",
    "draw_cap",
    "draw_icon",
    "draw_text",
    "icon",
    "rule",
    "surface",
]


def __getattr__(name: str) -> object:
    """Load the widget's module the first time it is asked for (PEP 562)."""
    where = _WHERE.get(name)
    if where is None:
        raise AttributeError(name)
    found: object = getattr(import_module(where), name)
    globals()[name] = found
    return found
