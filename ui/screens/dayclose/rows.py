"""Differences and items of the day's close as rows."""

from counter_app.domain.day_close.causes import NO_RECORD
from counter_app.domain.day_close.reckon import Counts, DayClose, Difference
from counter_app.services.queries import day_words
from ui.screens.dayclose.presenter import key
from ui.widgets.rows_model import CellText, Column, Row

DIFFERENCES = [
    Column("号", 64),
    Column("事项与本人", stretch=5),
    Column("差在哪里", stretch=6),
]
_NAMES = ("受理", "改报", "作废", "回执", "副本", "中心确认", "办结", "要裁决", "退回")
ITEMS = [
    Column("事项", stretch=1),
    *(Column(name, 76 if len(name) > 3 else 62, align="right") for name in _NAMES),
    Column("", 14),
]


def difference(found: Difference) -> Row:
    """A case by its number, why it is missing, and what to do."""
    row = found.line
    who = f"{row.who}·尾号 {row.tail}·{row.case_no[13:]}" if row.case_no else "没有编号"
    return Row(
        (
            CellText(str(row.n) if row.n else "—", strong=True),
            CellText(row.item_name or "本机没有内容", who),
            CellText(found.said.words, day_words.detail(found), "bad"),
        ),
        key=key(found),
        action="" if found.cause == NO_RECORD else "打开",
    )


def items(close: DayClose) -> tuple[Row, ...]:
    """What was done, by service item."""
    return tuple(
        Row((CellText(group.name or "—"), *_numbers(group.counts)), key=group.key or "—")
        for group in close.by_item
    )


def total(close: DayClose) -> tuple[CellText, ...]:
    """The sums below, () where there is nothing to add."""
    return (CellText("合计"), *_numbers(close.total)) if close.by_item else ()


def _numbers(counts: Counts) -> tuple[CellText, ...]:
    return tuple(
        CellText(str(number), tone="ink" if number else "ink3")
        for number in (
            counts.accepted,
            counts.amended,
            counts.voided,
            counts.issued,
            counts.copies,
            counts.acked,
            counts.done,
            counts.held,
            counts.returned,
        )
    )
