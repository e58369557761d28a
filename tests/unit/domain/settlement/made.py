"""Claims and packs for tests, made from a few words."""

import datetime as dt
from collections.abc import Mapping

from counter_app.domain.policy.pack import Pack, Parameter
from counter_app.domain.settlement.claim import Claim, Kind, Level
from counter_app.domain.settlement.scope import Scope, ScopeRange

ON = dt.date(2026, 11, 23)
PLAIN = {
    "inpatient.deductible.secondary": "600.00",
    "inpatient.ratio.secondary": "0.75",
    "inpatient.cap": "150000.00",
    "outpatient.deductible": "30.00",
    "outpatient.ratio": "0.60",
    "outpatient.cap": "400.00",
    "outpatient.then": "none",
    "serious.deductible": "11000.00",
    "serious.band_basis": "total",
    "serious.band.1.to": "100000.00",
    "serious.band.1.ratio": "0.60",
    "serious.band.2.to": "none",
    "serious.band.2.ratio": "0.70",
    "serious.cap": "400000.00",
    "aid.2303.ratio": "0.70",
    "aid.2303.deductible": "0.00",
    "aid.2303.cap": "none",
}

SUPPLEMENT = {
    "kinds": "inpatient",
    "who": "all",
    "after": "basic",
    "base": "own",
    "counted": "year",
    "deductible": "5000.00",
    "band_basis": "total",
    "band.1.to": "20000.00",
    "band.1.ratio": "0.50",
    "band.2.to": "none",
    "band.2.ratio": "0.80",
    "cap": "30000.00",
}


def section(stem: str, **changes: str | None) -> dict[str, str]:
    """SUPPLEMENT under the stem with some values changed, or taken away by None; `band__1__to` is band.1.to."""
    said = {**SUPPLEMENT, **{k.replace("__", "."): v for k, v in changes.items()}}
    return {f"{stem}.{k}": v for k, v in said.items() if v is not None}


def pack(changes: Mapping[str, str | None] | None = None, grade: str = "A") -> Pack:
    """PLAIN with some values changed, or taken away by None."""
    values = {**PLAIN, **(changes or {})}
    rows = tuple(Parameter(k, v, "试", grade) for k, v in values.items() if v is not None)
    return Pack("990101", "试县", "1", invented=False, digest="", parameters=rows)


def claim(scope: Scope | ScopeRange | int, **more: object) -> Claim:
    """An in-patient claim at a secondary hospital; a bare number is all in scope, in fen."""
    made = Scope(scope, scope) if isinstance(scope, int) else scope
    fields = {"kind": Kind.INPATIENT, "level": Level.SECONDARY, "scope": made, "on": ON}
    return Claim(**{**fields, **more})
