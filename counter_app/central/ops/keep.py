"""Storing entries as they came: one set statement, one by one where it fails."""

from typing import NamedTuple
from uuid import UUID

import psycopg
import sqlalchemy as sa

from counter_app.central.ops.entry import QUARANTINE, Entry
from counter_app.central.tables import ingest, oddity
from counter_app.wire.header import Op

_INSERT = """
insert into ingest (op_id, dev, ep, n, sha, prev, header, body, head_id, via, received_at)
select op_id, dev, ep, n, sha, prev, header, body, %b::int8, %b::text, %b::int8
from unnest(%b::uuid[], %b::text[], %b::int4[], %b::int8[], %b::bytea[], %b::text[], %b::bytea[],
            %b::bytea[]) as given(op_id, dev, ep, n, sha, prev, header, body)
order by op_id
on conflict (op_id) do nothing
returning op_id
"""


_POINT = "whole_batch"
_RESULTS = """
update ingest set result = given.result
from unnest(%b::uuid[], %b::text[]) as given(op_id, result)
where ingest.op_id = given.op_id
"""


class Source:
    """Which signed head vouches for what is stored, on which road it came, and when."""

    def __init__(self, head_id: int | None, via: str, at: int) -> None:
        self.head_id = head_id
        self.via = via
        self.at = at


def keep(tx: sa.Connection, entries: list[Entry], source: Source) -> set[str]:
    """Store what is new; ids of the entries stored now."""
    if not entries:
        return set()
    try:
        return _insert_whole(tx, entries, source)
    except psycopg.DataError:
        return _one_by_one(tx, entries, source)


def keep_odd(tx: sa.Connection, dev: str, op: Op, why: str, at: int) -> None:
    """Store an entry that no row of ingest can hold."""
    tx.execute(
        oddity.insert().values(
            dev=dev.replace("\0", ""),
            why=why,
            header=_bytes(op.header),
            body=None if op.body is None else _bytes(op.body),
            received_at=at,
        )
    )


class Stored(NamedTuple):
    """A stored entry: hash, road, and what was answered to it ("" where nothing was yet)."""

    sha: str
    via: str
    result: str = ""


def stored(tx: sa.Connection, ids: list[str]) -> dict[str, Stored]:
    """The entries that are stored under these ids."""
    if not ids:
        return {}
    columns = (ingest.c.op_id, ingest.c.sha, ingest.c.via, ingest.c.result)
    query = sa.select(*columns).where(ingest.c.op_id.in_([UUID(i) for i in ids]))
    return {
        str(op_id): Stored(sha.hex(), via, result) for op_id, sha, via, result in tx.execute(query)
    }


def set_results(tx: sa.Connection, answers: dict[str, str]) -> None:
    """Remember what was answered, by the entries' ids."""
    if answers:
        with _raw(tx).cursor() as cursor:
            cursor.execute(_RESULTS, ([UUID(op_id) for op_id in answers], list(answers.values())))


def set_apart(tx: sa.Connection, ids: list[str]) -> None:
    """Put stored entries into quarantine."""
    if ids:
        where = ingest.c.op_id.in_([UUID(i) for i in ids])
        tx.execute(ingest.update().where(where).values(via=QUARANTINE))


def release(tx: sa.Connection, entry: Entry, source: Source) -> None:
    """A signed head vouches for an entry of the quarantine now; by `source.via` it leaves it or stays.

    The body is taken anew: nobody vouched for the one that lay there.
    """
    body = {} if entry.op.body is None else {"body": _bytes(entry.op.body)}
    tx.execute(
        ingest
        .update()
        .where(ingest.c.op_id == UUID(entry.header.id))
        .values(via=source.via, head_id=source.head_id, **body)
    )


def _one_by_one(tx: sa.Connection, entries: list[Entry], source: Source) -> set[str]:
    done: set[str] = set()
    for entry in entries:
        try:
            with tx.begin_nested():
                done |= _insert(tx, [entry], source)
        except psycopg.DataError:
            keep_odd(tx, "", entry.op, "SCHEMA", source.at)
    return done


def _insert_whole(tx: sa.Connection, entries: list[Entry], source: Source) -> set[str]:
    """In a savepoint, in one trip to the server and back.

    Raises:
        psycopg.DataError: one of them can't be stored; nothing was.
    """
    line = _raw(tx)
    with line.cursor() as cursor:
        try:
            with line.pipeline():
                line.execute(f"savepoint {_POINT}")
                cursor.execute(_INSERT, _values(entries, source))
                line.execute(f"release savepoint {_POINT}")
        except psycopg.DataError:
            line.execute(f"rollback to savepoint {_POINT}")
            raise
        return {str(row[0]) for row in cursor.fetchall()}


def _insert(tx: sa.Connection, entries: list[Entry], source: Source) -> set[str]:
    with _raw(tx).cursor() as cursor:
        cursor.execute(_INSERT, _values(entries, source))
        return {str(row[0]) for row in cursor.fetchall()}


def _values(entries: list[Entry], source: Source) -> tuple[object, ...]:
    return (
        source.head_id,
        source.via,
        source.at,
        [UUID(e.header.id) for e in entries],
        [e.header.dev for e in entries],
        [e.header.ep for e in entries],
        [e.header.n for e in entries],
        [bytes.fromhex(e.sha) for e in entries],
        [e.header.prev for e in entries],
        [_bytes(e.op.header) for e in entries],
        [None if e.op.body is None else _bytes(e.op.body) for e in entries],
    )


def _raw(tx: sa.Connection) -> psycopg.Connection:
    found = tx.connection.driver_connection
    if not isinstance(found, psycopg.Connection):
        raise TypeError("the centre runs on psycopg")
    return found


def text(stored_bytes: bytes | None) -> str | None:
    """A stored header or body as it came."""
    return None if stored_bytes is None else bytes(stored_bytes).decode("utf-8", "surrogatepass")


def _bytes(words: str) -> bytes:
    return words.encode("utf-8", "surrogatepass")
