"""The claim for the settlement, from answers and facts; what is in scope by the way the clerk chose."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from counter_app.catalog.facts import Facts
from counter_app.domain.bill.pasted import share
from counter_app.domain.limits import pack_until
from counter_app.domain.policy.pack import Pack
from counter_app.domain.settlement.claim import (
    Claim,
    Days,
    IdentitySpan,
    Kind,
    Level,
    Offsite,
    level_of,
)
from counter_app.domain.settlement.group import used_types
from counter_app.domain.settlement.packs import PackOf
from counter_app.domain.settlement.past import YearSoFar
from counter_app.domain.settlement.prepare import year_end
from counter_app.domain.settlement.scope import (
    BillLine,
    Category,
    Scope,
    ScopeFault,
    ScopeRange,
    scope_from_categories,
    scope_from_lines,
    scope_typed,
    scope_unknown,
)
from counter_app.domain.settlement.settle import (
    NoEstimate,
    Settlement,
    SettlementRange,
    settle,
)
from counter_app.domain.settlement.what_if import WhatIf, what_if
from counter_app.forms.answers import Answers, Row
from counter_app.items.manual_reimbursement import before, bills
from counter_app.items.manual_reimbursement.doubts import with_doubts
from counter_app.items.manual_reimbursement.form_bills import (
    BY_FEES,
    BY_LINES,
    BY_TYPED,
    FEES,
    LINES,
)
from counter_app.items.manual_reimbursement.form_visit import BIRTH, DEAD, INPATIENT, NEWBORN
from counter_app.items.manual_reimbursement.lifted import lifted
from counter_app.kernel import dates
from counter_app.kernel.money import Fen, parse_yuan

Estimate = Settlement | SettlementRange | NoEstimate


class Scoped(NamedTuple):
    """What is in scope, or why it can't be said: the field and the words; both None while unfinished."""

    scope: Scope | ScopeRange | None
    place: str = ""
    fault: str = ""


def estimate(answers: Answers, facts: Facts) -> Estimate | None:
    """The estimate as said at the window, else worked out now; None while the form is unfinished."""
    if facts.said is not None:
        return facts.said
    claim = claim_of(answers, facts)
    if not isinstance(claim, Claim):
        return claim
    pack = _pack(claim, facts)
    if pack is None:
        return NoEstimate((f"没有 {claim.on.year} 年的规则包",))
    return with_doubts(settle(claim, pack, _of_day(facts)), answers, facts, claim)


def claim_of(answers: Answers, facts: Facts) -> Claim | NoEstimate | None:
    """The claim the answers make; what is missing, or None while the form is unfinished."""
    scoped = scope_of(answers)
    if scoped.scope is None:
        return None
    kind = kind_of(answers)
    day = deciding_day(answers)
    offsite = answers.get("offsite")
    if day is None or offsite not in set(Offsite):
        return None
    missing = (*_missing(answers), *before.lacking(answers, facts, day))
    level = level_for(answers, facts)
    if level is None:
        missing = (*missing, "不知道医院等级")
    if level is None or missing:
        return NoEstimate(missing)
    return Claim(
        kind=kind,
        level=level,
        scope=scoped.scope,
        on=day,
        offsite=Offsite(offsite),
        identity=_identity(answers, facts, day),
        days=Days(dates.iso(answers.get("begndate")), facts.on),
        year=before.history(answers, facts, day.year).year,
        last_year=_last_year(answers, facts, day),
        before_new_year=parse_yuan(answers.get("before_new_year")),
        age=_age(answers, facts, day),
        psn_type=answers.get("psn_type") if asks_type(answers, facts) else "",
        identities=_spans(answers, facts),
        hospital=answers.get("fixmedins_code"),
        designated=True if answers.get("fixmedins_code") in facts.hospitals else None,
        continues=before.continued(answers, facts, day),
        cap_raised=lifted(answers, facts, day),
    )


def _last_year(answers: Answers, facts: Facts, day: dt.date) -> YearSoFar:
    """What the year of admission had cost before, for a stay over the year's end."""
    return before.history(answers, facts, day.year - 1).year if crosses(answers) else YearSoFar()


def crosses(answers: Answers) -> bool:
    """Whether it is a stay that began in the year before its discharge, or earlier."""
    begun, left = dates.iso(answers.get("begndate")), dates.iso(answers.get("enddate"))
    inpatient = answers.get("claim_kind") == INPATIENT
    return inpatient and begun is not None and left is not None and begun.year < left.year


def _missing(answers: Answers) -> tuple[str, ...]:
    """What no pack of ours knows: childbirth is paid by its own rules (med_type 51, 52)."""
    if answers.get("manl_reim_rea") == BIRTH and answers.get("claim_for") != NEWBORN:
        return ("规则包里没有生育医疗费的办法",)
    return ()


def scope_of(answers: Answers) -> Scoped:
    """What of the bills the policy covers, by the source the clerk chose."""
    whole = total_of(answers)
    by = answers.get("scope_by")
    if whole is None or not by:
        return Scoped(None)
    place = {BY_TYPED: "inscp_scp_amt", BY_FEES: FEES.id, BY_LINES: LINES.id}.get(
        by, "fulamt_ownpay_amt"
    )
    try:
        scope = _scope(by, whole, answers)
    except ScopeFault as fault:
        return Scoped(None, place, str(fault))
    if scope is None:
        return Scoped(None)
    made = scope.high.total if isinstance(scope, ScopeRange) else scope.total
    if made != whole:
        return Scoped(None, place, "")
    return Scoped(scope)


def total_of(answers: Answers) -> Fen | None:
    """What is claimed: the counted bills together."""
    return bills.total(bills.listed(answers))


