"""Within how many working days the office promises to decide a claim (苏医保发〔2022〕75号 art. 28)."""

import datetime as dt

from counter_app.domain.policy.pack import Pack
from counter_app.domain.settlement.claim import Kind
from counter_app.domain.settlement.reader import Cited, Reader
from counter_app.kernel.money import Fen


def promised_days(
    kind: Kind, total: Fen, pack: Pack, on: dt.date, *, single: bool = True, special: bool = False
) -> Cited[int] | None:
    """Working days, None where the pack doesn't say.

    Args:
        kind: in-patient or out-patient.
        total: of the bills, in fen.
        pack: the region's.
        on: the day of acceptance.
        single: one out-patient visit, for which a small amount is decided sooner.
        special: a special case; the applicant must be told beforehand.
    """
    reader = Reader(pack, on)
    name = "special" if special else "normal"
    if kind is Kind.OUTPATIENT and single and not special:
        below = reader.amount("小额门诊的界限", "claim.small_below")
        if below is None:
            return None
        name = "small" if total < below.value else name
    row = reader.row(f"claim.promised_days.{name}")
    if row is None or not (row.value.isascii() and row.value.isdecimal()):
        return None
    return Cited(int(row.value), row.source, row.grade)
