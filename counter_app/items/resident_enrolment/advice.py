"""What the clerk may tell the members of the incentives; on the screen only (国办发〔2024〕38号)."""

from collections.abc import Sequence
from typing import NamedTuple

from counter_app.catalog.facts import Facts
from counter_app.catalog.outcome import Line
from counter_app.catalog.raised import Raised, Whose, raised
from counter_app.domain.policy.pack import Pack
from counter_app.forms.answers import Row
from counter_app.items.resident_enrolment import member
from counter_app.kernel.money import format_yuan

ONLY_A_HINT = "仅供参考"
_NAMED = 4
"""Names said before it is said how many more."""


class _Told(NamedTuple):
    """What is said to a member; those to whom the same is said hear it once. `counted` None: nobody knows."""

    name: str
    year: int
    counted: int | None
    note: str


def advice(rows: Sequence[Row], facts: Facts) -> tuple[Line, ...]:
    """A line for all to whom the same applies; none where the pack has no incentive or nobody is named yet."""
    alike: dict[tuple[int, bool, str], list[_Told]] = {}
    for one in (told for row in rows if (told := _told(row, facts))):
        alike.setdefault((one.year, one.counted is None, one.note), []).append(one)
    return tuple(_line(same) for same in alike.values())


def _line(same: list[_Told]) -> Line:
    first = same[0]
    by_count: dict[int | None, list[str]] = {}
    for one in same:
        by_count.setdefault(one.counted, []).append(one.name)
    named = [(_names(names), counted) for counted, names in by_count.items()]
    [(names, counted), *others] = named
    if counted is None:
        return Line(f"{names}连续参保有激励", "", first.note, "warn")
    label = f"{names} {first.year} 年算连续参保 {counted} 年"
    if others:
        each = "，".join(f"{names} {counted} 年" for names, counted in named)
        label = f"{first.year} 年算连续参保：{each}"
    return Line(label, "", first.note, "ok")


def _names(names: list[str]) -> str:
    """All of a small household; of a large one the first and how many."""
    if len(names) <= _NAMED:
        return "、".join(names)
    return f"{'、'.join(names[: _NAMED - 1])}等 {len(names)} 人"


def _told(row: Row, facts: Facts) -> _Told | None:
    years, found = member.years(row), _found(row, facts)
    if found is None or facts.pack is None:
        return None
    firm = found.continuous.firm and not facts.pack.invented
    hint = () if firm else (ONLY_A_HINT,)
    unknown = found.continuous.total is None
    said = (
        (*found.continuous.missing, "由中心核定") if unknown else _parts(found, facts.pack, facts)
    )
    note = f"{'；'.join((*said, *hint))}。{_source(facts.pack, facts)}"
    counted = None if unknown else found.continuous.counted
    return _Told(member.name(row), years[-1], counted, note)


def _found(row: Row, facts: Facts) -> Raised | None:
    years, subject = member.years(row), member.key(row)
    if not years or not subject:
        return None
    identity = row.get("mat_idet_code", "") or "0"
    person = facts.people.get(row.get("certno", ""))
    whose = Whose(person, subject, identity, frozenset(years))
    return raised(whose, facts.held, years[-1], facts.pack, facts.on)


def _parts(found: Raised, pack: Pack, facts: Facts) -> tuple[str, ...]:
    """What is raised, or from when it will be; and the year without a claim, where it is known."""
    each = pack.amount("incentive.continuous_amount", facts.on) or 0
    after = pack.number("incentive.continuous_years", facts.on) or 0
    if found.continuous.continuous:
        first = f"大病封顶线加 {format_yuan(found.continuous.continuous)} 元"
    else:
        first = f"连满 {after} 年以后，每多一年大病封顶线加 {format_yuan(each)} 元，断了重新算"
    if pack.text("incentive.broken_restarts", facts.on) != "yes":
        first = first.removesuffix("，断了重新算")
    if found.whole.zero_claim is None:
        return first, "没报销的年份另有激励，以前哪几年报过没有查到"
    if not found.whole.zero_claim:
        return (first,)
    quiet = f"没报销的年份再加 {format_yuan(found.whole.zero_claim)} 元"
    return first, f"{quiet}，两项合计 {format_yuan(found.whole.total or 0)} 元"


def _source(pack: Pack, facts: Facts) -> str:
    row = pack.find("incentive.continuous_amount", facts.on) or pack.find(
        "incentive.from_year", facts.on
    )
    return row.source if row is not None else ""
