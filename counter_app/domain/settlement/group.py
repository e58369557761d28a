"""Whether a person is in a group the pack defines, by person type or by age."""

import datetime as dt

from counter_app.domain.policy.pack import Pack
from counter_app.domain.settlement.claim import Claim
from counter_app.domain.settlement.kind import Kind
from counter_app.domain.settlement.reader import Reader
from counter_app.domain.settlement.supplement import Supplement


def in_group(name: str, claim: Claim, reader: Reader) -> bool:
    """Whether they are in it; a fact that would be needed for it and isn't known is noted."""
    types = reader.row(f"group.{name}.psn_type")
    if types is not None:
        if not claim.psn_type:
            reader.lacks("不知道人员类别")
        return claim.psn_type in types.value.split()
    low, high = reader.row(f"group.{name}.from_age"), reader.row(f"group.{name}.below_age")
    if low is None and high is None:
        return False
    if claim.age is None:
        reader.lacks("不知道多大年纪")
        return False
    begins = reader.whole("年龄", f"group.{name}.from_age") if low else None
    ends = reader.whole("年龄", f"group.{name}.below_age") if high else None
    above = begins is None or claim.age >= begins.value
    return above and (ends is None or claim.age < ends.value)


def asks_person_type(kind: Kind, pack: Pack, day: dt.date) -> bool:
    """Whether the pack goes by person type for such a claim: only then need anybody say it."""
    groups = {
        name
        for name in pack.below.get("group.", ())
        if pack.find(f"group.{name}.psn_type", day) is not None
    }
    if any(pack.below.get(f"{kind}.{name}.") for name in groups):
        return True
    said = (
        (pack.text(f"{one}.kinds", day) or "", pack.text(f"{one}.who", day) or "")
        for one in Supplement
    )
    return any(kind in kinds.split() and groups & set(who.split()) for kinds, who in said)
