"""What the station's other PCs did on a day, as the centre told it: what they have not sent is not in it."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from counter_app.catalog.registry import items
from counter_app.domain.case.state import LABELS, CaseState
from counter_app.kernel import dates, ids, masking
from counter_app.kernel.clock import from_ms
from counter_app.services.context import Counter
from counter_app.services.queries.day_facts import SLACK_MS, span
from counter_app.store import cases, other_closes
from counter_app.store.other_closes import OtherClose
from counter_app.store.transaction import ReadTx


@dataclass(frozen=True, slots=True)
class OtherCase:
    """A case another PC took, whoever mended it since: for a list, so the person is masked."""

    case_id: str
    case_no: str
    item_name: str
    who: str
    tail: str
    clerk_name: str
    state: str


@dataclass(frozen=True, slots=True)
class OtherPc:
    """Another PC of the station on the day: its cases at the centre, its close, whether more came after.

    `apart` counts clerks it was closed for one by one, where it was not closed as a whole.
    """

    name: str
    """Its letter, which is in its cases' numbers."""
    day: dt.date
    cases: tuple[OtherCase, ...]
    closed: OtherClose | None
    more: bool = False
    apart: int = 0

    @property
    def settled(self) -> bool:
        """Closed with nothing open and both chains alike, and nothing came after it."""
        closed = self.closed
        sound = closed is not None and not closed.differences and closed.verdict != "differs"
        return sound and not self.more

    @property
    def close_words(self) -> str:
        """17:05 日结，三处相等."""
        closed = self.closed
        if closed is None:
            return f"按经办结了 {self.apart} 位" if self.apart else "还没有日结，或者还没上报"
        then = f"差 {closed.differences} 处" if closed.differences else "三处相等"
        if closed.verdict == "differs":
            then = "和中心的链头对不上"
        at = from_ms(closed.at)
        when = "" if at.date() == self.day else f"{dates.month_day(at.date())} "
        return f"{when}{at:%H:%M} 日结，{then}{'，结后又办过' if self.more else ''}"


def other_pcs(counter: Counter, tx: ReadTx, day: dt.date, clerk: str = "") -> tuple[OtherPc, ...]:
    """The station's other PCs that did something on the day, of one clerk where given, by letter."""
    who = counter.identity
    begin, end = span(day)
    taken: defaultdict[str, list[OtherCase]] = defaultdict(list)
    rows = cases.made_between(tx, *ids.uuid7_span(begin - SLACK_MS, end + SLACK_MS))
    for row in rows:
        # the number says who took it; `dev` is whoever mended it last
        letter = row.case_no.split("-")[2] if row.case_no.count("-") > 1 else ""
        if (
            letter not in {"", who.letter}
            and begin <= row.typed_at < end
            and clerk in {"", row.clerk}
        ):
            taken[letter].append(_case(row))
    told = other_closes.of_day(tx, day.isoformat())
    others = [close for close in told if close.dev != who.dev]
    closed = {_letter(close.dev): close for close in others if close.scope in {"", clerk}}
    apart = defaultdict(set)
    for close in others:
        apart[_letter(close.dev)].add(close.scope)
    newest = {_letter(dev): at for dev, at in other_closes.newest(tx, day.isoformat()).items()}
    letters = set(taken) if clerk else set(taken) | set(apart)
    return tuple(
        OtherPc(
            letter,
            day,
            tuple(taken[letter]),
            closed.get(letter),
            letter in closed and newest.get(letter, (0, 0)) > closed[letter].place,
            len(apart[letter] - {""}),
        )
        for letter in sorted(letters)
    )


def _letter(dev: str) -> str:
    return dev.rpartition("-")[2]


def _case(row: cases.CaseRow) -> OtherCase:
    service = items().get(row.item)
    return OtherCase(
        case_id=row.case_id,
        case_no=row.case_no,
        item_name=service.name if service else row.item,
        who=masking.name(row.applicant),
        tail=masking.tail(row.applicant_certno),
        clerk_name=row.clerk_name,
        state=LABELS[CaseState(row.state)],
    )
