"""What the person pays for a year and what the public purse pays for them."""

import datetime as dt
from dataclasses import dataclass, replace

from counter_app.domain.policy.pack import FACT_GRADES, Pack
from counter_app.kernel.money import Fen


@dataclass(frozen=True, slots=True)
class Contribution:
    """One person's contribution of one year, in fen; `own` None where the pack has no figure."""

    year: int
    own: Fen | None
    subsidy: Fen | None
    source: str
    firm: bool
    """Whether the figure may be said as fact (grade A or B)."""
    missing: str = ""


def contribution(pack: Pack | None, year: int, identity: str, on: dt.date) -> Contribution:
    """The amount by year and subsidised identity (`mat_idet_code`), or which fact is missing."""
    if pack is None:
        return Contribution(year, None, None, "", firm=False, missing="没有规则包")
    standard = pack.find(f"contribution.{year}.person", on)
    full = pack.amount(f"contribution.{year}.person", on)
    if standard is None or full is None:
        return Contribution(
            year, None, None, "", firm=False, missing=f"规则包里没有 {year} 年度个人缴费标准"
        )
    if identity in {"", "0"}:
        return Contribution(year, full, 0, standard.source, firm=standard.grade in FACT_GRADES)
    own_row = pack.find(f"contribution.{year}.own.{identity}", on)
    own = pack.amount(f"contribution.{year}.own.{identity}", on)
    if own_row is None or own is None:
        missing = f"规则包里没有身份 {identity} 的 {year} 年度资助标准"
        return Contribution(year, None, None, standard.source, firm=False, missing=missing)
    firm = {own_row.grade, standard.grade} <= FACT_GRADES
    return Contribution(year, own, full - own, own_row.source, firm=firm)


_RATE = "waiting.repaid_rate"
ENROLLED, PAID = "enrolled", "paid"
"""Readings of 当年的个人缴费标准: of the year enrolled for, of the year of payment."""


def repaid(pack: Pack | None, enrolled: int, on: dt.date) -> Contribution:
    """One repaid year at the whole personal rate of the year the pack names (国办发〔2024〕38号).

    Args:
        pack: the region's.
        enrolled: the year enrolled for.
        on: the day of payment.
    """
    reading = pack.find(_RATE, on) if pack else None
    if pack is not None and (reading is None or reading.value not in {ENROLLED, PAID}):
        lacks = "规则包里没有补缴的年度按哪一年的个人缴费标准"
        return Contribution(enrolled, None, None, "", firm=False, missing=lacks)
    year = on.year if reading is not None and reading.value == PAID else enrolled
    made = contribution(pack, year, "0", on)
    return replace(made, firm=made.firm and reading is not None and reading.grade in FACT_GRADES)
