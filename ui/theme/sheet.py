"""The one application sheet, built from tokens."""

from ui.theme.tokens import Colours

_RULES = """
QMainWindow, QWidget#ground {{ background: {bg}; }}
QLineEdit {{ border: 0; padding: 0; background: transparent; color: {ink};
  placeholder-text-color: {ink3}; selection-background-color: {accent}; selection-color: {on}; }}
QLineEdit:disabled {{ color: {ink3}; }}
QPlainTextEdit {{ border: 0; background: transparent; color: {ink};
  placeholder-text-color: {ink3}; selection-background-color: {accent}; selection-color: {on}; }}
QScrollArea {{ border: 0; background: transparent; }}
QScrollArea > QWidget > QWidget {{ background: transparent; }}
QTableView {{ border: 0; background: transparent; outline: 0; gridline-color: {line}; }}
QScrollBar:vertical {{ width: {bar}px; background: transparent; margin: 0; }}
QScrollBar::handle:vertical {{ background: {line2}; border-radius: {round}px; min-height: 32px; }}
QScrollBar::handle:vertical:hover {{ background: {fline}; }}
QScrollBar:horizontal {{ height: {bar}px; background: transparent; margin: 0; }}
QScrollBar::handle:horizontal {{ background: {line2}; border-radius: {round}px; min-width: 32px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QToolTip {{ border: 1px solid {line2}; padding: 4px 8px; background: {surface}; color: {ink}; }}
"""


def sheet(colours: Colours, by: float) -> str:
    """The rules for what Qt draws itself; everything else is painted."""
    bar = round(8 * by)
    return _RULES.format(bar=bar, round=bar // 2, **colours)
