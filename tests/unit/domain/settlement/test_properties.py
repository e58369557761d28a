"""What holds for every claim under every pack (Hypothesis over seeds of `drawn`)."""

import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain.settlement.settle import Settlement, settle
from counter_app.domain.settlement.trace import Fund
from tests.unit.domain.settlement import drawn

SEEDS = st.integers(0, 2**32)
FEN = 6
"""What five tiers' roundings may take away when an amount rises."""


def draw(seed: int) -> dict:
    return drawn.draw(random.Random(seed))


def whole(d: dict) -> Settlement:
    found = settle(drawn.claim(d), drawn.pack(d))
    assert isinstance(found, Settlement)
    return found


@given(SEEDS)
@settings(max_examples=60)
def test_fund_and_person_make_the_total_and_no_cap_is_passed(seed: int) -> None:
    d = draw(seed)
    found = whole(d)
    assert found.fund_pay_sumamt + found.psn_part_amt == found.medfee_sumamt
    outside = found.preselfpay_amt + found.overlmt_selfpay + found.fulamt_ownpay_amt
    assert found.inscp_scp_amt + outside + found.unsplit_amt == found.medfee_sumamt
    assert min(*found.funds, found.psn_part_amt) >= 0
    assert sum(found.funds) == found.fund_pay_sumamt
    stays = 2 if d["split"] else 1
    if d["caps"]["stay"] is not None:
        assert found.hifp_pay <= stays * d["caps"]["stay"]
    if d["serious_cap"] is not None:
        assert found.hifmi_pay <= stays * (d["serious_cap"] + d["raised"])
    if d["aid_cap"] is not None:
        assert found.maf_pay <= stays * d["aid_cap"]
    for name, paid in (("large", found.hifob_pay), ("civil", found.cvlserv_pay)):
        most = d[name]["cap"] if d[name] else 0
        assert most is None or paid <= stays * most
        assert d[name] or not [r for r in found.rows if drawn.STEMS[name] in r.key]
    assert len({r.key for r in found.rows}) == len(found.rows)
    assert all(r.amount >= 0 for r in found.rows)
    assert all(r.source and r.grade and r.parameter for r in found.rows if r.ratio is not None)


@given(SEEDS)
@settings(max_examples=60)
def test_the_trace_adds_up(seed: int) -> None:
    found = whole(draw(seed))
    for fund, paid, over in (
        (Fund.BASIC, found.hifp_pay, "over_cap"),
        (Fund.SERIOUS, found.hifmi_pay, "serious_over_cap"),
        (Fund.LARGE, found.hifob_pay, "large_amount_over_cap"),
        (Fund.CIVIL, found.cvlserv_pay, "civil_servant_over_cap"),
    ):
        made = [r for r in found.rows if r.fund is fund]
        cut = sum(r.amount for r in found.rows if r.key.rpartition(".")[2] == over)
        several = any(r.key.rpartition("_")[2].isdecimal() for r in made)
        assert sum(r.amount for r in made) - (cut if several else 0) == paid
    assert sum(r.amount for r in found.rows if r.fund is Fund.AID) == found.maf_pay


@given(SEEDS, st.integers(1, 1_000_000))
@settings(max_examples=60)
def test_more_in_scope_never_pays_less(seed: int, more: int) -> None:
    d = {**draw(seed), "split": 0}
    assert (
        whole({**d, "in_scope": d["in_scope"] + more}).fund_pay_sumamt
        >= whole(d).fund_pay_sumamt - FEN
    )


@given(SEEDS, st.integers(1, 100))
@settings(max_examples=60)
def test_a_better_ratio_or_subsidy_never_pays_less(seed: int, more: int) -> None:
    d = {**draw(seed), "over_counts": True}
    paid = whole(d).fund_pay_sumamt
    raised = {
        "bands": [(to, min(r + more, 100)) for to, r in d["bands"]],
        "identity_bands": d["identity_bands"]
        and [(None, min(d["identity_bands"][0][1] + more, 100))],
        "serious_bands": [(to, min(r + more, 100)) for to, r in d["serious_bands"]],
        "points": min(d["points"] + more, 100),
        "aid_ratio": min(d["aid_ratio"] + more, 100),
    }
    for name in ("large", "civil"):
        if d[name]:
            better = [(to, min(r + more, 100)) for to, r in d[name]["bands"]]
            raised[name] = {**d[name], "bands": better}
    for name, value in raised.items():
        # how a cap is used up by earlier claims goes by the same rule, so a better one may be used up
        better = {**d, name: value, "serious_cap": None}
        assert (
            whole(better).fund_pay_sumamt >= whole({**d, "serious_cap": None}).fund_pay_sumamt - FEN
        ), name
    assert paid >= 0


@given(SEEDS, st.floats(0.01, 0.99))
@settings(max_examples=60)
def test_splitting_a_stay_never_pays_more_than_the_rule(seed: int, at: float) -> None:
    """Two stays of a year together, each with its deductible or the rest of the year's: never more than one."""
    d = draw(seed)
    d |= {
        "split": 0,
        "transfer": None,
        "steps": {},
        "pasts": [],
        "bands": [(None, d["bands"][0][1])],
    }
    d |= {
        "identity_bands": None,
        "child_bands": None,
        "preself": 0,
        "overlmt": 0,
        "over_counts": True,
    }
    d |= {"large": None, "civil": None}
    d |= {"caps": {**dict.fromkeys(d["caps"]), "year": d["caps"]["year"]}, "aid_yearly": True}
    d |= {"mode": "stay" if d["mode"] == "stay" else "year_topup", "rounding": "tier"}
    one = whole(d)
    part = int(d["in_scope"] * at)
    first = whole({**d, "in_scope": part})
    own = part - first.hifp_pay - (0 if d["prepay_counts"] else prepaid(first))
    aided = part - first.hifp_pay - first.hifmi_pay - (0 if d["aid_prepay"] else prepaid(first))
    past = {
        "on": d["on"], "hospital": d["hospital"], "full": False, "deductible": first.act_pay_dedc,
        "basic": first.hifp_pay, "serious": max(own, 0), "aid_base": max(aided, 0), "aid": first.maf_pay,
        **{f"{name}_{what}": 0 for name in drawn.STEMS for what in ("base", "paid")},
    }  # fmt: skip
    second = whole({**d, "in_scope": d["in_scope"] - part, "pasts": [past]})
    assert first.hifp_pay + second.hifp_pay <= one.hifp_pay + FEN
    together = first.fund_pay_sumamt + second.fund_pay_sumamt
    if d["mode"] == "year_topup":
        assert together <= one.fund_pay_sumamt + 2 * FEN


def prepaid(found: Settlement) -> int:
    row = found.row("offsite")
    return row.amount if row else 0


@given(SEEDS, SEEDS)
@settings(max_examples=30)
def test_the_pinned_pack_answers_the_same_after_any_other(seed: int, other: int) -> None:
    d = draw(seed)
    asked, pinned = drawn.claim(d), drawn.pack(d)
    before = settle(asked, pinned)
    settle(asked, drawn.pack(draw(other)))
    again = replace(pinned, parameters=tuple(reversed(pinned.parameters)))
    assert settle(asked, pinned) == before == settle(asked, again)
