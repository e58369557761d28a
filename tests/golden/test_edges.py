"""The engine on each side of every edge of the shipped packs, by cases written beforehand."""

import datetime as dt
import re
from fractions import Fraction

import pytest
import yaml

from counter_app.cli.pack_files import load, load_whole, shipped
from counter_app.domain.settlement.claim import (
    Claim,
    Kind,
    Level,
    Offsite,
    Past,
    SettledBasic,
    YearSoFar,
)
from counter_app.domain.settlement.rules import read_rules
from counter_app.domain.settlement.scope import Scope
from counter_app.domain.settlement.stages import work_out
from counter_app.kernel.money import parse_yuan
from tests.golden import edges

NAMES = shipped()
PACKS = {name: load_whole(name).pack for name in NAMES}
OWN = {name: load(name) for name in NAMES}
CASES = {
    name: yaml.safe_load((edges.FOLDER / f"{name.replace('/', '-')}.yaml").read_text("utf-8"))
    for name in NAMES
}


def fen(case: dict, name: str) -> int:
    return parse_yuan(case.get(name, "0.00"))


def claim(case: dict) -> Claim:
    on = dt.date.fromisoformat(case["day"])
    kind, tier = Kind(case["kind"]), case["tier"]
    taken = fen(case, "taken")
    before = (Past(kind, on, disease=case.get("disease", ""), deductible=taken),) if taken else ()
    spent = fen(case, "spent")
    year = YearSoFar(
        basic_paid=spent if tier == "basic" else 0,
        aid_paid=spent if tier == "aid" else 0,
        serious_base=fen(case, "had"),
        known=True,
        before=before,
    )
    own = fen(case, "own")
    return Claim(
        kind,
        Level(case["level"]),
        Scope(own or fen(case, "in_scope"), own or fen(case, "in_scope")),
        on,
        Offsite(case.get("offsite", "local")),
        case.get("identity", ""),
        year,
        SettledBasic(0, own) if tier != "basic" else None,
        age=case.get("age"),
        psn_type=case.get("psn_type", ""),
        disease=case.get("disease", ""),
    )


def paid(name: str, case: dict) -> int | None:
    asked = claim(case)
    rules = read_rules(PACKS[name], asked)
    if case["tier"] == "aid":
        # aid alone: what is own before it is the case's own share
        rules = type(rules)(None, None, rules.aid, frozenset({"aid"}), {}, rules.rounding)
    stages = work_out(asked, asked.scope, rules)
    tier = stages.tier(case["tier"])
    return tier.paid if tier else None


@pytest.mark.parametrize("name", NAMES)
def test_each_side_of_every_edge(name: str) -> None:
    wrong = []
    for case in CASES[name]:
        if "value" in case:
            held = OWN[name].find(
                case["edge"].split()[1].partition("@")[0], dt.date.fromisoformat(case["day"])
            )
            got, wanted = held.value if held else None, case["value"]
        else:
            got, wanted = paid(name, case), None if case["paid"] is None else fen(case, "paid")
        if got != wanted:
            wrong.append((case["edge"], case["side"], got, wanted, case["arithmetic"]))
    assert wrong == []


@pytest.mark.parametrize("name", NAMES)
def test_no_edge_is_missing_and_each_has_both_sides(name: str) -> None:
    sides: dict[str, set[str]] = {}
    for case in CASES[name]:
        assert case["arithmetic"]
        assert case["article"]
        sides.setdefault(case["edge"], set()).add(case["side"])
    assert set(sides) == set(edges.edges(OWN[name]))
    assert all(len(found) >= 2 for found in sides.values())


def worked(line: str) -> Fraction:
    """The left side of an arithmetic line, by its own signs."""
    left = line.rpartition(" = ")[0]
    total = Fraction(0)
    for high, low, ratio in re.findall(r"\(([\d.]+) − ([\d.]+)\) × ([\d.]+)", left):
        total += (Fraction(high) - Fraction(low)) * Fraction(ratio)
    if "×" not in left and "−" in left:
        high, low = left.split(" − ")
        total = Fraction(high) - Fraction(low)
    return edges.half_up(total)


@pytest.mark.parametrize("name", NAMES)
def test_the_arithmetic_of_each_case_is_right(name: str) -> None:
    for case in CASES[name]:
        line = case["arithmetic"]
        if " = " in line and "封顶" not in line:
            assert edges.money(worked(line)) == case["paid"] == line.rpartition(" = ")[2], case


def test_what_is_counted() -> None:
    counts = {name: len(cases) for name, cases in CASES.items()}
    assert min(counts.values()) >= 20
    assert sum(counts.values()) == 598
