"""The day's close as a window, the command line and the sheet show it; nothing is written by looking."""

import datetime as dt
import json
from dataclasses import dataclass

from counter_app.domain.day_close.facts import DayFacts
from counter_app.domain.day_close.line import ABOUT_CASES
from counter_app.domain.day_close.reckon import DayClose, reckon
from counter_app.kernel.clock import from_ms, today
from counter_app.services.context import Counter
from counter_app.services.load_facts import in_force
from counter_app.services.queries import moments
from counter_app.services.queries.day_facts import day_facts
from counter_app.services.queries.home_summary import net_state
from counter_app.services.queries.other_pcs import OtherPc, other_pcs
from counter_app.store import cases, drafts, key_slots, meta, print_jobs, reference
from counter_app.store.transaction import ReadTx, WriteTx, read


@dataclass(frozen=True, slots=True)
class Closed:
    """The newest close of this day and scope: which time, entry number, moment, by whom, papers of it."""

    times: int
    n: int
    at: int
    by: str
    prints: int = 0


NEVER = Closed(0, 0, 0, "")


@dataclass(frozen=True, slots=True)
class DayReading:
    """A day's close and what stands beside it.

    `since` counts entries about cases after the last close; `others` is what the station's other PCs
    did that day; `drafts` and `waiting` what is left over now.
    """

    close: DayClose
    names: tuple[tuple[str, str], ...]
    """(clerk, name) of everybody who did something that day."""
    station_cases: tuple[tuple[str, int], ...]
    """(clerk, cases) of all clerks, whichever is shown."""
    closed: Closed
    since: int
    is_today: bool
    net: str
    net_words: str
    confirmed_words: str
    others: tuple[OtherPc, ...]
    drafts: int
    waiting: int
    pack: str
    invented: bool

    def name(self, clerk: str) -> str:
        """A clerk's name, the number where no name is known."""
        return dict(self.names).get(clerk, f"工号 {clerk}")


def day_close(counter: Counter, day: dt.date, clerk: str = "") -> DayReading:
    """Read and reckon the day, of one clerk where given."""
    with read(counter.station) as tx:
        facts = day_facts(counter, tx, day)
        closed = last_close(tx, day, clerk)
        others = other_pcs(counter, tx, day, clerk)
        left = len(drafts.everything(tx))
        waiting = len(print_jobs.in_state(tx, *_UNPRINTED))
        names = _names(counter, tx, facts)
    with read(counter.reference) as tx:
        pack = in_force(tx, day)
        cursor = reference.get_cursor(tx, f"decisions.{counter.identity.station.code}")
    net, net_words = net_state(counter)
    whole = reckon(facts)
    return DayReading(
        close=reckon(facts, clerk) if clerk else whole,
        names=names,
        station_cases=tuple((g.key, g.counts.cases) for g in whole.by_clerk if g.counts.cases),
        closed=closed,
        since=_since(facts, closed, clerk),
        is_today=day == today(counter.clock),
        net=net,
        net_words=net_words,
        confirmed_words=moments.said(counter.clock, cursor.pulled_at) if cursor else "",
        others=others,
        drafts=left,
        waiting=waiting,
        pack=pack.label if pack else "",
        invented=bool(pack and pack.invented),
    )


_UNPRINTED = (print_jobs.QUEUED, print_jobs.FAILED)


def close_key(day: dt.date, clerk: str) -> str:
    """Where the station database keeps the newest close of a day and scope."""
    return f"day_close:{day.isoformat()}:{clerk}"


def last_close(tx: ReadTx | WriteTx, day: dt.date, clerk: str) -> Closed:
    """The newest close, NEVER before the first."""
    text = meta.get(tx, close_key(day, clerk))
    return Closed(**json.loads(text)) if text else NEVER


def _since(facts: DayFacts, closed: Closed, clerk: str) -> int:
    if not closed.times:
        return 0
    return sum(
        e.n > closed.n and e.kind in ABOUT_CASES and clerk in {"", e.clerk} for e in facts.entries
    )


def _names(counter: Counter, tx: ReadTx, facts: DayFacts) -> tuple[tuple[str, str], ...]:
    """Everybody's name: this PC's clerks, and on the cases themselves those who left since."""
    known = {slot.clerk: slot.name for slot in key_slots.slots(counter.profile)}
    for case in facts.cases.values():
        if case.clerk not in known:
            row = cases.get(tx, case.case_id)
            if row is not None:
                known[case.clerk] = row.clerk_name
    known[counter.clerk.id] = counter.clerk.name
    return tuple(sorted(known.items()))


def at_words(closed: Closed) -> str:
    """17:05."""
    return f"{from_ms(closed.at):%H:%M}" if closed.at else ""
