"""From a case of `settlement_cases.yaml` to the window's own engine and back; no arithmetic here.

The file's params become an in-memory pack. Its conventions: a cap that isn't named is none, and
what the person pays beforehand elsewhere counts as own share (`self_after_basic`).
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import cast

from counter_app.domain.policy.pack import Pack, Parameter
from counter_app.domain.policy.vocabulary import NONE
from counter_app.domain.settlement import scope as scopes
from counter_app.domain.settlement.claim import Claim, Kind, Level, Offsite, SettledBasic, YearSoFar
from counter_app.domain.settlement.rules import read_rules
from counter_app.domain.settlement.scope import BillLine, Scope, ScopeFault, ScopeRange
from counter_app.domain.settlement.stages import Stages, work_out
from counter_app.domain.settlement.trace import TraceRow
from counter_app.kernel import dates
from counter_app.kernel.money import Fen, capitals, parse_yuan

AIDED = "2303"
"""The identity under which a case's `aid` stands in its pack."""
_CLASSES = {"甲": scopes.CLASS_A, "乙": scopes.CLASS_B, "丙": scopes.CLASS_C}
_DAY = dt.date(2000, 1, 1)
"""A case names no day and its pack's parameters hold always."""

Table = Mapping[str, object]


class CaseFault(ValueError):
    """A case is not of the file's shape; the message names the place."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the engine says of a case, under the names the file uses; amounts in yuan."""

    got: dict[str, object]
    trace: tuple[TraceRow, ...] = ()


def answer(case: Table, pack: Pack | None = None, on: dt.date | None = None) -> Answer:
    """Work a case out by its own params, or by a pack on a day.

    Raises:
        CaseFault: a value is not what its name says.
        ScopeFault: the amounts contradict each other.
    """
    inputs, params = table(case.get("inputs")), table(case.get("params"))
    got = _bill(inputs)
    split = _lines(inputs)
    if isinstance(split, Scope):
        got |= _parts(split)
    if not {"in_scope", "self_in_scope"} & set(inputs):
        return Answer(got)
    kind = _kind(case, params)
    claim = _claim(case, inputs, kind, on)
    if pack is None:
        pack = _pack(params, kind)
        claim = _elsewhere(claim, params)
    stages = work_out(claim, cast("Scope", claim.scope), read_rules(pack, claim))
    got |= _amounts(stages, settled=claim.settled is not None)
    if "implied_ratio" in params and stages.basic:
        got["pool_from_ratio"] = yuan(stages.basic.paid)
    if stages.missing and pack.digest:
        got["missing"] = list(stages.missing)
    return Answer(got, tuple(row for tier in stages.tiers for row in tier.rows))


def yuan(amount: Fen) -> Decimal:
    """Fen as the file writes amounts."""
    return Decimal(amount).scaleb(-2)


def fen(plain: object) -> Fen:
    """An amount of the file in fen.

    Raises:
        CaseFault: it is none.
    """
    amount = parse_yuan(str(plain))
    if amount is None:
        raise CaseFault(f"{plain} 不是金额")
    return amount


def table(plain: object) -> Table:
    """A table of the file, empty where there is none.

    Raises:
        CaseFault: it is something else.
    """
    if plain is None:
        return {}
    if not isinstance(plain, dict):
        raise CaseFault(f"{plain} 应当是一张表")
    return plain


def _bill(inputs: Table) -> dict[str, object]:
    items = inputs.get("items")
    amounts = list(table(items).values()) if items else inputs.get("lines")
    if not isinstance(amounts, list) or any(isinstance(amount, dict) for amount in amounts):
        return {}
    total = scopes.total_of([fen(amount) for amount in amounts])
    return {"total": yuan(total), "total_cn": capitals(total)}


def _lines(inputs: Table) -> Scope | ScopeRange | None:
    lines = inputs.get("lines")
    if not isinstance(lines, list) or not all(isinstance(line, dict) for line in lines):
        return None
    return scopes.scope_from_lines([_line(line) for line in lines])


def _line(line: Table) -> BillLine:
    share, limit = line.get("selfpay_prop"), line.get("price_limit_amt")
    return BillLine(
        str(line.get("name", "")),
        _CLASSES.get(str(line.get("cls")), ""),
        fen(line.get("amt")),
        None if share is None else Decimal(str(share)),
        None if limit is None else fen(limit),
    )


