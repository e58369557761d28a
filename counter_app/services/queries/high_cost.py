"""高额费用预警 on the household card: what this station's claims and direct settlements left to a person."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import msgspec

from counter_app.catalog.earlier import RECORD, own_shares
from counter_app.catalog.facts import Held
from counter_app.domain.case.state import CaseState
from counter_app.domain.high_cost.lines import Passed, Spent, of_year, passed
from counter_app.domain.person.model import Person
from counter_app.domain.policy.pack import FACT_GRADES, Pack
from counter_app.kernel import dates
from counter_app.kernel.money import format_yuan
from counter_app.store import cases, filings
from counter_app.store.transaction import ReadTx
from counter_app.wire.case_body import CaseBody
from counter_app.wire.own_share import borne

_COUNTED = frozenset({CaseState.QUEUED, CaseState.RECEIVED, CaseState.ACCEPTED})
_MOST_CASES = 500


@dataclass(frozen=True, slots=True)
class HighCost:
    """A mark on a person: short for the list, and the whole sentence by sentence."""

    short: str
    words: tuple[str, ...]


def year_records(tx: ReadTx, members: Iterable[Person], year: int) -> dict[str, Held]:
    """What hospitals settled directly for these people in the year, by subject key (reference database)."""
    wanted = [(RECORD, member.key) for member in members]
    # a record is of no station, so none is one's own
    found = filings.shown(tx, wanted, "-").others
    return {held.key: held for held in found if held.data.get("year") == str(year)}


def high_costs(
    tx: ReadTx,
    pack: Pack | None,
    records: Mapping[str, Held],
    members: Iterable[Person],
    on: dt.date,
) -> dict[str, HighCost]:
    """The marks by subject key; empty where the pack gives no line, without reading a case.

    Args:
        tx: of the station database.
        pack: in force.
        records: of `year_records`.
        members: who is on the card.
        on: today.
    """
    people = {m.key: m for m in members}
    if pack is None or not any(p.key.startswith("warning.") for p in pack.parameters):
        return {}
    spent: dict[str, _Spending] = {}
    for row in cases.of_subjects(tx, sorted(people), _MOST_CASES):
        body = msgspec.json.decode(row.body.encode("utf-8"), type=CaseBody)
        found = borne(body, row.accepted_on) if row.state in _COUNTED else None
        if found is not None and found.subject in people:
            one = spent.setdefault(found.subject, _Spending([], set()))
            one.own.append(found.spent)
            one.cases.add(row.case_no)
    marks = {
        key: _mark(pack, person, spent.get(key, _Spending([], set())), records.get(key), on)
        for key, person in people.items()
    }
    return {key: mark for key, mark in marks.items() if mark is not None}


class _Spending(NamedTuple):
    """What this station's claims left to a person, and their numbers."""

    own: list[Spent]
    cases: set[str]


def _mark(
    pack: Pack, person: Person, spent: _Spending, record: Held | None, on: dt.date
) -> HighCost | None:
    direct = own_shares(record.data, spent.cases) if record is not None else ()
    share = of_year((*spent.own, *direct), on.year)
    line = passed(pack, person.identity, share, on)
    if line is None:
        return None
    unknown = f"另有 {share.unknown} 件还算不出，没有计入。" if share.unknown else ""
    own, limit = format_yuan(share.own), format_yuan(line.amount)
    what = (
        f"{share.year} 年{_counted(share.claims, direct)}，自己至少负担 {own} 元，"
        f"超过 {limit} 元的预警线。{unknown}"
    )
    next_step = f"请提醒本人问问医疗救助怎么申请。{_unseen(record)}"
    trust = f"{_source(line)}仅供参考，以医保经办机构审核为准。"
    return HighCost(f"自付超过 {limit} 元", (what, next_step, trust))


def _counted(claims: int, direct: tuple[Spent, ...]) -> str:
    here = claims - len(direct)
    if not direct:
        return f"在本站报销的 {here} 件"
    there = f"医院直接结算的 {len(direct)} 次"
    return f"在本站报销的 {here} 件和{there}" if here else there


def _unseen(record: Held | None) -> str:
    on = dates.iso(record.data.get("as_of", "")) if record is not None else None
    if on is None:
        return "别处报的、医院直接结算的，这里看不到。"
    return f"医院直接结算的只到 {dates.full(on)}，别处报的这里看不到。"


def _source(line: Passed) -> str:
    if line.grade == "invented":
        return f"预警线是示例数据，不是真的规定：{line.source}。"
    trusted = "" if line.grade in FACT_GRADES else "，待核实"
    return f"预警线出处：{line.source}（{line.grade} 级{trusted}）。"
