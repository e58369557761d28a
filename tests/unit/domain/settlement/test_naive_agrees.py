"""The engine and the naive calculator agree to the fen on 10,000 random claims and packs."""

import random
from fractions import Fraction

import pytest

from counter_app.domain.settlement.claim import Offsite, YearSoFar
from counter_app.domain.settlement.settle import Settlement, settle
from tests.unit.domain.settlement import made, naive

MODELS = ("", "prepay", "minus_pp", "multiply")


def yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def bands(rng: random.Random) -> list[tuple[int | None, int]]:
    edges = sorted(rng.sample(range(1, 20_000_000), rng.randint(0, 6)))
    return [(edge, rng.randint(0, 100)) for edge in edges] + [(None, rng.randint(0, 100))]


def optional_cap(rng: random.Random, top: int) -> int | None:
    return rng.choice([None, rng.randint(0, top)])


def draw(rng: random.Random) -> dict[str, object]:
    return {
        "in_scope": rng.choice([rng.randint(0, 300_000), rng.randint(0, 40_000_000)]),
        "deductible": rng.randint(0, 300_000),
        "ratio": rng.randint(0, 100),
        "cap": optional_cap(rng, 20_000_000),
        "model": rng.choice(MODELS),
        "k": rng.randint(0, 100),
        "serious_from": rng.randint(0, 3_000_000),
        "bands": bands(rng),
        "basis": rng.choice(["total", "excess"]),
        "serious_cap": optional_cap(rng, 30_000_000),
        "prepay_counts": rng.choice([True, False]),
        "aid_ratio": rng.randint(0, 100),
        "aid_from": rng.choice([0, rng.randint(0, 500_000)]),
        "aid_cap": optional_cap(rng, 5_000_000),
        "spent": rng.choice([0, rng.randint(0, 10_000_000)]),
        "spent_base": rng.choice([0, rng.randint(0, 10_000_000)]),
        "spent_aid": rng.choice([0, rng.randint(0, 3_000_000)]),
    }


def by_engine(d: dict[str, object]) -> tuple[int, int, int]:
    def cap(name: str) -> str:
        return "none" if d[name] is None else yuan(d[name])

    values = {
        "inpatient.deductible.secondary": yuan(d["deductible"]),
        "inpatient.ratio.secondary": yuan(d["ratio"]),
        "inpatient.cap": cap("cap"),
        "offsite.model": d["model"] or None,
        "offsite.referral.k": yuan(d["k"]),
        "serious.deductible": yuan(d["serious_from"]),
        "serious.band_basis": d["basis"],
        "serious.cap": cap("serious_cap"),
        "serious.base.prepay": "yes" if d["prepay_counts"] else "no",
        "aid.2303.ratio": yuan(d["aid_ratio"]),
        "aid.2303.deductible": yuan(d["aid_from"]),
        "aid.2303.cap": cap("aid_cap"),
    }
    for n, (to, ratio) in enumerate(d["bands"], 1):
        values[f"serious.band.{n}.to"] = "none" if to is None else yuan(to)
        values[f"serious.band.{n}.ratio"] = yuan(ratio)
    year = YearSoFar(d["spent"], d["spent_base"], d["spent_aid"], known=True)
    state = Offsite.REFERRAL if d["model"] else Offsite.LOCAL
    claim = made.claim(d["in_scope"], offsite=state, identity="2303", year=year)
    found = settle(claim, made.pack(values))
    assert isinstance(found, Settlement), found
    return found.hifp_pay, found.hifmi_pay, found.maf_pay


def by_hand(d: dict[str, object]) -> tuple[int, ...]:
    def part(name: str) -> Fraction | None:
        return None if d[name] is None else Fraction(d[name], 100)

    rule = naive.Naive(
        **{f: part(f) for f in naive.Naive.__annotations__ if f not in {"bands", "basis", "model", "prepay_counts"}},
        bands=[(None if to is None else Fraction(to, 100), Fraction(r, 100)) for to, r in d["bands"]],
        basis=d["basis"],
        model=d["model"],
        prepay_counts=d["prepay_counts"],
    )  # fmt: skip
    return tuple(int(paid * 100) for paid in naive.settle(rule, part("in_scope")))


@pytest.mark.parametrize("block", range(10))
def test_agrees(block: int) -> None:
    rng = random.Random(f"settle-{block}")
    for n in range(1000):
        drawn = draw(rng)
        assert by_engine(drawn) == by_hand(drawn), (n, drawn)
