"""All the rules of one claim, tier by tier."""

from counter_app.domain.policy.pack import Pack
from counter_app.domain.settlement import policy
from counter_app.domain.settlement.basic_rules import basic
from counter_app.domain.settlement.claim import Claim
from counter_app.domain.settlement.packs import Packs
from counter_app.domain.settlement.policy import SEQUENCE, Rules
from counter_app.domain.settlement.reader import Reader
from counter_app.domain.settlement.supplement import Supplement
from counter_app.domain.settlement.supplement_rules import supplements


def read_rules(packs: Pack | Packs, claim: Claim) -> Rules:
    """The rules of the claim's days, level, filing state, person and disease."""
    readers = {tier: Reader(packs, claim.day) for tier in (*SEQUENCE, *Supplement)}
    applies = policy.applies(claim, readers["basic"])
    found = basic(claim, readers["basic"]) if "basic" in applies else None
    serious = policy.serious(claim, readers["serious"]) if "serious" in applies else None
    aid = policy.aid(claim, readers["aid"]) if "aid" in applies else None
    more = supplements(claim, readers)
    missing = {tier: tuple(r.missing) for tier, r in readers.items() if r.missing}
    rounding = policy.rounding(packs, claim)
    applies |= set(more.order) - set(SEQUENCE)
    return Rules(found, serious, aid, applies, missing, rounding, more.rules, more.order)
