"""How fast the centre takes batches, beside the bare inserts of the same rows in the same run."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter
from uuid import uuid4

import psycopg
import pytest

from counter_app.central import stations
from counter_app.wire.case_body import NoteBody
from counter_app.wire.header import Op, head_of, read_header
from tests.unit.central import rig
from tests.unit.central.conftest import Town

BATCH, ENTRIES, CASES = 50, 3000, 50
_ROW = "insert into floor values (%b, %b, %b, %b, %b, %b, %b, %b, null, 'net', 1, '')"


@contextmanager
def bare(town: Town) -> Iterator[Callable[[list[Op]], None]]:
    """The floor: the same rows by executemany, fifty a transaction, no question asked."""
    url = town.centre.engine.url.set(drivername="postgresql")
    with psycopg.connect(url.render_as_string(hide_password=False)) as line:
        line.execute("drop table if exists floor")
        line.execute("create table floor (like ingest including all)")
        line.commit()

        def insert(batch: list[Op]) -> None:
            with line.cursor() as cursor:
                cursor.executemany(_ROW, [row(op) for op in batch])
            line.commit()

        yield insert
        line.execute("drop table floor")


def row(op: Op) -> tuple[object, ...]:
    h = read_header(op.header)
    sha, body = bytes.fromhex(head_of(op.header)), (op.body or "").encode()
    return uuid4(), h.dev, h.ep, h.n, sha, h.prev, op.header.encode(), body


def rate(ops: list[Op], take: Callable[[list[Op]], None]) -> float:
    begun = perf_counter()
    for start in range(0, len(ops), BATCH):
        take(ops[start : start + BATCH])
    return len(ops) / (perf_counter() - begun)


@pytest.mark.soak
def test_batches_against_bare_inserts(town: Town, fresh: rig.Pc) -> None:
    cases = [fresh.submit(town.someone())[2] for _ in range(CASES)]
    judged = rate(cases, lambda ops: check(fresh, ops, "accepted"))
    notes = [fresh.write("note", "x", NoteBody(what="day_closed")) for _ in range(ENTRIES // 10)]
    noted = rate(notes, lambda ops: check(fresh, ops, "received"))
    # a case's bytes, signed and chained, that wait to be judged: what storing raw costs alone
    with town.centre.engine.begin() as tx:
        assert stations.revoke(town.centre, tx, fresh.dev)
    body = fresh.case(town.someone())[1]
    waiting = [fresh.write("case.submit", str(uuid4()), body) for _ in range(ENTRIES)]
    stored = rate(waiting, lambda ops: check(fresh, ops, "received:QUARANTINE"))
    with bare(town) as insert:
        floor = rate(waiting, insert)
    sys.stdout.write(
        f"bare inserts {floor:.0f}/s; stored {stored:.0f}/s = {stored / floor:.2f}; "
        f"judged cases {judged:.0f}/s = {judged / floor:.3f}; notes {noted:.0f}/s\n"
    )
    assert stored > 0.1 * floor
    assert judged > 10


def check(pc: rig.Pc, ops: list[Op], answer: str) -> None:
    assert set(pc.results(*ops)) == {answer}
