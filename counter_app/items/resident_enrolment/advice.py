"""What the clerk may tell a member of the incentives; on the screen only (国办发〔2024〕38号)."""

from counter_app.catalog.facts import Facts
from counter_app.catalog.outcome import Line
from counter_app.catalog.raised import Raised, Whose, raised
from counter_app.domain.policy.pack import Pack
from counter_app.forms.answers import Row
from counter_app.items.resident_enrolment import member
from counter_app.kernel.money import format_yuan

ONLY_A_HINT = "仅供参考"


def advice(row: Row, facts: Facts) -> Line | None:
    """One line for a member, None where the pack has no incentive or nobody is named yet."""
    years, found = member.years(row), _found(row, facts)
    if found is None or facts.pack is None:
        return None
    firm = found.continuous.firm and not facts.pack.invented
    hint = () if firm else (ONLY_A_HINT,)
    source = _source(facts.pack, facts)
    if found.continuous.total is None:
        words = "；".join((*found.continuous.missing, "由中心核定", *hint))
        return Line(f"{member.name(row)}连续参保有激励", "", f"{words}。{source}", "warn")
    note = "；".join((*_parts(found, facts.pack, facts), *hint))
    label = f"{member.name(row)} {years[-1]} 年算连续参保 {found.continuous.counted} 年"
    return Line(label, "", f"{note}。{source}", "ok")


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
