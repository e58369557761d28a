"""What the station's other PCs did on a day, as the centre told it: what they have not sent is not in it."""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby

from counter_app.catalog.registry import items
from counter_app.domain.case.state import LABELS, CaseState
from counter_app.kernel import ids, masking
from counter_app.kernel.clock import from_ms
from counter_app.services.context import Counter
from counter_app.services.queries.day_facts import SLACK_MS, span
from counter_app.store import cases, other_closes
from counter_app.store.other_closes import OtherClose
from counter_app.store.transaction import ReadTx


@dataclass(frozen=True, slots=True)
class OtherCase:
    """A case another PC took: for a list, so the person is masked."""

    case_no: str
    item_name: str
    who: str
    tail: str
    clerk_name: str
    state: str


@dataclass(frozen=True, slots=True)
class OtherPc:
    """Another PC of the station on the day: its cases at the centre, its close, what came after it."""

    name: str
    """Its letter, which is in its cases' numbers."""
    cases: tuple[OtherCase, ...]
    closed: OtherClose | None
    since: int = 0

    @property
    def settled(self) -> bool:
        """Closed with nothing open, and nothing came after it."""
        return self.closed is not None and not self.closed.differences and not self.since

    @property
    def close_words(self) -> str:
        """17:05 日结，三处相等."""
        if self.closed is None:
            return "还没有日结，或者还没上报"
        open_then = self.closed.differences
        then = f"差 {open_then} 处" if open_then else "三处相等"
        later = f"，结后又有 {self.since} 件" if self.since else ""
        return f"{from_ms(self.closed.at):%H:%M} 日结，{then}{later}"


def other_pcs(counter: Counter, tx: ReadTx, day: dt.date, clerk: str = "") -> tuple[OtherPc, ...]:
    """The station's other PCs that did something on the day, of one clerk where given, by letter."""
    begin, end = span(day)
    rows = [
        row
        for row in cases.made_between(tx, *ids.uuid7_span(begin - SLACK_MS, end + SLACK_MS))
        if row.dev != counter.identity.dev and begin <= row.typed_at < end
    ]
    closes = {
        close.dev: close
        for close in sorted(other_closes.of_day(tx, day.isoformat()), key=lambda c: c.at)
        if close.dev != counter.identity.dev and close.scope in {"", clerk}
    }
    taken = {
        dev: [row for row in own if clerk in {"", row.clerk}]
        for dev, own in groupby(sorted(rows, key=lambda r: (r.dev, r.typed_at)), lambda r: r.dev)
    }
    devs = sorted({dev for dev, own in taken.items() if own} | ({*closes} if not clerk else set()))
    return tuple(_pc(dev, taken.get(dev, []), closes.get(dev)) for dev in devs)


def _pc(dev: str, rows: list[cases.CaseRow], closed: OtherClose | None) -> OtherPc:
    since = sum(row.typed_at > closed.at for row in rows) if closed else 0
    return OtherPc(dev.rpartition("-")[2], tuple(map(_case, rows)), closed, since)


def _case(row: cases.CaseRow) -> OtherCase:
    service = items().get(row.item)
    return OtherCase(
        case_no=row.case_no,
        item_name=service.name if service else row.item,
        who=masking.name(row.applicant),
        tail=masking.tail(row.applicant_certno),
        clerk_name=row.clerk_name,
        state=LABELS[CaseState(row.state)],
    )
