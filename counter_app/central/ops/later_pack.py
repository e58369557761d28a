"""Accepted claims that a pack published later settles otherwise (decision 019): listed, and told to the station.

The case stands as it was decided. What came first is what the citizen was told; whether a difference
is paid or asked back is for the county.
"""

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

import msgspec
import sqlalchemy as sa

from counter_app.catalog.earlier import AFTER, CLAIM, RECORD, RECORDED, SETTLED
from counter_app.catalog.facts import Facts, Held
from counter_app.catalog.item import judge
from counter_app.catalog.registry import item
from counter_app.central.ops import answered as answers
from counter_app.central.ops import cases
from counter_app.central.ops.bench import Bench
from counter_app.central.ops.cases import UNREADABLE, CaseRow, NotRead, not_read
from counter_app.central.ops.ruling import Ruling
from counter_app.central.ops.sides import Matter
from counter_app.central.tables import case_file, decision, hold
from counter_app.domain.policy.pack import Pack
from counter_app.forms.answers import from_plain
from counter_app.kernel.money import format_yuan
from counter_app.wire.estimate_said import EstimateSaid, paid_ends, to_said
from counter_app.wire.messages import PACK_LATER, DecisionBody

_CLAIMS = "manual-reimbursement"


class Differs(NamedTuple):
    """A case, the pack that came later, and the funds' share by each, in words of yuan."""

    row: CaseRow
    pack: Pack
    was: str
    now: str

    @property
    def words(self) -> str:
        """What the station reads and tells."""
        return (
            f"后来的规则包 {self.pack.label} 也管这一件：预计报销按原来的是 {self.was}，按新的是 {self.now}。"
            "这一件照旧有效；差的钱补不补、退不退由县医保中心定，定了再告诉本人"
        )


def differing(bench: Bench) -> Iterator[Differs | NotRead]:
    """Accepted claims whose money another pack than theirs changes, the oldest first.

    One that can't be read, or whose pack is not here any more, is named and the others go on.
    """
    for row in _accepted(bench.tx):
        try:
            with bench.tx.begin_nested():
                matter = bench.judge(row, answers.NOTHING).matter
                found = _differs(bench, matter)
        except UNREADABLE as error:
            yield not_read(row.case_no, row.station, error)
            continue
        if found is not None:
            yield found


class Governed(NamedTuple):
    """Accepted claims that another pack governs than the one they were reckoned by, and those that can't be read."""

    another: int
    unread: int


def under_another(bench: Bench) -> Governed:
    """How many there are, without working anything out: whether the money differs, `differing` says."""
    found = Counter(_governed(bench, row) for row in _accepted(bench.tx))
    return Governed(found[True], found[None])


def _governed(bench: Bench, row: CaseRow) -> bool | None:
    """None of a case that can't be read."""
    digest = _digest(row)
    try:
        asked = item(row.item).asks(from_plain(cases.read_body(row).answers))
        now = bench.basis.packs.on(asked.decided_on or dt.date.fromisoformat(row.accepted_on))
    except UNREADABLE:
        return None
    return now is not None and bool(digest) and now.digest != digest


def _accepted(tx: sa.Connection) -> Iterator[CaseRow]:
    query = (
        sa
        .select(case_file)
        .where(case_file.c.status == "accepted", case_file.c.item == _CLAIMS)
        .order_by(case_file.c.accepted_on, case_file.c.case_no)
    )
    return map(CaseRow._make, tx.execute(query).all())


def _digest(row: CaseRow) -> str:
    return row.pack.partition("@")[2]


def tell(bench: Bench, found: Differs) -> bool:
    """Tell the station once for each pack; whether it was told now."""
    if found.words in _told(bench.tx, found.row.case_id):
        return False
    bench.tell(found.row, Ruling(found.row.status, PACK_LATER, found.words))
    return True


def _differs(bench: Bench, matter: Matter) -> Differs | NotRead | None:
    """By both packs with what the case itself counted before it, so that nothing but the pack differs."""
    now, digest = matter.facts.pack, _digest(matter.row)
    if now is None or not digest or now.digest == digest:
        return None
    pinned = bench.basis.packs.pinned(digest)
    if pinned is None:
        name = matter.row.pack.partition("@")[0]
        why = f"受理时用的规则包 {name} 中心没有，没法比"
        return NotRead(matter.row.case_no, matter.row.station, why)
    then = _as_counted(bench.tx, matter)
    by_old, by_new = (_estimate(matter, replace(then, pack=pack)) for pack in (pinned, now))
    if paid_ends(by_old) == paid_ends(by_new):
        return None
    return Differs(matter.row, now, _paid(by_old), _paid(by_new))


def _as_counted(tx: sa.Connection, matter: Matter) -> Facts:
    """What the centre itself counted when the case was accepted; the window may have known less."""
    query = sa.select(hold.c.data).where(
        hold.c.case_id == matter.row.case_id, hold.c.kind == CLAIM, hold.c.active
    )
    made = [json.loads(text) for text in tx.execute(query).scalars()]
    counted = {number for data in made for number in data.get(AFTER, "").split()}
    # of a stay in two parts the later one's year is the claim's, and the record named is that year's
    newest = sorted(made, key=lambda data: data.get("on", ""))[-1:]
    recorded = {data.get("on", "")[:4]: data.get(RECORDED, "") for data in newest}
    held = (
        _known_then(one, recorded) if one.kind == RECORD else one
        for one in matter.facts.held
        if one.kind != CLAIM or one.case_no in counted
    )
    return replace(matter.facts, held=tuple(one for one in held if one is not None))


def _known_then(record: Held, recorded: Mapping[str, str]) -> Held | None:
    """The record as it was counted; of one that came anew since only what lies up to the day of the old one."""
    until = recorded.get(record.data.get("year", ""))
    if until is None or until == record.data.get("as_of"):
        return record
    if not until:
        return None
    rows = json.loads(record.data.get(SETTLED) or "[]")
    then = [row for row in rows if row.get("on", "") <= until]
    return replace(record, data={**record.data, "as_of": until, SETTLED: json.dumps(then)})


def _estimate(matter: Matter, facts: Facts) -> EstimateSaid | None:
    return to_said(judge(matter.service, matter.answers, facts).outcome.settlement)


def _paid(said: EstimateSaid | None) -> str:
    ends = dict.fromkeys(format_yuan(paid) for paid, _ in paid_ends(said))
    return f"{' 至 '.join(ends)} 元" if ends else "算不出"


def _told(tx: sa.Connection, case_id: str) -> set[str]:
    query = sa.select(decision.c.body).where(decision.c.case_id == case_id)
    bodies = (msgspec.json.decode(text, type=DecisionBody) for text in tx.execute(query).scalars())
    return {body.text for body in bodies if body.code == PACK_LATER}
