"""高额费用预警 on the household card: what this station's claims left to a person this year."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from counter_app.domain.case.state import CaseState
from counter_app.domain.high_cost.lines import Passed, Spent, of_year, passed
from counter_app.domain.person.model import Person
from counter_app.domain.policy.pack import FACT_GRADES, Pack
from counter_app.kernel.money import format_yuan
from counter_app.store import cases
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


def high_costs(
    tx: ReadTx, pack: Pack | None, members: Iterable[Person], on: dt.date
) -> dict[str, HighCost]:
    """The marks by subject key; empty where the pack gives no line, without reading a case."""
    people = {m.key: m for m in members}
    if pack is None or not any(p.key.startswith("warning.") for p in pack.parameters):
        return {}
    spent: dict[str, list[Spent]] = {}
    for row in cases.of_subjects(tx, sorted(people), _MOST_CASES):
        body = msgspec.json.decode(row.body.encode("utf-8"), type=CaseBody)
        found = borne(body, row.accepted_on) if row.state in _COUNTED else None
        if found is not None and found.subject in people:
            spent.setdefault(found.subject, []).append(found.spent)
    marks = ((key, _mark(pack, people[key], some, on)) for key, some in spent.items())
    return {key: mark for key, mark in marks if mark is not None}


def _mark(pack: Pack, person: Person, spent: list[Spent], on: dt.date) -> HighCost | None:
    share = of_year(spent, on.year)
    line = passed(pack, person.identity, share, on)
    if line is None:
        return None
    unknown = f"另有 {share.unknown} 件还算不出，没有计入。" if share.unknown else ""
    own, limit = format_yuan(share.own), format_yuan(line.amount)
    what = (
        f"{share.year} 年在本站报销的 {share.claims} 件，自己至少负担 {own} 元，"
        f"超过 {limit} 元的预警线。{unknown}"
    )
    next_step = "请提醒本人问问医疗救助怎么申请。别处报的、医院直接结算的，这里看不到。"
    trust = f"{_source(line)}仅供参考，以医保经办机构审核为准。"
    return HighCost(f"自付超过 {limit} 元", (what, next_step, trust))


def _source(line: Passed) -> str:
    if line.grade == "invented":
        return f"预警线是示例数据，不是真的规定：{line.source}。"
    trusted = "" if line.grade in FACT_GRADES else "，待核实"
    return f"预警线出处：{line.source}（{line.grade} 级{trusted}）。"
