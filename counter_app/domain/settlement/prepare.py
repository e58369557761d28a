"""What of a claim must be settled before any figure: days, identity on the deciding day, institution, year's end."""

import datetime as dt
from dataclasses import dataclass, replace

from counter_app.domain.settlement.claim import Claim, Days, Kind, Offsite
from counter_app.domain.settlement.reader import Reader
from counter_app.domain.settlement.scope import Scope
from counter_app.kernel.money import Fen


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a claim settled by its own year: the whole, or one of two across the year's end.

    `prefix` is the year a part's rows bear, "" for the whole.
    """

    claim: Claim
    scope: Scope
    prefix: str = ""


def ready(claim: Claim, reader: Reader) -> Claim:
    """The claim with the identity of its deciding day; what is wrong or missing is noted."""
    _dates(claim, reader)
    _amounts(claim, reader)
    _institution(claim, reader)
    if not claim.identities:
        return claim
    return replace(claim, identity=_identity(claim, reader))


def _dates(claim: Claim, reader: Reader) -> None:
    days = claim.days
    if days.admission is not None and claim.on < days.admission:
        reader.lacks("出院日期比入院日期还早，对一下日期")
    if days.settlement is not None and days.settlement < claim.on:
        reader.lacks("结算日期比出院日期还早，对一下日期")


def _amounts(claim: Claim, reader: Reader) -> None:
    for year in (claim.year, claim.last_year):
        totals = (year.basic_paid, year.serious_base, year.aid_paid, year.aid_base)
        singles = [
            (
                *(p.deductible, p.basic_paid, p.serious_base, p.aid_base, p.aid_paid),
                *(p.large_base, p.large_paid, p.civil_base, p.civil_paid),
            )
            for p in year.before
        ]
        if min(min(row) for row in (totals, *singles)) < 0 or (year.life_paid or 0) < 0:
            reader.lacks("以前报过的数里有负数，等中心核对")


def _institution(claim: Claim, reader: Reader) -> None:
    """苏医保发〔2022〕75号 art. 17–19: not payable where not designated, but for a rescue."""
    if claim.designated is not False or claim.offsite is Offsite.EMERGENCY:
        return
    what = "不是定点的医疗机构报不报"
    rule = reader.word(what, ("pay", "refuse"), "offsite.undesignated")
    if rule is not None and rule.value == "refuse":
        reader.lacks(f"这家不是定点医疗机构，又不是急诊抢救，按规定不报（{rule.source}）")


def _identity(claim: Claim, reader: Reader) -> str:
    """The identity of the day the pack goes by; asked for only where it changed around the stay."""
    days = {day for day in (claim.days.admission, claim.on, claim.days.settlement) if day}
    codes = {_code(claim, day) for day in days}
    if len(codes) == 1:
        return codes.pop()
    what = "住院中身份变了按哪天算"
    rule = reader.word(what, ("admission", "discharge", "settlement"), "identity.by")
    day = claim.day(rule.value) if rule else None
    if rule is not None and day is None:
        reader.lacks("不知道结算日期")
    return _code(claim, day) if day else ""


def _code(claim: Claim, day: dt.date) -> str:
    for span in claim.identities:
        if (span.begins is None or span.begins <= day) and (span.ends is None or day <= span.ends):
            return span.code
    return ""


def parts(claim: Claim, scope: Scope, reader: Reader) -> tuple[Part, ...]:
    """The claim as one part, or as two where the pack splits a stay at the year's end."""
    begun = claim.days.admission
    crosses = claim.kind is Kind.INPATIENT and begun is not None and begun.year < claim.on.year
    if not crosses or begun is None:
        return (Part(claim, scope),)
    rule = reader.word("跨年住院怎么算", ("whole", "split"), "inpatient.crossing")
    if rule is None or rule.value == "whole":
        return (Part(claim, scope),)
    before = _before(claim, scope, reader)
    return () if before is None else _two(claim, scope, before, begun)


def _before(claim: Claim, scope: Scope, reader: Reader) -> Fen | None:
    """What of the scope lies before the year's end; None where nobody told it, which is noted."""
    if claim.settled is not None:
        reader.lacks("医院把跨年的这次住院一起结算了，不知道两年各付了多少")
        return None
    before = claim.before_new_year
    if before is None:
        reader.lacks(f"不知道 {claim.on.year - 1} 年底以前范围内花了多少")
    elif not 0 <= before <= scope.in_scope:
        reader.lacks("跨年以前的范围内费用比整次的还多，对一下清单")
        return None
    return before


def _two(claim: Claim, scope: Scope, before: Fen, begun: dt.date) -> tuple[Part, ...]:
    """What is out of scope is the person's in either year; it stays with the second part."""
    end = year_end(claim.on.year - 1)
    days = Days(begun, end, claim.days.payment)
    first = replace(claim, on=end, year=claim.last_year, days=days)
    rest = replace(scope, total=scope.total - before, in_scope=scope.in_scope - before)
    new_year = replace(claim.days, admission=dt.date(claim.on.year, 1, 1))
    second = replace(claim, days=new_year, admitted=begun)
    return (
        Part(first, Scope(before, before), f"{end.year}."),
        Part(second, rest, f"{claim.on.year}."),
    )


def year_end(year: int) -> dt.date:
    """31 December: the day the first part of a split stay goes by."""
    return dt.date(year, 12, 31)