def level_for(answers: Answers, facts: Facts) -> Level | None:
    """The institution's level: the list's where it is listed, else as typed; None unknown."""
    hospital = facts.hospitals.get(answers.get("fixmedins_code"))
    return level_of(hospital.level if hospital else answers.get("hosp_lv"))


def fen(row: Row, field: str) -> Fen:
    """An amount of a row, 0 where there is none."""
    return parse_yuan(row.get(field, "")) or 0


def categories(answers: Answers) -> tuple[Category, ...]:
    """The category totals as typed."""
    return tuple(
        Category(
            row.get("fee_name", ""),
            *(fen(row, part) for part in ("fee_a", "fee_b", "fee_c", "fee_over")),
        )
        for row in answers.section(FEES.id)
    )


def lines(answers: Answers) -> tuple[BillLine, ...]:
    """The bill lines as pasted or typed."""
    return tuple(
        BillLine(
            row.get("medins_list_name", ""),
            row.get("chrgitm_lv", ""),
            fen(row, "det_item_fee_sumamt"),
            share(row["selfpay_prop"]) if row.get("selfpay_prop") else None,
            parse_yuan(row.get("pric_uplmt_amt", "")),
        )
        for row in answers.section(LINES.id)
    )


def _scope(by: str, whole: Fen, answers: Answers) -> Scope | ScopeRange | None:
    row = answers.values
    if by == BY_TYPED:
        inside = parse_yuan(answers.get("inscp_scp_amt"))
        if inside is None:
            return None
        return scope_typed(
            whole,
            inside,
            ownpay=fen(row, "fulamt_ownpay_amt"),
            preselfpay=fen(row, "preselfpay_amt"),
            overlmt=fen(row, "overlmt_selfpay"),
        )
    if by == BY_FEES:
        rows = categories(answers)
        known = share(answers.get("selfpay_share"))
        first = parse_yuan(answers.get("preselfpay_amt"))
        return scope_from_categories(rows, share=known, preselfpay=first) if rows else None
    if by == BY_LINES:
        found = lines(answers)
        return scope_from_lines(found) if found else None
    return scope_unknown(whole, ownpay=fen(row, "fulamt_ownpay_amt"))


def deciding_day(answers: Answers) -> dt.date | None:
    """The day whose parameters decide: discharge, or the out-patient visit.

    Which day decides is a local rule no source gives for all; the sheet says which one was taken.
    """
    if answers.get("claim_kind") == INPATIENT:
        return dates.iso(answers.get("enddate"))
    return dates.iso(answers.get("begndate"))


def kind_of(answers: Answers) -> Kind:
    """In-patient or out-patient."""
    return Kind.INPATIENT if answers.get("claim_kind") == INPATIENT else Kind.OUTPATIENT


def asks_type(answers: Answers, facts: Facts) -> bool:
    """Whether the person type makes a difference by a pack that decides."""
    return bool(type_groups(answers, facts))


def type_groups(answers: Answers, facts: Facts) -> tuple[frozenset[str], ...]:
    """The groups by person type that matter, of a stay over the year's end by the packs of both years."""
    found = dict.fromkeys(
        types
        for pack, day in _deciding(answers, facts)
        for types in used_types(kind_of(answers), pack, day)
    )
    return tuple(found)


def _deciding(answers: Answers, facts: Facts) -> Iterator[tuple[Pack, dt.date]]:
    day, begun = deciding_day(answers), dates.iso(answers.get("begndate"))
    if day is None or facts.pack is None:
        return
    yield facts.pack, day
    of_day = _of_day(facts)
    for other in (begun, year_end(day.year - 1)) if begun is not None and crosses(answers) else ():
        pack = of_day(other) if of_day is not None else facts.pack
        if pack is not None:
            yield pack, other


def _age(answers: Answers, facts: Facts, day: dt.date) -> int | None:
    """Of the insured as the list has them; a child's claim under the mother's name has none there."""
    person = facts.people.get(answers.get("certno"))
    if person is None or answers.get("claim_for") == NEWBORN:
        return None
    return dates.age_on(person.birth, day) if person.birth <= day else None


def compare(answers: Answers, facts: Facts) -> tuple[WhatIf, ...]:
    """The same bill in other circumstances; nothing while there is no claim, or no pack."""
    claim = claim_of(answers, facts)
    pack = _pack(claim, facts) if isinstance(claim, Claim) else None
    if not isinstance(claim, Claim) or pack is None:
        return ()
    return what_if(claim, pack, facts.later, _of_day(facts))


def _of_day(facts: Facts) -> PackOf | None:
    """The packs of other days; None where only the claim's own is known."""
    return facts.packs.on if facts.packs.held else None


def _pack(claim: Claim, facts: Facts) -> Pack | None:
    """The pack of the deciding day; one that has run out by then gives no figure at all."""
    until = pack_until(facts.pack)
    return None if until and until < claim.on else facts.pack


def _identity(answers: Answers, facts: Facts, day: dt.date) -> str:
    """mat_idet_code of the insured on the day; an identity that has run out counts as none."""
    person = facts.people.get(answers.get("certno"))
    if person is None or (person.identity_until and person.identity_until < day):
        return ""
    if answers.get("claim_for") == DEAD and person.deceased_on and person.deceased_on < day:
        return ""
    return person.identity


def _spans(answers: Answers, facts: Facts) -> tuple[IdentitySpan, ...]:
    """The identity with its last day where it has one, so that the pack says whose day decides."""
    person = facts.people.get(answers.get("certno"))
    if person is None or person.identity_until is None or answers.get("claim_for") == DEAD:
        return ()
    return (IdentitySpan(person.identity, None, person.identity_until),)
