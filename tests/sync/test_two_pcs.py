"""Two PCs of a station and a centre that goes back in time."""

from pathlib import Path

import httpx
import pytest

from counter_app.services.queries.outbox import WHY
from counter_app.services.queries.witnesses import Held, by_receipt
from counter_app.services.read_frozen import read_frozen
from counter_app.services.sign_code import sign_code
from counter_app.services.void_case import VoidCase
from counter_app.store import cases, station_tables, undurable
from counter_app.store.transaction import read, write
from counter_app.sync.cycle import open_client
from counter_app.sync.desk import Report
from counter_app.sync.pull_station import pull_cases, pull_decisions
from tests.fakes import people
from tests.fakes.centre import FakeCentre, Line
from tests.sync import desk


@pytest.fixture
def centre() -> FakeCentre:
    return FakeCentre()


def story(services: desk.Services, case_id: str) -> list[str]:
    with read(services.counter.station) as tx:
        return [words for _, words in cases.story(tx, case_id)]


def test_a_take_over_travels_even_before_its_decision(tmp_path: Path, centre: FakeCentre) -> None:
    first = desk.enrolled(tmp_path / "a", centre, "pc-A")
    second = desk.enrolled(tmp_path / "b", centre, "pc-B")
    case = desk.accept(first, people.HEAD[0])
    desk.go(first, centre)
    centre.decide(desk.CODE, desk.decision(case, "rejected"))
    desk.go(first, centre)
    assert first.take_over(case.case_id)
    assert first.tell_citizen(case.case_id, "in_person")
    desk.go(first, centre)
    decisions = centre.feeds.pop(f"decisions.{desk.CODE}")
    desk.go(second, centre)
    assert desk.open_task(second.counter, case.case_id) is None
    centre.feeds[f"decisions.{desk.CODE}"] = decisions
    desk.go(second, centre)
    task = desk.open_task(second.counter, case.case_id)
    assert task is not None
    assert (task.owner, task.owner_name) == ("0312", "李敏")
    assert "当面告知" in task.told
    assert "李敏接手" in story(second, case.case_id)
    desk.go(second, centre)
    assert len(story(second, case.case_id)) == len(set(story(second, case.case_id)))


def test_the_other_pcs_void_frees_the_year(tmp_path: Path, centre: FakeCentre) -> None:
    first = desk.enrolled(tmp_path / "a", centre, "pc-A")
    second = desk.enrolled(tmp_path / "b", centre, "pc-B")
    case = desk.accept(first, people.SON[0])
    desk.go(first, centre)
    desk.go(second, centre)
    with read(second.counter.station) as tx:
        assert cases.enrolled(tx, [f"01:{people.SON[0]}"])
    assert first.void_case(VoidCase(case.case_id, "doubled", "重复了")) == ()
    desk.go(first, centre)
    desk.go(second, centre)
    assert desk.state(second, case.case_id) == "voided"
    with read(second.counter.station) as tx:
        assert cases.enrolled(tx, [f"01:{people.SON[0]}"]) == []


def test_an_amended_case_replaces_its_older_revision(tmp_path: Path, centre: FakeCentre) -> None:
    first = desk.enrolled(tmp_path / "a", centre, "pc-A")
    second = desk.enrolled(tmp_path / "b", centre, "pc-B")
    case = desk.accept(first, people.HEAD[0])
    desk.go(first, centre)
    old = desk.decision(case, "rejected")
    centre.decide(desk.CODE, old)
    desk.go(first, centre)
    desk.go(second, centre)
    assert [item.kind for item in second.worklist()] == ["rejected"]
    desk.accept(first, people.HEAD[0], people.SON[0], case_id=case.case_id)
    desk.go(first, centre)
    desk.go(second, centre)
    assert second.worklist() == ()
    assert desk.state(second, case.case_id) == "received"
    centre.decide(desk.CODE, old)
    desk.go(first, centre)
    desk.go(second, centre)
    assert desk.state(first, case.case_id) == "received"
    assert desk.state(second, case.case_id) == "received"
    centre.decide(desk.CODE, desk.decision(case, "accepted", rev=2))
    desk.go(second, centre)
    assert desk.state(second, case.case_id) == "accepted"
    with read(second.counter.station) as tx:
        row = cases.get(tx, case.case_id)
        assert row is not None
        assert row.rev == 2
        assert "2 人" in row.summary


