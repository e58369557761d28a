"""Golden cases of 医疗费用手工报销; each says by hand what must come out in its `arithmetic` line."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
import yaml

from counter_app.catalog.earlier import CLAIM
from counter_app.catalog.facts import Facts, Held
from counter_app.catalog.item import judge
from counter_app.catalog.outcome import BILL, Hold
from counter_app.domain.person.model import Person, YearFacts
from counter_app.domain.policy.shelf import Shelf
from counter_app.domain.settlement.settle import NoEstimate, Settlement, SettlementRange
from counter_app.forms.answers import Answers
from counter_app.kernel.money import plain_yuan
from counter_app.kernel.problems import Level
from tests.fakes import claims
from tests.fakes.station import ROOT
from tests.unit.domain.packs import pack_with

FOLDER = ROOT / "counter_app" / "items" / "manual_reimbursement" / "golden"
CASES = [
    case
    for file in sorted(FOLDER.glob("*.yaml"))
    for case in yaml.safe_load(file.read_text("utf-8"))
]
FEES = ("fee_name", "fee_sum", "fee_a", "fee_b", "fee_c", "fee_over")
LINES = ("medins_list_name", "chrgitm_lv", "det_item_fee_sumamt", "selfpay_prop", "pric_uplmt_amt")


def world(case: Mapping[str, object]) -> Facts:
    who = person(case)
    held = [claims.held(key) for key in case.get("held", ())]
    if case.get("near"):
        near = f"01:{claims.CERTNO}|H99010100001|2026-10-28|1000000"
        held.append(claims.held("1:99060226:0000000099", near))
    if "filing" in case:
        held.append(claims.filing(category=str(case["filing"])))
    held += year_before(case)
    more: dict[str, object] = {"held": tuple(held), "case_no": case.get("case_no", "")}
    if "set" in case:
        more["pack"] = pack_with(case["set"])
    if "last" in case:
        more |= two_years(case)
    if case.get("pack") == "none":
        more["pack"] = None
    if "without" in case:
        more["pack"] = pack_with(dict.fromkeys(case["without"]))
    return claims.facts(who, **more)


def person(case: Mapping[str, object]) -> Person:
    who = claims.dead() if case.get("dead") else claims.person(str(case.get("identity", "0")))
    if "covered" not in case:
        return who
    return replace(who, years=tuple(YearFacts(y, paid=40000) for y in case["covered"]))


def year_before(case: Mapping[str, object]) -> list[Held]:
    """Earlier claims of the county, and what hospitals settled directly this year and last."""
    found = [claims.earlier(no, **data) for no, data in case.get("before", {}).items()]
    records = (
        ("record", 2026, "2026-11-01"),
        ("last_record", 2025, "2026-01-31"),
        ("last_record_to_june", 2025, "2025-06-30"),
    )
    return found + [claims.record(case[key], *told) for key, *told in records if key in case]


def two_years(case: Mapping[str, object]) -> dict[str, object]:
    """This year's pack and last year's side by side; what goes by admission is marked so."""
    this, last = pack_with(dict(case.get("set", {}))), case["last"]
    by = set(case.get("admission", ()))
    marked = tuple(
        replace(p, effective_by="admission") if p.key in by else p for p in this.parameters
    )
    this = replace(this, parameters=marked)
    held = [this]
    if isinstance(last, Mapping):
        held.append(replace(pack_with(dict(last)), version="2025.1", digest="last"))
    return {"pack": this, "packs": Shelf(tuple(held), this.region, tuple((p, p) for p in held))}


def typed(case: Mapping[str, object], facts: Facts) -> Answers:
    values = {
        k: claims.CHILD if v == "heir" and k.endswith("certno") else v
        for k, v in case.get("values", {}).items()
    }
    rows = {
        "fees": [dict(zip(FEES, row, strict=True)) for row in case.get("fees", ())],
        "lines": [
            {k: v for k, v in zip(LINES, row, strict=True) if v} for row in case.get("lines", ())
        ],
    }
    if "bills" in case:
        rows["bills"] = [claims.bill(n, b[0], **b[1]) for n, b in enumerate(case["bills"], 1)]
    return claims.answers(values, rows, str(case.get("papers", "returned")), facts)


def figures(result: Settlement) -> dict[str, str]:
    return {
        "paid": plain_yuan(result.fund_pay_sumamt),
        "own": plain_yuan(result.psn_part_amt),
        "in_scope": plain_yuan(result.inscp_scp_amt),
        "basic": plain_yuan(result.hifp_pay),
        "serious": plain_yuan(result.hifmi_pay),
        "aid": plain_yuan(result.maf_pay),
    }


def seen(result: object, holds: tuple[Hold, ...]) -> dict[str, object]:
    if isinstance(result, Settlement):
        made = next(h.data for h in holds if h.kind == CLAIM)
        own = "接前一次" if made.get("joined") else "单独一次"
        told = {"counted": made["after"], "pack": result.pack, "admission": own}
        return {**figures(result), **told}
    if isinstance(result, SettlementRange):
        ends = (result.low.fund_pay_sumamt, result.high.fund_pay_sumamt)
        return dict(zip(("low", "high"), map(plain_yuan, ends), strict=True))
    if isinstance(result, NoEstimate):
        return {"missing": list(result.missing)}
    return {"none": True}


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_golden(case: Mapping[str, object]) -> None:
    assert case["arithmetic"]
    facts = world(case)
    answers = typed(case, facts)
    verdict = judge(claims.ITEM, answers, facts)
    expect = dict(case["expect"])
    for level, name in ((Level.STOP, "stops"), (Level.WARN, "warns")):
        found = sorted(f"{p.code}@{p.field}" for p in verdict.problems if p.level is level)
        assert found == sorted(expect.pop(name, []))
    promised = verdict.outcome.promise.on
    if "promised" in expect:
        assert (promised.isoformat() if promised else "") == expect.pop("promised")
    if "materials" in expect:
        assert [m.id for m in verdict.materials] == expect.pop("materials")
    if "summary" in expect:
        assert claims.ITEM.summary(answers) == expect.pop("summary")
    if "holds" in expect:
        found = [h for h in verdict.outcome.holds if h.kind == BILL]
        assert len(found) == expect.pop("holds")
    result = verdict.outcome.settlement
    if "doubt" in expect:
        assert isinstance(result, Settlement)
        assert expect.pop("doubt") in "；".join(result.doubts)
    got = seen(result, verdict.outcome.holds)
    assert {k: got.get(k) for k in expect} == expect
    assert verdict.outcome.total is None
    assert not verdict.outcome.firm
