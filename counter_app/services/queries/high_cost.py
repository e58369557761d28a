"""高额费用预警 on the household card: what the area's claims and direct settlements left to a person."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import msgspec

from counter_app.catalog.earlier import CLAIM, RECORD, claimed_shares, own_shares
from counter_app.catalog.facts import Held
from counter_app.domain.case.state import CaseState
from counter_app.domain.high_cost.lines import OwnShare, Passed, Spent, of_year, passed
from counter_app.domain.person.model import Person
from counter_app.domain.policy.pack import FACT_GRADES, Pack
from counter_app.kernel import dates
from counter_app.kernel.clock import today
from counter_app.kernel.money import format_yuan
from counter_app.services.context import Counter
from counter_app.services.own_holds import own_holds
from counter_app.store import cases, filings
from counter_app.store.transaction import ReadTx
from counter_app.wire.case_body import CaseBody
from counter_app.wire.own_share import Borne, borne

_COUNTED = frozenset({CaseState.QUEUED, CaseState.RECEIVED, CaseState.ACCEPTED})
_MOST_CASES = 500


@dataclass(frozen=True, slots=True)
class HighCost:
    """A mark on a person: short for the list, and the whole sentence by sentence."""

    short: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What the centre shows of some people: records and other stations' claims by subject key."""

    records: Mapping[str, Held]
    others: Mapping[str, tuple[Held, ...]]
    own: tuple[Held, ...]
    """This station's own claims: whose they are now."""


def seen(tx: ReadTx, members: Iterable[Person], year: int, station: str) -> Seen:
    """What of the year is shown of these people (reference database)."""
    wanted = [(kind, member.key) for member in members for kind in (RECORD, CLAIM)]
    found = filings.shown(tx, wanted, station)
    others: dict[str, tuple[Held, ...]] = {}
    for held in found.others:
        if held.kind == CLAIM:
            others[held.key] = (*others.get(held.key, ()), held)
    records = {
        held.key: held
        for held in found.others
        if held.kind == RECORD and held.data.get("year") == str(year)
    }
    own = tuple(held for held in found.own if held.kind == CLAIM)
    return Seen(records, others, own)


def high_costs(
    counter: Counter, tx: ReadTx, pack: Pack | None, shown: Seen, members: Iterable[Person]
) -> dict[str, HighCost]:
    """The marks by subject key; empty where the pack gives no line, without reading a case.

    Args:
        counter: the opened profile.
        tx: of the station database.
        pack: in force.
        shown: of `seen`.
        members: who is on the card.
    """
    people = {m.key: m for m in members}
    if pack is None or not any(p.key.startswith("warning.") for p in pack.parameters):
        return {}
    spent = {key: _Spending([], set()) for key in people}
    for row in cases.of_subjects(tx, sorted(people), _MOST_CASES):
        found = _borne(row)
        if found is not None and found.subject in people:
            spent[found.subject].add(row.case_no, found.spent)
    wanted = [(CLAIM, key) for key in people]
    # the rest of the station's own are those a person had under another number
    for held in own_holds(counter, tx, wanted, shown.own):
        kept = cases.by_number(tx, held.case_no)
        found = _borne(kept) if kept is not None else None
        if found is not None and held.key in spent:
            spent[held.key].add(held.case_no, found.spent)
    on = today(counter.clock)
    marks = {
        key: _mark(pack, (person, on), spent[key], _Elsewhere.of(shown, key))
        for key, person in people.items()
    }
    return {key: mark for key, mark in marks.items() if mark is not None}


def _borne(row: cases.CaseRow) -> Borne | None:
    if row.state not in _COUNTED:
        return None
    return borne(msgspec.json.decode(row.body.encode("utf-8"), type=CaseBody), row.accepted_on)


@dataclass(frozen=True, slots=True)
class _Elsewhere:
    """A person's record of direct settlements and what other stations' claims left to them, by number."""

    record: Held | None
    claims: Mapping[str, Spent]

    @classmethod
    def of(cls, shown: Seen, key: str) -> "_Elsewhere":
        return cls(shown.records.get(key), claimed_shares(shown.others.get(key, ())))


class _Spending(NamedTuple):
    """What this station's claims left to a person, and their numbers."""

    own: list[Spent]
    cases: set[str]

    def add(self, case_no: str, spent: Spent) -> None:
        """One claim, once."""
        if case_no not in self.cases:
            self.cases.add(case_no)
            self.own.append(spent)


def _mark(
    pack: Pack, who: tuple[Person, dt.date], spent: _Spending, elsewhere: _Elsewhere
) -> HighCost | None:
    person, on = who
    others = {no: one for no, one in elsewhere.claims.items() if no not in spent.cases}
    record, known = elsewhere.record, spent.cases | others.keys()
    direct = own_shares(record.data, known) if record is not None else ()
    parts = (tuple(spent.own), tuple(others.values()), direct)
    share = of_year((one for part in parts for one in part), on.year)
    line = passed(pack, person.identity, share, on)
    if line is None:
        return None
    limit = format_yuan(line.amount)
    next_step = f"请提醒本人问问医疗救助怎么申请。{_unseen(record)}"
    trust = f"{_source(line)}仅供参考，以医保经办机构审核为准。"
    return HighCost(
        f"自付超过 {limit} 元",
        (f"{_what(share, parts)}，超过 {limit} 元的预警线。{_unknown(share)}", next_step, trust),
    )


def _what(share: OwnShare, parts: tuple[tuple[Spent, ...], ...]) -> str:
    """2026 年在本站报销的 2 件、别的站报销的 1 件和医院直接结算的 1 次，自己至少负担 4,870.00 元."""
    counts = [of_year(part, share.year).claims for part in parts]
    made = [words.format(n) for words, n in zip(_WHERE, counts, strict=True) if n]
    where = "和".join(part for part in ("、".join(made[:-1]), made[-1]) if part)
    return f"{share.year} 年{where}，自己至少负担 {format_yuan(share.own)} 元"


def _unknown(share: OwnShare) -> str:
    return f"另有 {share.unknown} 件还算不出，没有计入。" if share.unknown else ""


_WHERE = ("在本站报销的 {} 件", "别的站报销的 {} 件", "医院直接结算的 {} 次")


def _unseen(record: Held | None) -> str:
    on = dates.iso(record.data.get("as_of", "")) if record is not None else None
    if on is None:
        return "在外镇报的、医院直接结算的，这里看不到。"
    return f"医院直接结算的只到 {dates.full(on)}，在外镇报的这里看不到。"


def _source(line: Passed) -> str:
    if line.grade == "invented":
        return f"预警线是示例数据，不是真的规定：{line.source}。"
    trusted = "" if line.grade in FACT_GRADES else "，待核实"
    return f"预警线出处：{line.source}（{line.grade} 级{trusted}）。"
