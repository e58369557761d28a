"""Journal and access log: chained, anchored, and told apart from a forgery."""

from pathlib import Path

import pytest

from counter_app.bootstrap import Services
from counter_app.services.accept_case import AcceptCase, CaseAccepted
from counter_app.services.void_case import VoidCase
from counter_app.store import access, journal
from counter_app.store.access import Access
from counter_app.store.transaction import read, write
from counter_app.wire.header import GENESIS, body_sha, read_header
from tests.fakes import people, station


def accepted(services: Services, *certnos: object) -> CaseAccepted:
    answers = station.ready(services, *(str(c) for c in certnos))
    done = services.accept_case(AcceptCase("d1", "resident-enrolment", answers))
    assert isinstance(done, CaseAccepted), done
    return done


@pytest.fixture
def busy(tmp_path: Path) -> Services:
    """A station with three entries: two cases, one of them voided."""
    services = station.make_services(tmp_path)
    services.log_access("open", f"01:{people.HEAD[0]}", "")
    first = accepted(services, people.HEAD[0])
    accepted(services, people.SON[0])
    services.log_access("reveal", f"01:{people.SON[0]}", "核对")
    assert services.void_case(VoidCase(first.case_id, "wrong_person", "找错了人")) == ()
    return services


def test_the_chain_holds(busy: Services) -> None:
    with read(busy.counter.station) as tx:
        assert journal.broken_at(tx) is None
        assert access.broken_at(tx) is None
        assert journal.tip(tx).n == 3
        ops = [p.op for p in journal.pending(tx, 10)]
    headers = [read_header(op.header) for op in ops]
    assert [h.n for h in headers] == [1, 2, 3]
    assert headers[0].prev == GENESIS
    assert [h.kind for h in headers] == ["case.submit", "case.submit", "case.void"]
    assert [h.body_sha for h in headers] == [body_sha(op.body or "") for op in ops]
    assert people.HEAD[0] not in "".join(op.header for op in ops)
    assert str(people.HEAD[2]) not in "".join(op.header for op in ops)


def test_the_access_logs_head_is_anchored_in_the_next_entry(busy: Services) -> None:
    with read(busy.counter.station) as tx:
        rows = access.rows(tx)
        headers = [read_header(p.op.header) for p in journal.pending(tx, 10)]
    assert len(rows) == 2
    assert [h.access_head for h in headers] == [rows[0][2], rows[0][2], rows[1][2]]


@pytest.mark.parametrize(
    "forgery",
    [
        "UPDATE journal SET header = replace(header, 'B', 'C') WHERE n = 2",
        "UPDATE journal SET header = 'x' WHERE n = 2",
        "UPDATE journal SET head = substr(head, 2) || '0' WHERE n = 2",
        "UPDATE body SET text = text || ' ' WHERE op_id = (SELECT op_id FROM journal WHERE n = 2)",
    ],
)
def test_a_changed_entry_is_named(busy: Services, forgery: str) -> None:
    with write(busy.counter.station) as tx:
        if "'C'" in forgery:
            forgery = forgery.replace("'B', 'C'", "'qinghe-02', 'qinghe-03'")
        tx.exec_driver_sql(forgery)
    with read(busy.counter.station) as tx:
        assert journal.broken_at(tx) == 2


def test_a_missing_entry_is_named(busy: Services) -> None:
    with write(busy.counter.station) as tx:
        tx.exec_driver_sql("DELETE FROM delivery WHERE n = 2")
        tx.exec_driver_sql("DELETE FROM body WHERE op_id = (SELECT op_id FROM journal WHERE n = 2)")
        tx.exec_driver_sql("DELETE FROM journal WHERE n = 2")
    with read(busy.counter.station) as tx:
        assert journal.broken_at(tx) == 3


def test_an_erased_body_breaks_nothing(busy: Services) -> None:
    with write(busy.counter.station) as tx:
        tx.exec_driver_sql("UPDATE body SET text = NULL")
    with read(busy.counter.station) as tx:
        assert journal.broken_at(tx) is None


def test_a_changed_look_up_is_named(busy: Services) -> None:
    with write(busy.counter.station) as tx:
        tx.exec_driver_sql("UPDATE access_log SET text = replace(text, '核对', '闲看') WHERE k = 2")
    with read(busy.counter.station) as tx:
        assert access.broken_at(tx) == 2


def test_look_ups_are_written_together(tmp_path: Path) -> None:
    services = station.make_services(tmp_path)
    for n in range(49):
        services.log_access("find", f"01:{n}", "")
    with read(services.counter.station) as tx:
        assert access.rows(tx) == []
    services.log_access("find", "01:50", "")
    services.flush_access()
    with read(services.counter.station) as tx:
        assert len(access.rows(tx)) == 50
        assert access.broken_at(tx) is None


def test_look_ups_of_a_case_that_came_to_nothing_wait_for_the_next(tmp_path: Path) -> None:
    services = station.make_services(tmp_path)
    services.log_access("open", "01:x", "")
    with write(services.counter.station) as tx:
        tx.exec_driver_sql(
            "CREATE TRIGGER no_jobs BEFORE INSERT ON print_job BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
    with pytest.raises(Exception, match="no"):
        accepted(services, people.HEAD[0])
    with write(services.counter.station) as tx:
        assert access.head(tx) == GENESIS
        tx.exec_driver_sql("DROP TRIGGER no_jobs")
    accepted(services, people.HEAD[0])
    with read(services.counter.station) as tx:
        assert [k for k, _, _ in access.rows(tx)] == [1]


def test_delivery_moves_forward_only_by_answers(busy: Services) -> None:
    with write(busy.counter.station) as tx:
        first, second, third = journal.pending(tx, 10)
        assert journal.acked_through(tx) == 0
        journal.postpone(tx, 2, 777)
        assert [p.tries for p in journal.pending(tx, 10)] == [1, 1, 0]
        assert journal.ack(tx, second.op_id, "accepted") == 2
        assert journal.ack(tx, second.op_id, "accepted") is None
        assert journal.ack(tx, "stranger", "accepted") is None
        assert journal.acked_through(tx) == 0
        assert journal.ack(tx, first.op_id, "received") == 1
        assert journal.acked_through(tx) == 2
        journal.mark_durable(tx, 1)
        assert [e.state for e in journal.entries(tx, only_pending=False)] == [0, 1, 2]
        assert [e.n for e in journal.entries(tx, only_pending=True)] == [3]
        assert journal.pending_count(tx) == 1
        assert journal.reopen_after(tx, 1) == 1
        assert journal.pending_count(tx) == 2
        assert journal.body_text(tx, third.op_id) == third.op.body
        assert journal.body_text(tx, "stranger") is None
        for left in journal.pending(tx, 10):
            journal.ack(tx, left.op_id, "accepted")
        assert journal.acked_through(tx) == 3


def test_an_empty_journal_begins_at_genesis(tmp_path: Path) -> None:
    counter = station.make_counter(tmp_path)
    with write(counter.station) as tx:
        assert journal.tip(tx) == journal.Tip(0, GENESIS)
        assert journal.acked_through(tx) == 0
        assert access.head(tx) == GENESIS
        access.append(tx, [Access(1, "0312", "log_in", "")])
        assert access.head(tx) != GENESIS
