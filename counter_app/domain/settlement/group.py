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


def used_types(kind: Kind, pack: Pack, day: dt.date) -> tuple[frozenset[str], ...]:
    """The groups by person type that the pack uses for such a claim: only then need anybody say the type."""
    groups = {
        name: frozenset(types.split())
        for name in sorted(pack.below.get("group.", ()))
        if (types := pack.text(f"group.{name}.psn_type", day)) is not None
    }
    named = {
        name
        for one in Supplement
        if kind in (pack.text(f"{one}.kinds", day) or "").split()
        for name in (pack.text(f"{one}.who", day) or "").split()
    }
    return tuple(
        types
        for name, types in groups.items()
        if name in named or pack.below.get(f"{kind}.{name}.")
    )
