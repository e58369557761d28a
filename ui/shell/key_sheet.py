"""The key sheet: every key that works, on one page."""

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import px
from ui.widgets import KeyCaps, Label, Overlay

_COLUMNS = (
    (
        (
            "到处都能用",
            (
                ("F1", "这张表"),
                ("F2", "找人、扫码框"),
                ("F3", "摄像头扫码"),
                ("F5", "重试、再查"),
                ("F6", "换到下一区"),
                ("F7", "本页第二动作"),
                ("F8", "看依据、看明细"),
                ("F9", "本页主要动作"),
                ("F10", "打印、补打"),
                ("F12", "锁屏、换人"),
                ("Esc", "返回，不丢字"),
            ),
        ),
    ),
    (
        (
            "填表",
            (
                ("Enter", "下一项，跳过已填对的"),
                ("Shift Enter", "上一项"),
                ("Alt 1…9", "到第几节"),
                ("Alt ↓", "展开选择"),
                ("1…9", "选第几个"),
                ("Ctrl Z", "撤销一步"),
                ("Insert", "加一位"),
                ("Del", "移出一位"),
                ("PgDn", "下一个人"),
            ),
        ),
    ),
    (
        (
            "换地方",
            (
                ("Ctrl 1", "首页"),
                ("Ctrl 2", "工作台"),
                ("Ctrl 3", "查询"),
                ("Ctrl 4", "待发"),
                ("Ctrl 5", "日结"),
                ("Ctrl 7", "设备自检"),
            ),
        ),
        (
            "输得快",
            (
                ("0115", "今年 1月15日"),
                ("20260115", "2026年1月15日"),
                ("wxl", "拼音首字母找人"),
            ),
        ),
    ),
)


def key_sheet(window: QWidget) -> Overlay:
    """The sheet over the window; Esc closes it."""
    sheet = Overlay(window, "按键表", "鼠标一次都不用碰")
    row = QHBoxLayout()
    row.setSpacing(px(24))
    for column in _COLUMNS:
        row.addLayout(_column(column), 1)
    sheet.body.addLayout(row)
    sheet.body.addStretch(1)
    return sheet


def _column(groups: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(px(8))
    for title, keys in groups:
        column.addWidget(Label(title, "body_head"))
        grid = QGridLayout()
        grid.setColumnMinimumWidth(0, px(112))
        grid.setColumnStretch(1, 1)
        grid.setVerticalSpacing(px(7))
        for number, (caps, words) in enumerate(keys):
            grid.addWidget(KeyCaps(tuple(caps.split())), number, 0)
            grid.addWidget(Label(words, "body", "ink2"), number, 1)
        column.addLayout(grid)
    column.addStretch(1)
    return column
