"""Rules of a demonstration centre, stored as data; a county's centre has none of them."""

from typing import NamedTuple

import sqlalchemy as sa

from counter_app.catalog.facts import Facts
from counter_app.central.ops.ruling import Point
from counter_app.central.tables import rule
from counter_app.forms.answers import Answers, Row

PROOF_MATCHES = "proof_matches_roster"
PROOF_ENDS = "reject_proof_ending"
HOLD = "hold_certno"
KINDS = (PROOF_MATCHES, PROOF_ENDS, HOLD)


class Rule(NamedTuple):
    """A rule: its kind, the value it looks for, and the words it is told in."""

    kind: str
    value: str
    words: str


def rules(tx: sa.Connection) -> list[Rule]:
    """All of them."""
    query = sa.select(rule.c.kind, rule.c.value, rule.c.words).order_by(rule.c.kind, rule.c.value)
    return [Rule._make(row) for row in tx.execute(query)]


def rejections(all_rules: tuple[Rule, ...], answers: Answers, facts: Facts) -> tuple[Point, ...]:
    """Points of members whose proof a rule refuses."""
    found: list[Point] = []
    for one in all_rules:
        found.extend(
            _proof_point(row, one.words)
            for row in answers.section("members")
            if _refused(one, row, facts)
        )
    return tuple(dict.fromkeys(found))


def holds(all_rules: tuple[Rule, ...], answers: Answers) -> tuple[Point, ...]:
    """Points of members whom a rule holds."""
    held = {one.value: one.words for one in all_rules if one.kind == HOLD}
    return tuple(
        (f"{row.get('psn_name', '')}：{held[row['certno']]}", "问清后写明再报", "示范县（虚构）")
        for row in answers.section("members")
        if row.get("certno", "") in held
    )


def _refused(one: Rule, row: Row, facts: Facts) -> bool:
    proof = row.get("idet_no", "")
    if not proof:
        return False
    if one.kind == PROOF_ENDS:
        return proof.endswith(one.value)
    person = facts.people.get(row.get("certno", ""))
    return (
        one.kind == PROOF_MATCHES
        and person is not None
        and person.identity == row.get("mat_idet_code")
        and person.identity_no != proof
    )


def _proof_point(row: Row, words: str) -> Point:
    name = row.get("psn_name", "")
    mend = "照证明原件核对编号，改好再报；证明没有带来的，打电话请本人念一遍"
    return f"{name}：{words}", mend, "资助身份核定名单（示范县，虚构）"
