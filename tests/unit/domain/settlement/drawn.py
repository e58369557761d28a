"""A random case and pack in plain words, and the same as the engine's claim and pack."""

import datetime as dt
import random

from counter_app.domain.policy.pack import Pack, Parameter
from counter_app.domain.settlement.claim import Claim, Days, IdentitySpan, Kind, Level, Offsite
from counter_app.domain.settlement.past import Past, YearSoFar
from counter_app.domain.settlement.scope import Scope
from counter_app.domain.settlement.settle import Settlement, settle

MODES = ("stay", "year", "quarter", "month", "hospital_year", "year_topup")
CAPS = {"stay": "cap_stay", "month": "cap_month", "quarter": "cap_quarter", "year": "cap", "life": "cap_life"}  # fmt: skip
STEMS = {"large": "large_amount", "civil": "civil_servant"}
YES = {True: "yes", False: "no"}


def yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def limit(fen: int | None) -> str:
    return "none" if fen is None else yuan(fen)


def bands(rng: random.Random, most: int) -> list[tuple[int | None, int]]:
    edges = sorted(rng.sample(range(1, 20_000_000), rng.randint(0, most)))
    return [(edge, rng.randint(0, 100)) for edge in edges] + [(None, rng.randint(0, 100))]


def maybe(rng: random.Random, top: int) -> int | None:
    return rng.choice([None, rng.randint(0, top)])


def often_zero(rng: random.Random, top: int) -> int:
    return rng.choice([0, rng.randint(0, top)])


def past(rng: random.Random, year: int) -> dict:
    return {
        "on": dt.date(year, rng.randint(1, 12), rng.randint(1, 28)),
        "hospital": rng.choice("AB"),
        "deductible": rng.randint(0, 200_000),
        "full": rng.random() < 0.5,
        "basic": rng.randint(0, 5_000_000),
        "serious": rng.randint(0, 2_000_000),
        "aid_base": rng.randint(0, 500_000),
        "aid": rng.randint(0, 500_000),
        **{f"{n}_{what}": rng.randint(0, 500_000) for n in STEMS for what in ("base", "paid")},
    }


def supplement(rng: random.Random) -> dict:
    return {
        "who": rng.choice(["all", "all", "2303", "child"]),
        "base": rng.choice(["over_cap", "own"]),
        "counted": rng.choice(["year", "stay"]),
        "basis": rng.choice(["total", "excess"]),
        "from": often_zero(rng, 300_000),
        "bands": bands(rng, rng.choice([0, 3])),
        "cap": maybe(rng, 3_000_000),
    }


def supplements(rng: random.Random) -> dict[str, dict | None]:
    """None, one or both; two never stand at the same place."""
    large, civil = (rng.choice([None, supplement(rng)]) for _ in STEMS)
    places = ["basic", "serious", "aid"]
    for one, other, behind in ((large, civil, "civil"), (civil, None, "large")):
        if one:
            chained = behind == "large" and large and large["after"] != "civil"
            one["after"] = rng.choice([*places, behind] if other or chained else places)
            places = [p for p in places if p != one["after"]]
    return {"large": large, "civil": civil}


