"""A batch's answers taken in sets leave the station as answers taken one after another do."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.bootstrap import Services
from counter_app.services.void_case import VoidCase
from counter_app.store import journal
from counter_app.store.transaction import WriteTx, read, write
from counter_app.sync import answers
from counter_app.wire.header import read_header
from counter_app.wire.messages import OpResult
from tests.fakes import people
from tests.fakes.centre import FakeCentre
from tests.proof import trial
from tests.proof.places import note
from tests.sync import desk

WORDS = (
    "received",
    "accepted",
    "duplicate",
    "held:DUP_ENROL",
    "rejected:RULES",
    "rejected:STALE",
    "rejected:LATE",
    "received:QUARANTINE",
    "device_forked",
    "id_reused",
    "a word of next year",
)
TABLES = ("case_file", "case_year", "case_hold", "task", "delivery", "meta")
Waiting = list[journal.Pending]


class Pc:
    """Kept out of a report's words, which would print all of its parts."""

    def __init__(self, services: Services) -> None:
        self.services = services


@pytest.fixture(scope="module")
def pc(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pc]:
    """Three cases waiting, one of them voided again, and notes."""
    services = desk.enrolled(tmp_path_factory.mktemp("answers"), FakeCentre())
    for who in (people.HEAD, people.SON, people.MOTHER):
        case = desk.accept(services, who[0])
        note(services.counter)
        if who is people.SON:
            gone = VoidCase(case.case_id, "wrong_person", "找错了人")
            assert services.void_case(gone) == ()
    yield Pc(services)
    services.counter.close()


def waiting(pc: Pc) -> Waiting:
    with read(pc.services.counter.station) as tx:
        return journal.pending(tx, 50)


def left_by(pc: Pc, batches: list[list[OpResult]]) -> dict[str, object]:
    """All tables after the answers, which are taken back then, and how many settled something."""
    headers = {entry.op_id: entry.op.header for entry in waiting(pc)}
    with write(pc.services.counter.station) as tx:
        before = tx.begin_nested()
        settled = sum(answers.take(tx, headers, batch, 7) for batch in batches)
        seen = {"settled": settled, **_tables(tx)}
        before.rollback()
    return seen


def _tables(tx: WriteTx) -> dict[str, object]:
    rows: dict[str, object] = {
        name: sorted(map(repr, tx.exec_driver_sql(f"select * from {name}"))) for name in TABLES
    }
    told = tx.exec_driver_sql("select case_id, at, words from history order by case_id, id")
    return {**rows, "history": [tuple(row) for row in told]}


@given(words=st.lists(st.sampled_from(WORDS), min_size=7, max_size=7), twice=st.booleans())
def test_a_batch_is_taken_as_its_answers_one_by_one(pc: Pc, words: list[str], twice: bool) -> None:
    entries = waiting(pc)
    assert len(entries) == len(words)
    results = [
        OpResult(id=entry.op_id, r=word, text="")
        for entry, word in zip(entries, words, strict=True)
    ]
    results.append(OpResult(id="of nobody here", r="accepted"))
    if twice:
        # a centre that answers twice: the first counts
        results += [OpResult(id=entries[0].op_id, r="rejected:RULES")]
    together = left_by(pc, [results])
    assert together == left_by(pc, [[result] for result in results])
    assert together["settled"] == sum(word != WORDS[-1] for word in words)


def test_what_only_moves_is_written_in_sets(pc: Pc) -> None:
    alone = [e for e in waiting(pc) if read_header(e.op.header).kind == "case.submit"]
    alone = [alone[0], alone[2]]
    with trial.at_statement(0, lambda: None) as seen:
        left_by(pc, [[OpResult(id=entry.op_id, r="received") for entry in alone]])
    written = [words for words in seen if words.lower().startswith(("update", "insert"))]
    # delivery, state, years, holds, history: once for all of them
    assert len(written) == 5
