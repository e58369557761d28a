"""Lines of what needs somebody."""

from counter_app.services.queries.worklist import WorkItem
from ui.widgets import CellText, Column, Row

COLUMNS = [
    Column("情况", 152),
    Column("事项与原因", 0, 1),
    Column("办事人", 112),
    Column("到什么时候", 146),
]
_CHIPS = {
    "rejected": ("退回", "bad", "undo-2"),
    "held": ("要裁决", "warn", "git-compare"),
    "promised": ("该办结了", "bad", "clock"),
    "parked": ("挂起", "neutral", "file-text"),
    "open_draft": ("填到一半", "neutral", "file-text"),
    "unprinted": ("没打出来", "neutral", "printer"),
}
_ACTIONS = {
    "rejected": "打开修改",
    "held": "看差别",
    "promised": "看这件",
    "parked": "接着办",
    "open_draft": "接着办",
    "unprinted": "补打",
}


def row_of(item: WorkItem, *, busy: bool) -> Row:
    """A line of the worklist as home shows it."""
    words, tone, icon = _CHIPS[item.kind]
    late = item.days_left is not None and item.days_left < 0
    return Row(
        cells=(
            CellText(words, chip=tone, icon=icon),
            CellText(item.title, item.cause),
            CellText(item.masked_name, f"尾号 {item.tail}" if item.tail else ""),
            CellText(item.until, item.until_note or item.owner_note, tone="bad" if late else "ink"),
        ),
        key=item.ref,
        action="正在打" if busy else _ACTIONS[item.kind],
    )