def test_a_receipt_of_what_another_pc_wrote_accuses_nobody(
    tmp_path: Path, centre: FakeCentre
) -> None:
    first = desk.enrolled(tmp_path / "a", centre, "pc-A")
    second = desk.enrolled(tmp_path / "b", centre, "pc-B")
    theirs, ours = desk.accept(first, people.HEAD[0]), desk.accept(second, people.SON[0])
    desk.go(first, centre)
    desk.go(second, centre)
    texts = {}
    for case in (theirs, ours):
        frozen = read_frozen(second.counter, case.case_id)
        assert frozen is not None
        texts[case.case_id] = sign_code(second.counter, frozen)

    def held(case_id: str) -> Held:
        with read(second.counter.station) as tx:
            return by_receipt(tx, second.counter.identity, texts[case_id]).held

    assert (held(theirs.case_id), held(ours.case_id)) == (Held.STRANGER, Held.AGREES)
    forged = station_tables.journal.update().values(head="0" * 64)
    with write(second.counter.station) as tx:
        tx.execute(forged)
    assert held(ours.case_id) == Held.GONE


def test_a_receipt_of_a_number_given_twice_can_be_scanned(
    tmp_path: Path, centre: FakeCentre
) -> None:
    services = desk.enrolled(tmp_path, centre)
    first, second = desk.accept(services, people.HEAD[0]), desk.accept(services, people.SON[0])
    assert services.void_case(VoidCase(first.case_id, "doubled", "重复了")) == ()
    table = station_tables.case
    marked = f"{first.case_no}{cases.TWICE}{second.case_id[-4:]}）"
    with write(services.counter.station) as tx:
        tx.execute(table.update().where(table.c.case_id == second.case_id).values(case_no=marked))
    frozen = read_frozen(services.counter, second.case_id)
    assert frozen is not None
    text = sign_code(services.counter, frozen)
    assert text.isascii()
    assert services.verify_receipt(text).case_id == second.case_id


def test_rows_that_do_not_belong_together_are_left_out(
    tmp_path: Path, centre: FakeCentre, unexpected_logs: list[object]
) -> None:
    first = desk.enrolled(tmp_path / "a", centre, "pc-A")
    second = desk.enrolled(tmp_path / "b", centre, "pc-B")
    case = desk.accept(first, people.HEAD[0])
    desk.go(first, centre)
    ((seq, row),) = centre.feeds[f"cases.{desk.CODE}"]
    centre.feeds[f"cases.{desk.CODE}"] = [
        (seq, [row[0], row[1], str(row[2]).replace("赵国强", "赵国弱"), row[3]])
    ]
    centre.publish(f"cases.{desk.CODE}", ["x", "not a header", "body", "received"])
    report = desk.go(second, centre)
    assert report.ok
    assert len(report.refused) == 2
    assert len(unexpected_logs) == 2
    unexpected_logs.clear()
    with read(second.counter.station) as tx:
        assert cases.get(tx, case.case_id) is None


@pytest.mark.parametrize("said", [True, False])
def test_a_restored_centre_gets_everything_again(
    tmp_path: Path, centre: FakeCentre, said: bool
) -> None:
    services = desk.enrolled(tmp_path, centre)
    case = desk.accept(services, people.HEAD[0])
    later = desk.accept(services, people.SON[0])
    desk.go(services, centre)
    centre.decide(desk.CODE, desk.decision(case, "rejected"))
    centre.decide(desk.CODE, desk.decision(later, "accepted"))
    desk.go(services, centre)
    assert desk.state(services, later.case_id) == "accepted"
    centre.ops, centre.feeds, centre.seq = {}, {}, 0
    if said:
        centre.epoch = "e2"
    centre.answer = "received"
    report = desk.go(services, centre)
    assert report.ok
    assert report.rolled_back == 2
    assert len(centre.ops) == 2
    assert desk.pending(services) == 0
    assert desk.state(services, case.case_id) == "received"
    assert services.worklist() == ()
    centre.decide(desk.CODE, desk.decision(case, "accepted"))
    centre.decide(desk.CODE, desk.decision(later, "held"))
    desk.go(services, centre)
    assert desk.state(services, case.case_id) == "accepted"
    assert desk.state(services, later.case_id) == "held"
    assert [item.case_id for item in services.worklist()] == [later.case_id]


def test_a_centre_that_can_never_count_on_is_not_asked_for_ever(
    tmp_path: Path, centre: FakeCentre
) -> None:
    services = desk.enrolled(tmp_path, centre)
    desk.accept(services, people.HEAD[0])
    desk.go(services, centre)
    centre.n_contig = lambda dev: (0, "0" * 64)  # type: ignore[method-assign]  # a centre that lost its count
    for _ in range(4):
        desk.go(services, centre)
    assert desk.pending(services) == 0
    assert len(centre.arrived) <= 3


def test_a_forked_device_goes_on_under_a_new_epoch(tmp_path: Path, centre: FakeCentre) -> None:
    services = desk.enrolled(tmp_path, centre)
    desk.accept(services, people.HEAD[0])
    centre.answer = "device_forked"
    desk.go(services, centre)
    centre.answer = "received"
    desk.accept(services, people.SON[0])
    assert desk.go(services, centre).ok
    epochs = [stored.header.split('"ep":')[1][0] for stored in centre.ops.values()]
    assert epochs == ["1", "2"]
    assert desk.pending(services) == 0


