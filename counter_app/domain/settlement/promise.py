"""Within how many working days the office promises to decide a claim (苏医保发〔2022〕75号 art. 28)."""

from counter_app.domain.policy.pack import Pack
from counter_app.domain.settlement.claim import Claim, Kind
from counter_app.domain.settlement.policy import Cited, Reader
from counter_app.kernel.money import Fen


def promised_days(
    claim: Claim, total: Fen, pack: Pack, *, single: bool = True, special: bool = False
) -> Cited[int] | None:
    """Working days, None where the pack doesn't say.

    Args:
        claim: what is claimed, and the day that decides.
        total: of the bills, in fen.
        pack: the region's.
        single: one out-patient visit, for which a small amount is decided sooner.
        special: a special case; the applicant must be told beforehand.
    """
    reader = Reader(pack, claim.on)
    name = "special" if special else "normal"
    if claim.kind is Kind.OUTPATIENT and single and not special:
        below = reader.amount("小额门诊的界限", "claim.small_below")
        if below is None:
            return None
        name = "small" if total < below.value else name
    row = reader.row(f"claim.promised_days.{name}")
    if row is None or not (row.value.isascii() and row.value.isdecimal()):
        return None
    return Cited(int(row.value), row.source, row.grade)
