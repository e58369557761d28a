"""What the sections large_amount and civil_servant must say, and what of it contradicts the rest of a pack."""

from collections.abc import Iterator, Mapping

from counter_app.domain.policy.rows import Row
from counter_app.domain.policy.vocabulary import EVERYBODY, NONE, SUPPLEMENT
from counter_app.domain.policy.written import Fault

_BOTH = ("large_amount", "civil_servant")
_OTHER = dict(zip(_BOTH, reversed(_BOTH), strict=True))
_NEEDED = (*SUPPLEMENT, "band.1.to", "band.1.ratio")


def supplements(day: Mapping[str, Row]) -> Iterator[Fault]:
    """Faults of both sections on one day; a pack without them has none."""
    for name in _BOTH:
        said = [key for key in day if key.startswith(f"{name}.")]
        if said:
            yield from _whole(name, day[said[0]], day)
            yield from _place(name, day)
            yield from _people(name, day)
            yield from _nothing_above(name, day)


def _whole(name: str, first: Row, day: Mapping[str, Row]) -> Iterator[Fault]:
    lacking = [f"{name}.{part}" for part in _NEEDED if f"{name}.{part}" not in day]
    if lacking:
        yield first.fault("key", f"写了 {name} 就要写全，还缺 {'、'.join(lacking)}，缺了不出数")


def _place(name: str, day: Mapping[str, Row]) -> Iterator[Fault]:
    other = _OTHER[name]
    mine, its = day.get(f"{name}.after"), day.get(f"{other}.after")
    if mine is None:
        return
    if its is None and mine.value == other:
        yield mine.fault("value", f"{mine.key} 写的是 {other}，可规则包里没有 {other}")
    elif its is not None and its.value == mine.value:
        yield mine.fault("value", f"{mine.key} 和 {its.key} 一样，没有写哪个先算")
    elif its is not None and mine.value == other and its.value == name:
        yield mine.fault("value", f"{mine.key} 和 {its.key} 互相排在后面")


def _people(name: str, day: Mapping[str, Row]) -> Iterator[Fault]:
    for part in ("who", "kinds"):
        row = day.get(f"{name}.{part}")
        if row is not None and not row.value.split():
            yield row.fault("value", f"{row.key} 空着")
    who = day.get(f"{name}.who")
    words = who.value.split() if who else []
    if who is not None and EVERYBODY in words and len(words) > 1:
        yield who.fault("value", f"{who.key} 写了 {EVERYBODY}（所有人），就不能再写别的")


def _nothing_above(name: str, day: Mapping[str, Row]) -> Iterator[Fault]:
    """Above a cap that isn't there lies nothing."""
    base, kinds = day.get(f"{name}.base"), day.get(f"{name}.kinds")
    if base is None or kinds is None or base.value != "over_cap":
        return
    for kind in kinds.value.split():
        caps = [k for k in day if k.startswith(f"{kind}.") and ".cap" in k and "counts" not in k]
        if not any(day[key].value != NONE for key in caps):
            yield base.fault("value", f"{base.key} 是 over_cap，可 {kind} 没有封顶线，永远用不上")
