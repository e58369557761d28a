"""The widgets every screen is built of; painted with tokens of ui.theme."""

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
