"""The checks without money of `settlement_cases.yaml`, through the program's own functions."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from counter_app.cli.settle_cases import CaseFault, fen, table
from counter_app.domain.enrolment import waiting
from counter_app.domain.policy.pack import Pack, Parameter
from counter_app.domain.scanning.classify import classify
from counter_app.domain.settlement.claim import Kind
from counter_app.domain.settlement.promise import promised_days
from counter_app.kernel import dates, resident_id
from counter_app.kernel.money import capitals

YEARS = tuple(range(2025, 2040))
YEAR = 2040
"""Years of a made-up history, all after the year broken cover counts from."""


@dataclass(frozen=True, slots=True)
class Packs:
    """The packs the checks are answered by: the demonstration county's and Jiangsu's."""

    county: Pack
    province: Pack


def check(name: str, given: object, packs: Packs) -> dict[str, object]:
    """What the program says of one check.

    Raises:
        CaseFault: there is no such check, or its input is not of its shape.
    """
    if name in BY_FORM:
        return BY_FORM[name](given)
    if name in BY_PACK:
        return BY_PACK[name](given, packs)
    raise CaseFault(f"没有 {name} 这种核对")


def _resident_id(given: object) -> dict[str, object]:
    return {"valid": resident_id.parse(str(given)) is not None}


def _capitals(given: object) -> dict[str, object]:
    return {"capitals": capitals(fen(given))}


def _scan(given: object) -> dict[str, object]:
    found = classify(str(given))
    return {"kind": str(found.kind), **found.fields}


def _waiting(given: object, packs: Packs) -> dict[str, object]:
    asked = table(given)
    late = tuple(islice(reversed(YEARS), _count(asked, "broken_years")))
    history = waiting.History(frozenset(YEARS).difference(late), YEARS[0])
    paid_in_period = asked.get("paid") == "in_period"
    question = waiting.Question(
        waiting.Start.CONTINUED if not late else waiting.Start.RESUMED,
        YEAR,
        paid_in_period,
        dt.date(YEAR, 3, 1),
        history,
        repaid=_count(asked, "repaid_years"),
    )
    counts = "yes" if asked.get("first_broken_year_counts") else "no"
    found = waiting.work_out(
        question, _with(packs.county, "waiting.first_broken_year_counts", counts)
    )
    return {"months": found.total}


def _newborn(given: object, packs: Packs) -> dict[str, object]:
    birth = dt.date(2026, 1, 1)
    paid_on = dates.days_after(birth, _count(table(given), "days_since_birth"))
    start, none = waiting.Start.NEWBORN, waiting.History(frozenset(), None)
    question = waiting.Question(
        start, birth.year, in_season=True, paid_on=paid_on, history=none, birth=birth
    )
    return {"from_birth": waiting.work_out(question, packs.county).cover_from == birth}


def _promised(given: object, packs: Packs) -> dict[str, object]:
    asked = table(given)
    total = fen(asked.get("amount"))
    single = asked.get("outpatient_single") is True
    kind = Kind.OUTPATIENT if single else Kind.INPATIENT
    special = asked.get("special") is True
    on = dt.date(2026, 1, 1)
    found = promised_days(kind, total, packs.province, on, single=single, special=special)
    return {"days": found.value if found else None}


def _count(asked: Mapping[str, object], name: str) -> int:
    count = asked.get(name, 0)
    if not isinstance(count, int) or not 0 <= count <= 1000:
        raise CaseFault(f"{name} 应当是不太大的整数")
    return count


def _with(pack: Pack, key: str, value: str) -> Pack:
    kept = tuple(row for row in pack.parameters if row.key != key)
    return replace(pack, parameters=(*kept, Parameter(key, value, "本例参数", "")))


BY_FORM: Mapping[str, Callable[[object], dict[str, object]]] = {
    "resident_id": _resident_id,
    "amount_capitals": _capitals,
    "scan_text": _scan,
}
"""Name in the file → what answers it without a pack."""
BY_PACK: Mapping[str, Callable[[object, Packs], dict[str, object]]] = {
    "waiting_months": _waiting,
    "newborn_cover": _newborn,
    "promised_working_days": _promised,
}
"""Name in the file → what answers it by a pack."""
