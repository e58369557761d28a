"""Whether a written pack is right: every fault with its file, line and field, in plain words.

Single values first, then what the parameters say together, parents included (`inherit`).
"""

import datetime as dt
import difflib
from collections.abc import Iterator, Sequence
from itertools import pairwise

from counter_app.domain.policy import contradictions
from counter_app.domain.policy.rows import Codes, Row, Rows, by_key, read_rows
from counter_app.domain.policy.values import wrong
from counter_app.domain.policy.vocabulary import EVERYBODY, examples, known
from counter_app.domain.policy.written import Fault, Written

HEAD = frozenset({"region", "region_name", "version", "invented", "inherits", "note"})
NATION = "000000"
_NOBODY = "0"
"""mat_idet_code of somebody without a subsidised identity."""


def check(chain: Sequence[Written], codes: Codes) -> tuple[Fault, ...]:
    """All faults of the first pack of a chain, its parents behind it; theirs are told by their own check."""
    written = chain[0]
    own = read_rows(written)
    faults = [*_head(written, codes), *own.faults, *_keys(written), *_values(own, codes)]
    faults += _in_time(own.rows)
    taken = {row.key for row in own.rows}
    whole = list(own.rows)
    for parent in chain[1:]:
        rows = [row for row in read_rows(parent).rows if row.key not in taken]
        taken |= {row.key for row in rows}
        whole += rows
    faults += contradictions.find(whole, frozenset({written.file}))
    return tuple(sorted(set(faults), key=lambda f: (f.line, f.field, f.text)))


def _head(written: Written, codes: Codes) -> Iterator[Fault]:
    head = written.head
    for name in ("region", "region_name", "version"):
        if not head.text(name):
            yield written.fault(head, name, f"[pack] 里没有写 {name}")
    if not isinstance(head.fields.get("invented"), bool):
        yield written.fault(
            head, "invented", "[pack] 里要写 invented = true 或 false：是不是虚构的"
        )
    for name in head.fields.keys() - HEAD:
        yield written.fault(head, name, f"[pack] 里没有 {name} 这一项，多半是写错了")
    yield from _region(written, codes)
    for name in written.strange:
        yield Fault(written.file, 0, name, "只能有 [pack] 和 [[parameter]]")
    if not written.parameters:
        yield Fault(written.file, 0, "parameter", "一个参数也没有")


def _region(written: Written, codes: Codes) -> Iterator[Fault]:
    head = written.head
    region = head.text("region")
    real = head.fields.get("invented") is False
    if region and real and codes.regions and region not in codes.regions | {NATION}:
        yield written.fault(head, "region", f"没有 {region} 这个行政区划")
    if region and not written.file.startswith(f"{region}/"):
        yield written.fault(head, "region", f"写的是 {region}，文件却放在别的地区下")


def _keys(written: Written) -> Iterator[Fault]:
    for table in written.parameters:
        key = table.text("key")
        if key and known(key) is None:
            yield written.fault(table, "key", f"没有 {key} 这个参数{_near(key)}")


def _near(key: str) -> str:
    near = difflib.get_close_matches(key, list(examples()), 1, 0.75)
    return f"，是不是 {near[0]} 一类的" if near else ""


def _values(own: Rows, codes: Codes) -> Iterator[Fault]:
    groups = {row.known.parts["group"] for row in own.rows if "group" in row.known.parts}
    for row in own.rows:
        shape, unit = row.known.shape, row.table.text("unit")
        said = wrong(shape, row.value)
        if said:
            yield row.fault("value", f"{row.key}：{said}")
        if unit and unit != shape.unit:
            yield row.fault("unit", f"{row.key} 的单位是 {shape.unit}，写成了 {unit}")
        yield from _codes(row, codes)
        yield from _who(row, codes, groups)
        yield from _listed(row, codes, groups)


def _codes(row: Row, codes: Codes) -> Iterator[Fault]:
    code = row.known.parts.get("code", "")
    if code == _NOBODY or (code and codes.identities and code not in codes.identities):
        yield row.fault("key", f"没有 {code} 这个人员身份代码")
    if row.key.endswith(".psn_type") and codes.psn_types:
        strange = [word for word in row.value.split() if word not in codes.psn_types]
        if strange:
            yield row.fault("value", f"没有 {strange[0]} 这个人员类别代码")


def _who(row: Row, codes: Codes, groups: set[str]) -> Iterator[Fault]:
    who = row.known.parts.get("who", "")
    disease = row.known.parts.get("kind") in {"chronic", "two_disease"}
    if who.isdecimal():
        if codes.identities and who not in codes.identities:
            yield row.fault("key", f"没有 {who} 这个人员身份代码")
    elif who and not disease and who not in groups:
        yield row.fault("key", f"没有写 {who} 是哪些人（group.{who}.…）")


def _listed(row: Row, codes: Codes, groups: set[str]) -> Iterator[Fault]:
    """Whom a supplement is for: identities and groups of the pack."""
    if not row.key.endswith(".who"):
        return
    for one in row.value.split():
        if one.isdecimal() and (
            one == _NOBODY or (codes.identities and one not in codes.identities)
        ):
            yield row.fault("value", f"没有 {one} 这个人员身份代码")
        elif not one.isdecimal() and one != EVERYBODY and one not in groups:
            yield row.fault("value", f"没有写 {one} 是哪些人（group.{one}.…）")


def _in_time(rows: Sequence[Row]) -> Iterator[Fault]:
    """The same key twice on a day, or a gap between two of its times."""
    for same in by_key(rows).values():
        for before, row in pairwise(same):
            if row.first <= before.last:
                other = f"第 {before.table.line('')} 行"
                what = "写了两遍" if row.value == before.value else f"也是 {before.value}，互相矛盾"
                yield row.fault("begins", f"{row.key} 和{other}的时间重叠，同一天{what}")
            elif row.first > before.last + dt.timedelta(days=1):
                gap = f"{before.last + dt.timedelta(days=1)} 到 {row.first - dt.timedelta(days=1)}"
                yield row.fault("begins", f"{row.key} 在 {gap} 之间空着，没有哪个数有效")