def test_what_a_copied_disk_sent_makes_no_entry_of_this_one_durable(
    tmp_path: Path, centre: FakeCentre
) -> None:
    services = desk.enrolled(tmp_path, centre)
    desk.accept(services, people.HEAD[0])
    centre.durable = 9
    centre.n_contig = lambda dev: (5, "f" * 64)  # type: ignore[method-assign]  # the copy was quicker
    centre.answer = "device_forked"
    for _ in range(2):
        desk.go(services, centre)
    with read(services.counter.station) as tx:
        assert len(undurable.numbers(tx)) == 1


@pytest.mark.parametrize("pulled_first", [True, False])
def test_the_slower_of_two_changes_gives_way_without_a_task(
    tmp_path: Path, centre: FakeCentre, pulled_first: bool
) -> None:
    first = desk.enrolled(tmp_path / "a", centre, "pc-A")
    second = desk.enrolled(tmp_path / "b", centre, "pc-B")
    case = desk.accept(first, people.HEAD[0])
    desk.go(first, centre)
    centre.decide(desk.CODE, desk.decision(case, "rejected"))
    desk.go(first, centre)
    desk.go(second, centre)
    desk.accept(first, people.HEAD[0], people.SON[0], case_id=case.case_id)
    desk.accept(second, people.HEAD[0], case_id=case.case_id)
    desk.go(first, centre)
    centre.answer = "rejected:STALE"
    if pulled_first:
        centre.decide(desk.CODE, desk.decision(case, "accepted", rev=2))
        with open_client(second.counter, Line(centre)) as client:
            pull_decisions(second.counter, client, Report())
            pull_cases(second.counter, client, Report())
    desk.go(second, centre)
    desk.go(second, centre)
    assert desk.pending(second) == 0
    assert second.worklist() == ()
    assert desk.state(second, case.case_id) == ("accepted" if pulled_first else "received")
    with read(second.counter.station) as tx:
        row = cases.get(tx, case.case_id)
        assert row is not None
        assert (row.rev, row.summary.count("2 人")) == (2, 1)
        assert {s for s, *_ in cases.enrolled(tx, [f"01:{people.SON[0]}"])}
    assert any("本机改的没有采用" in words for words in story(second, case.case_id))


@pytest.mark.parametrize("decided_before", [True, False])
def test_a_void_that_comes_too_late_puts_the_case_back(
    tmp_path: Path, centre: FakeCentre, decided_before: bool
) -> None:
    services = desk.enrolled(tmp_path, centre)
    case = desk.accept(services, people.SON[0])
    desk.go(services, centre)
    centre.decide(desk.CODE, desk.decision(case, "accepted"))
    desk.go(services, centre)
    assert services.void_case(VoidCase(case.case_id, "doubled", "重复了")) == ()
    late = desk.decision(case, "accepted", code="VOID_LATE", text="作废没有生效")
    centre.answers["case.void"] = "rejected:LATE"
    if decided_before:
        centre.decide(desk.CODE, late)
        with open_client(services.counter, Line(centre)) as client:
            pull_decisions(services.counter, client, Report())
    desk.go(services, centre)
    if not decided_before:
        centre.decide(desk.CODE, late)
        desk.go(services, centre)
    assert desk.state(services, case.case_id) == "accepted"
    assert services.worklist() == ()
    assert desk.open_task(services.counter, case.case_id) is None
    with read(services.counter.station) as tx:
        assert cases.enrolled(tx, [f"01:{people.SON[0]}"])
    assert "中心没有同意作废，这一件照旧有效" in story(services, case.case_id)


class Revoking(FakeCentre):
    """Gives this PC nothing any more, and sets its entries apart."""

    code = "revoked"

    def _signed(self, path: str, dev: str, request: httpx.Request) -> httpx.Response:
        return self.error(401, self.code)


def test_the_clerk_of_a_revoked_pc_is_told(tmp_path: Path) -> None:
    centre = Revoking(answer="received:QUARANTINE")
    services = desk.enrolled(tmp_path, centre)
    case = desk.accept(services, people.HEAD[0])
    report = desk.go(services, centre)
    assert (report.ok, report.acked) == (False, 1)
    assert services.counter.network.why == "revoked"
    told = "中心停用了这台电脑，业务已收存，请打县医保中心电话"
    assert WHY[services.counter.network.why] == told
    assert story(services, case.case_id)[0] == told


def test_the_clerk_of_a_pc_with_an_old_certificate_is_told(tmp_path: Path) -> None:
    centre = Revoking(answer="received:QUARANTINE")
    centre.code = "expired"
    services = desk.enrolled(tmp_path, centre)
    desk.accept(services, people.HEAD[0])
    assert (desk.go(services, centre).acked, desk.pending(services)) == (1, 0)
    assert "证书到期" in WHY[services.counter.network.why]
