"""Where window and centre counted different earlier claims into a person's year."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from counter_app.catalog.earlier import AFTER, CLAIM, RECORDED
from counter_app.central.ops.sides import Comparing, Matter
from counter_app.kernel import dates
from counter_app.wire.conflict import Side, Weight


class _Counted(NamedTuple):
    cases: frozenset[str]
    recorded: str
    """The day the record of direct settlements reached to, ISO; "" for none."""


def words(matter: Matter) -> str:
    """Why the figures differ, "" where both counted the same."""
    mine, ours = _both(matter)
    if mine is None or ours is None or mine == ours:
        return ""
    more = len(ours.cases - mine.cases)
    if more:
        return f"今年以前报过的，中心比窗口多知道 {more} 件"
    return "今年以前报过的，中心和窗口知道的不一样"


def sides(matter: Matter) -> Iterator[Side]:
    """Both counts, where they differ."""
    mine, ours = _both(matter)
    if mine is not None and ours is not None and mine != ours:
        values = ("", _said(mine), _said(ours))
        yield Comparing("今年以前").side(("before", "算进去的"), values, Weight.DIFFERS)


def _both(matter: Matter) -> tuple[_Counted | None, _Counted | None]:
    said = ((h.kind, h.data) for h in matter.body.holds)
    made = ((h.kind, h.data) for h in matter.verdict.outcome.holds)
    return _counted(said), _counted(made)


def _counted(held: Iterable[tuple[str, Mapping[str, str]]]) -> _Counted | None:
    """None of a station that doesn't say it yet."""
    data = next((data for kind, data in held if kind == CLAIM), None)
    if data is None:
        return None
    return _Counted(frozenset(data.get(AFTER, "").split()), data.get(RECORDED, ""))


def _said(counted: _Counted) -> str:
    on = dates.iso(counted.recorded)
    direct = f"医院直接结算的到 {dates.full(on)}" if on else "没有医院直接结算的记录"
    return f"{len(counted.cases)} 件，{direct}"
