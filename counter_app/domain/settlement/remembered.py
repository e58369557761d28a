"""What later claims of the same person must know of a settled one, read from its trace. Pure."""

from collections.abc import Mapping
from dataclasses import replace

from counter_app.domain.settlement.claim import Claim
from counter_app.domain.settlement.past import Past
from counter_app.domain.settlement.prepare import year_end
from counter_app.domain.settlement.settle import Settlement
from counter_app.kernel.money import Fen


def remembered(claim: Claim, made: Settlement, *, apart: bool = False) -> tuple[Past, ...]:
    """The claim as an earlier one, or its two parts where the pack split it at the year's end.

    The whole bill stands with the day of discharge, in the later part.

    `apart`: it is a transfer, but too long after the stay it is from to be one with it.
    """
    if apart:
        claim = replace(claim, continues=None)
    rows = {row.key: row.amount for row in made.rows}
    year = claim.on.year
    if f"{year}.deductible" not in rows:
        past = _past(claim, rows, "", made.inscp_scp_amt)
        return (replace(past, total=made.medfee_sumamt),)
    before = claim.before_new_year or 0
    first = _past(replace(claim, on=year_end(year - 1)), rows, f"{year - 1}.", before)
    second = _past(claim, rows, f"{year}.", made.inscp_scp_amt - before)
    # a stay is told by its discharge and the whole bill
    return first, replace(second, joined=True, total=made.medfee_sumamt)


def _past(claim: Claim, rows: Mapping[str, Fen], prefix: str, in_scope: Fen) -> Past:
    def of(name: str) -> Fen:
        return rows.get(f"{prefix}{name}", 0)

    taken = of("deductible")
    return Past(
        kind=claim.kind,
        on=claim.on,
        level=claim.level,
        hospital=claim.hospital,
        disease=claim.disease,
        deductible=taken,
        deductible_full=in_scope - of("offsite") > taken,
        basic_paid=_basic(rows, prefix),
        serious_base=of("serious_base"),
        aid_base=of("aid_base"),
        aid_paid=of("aid"),
        joined=claim.continues is not None,
        large_base=of("large_amount_base"),
        large_paid=_banded(rows, f"{prefix}large_amount"),
        civil_base=of("civil_servant_base"),
        civil_paid=_banded(rows, f"{prefix}civil_servant"),
    )


def _basic(rows: Mapping[str, Fen], prefix: str) -> Fen:
    """One ratio's row shows what is paid, those of bands what each makes before the cap."""
    one = rows.get(f"{prefix}basic")
    if one is not None:
        return one
    return _banded(rows, f"{prefix}basic", f"{prefix}over_cap")


def _banded(rows: Mapping[str, Fen], name: str, over: str = "") -> Fen:
    """What the bands make without what the cap cut off."""
    start = f"{name}_"
    bands = (
        fen for key, fen in rows.items() if key.startswith(start) and key[len(start) :].isdecimal()
    )
    return sum(bands) - rows.get(over or f"{name}_over_cap", 0)
