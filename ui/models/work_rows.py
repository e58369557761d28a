"""Lines of the worklist and of the outbox as rows."""

from counter_app.services.queries.outbox import OutboxRow
from counter_app.services.queries.worklist import WorkItem
from ui.widgets.rows_model import CellText, Column, Row

WORK = [
    Column("情况", 112),
    Column("事项与原因", stretch=1),
    Column("办事人", 112),
    Column("谁在管", 136),
    Column("到什么时候", 146),
]
OUTBOX = [
    Column("号", 56),
    Column("事项与办事人", stretch=3),
    Column("为什么还没到中心", stretch=5),
    Column("接下来", 206),
    Column("存于", 104),
]
_CAUSES = {
    "": ("ink2", "send"),
    "network": ("ink2", "cloud-off"),
    "clock": ("bad", "clock"),
    "permission": ("warn", "lock"),
    "data": ("bad", "circle-alert"),
    "server": ("warn", "cloud"),
    "local": ("bad", "triangle-alert"),
}
"""Tone and icon of a cause's class."""
_CHIPS = {
    "rejected": ("退回", "bad", "undo-2"),
    "held": ("要裁决", "warn", "git-compare"),
    "promised": ("今天到期", "warn", "clock"),
    "parked": ("挂起", "neutral", "file-text"),
    "open_draft": ("没填完", "neutral", "file-text"),
    "unprinted": ("没打出来", "neutral", "printer"),
}


def work(item: WorkItem, action: str) -> Row:
    """A line of the worklist; the overdue come before everything else in tone."""
    late = item.days_left is not None and item.days_left < 0
    words, tone, icon = ("逾期", "bad", "clock") if late else _CHIPS[item.kind]
    nobody = not item.owner
    owner = "我" if item.mine else item.owner_name
    pressing = item.days_left is not None and item.days_left <= 0
    return Row(
        (
            CellText(words, chip=tone, icon=icon),
            CellText(item.title, item.cause),
            CellText(item.masked_name or "还没填", f"尾号 {item.tail}" if item.tail else ""),
            CellText(
                "没人管" if nobody else owner,
                item.owner_note,
                "warn" if nobody else "ink",
                strong=True,
                icon="user" if nobody else "",
            ),
            CellText(item.until, item.until_note, "bad" if pressing else "ink", strong=pressing),
        ),
        key=item.ref,
        action=action,
    )


def waiting(row: OutboxRow) -> Row:
    """A line of the outbox."""
    who = f"{row.masked_name}·尾号 {row.tail}" if row.masked_name else ""
    tone, icon = ("warn", "git-compare") if row.kind == "held" else _CAUSES[row.cause]
    back = row.kind in {"rejected", "held"}
    return Row(
        (
            CellText(str(row.n) if row.n else "别台", strong=True),
            CellText(row.title, who),
            CellText(row.why, row.note, tone, icon=icon),
            CellText(row.next_words, row.next_note, "accent" if back else "ink", strong=back),
            CellText(row.saved_words, tone="ink2"),
        ),
        key=row.key,
    )
