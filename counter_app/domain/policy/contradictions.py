"""What the parameters say against each other on the same day: bands, caps, tilts, groups, seasons."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

from counter_app.domain.policy.rows import Row
from counter_app.domain.policy.supplement_check import supplements
from counter_app.domain.policy.vocabulary import NONE
from counter_app.domain.policy.written import Fault
from counter_app.kernel.money import Fen, parse_yuan

Day = Mapping[str, Row]
"""The row of each key that holds on one day."""


def find(rows: Sequence[Row], files: frozenset[str]) -> list[Fault]:
    """Contradictions on any day on which something changes, as far as a row of `files` takes part."""
    found: list[Fault] = []
    for day in sorted({row.first for row in rows}):
        held = {row.key: row for row in rows if row.holds_on(day)}
        for look in _LOOKS:
            found.extend(fault for fault in look(held) if fault.file in files)
    return found


def _stem(key: str, name: str) -> str:
    """inpatient.2303 of inpatient.2303.band.1.to; the key's part before `.name`."""
    return key.partition(f".{name}")[0]


def _amount(row: Row | None) -> Fen | None:
    return parse_yuan(row.value) if row is not None and row.value != NONE else None


def _bands(day: Day) -> Iterator[Fault]:
    stems = {_stem(k, "band.") for k in day if ".band." in k and k.endswith(".to")}
    for stem in sorted(stems):
        tops = [
            (n, day[f"{stem}.band.{n}.to"]) for n in range(1, 10) if f"{stem}.band.{n}.to" in day
        ]
        below: Fen = 0
        for place, (n, row) in enumerate(tops, 1):
            if n != place:
                yield row.fault("key", f"{stem} 缺第 {place} 段")
                break
            top = _amount(row)
            last = place == len(tops)
            if last != (row.value == NONE):
                yield row.fault(
                    "value", f"{stem} 的最后一段、也只有最后一段写 none，否则上面的钱没有比例"
                )
            if top is not None and top <= below:
                yield row.fault("value", f"{stem} 第 {n} 段到 {row.value}，和上一段重叠")
            below = top if top is not None else below


def _band_ratios(day: Day) -> Iterator[Fault]:
    for key, row in day.items():
        if ".band." not in key or not key.endswith(".to"):
            continue
        ratio = f"{key.removesuffix('.to')}.ratio"
        if not any(other == ratio or other.startswith(f"{ratio}.") for other in day):
            yield row.fault("key", f"有 {key}，没有 {ratio}")


def _either_or(day: Day) -> Iterator[Fault]:
    for key, row in day.items():
        for name, other in _EXCLUDE:
            if key.endswith(name) and f"{key.removesuffix(name)}{other}" in day:
                yield row.fault("key", f"{key} 和 {key.removesuffix(name)}{other} 只能写一个")
        added = key.endswith(".added_points")
        tilted = f"{key.removesuffix('.added_points')}.band."
        if added and any(k.startswith(tilted) and k.endswith(".ratio") for k in day):
            yield row.fault("key", f"{key} 和 {tilted}N.ratio 只能写一样")


_EXCLUDE = (
    (".deductible_factor", ".deductible"),
    (".ratio", ".band.1.to"),
    (".factor", ".deductible"),
)


def _caps(day: Day) -> Iterator[Fault]:
    order = ("cap_stay", "cap_month", "cap_quarter", "cap", "cap_life")
    for stem in sorted({k.rpartition(".")[0] for k in day if k.rpartition(".")[2] in order}):
        least: Fen | None = None
        for name in reversed(order):
            row = day.get(f"{stem}.{name}")
            amount = _amount(row)
            if row is not None and amount is not None and least is not None and amount > least:
                yield row.fault("value", f"{row.key} 比管得更久的封顶线还高，用不上")
            least = amount if amount is not None else least


def _ceilings(day: Day) -> Iterator[Fault]:
    for key, row in day.items():
        most = day.get(f"{key}_most")
        if most is not None and _decimal_above(row.value, most.value):
            yield row.fault("value", f"{key} 是 {row.value}，上级最多准 {most.value}")
        least = day.get(f"{key}_least")
        if least is not None and _decimal_above(least.value, row.value):
            yield row.fault("value", f"{key} 是 {row.value}，上级最少要 {least.value}")


def _decimal_above(left: str, right: str) -> bool:
    """Both are written by the same unit; what isn't a number has its own fault."""
    one, other = left.replace(".", "", 1), right.replace(".", "", 1)
    if not (one.isdecimal() and other.isdecimal()):
        return False
    return (len(left.partition(".")[0]), left) > (len(right.partition(".")[0]), right)


def _groups(day: Day) -> Iterator[Fault]:
    names = {row.known.parts["group"] for row in day.values() if "group" in row.known.parts}
    spans: list[tuple[int, int, Row]] = []
    for name in names:
        low, high = day.get(f"group.{name}.from_age"), day.get(f"group.{name}.below_age")
        bound = low or high
        if bound is not None:
            spans.append((_whole(low, 0), _whole(high, 999), bound))
    spans.sort(key=lambda span: span[:2])
    for begin, end, row in spans:
        if begin >= end:
            yield row.fault("value", f"{row.key}：年龄上下写反了")
    for before, after in pairwise(spans):
        if after[0] < before[1]:
            yield after[2].fault("value", f"{after[2].key} 和 {before[2].key} 的年龄重叠")


def _whole(row: Row | None, otherwise: int) -> int:
    return int(row.value) if row is not None and row.value.isdecimal() else otherwise


def _seasons(day: Day) -> Iterator[Fault]:
    for key, row in day.items():
        begin = day.get(f"{key.removesuffix('.end')}.begin")
        if key.endswith(".end") and begin is not None and row.value < begin.value:
            yield row.fault("value", f"{key} 比开始还早，日期写反了")


def _subsidies(day: Day) -> Iterator[Fault]:
    for key, row in day.items():
        stem, own, _ = key.partition(".own.")
        full, part = _amount(day.get(f"{stem}.person")), _amount(row)
        if own and full is not None and part is not None and part > full:
            yield row.fault("value", f"{key} 比不资助的人缴得还多")


_LOOKS: tuple[Callable[[Day], Iterator[Fault]], ...] = (
    _bands,
    _band_ratios,
    _either_or,
    _caps,
    _ceilings,
    _groups,
    _seasons,
    _subsidies,
    supplements,
)