def draw(rng: random.Random) -> dict:
    chance = rng.random
    made = {
        "on": dt.date(2026, rng.randint(1, 12), rng.randint(1, 28)),
        "in_scope": rng.choice([rng.randint(0, 300_000), rng.randint(0, 40_000_000)]),
        "preself": often_zero(rng, 500_000),
        "overlmt": often_zero(rng, 500_000),
        "rounding": rng.choice(["item", "tier", "total"]),
        "deductible": often_zero(rng, 300_000) or rng.randint(0, 300_000),
        "mode": rng.choice(MODES),
        "steps": rng.choice([{}, {}, {2: 50}, {2: rng.randint(0, 100), 3: rng.randint(0, 100)}]),
        "transfer": rng.choice([None, None, (rng.choice(["each", "difference", "none"]), rng.randint(0, 200_000))]),
        "hospital": rng.choice("AB"),
        "pasts": [past(rng, rng.choice([2025, 2026])) for _ in range(rng.choice([0, 0, 1, 3]))],
        "last_pasts": [past(rng, 2025) for _ in range(rng.choice([0, 1]))],
        "bands": bands(rng, rng.choice([0, 3])),
        "identity_bands": rng.choice([None, bands(rng, 0)]),
        "child_bands": rng.choice([None, bands(rng, 0)]),
        "child_below": 18,
        "age": rng.choice([5, 17, 18, 70]),
        "basic_basis": rng.choice(["total", "excess"]),
        "caps": {"year": maybe(rng, 20_000_000)} | {n: maybe(rng, 9_000_000) for n in CAPS if n != "year"},
        "identity": rng.choice(["2303", "2303", ""]),
        "changes": chance() < 0.2,
        "model": rng.choice(["", "prepay", "minus_pp", "multiply"]),
        "k": rng.randint(0, 100),
        "serious_from": rng.randint(0, 3_000_000),
        "serious_bands": bands(rng, 6),
        "basis": rng.choice(["total", "excess"]),
        "serious_cap": maybe(rng, 30_000_000),
        "raised": often_zero(rng, 500_000),
        "factor": rng.randint(0, 100),
        "points": rng.randint(0, 20),
        "aid_ratio": rng.randint(0, 100),
        "aid_from": often_zero(rng, 500_000),
        "aid_yearly": chance() < 0.5,
        "aid_cap": maybe(rng, 5_000_000),
        "spent": often_zero(rng, 10_000_000),
        "spent_base": often_zero(rng, 10_000_000),
        "spent_aid": often_zero(rng, 3_000_000),
        "spent_aid_base": often_zero(rng, 500_000),
        "life": rng.randint(0, 20_000_000),
        "crossing": rng.choice(["once", "each"]),
    }  # fmt: skip
    for name in ("prepay", "over", "preself", "overlmt"):
        made[f"{name}_counts"] = chance() < 0.5
        made[f"aid_{name}"] = chance() < 0.5
    made |= supplements(rng)
    made["split"] = rng.randint(1, made["in_scope"]) if chance() < 0.2 and made["in_scope"] else 0
    if made["split"]:
        made["transfer"] = None
    return made


def values(d: dict) -> dict[str, str]:
    """The pack's parameters."""
    found = {
        "rounding": d["rounding"],
        "inpatient.deductible.secondary": yuan(d["deductible"]),
        "inpatient.deductible_mode": d["mode"],
        "inpatient.crossing": "split",
        "inpatient.crossing_deductible": d["crossing"],
        "inpatient.transfer": d["transfer"][0] if d["transfer"] else "each",
        "inpatient.transfer_days": "30",
        "identity.by": "settlement",
        "group.child.below_age": str(d["child_below"]),
        "offsite.referral.k": yuan(d["k"]),
        "serious.deductible": yuan(d["serious_from"]),
        "serious.band_basis": d["basis"],
        "serious.cap": limit(d["serious_cap"]),
        "serious.base.prepay": YES[d["prepay_counts"]],
        "serious.base.over_cap": YES[d["over_counts"]],
        "serious.base.preselfpay": YES[d["preself_counts"]],
        "serious.base.overlmt": YES[d["overlmt_counts"]],
        "serious.2303.deductible_factor": yuan(d["factor"]),
        "serious.2303.added_points": yuan(d["points"]),
        "aid.2303.ratio": yuan(d["aid_ratio"]),
        "aid.2303.deductible": yuan(d["aid_from"]),
        "aid.2303.deductible_mode": "year" if d["aid_yearly"] else "stay",
        "aid.2303.cap": limit(d["aid_cap"]),
        "aid.base.prepay": YES[d["aid_prepay"]],
        "aid.base.preselfpay": YES[d["aid_preself"]],
        "aid.base.overlmt": YES[d["aid_overlmt"]],
    }
    if d["model"]:
        found["offsite.model"] = d["model"]
    for span, most in d["caps"].items():
        found[f"inpatient.{CAPS[span]}"] = limit(most)
    for n, factor in d["steps"].items():
        found[f"inpatient.step.{n}.factor"] = yuan(factor)
    for who in ("identity", "child"):
        if d[f"{who}_bands"]:
            ((_, ratio),) = d[f"{who}_bands"]
            stem = {"identity": "2303", "child": "child"}[who]
            found[f"inpatient.{stem}.ratio"] = yuan(ratio)
    if len(d["bands"]) == 1:
        found["inpatient.ratio.secondary"] = yuan(d["bands"][0][1])
    else:
        found["inpatient.band_basis"] = d["basic_basis"]
        found |= banded("inpatient", d["bands"])
    return found | banded("serious", d["serious_bands"]) | sections(d)