def _parts(split: Scope) -> dict[str, object]:
    return {
        "medfee_sumamt": yuan(split.total),
        "fulamt_ownpay_amt": yuan(split.ownpay),
        "preselfpay_amt": yuan(split.preselfpay),
        "overlmt_selfpay": yuan(split.overlmt),
        "inscp_scp_amt": yuan(split.in_scope),
    }


def _kind(case: Table, params: Table) -> Kind:
    outpatient = "implied_ratio" in params or str(case.get("med_type", "")).startswith("1")
    return Kind.OUTPATIENT if outpatient else Kind.INPATIENT


def _claim(case: Table, inputs: Table, kind: Kind, on: dt.date | None) -> Claim:
    settled = None
    inside = inputs.get("in_scope", inputs.get("self_in_scope"))
    if "self_in_scope" in inputs:
        settled = SettledBasic(fen(inputs.get("basic_paid", 0)), fen(inputs["self_in_scope"]))
    base = fen(inputs.get("ytd_crit_base", 0))
    return Claim(
        kind,
        _level(str(case.get("hospital_level", ""))),
        Scope(fen(inside), fen(inside)),
        dates.iso(str(case.get("day", ""))) or on or _DAY,
        Offsite(str(case.get("offsite", Offsite.LOCAL))),
        str(case.get("mat_idet_code", AIDED if table(case.get("params")).get("aid") else "")),
        YearSoFar(serious_base=base, known=True),
        settled,
    )


def _level(written: str) -> Level:
    if "provincial" in written:
        return Level.PROVINCIAL
    word = written.partition("(")[0]
    return Level(word) if word in set(Level) else Level.UNRATED


def _elsewhere(claim: Claim, params: Table) -> Claim:
    return replace(claim, offsite=Offsite.REFERRAL) if params.get("offsite_model") else claim


def _pack(params: Table, kind: Kind) -> Pack:
    rows = (Parameter(key, value, "本例参数", "") for key, value in _rows(params, kind))
    return Pack("", "本例", "", invented=False, digest="", parameters=tuple(rows))


def _rows(params: Table, kind: Kind) -> Iterable[tuple[str, str]]:
    ratio = params.get("ratio", params.get("implied_ratio"))
    if ratio is not None:
        yield f"{kind}.deductible", str(params.get("deductible", 0))
        yield f"{kind}.ratio", str(ratio)
        yield f"{kind}.cap", _cap(params.get("basic_cap"))
        yield "outpatient.then", NONE
    if params.get("offsite_model"):
        yield "offsite.model", str(params["offsite_model"])
        yield f"offsite.{Offsite.REFERRAL}.k", str(params.get("offsite_k"))
        yield "serious.base.prepay", "yes"
    if "crit_deductible" in params:
        yield "serious.deductible", str(params["crit_deductible"])
        yield "serious.band_basis", str(params.get("band_basis"))
        yield "serious.cap", _cap(params.get("crit_cap"))
        yield from _bands(params.get("crit_tiers"))
    aid = table(params.get("aid"))
    if aid:
        yield f"aid.{AIDED}.ratio", str(aid.get("ratio"))
        yield f"aid.{AIDED}.deductible", str(aid.get("deductible", 0))
        yield f"aid.{AIDED}.cap", _cap(aid.get("cap"))


def _bands(tiers: object) -> Iterable[tuple[str, str]]:
    if not isinstance(tiers, list):
        raise CaseFault("crit_tiers 应当是一列 [到多少, 比例]")
    for number, tier in enumerate(tiers, 1):
        if not isinstance(tier, list) or len(tier) != 2:
            raise CaseFault("crit_tiers 应当是一列 [到多少, 比例]")
        yield f"serious.band.{number}.to", _cap(tier[0])
        yield f"serious.band.{number}.ratio", str(tier[1])


def _cap(plain: object) -> str:
    return NONE if plain is None else str(plain)


def _amounts(stages: Stages, *, settled: bool) -> dict[str, object]:
    paid = {step.name: step.tier.paid for step in stages.steps if step.tier}
    amounts = {
        "basic_paid": paid.get("basic"),
        "self_after_basic": stages.lefts["basic"],
        "crit_paid": paid.get("serious"),
        "aid_paid": paid.get("aid"),
        "self_final": stages.self_final,
        "fund_total": stages.paid if settled or stages.self_final is not None else None,
    }
    return {name: yuan(amount) for name, amount in amounts.items() if amount is not None}


__all__ = ["Answer", "CaseFault", "ScopeFault", "answer", "fen", "table", "yuan"]
