"""The estimate of a claim as it was said at the window: it travels with the case and is printed again.

Amounts are fen. The centre works the claim out anew and compares the ends; it never trusts the rows.
"""

from decimal import Decimal

import msgspec

from counter_app.domain.settlement.settle import NoEstimate, Settlement, SettlementRange
from counter_app.domain.settlement.trace import Fund, TraceRow


class RowSaid(msgspec.Struct, frozen=True, array_like=True):
    """One trace row (`domain.settlement.trace.TraceRow`)."""

    key: str
    code: str
    name: str
    formula: str
    amount: int
    fund: Fund
    base: int | None
    ratio: Decimal | None
    source: str
    grade: str


class EndSaid(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One settlement; fields as in `domain.settlement.settle.Settlement`.

    What a supplement pays is written only where one pays: most packs have none.
    """

    medfee_sumamt: int
    fulamt_ownpay_amt: int
    preselfpay_amt: int
    overlmt_selfpay: int
    unsplit_amt: int
    inscp_scp_amt: int
    act_pay_dedc: int
    hifp_pay: int
    hifmi_pay: int
    maf_pay: int
    fund_pay_sumamt: int
    psn_part_amt: int
    rows: tuple[RowSaid, ...]
    firm: bool
    doubts: tuple[str, ...]
    pack: str
    hifob_pay: int = 0
    cvlserv_pay: int = 0


class EstimateSaid(msgspec.Struct, frozen=True, kw_only=True):
    """One end, both ends with why, or no figure and what was missing."""

    ends: tuple[EndSaid, ...] = ()
    why: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


_RANGE = 2


def to_said(result: Settlement | SettlementRange | NoEstimate | None) -> EstimateSaid | None:
    """What goes into the case body; None where nothing was worked out."""
    if result is None:
        return None
    if isinstance(result, NoEstimate):
        return EstimateSaid(missing=result.missing)
    if isinstance(result, SettlementRange):
        return EstimateSaid(ends=(_end(result.low), _end(result.high)), why=result.why)
    return EstimateSaid(ends=(_end(result),))


def from_said(said: EstimateSaid | None) -> Settlement | SettlementRange | NoEstimate | None:
    """What was said, for a reprint.

    Raises:
        ArithmeticError: the parts don't make up the total; such a body was never made by a window.
    """
    if said is None:
        return None
    if len(said.ends) == _RANGE:
        return SettlementRange(_settlement(said.ends[0]), _settlement(said.ends[1]), said.why)
    return _settlement(said.ends[0]) if said.ends else NoEstimate(said.missing)


def paid_ends(said: EstimateSaid | None) -> tuple[tuple[int, int], ...]:
    """(fund, person) in fen at each end: what two estimates are compared by."""
    return tuple((e.fund_pay_sumamt, e.psn_part_amt) for e in said.ends) if said else ()


def _end(result: Settlement) -> EndSaid:
    rows = tuple(
        RowSaid(
            r.key,
            r.code,
            r.name,
            r.formula,
            r.amount,
            r.fund,
            r.base,
            r.ratio,
            r.source,
            r.grade,
        )
        for r in result.rows
    )
    return EndSaid(
        medfee_sumamt=result.medfee_sumamt,
        fulamt_ownpay_amt=result.fulamt_ownpay_amt,
        preselfpay_amt=result.preselfpay_amt,
        overlmt_selfpay=result.overlmt_selfpay,
        unsplit_amt=result.unsplit_amt,
        inscp_scp_amt=result.inscp_scp_amt,
        act_pay_dedc=result.act_pay_dedc,
        hifp_pay=result.hifp_pay,
        hifmi_pay=result.hifmi_pay,
        maf_pay=result.maf_pay,
        fund_pay_sumamt=result.fund_pay_sumamt,
        psn_part_amt=result.psn_part_amt,
        rows=rows,
        firm=result.firm,
        doubts=result.doubts,
        pack=result.pack,
        hifob_pay=result.hifob_pay,
        cvlserv_pay=result.cvlserv_pay,
    )


def _settlement(end: EndSaid) -> Settlement:
    return Settlement(
        medfee_sumamt=end.medfee_sumamt,
        fulamt_ownpay_amt=end.fulamt_ownpay_amt,
        preselfpay_amt=end.preselfpay_amt,
        overlmt_selfpay=end.overlmt_selfpay,
        unsplit_amt=end.unsplit_amt,
        inscp_scp_amt=end.inscp_scp_amt,
        act_pay_dedc=end.act_pay_dedc,
        hifp_pay=end.hifp_pay,
        hifmi_pay=end.hifmi_pay,
        maf_pay=end.maf_pay,
        fund_pay_sumamt=end.fund_pay_sumamt,
        psn_part_amt=end.psn_part_amt,
        rows=tuple(
            TraceRow(
                r.key,
                r.code,
                r.name,
                r.formula,
                r.amount,
                r.fund,
                r.base,
                r.ratio,
                r.source,
                r.grade,
            )
            for r in end.rows
        ),
        firm=end.firm,
        doubts=end.doubts,
        pack=end.pack,
        hifob_pay=end.hifob_pay,
        cvlserv_pay=end.cvlserv_pay,
    )