def sections(d: dict) -> dict[str, str]:
    found = {}
    for name, stem in STEMS.items():
        found |= section(stem, d[name]) if d[name] else {}
    return found


def section(stem: str, s: dict) -> dict[str, str]:
    """The parameters of a supplement."""
    said = {
        "kinds": "inpatient",
        "who": s["who"],
        "after": STEMS.get(s["after"], s["after"]),
        "base": s["base"],
        "counted": s["counted"],
        "deductible": yuan(s["from"]),
        "band_basis": s["basis"],
        "cap": limit(s["cap"]),
    }
    return {f"{stem}.{k}": v for k, v in said.items()} | banded(stem, s["bands"])


def banded(stem: str, rows: list[tuple[int | None, int]]) -> dict[str, str]:
    found = {}
    for n, (to, ratio) in enumerate(rows, 1):
        found[f"{stem}.band.{n}.to"] = limit(to)
        found[f"{stem}.band.{n}.ratio"] = yuan(ratio)
    return found


def pack(d: dict) -> Pack:
    rows = tuple(Parameter(k, v, "试", "A") for k, v in values(d).items())
    return Pack("990101", "试县", "1", invented=False, digest="", parameters=rows)


def pasts(rows: list[dict]) -> tuple[Past, ...]:
    return tuple(
        Past(
            Kind.INPATIENT, p["on"], Level.SECONDARY, p["hospital"],
            deductible=p["deductible"], deductible_full=p["full"], basic_paid=p["basic"],
            serious_base=p["serious"], aid_base=p["aid_base"], aid_paid=p["aid"],
            large_base=p["large_base"], large_paid=p["large_paid"],
            civil_base=p["civil_base"], civil_paid=p["civil_paid"],
        )
        for p in rows
    )  # fmt: skip


def claim(d: dict) -> Claim:
    on = d["on"]
    begun = dt.date(on.year - 1, 12, 20) if d["split"] else on - dt.timedelta(days=on.day - 1)
    total = d["in_scope"] + d["preself"] + d["overlmt"]
    spans = ()
    if d["changes"]:
        other = "" if d["identity"] else "2303"
        spans = (
            IdentitySpan(other, None, on),
            IdentitySpan(d["identity"], on + dt.timedelta(days=1)),
        )
    settled_on = on + dt.timedelta(days=1)
    return Claim(
        Kind.INPATIENT,
        Level.SECONDARY,
        Scope(total, d["in_scope"], 0, d["preself"], d["overlmt"]),
        on,
        Offsite.REFERRAL if d["model"] else Offsite.LOCAL,
        "" if spans else d["identity"],
        YearSoFar(
            d["spent"], d["spent_base"], d["spent_aid"], known=True, before=pasts(d["pasts"]),
            aid_base=d["spent_aid_base"], life_paid=d["life"],
        ),
        days=Days(begun, settled_on),
        identities=spans,
        age=d["age"],
        hospital=d["hospital"],
        continues=Past(Kind.INPATIENT, begun, deductible=d["transfer"][1]) if d["transfer"] else None,
        last_year=YearSoFar(known=True, before=pasts(d["last_pasts"]), life_paid=d["life"]),
        before_new_year=d["split"] or None,
        cap_raised=d["raised"],
    )  # fmt: skip


def by_engine(d: dict) -> tuple[int, ...]:
    found = settle(claim(d), pack(d))
    assert isinstance(found, Settlement), found
    return found.funds


OTHERWISE = {
    "rounding": "item", "mode": "stay", "steps": {}, "transfer": None, "hospital": "C", "pasts": [],
    "last_pasts": [], "identity_bands": None, "child_bands": None, "caps": {}, "identity": "",
    "basic_basis": "total", "k": 0, "basis": "total", "serious_cap": None, "raised": 0, "factor": 100,
    "points": 0, "aid_from": 0, "aid_yearly": True, "aid_cap": None, "spent": 0, "spent_base": 0,
    "spent_aid": 0, "spent_aid_base": 0, "life": 0, "crossing": "once", "split": 0,
    "prepay_counts": True, "over_counts": True, "preself_counts": True, "overlmt_counts": True,
    "aid_prepay": True, "aid_preself": True, "aid_overlmt": True, "large": None, "civil": None,
}  # fmt: skip
"""Each rule another way; some draw must answer otherwise."""
