"""Whether this PC's cases still say what its journal says: a row that was changed beside the chain is named."""

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
import sqlalchemy as sa

from counter_app.store import cases
from counter_app.store.cases import CaseRow
from counter_app.store.station_tables import body, case, journal
from counter_app.store.transaction import ReadTx
from counter_app.sync.pull_station import row_of
from counter_app.sync.resolve import REVISIONS
from counter_app.wire.case_body import CaseBody
from counter_app.wire.header import body_json, read_header

MISSING, ENTRY, CONTENT = "missing", "entry", "content"
_OWN = frozenset(CaseRow.__dataclass_fields__) - {
    # set by answers and decisions, or by when and how it was typed first
    *("state", "decision", "typed_at", "summary", "dev"),
    # compared on their own
    *("entry", "body", "case_no"),
}


@dataclass(frozen=True, slots=True)
class CaseFault:
    """A case that is not as its entry says: its number ("" where the row is gone), the entry, and why."""

    case_no: str
    n: int
    why: str


def case_faults(tx: ReadTx) -> Iterator[CaseFault]:
    """Every case whose newest revision was written on this PC, beside that entry.

    What another PC revised last is the centre's to vouch for; an erased body says nothing any more.
    """
    newest = (
        sa
        .select(journal.c.subj, sa.func.max(journal.c.n).label("n"))
        .where(journal.c.kind.in_(sorted(REVISIONS)))
        .group_by(journal.c.subj)
        .subquery()
    )
    query = (
        sa
        .select(journal, body.c.text, case.c.op_id.label("stands"))
        .join(newest, newest.c.n == journal.c.n)
        .join(body, body.c.op_id == journal.c.op_id, isouter=True)
        .join(case, case.c.case_id == journal.c.subj, isouter=True)
        .order_by(journal.c.n)
    )
    for row in tx.execute(query).all():
        if row.stands is None:
            yield CaseFault(_number(row.text), int(row.n), MISSING)
        elif row.stands == row.op_id:
            yield from _differs(tx, int(row.n), str(row.subj), str(row.header), row.text)


def _differs(
    tx: ReadTx, n: int, case_id: str, header: str, text: str | None
) -> Iterator[CaseFault]:
    stands, said = cases.get(tx, case_id), _read(header, text)
    if stands is None or said is None:
        return
    if stands.entry != said.entry:
        yield CaseFault(stands.case_no, n, ENTRY)
    elif not _same(stands, said):
        yield CaseFault(stands.case_no, n, CONTENT)


def _same(stands: CaseRow, said: CaseRow) -> bool:
    number = stands.case_no.partition(cases.TWICE)[0]
    fields = all(getattr(stands, name) == getattr(said, name) for name in _OWN)
    return fields and (number, _content(stands.body)) == (said.case_no, _content(said.body))


def _content(text: str) -> object:
    """What the JSON says, whatever the order of its keys: the entry's are sorted, the row's are not."""
    try:
        return msgspec.json.decode(text.encode("utf-8"))
    except (msgspec.DecodeError, UnicodeEncodeError):
        return None


def _read(header: str, text: str | None) -> CaseRow | None:
    """The row the entry makes; None where it is erased or not of its shape, which the walk says."""
    try:
        told = msgspec.json.decode(body_json(text or ""), type=CaseBody)
        return row_of(read_header(header), header, told, "")
    except ValueError:
        return None


def _number(text: str | None) -> str:
    try:
        return msgspec.json.decode(body_json(text or ""), type=CaseBody).case_no
    except msgspec.DecodeError:
        return ""
