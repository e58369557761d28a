"""A case changes hands inside the station: a note in the journal, seen at the other PCs, lost to nobody."""

import dataclasses
from pathlib import Path

import pytest

from counter_app.kernel.problems import Problem
from counter_app.services.context import Clerk, Counter
from counter_app.services.hand_over import hand_over
from counter_app.services.queries.colleagues import colleagues
from counter_app.services.retry_now import retry_now
from counter_app.store import cases, journal, key_slots, reference, sending
from counter_app.store.transaction import read, write
from counter_app.wire.header import read_header
from tests.fakes import people, worklists
from tests.fakes.centre import FakeCentre
from tests.sync import desk

LISTED = [
    ["0312", "李敏", "accept void_others", True],
    ["0512", "王芳", "accept", True],
    ["0513", "赵凯", "", True],
    ["0514", "钱进", "accept", False],
]


@pytest.fixture
def centre() -> FakeCentre:
    made = FakeCentre(answer="rejected:RULES")
    made.publish("clerks.990101104000", *LISTED)
    return made


def test_the_other_pc_sees_who_has_it_now(tmp_path: Path, centre: FakeCentre) -> None:
    first = desk.enrolled(tmp_path / "a", centre, "pc-A")
    second = desk.enrolled(tmp_path / "b", centre, "pc-B")
    case = desk.accept(first, people.HEAD[0])
    centre.decide(desk.CODE, desk.decision(case, "rejected"))
    assert desk.go(first, centre).ok
    assert [c.name for c in colleagues(first.counter)] == ["王芳"]
    assert hand_over(first.counter, case.case_id, "0512") is None
    task = desk.open_task(first.counter, case.case_id)
    assert task is not None
    assert (task.owner, task.owner_name) == ("0512", "王芳")
    with read(first.counter.station) as tx:
        (note,) = journal.pending(tx, 5)
        assert any("李敏交给王芳" in words for _, words in cases.story(tx, case.case_id))
    assert read_header(note.op.header).kind == "note"
    assert desk.go(first, centre).ok
    assert desk.go(second, centre).ok
    there = desk.open_task(second.counter, case.case_id)
    assert there is not None
    assert (there.owner, there.owner_name) == ("0512", "王芳")


def test_only_those_with_the_right_give_and_get(tmp_path: Path, centre: FakeCentre) -> None:
    services = desk.enrolled(tmp_path, centre)
    case = desk.accept(services, people.HEAD[0])
    assert desk.go(services, centre).ok
    guest = dataclasses.replace(services.counter, clerk=Clerk("0513", "赵凯"))
    for counter, to, code in (
        (guest, "0512", "no_right"),
        (services.counter, "0513", "no_colleague"),
        (services.counter, "0514", "no_colleague"),
        (services.counter, "0312", "no_colleague"),
    ):
        refused = hand_over(counter, case.case_id, to)
        assert isinstance(refused, Problem)
        assert refused.code == code
    with read(services.counter.station) as tx:
        assert journal.pending_count(tx) == 0
    gone = hand_over(services.counter, "no-such-case", "0512")
    assert isinstance(gone, Problem)
    assert gone.code == "gone"


def test_before_any_list_came_this_pcs_own_clerks_are_known(tmp_path: Path) -> None:
    services = desk.enrolled(tmp_path, FakeCentre())
    key_slots_of = ("0512", "王芳", ("accept",), 0, 0)
    (tmp_path / "keys.json").write_text('{"device_secret": "00"}', "utf-8")
    key_slots.put(tmp_path, key_slots.Slot(*key_slots_of), "一句很长的口令", b"\x01" * 32)
    assert [c.id for c in colleagues(services.counter)] == ["0512"]
    with read(services.counter.reference) as tx:
        assert reference.clerks(tx) == []


def test_one_entry_or_all_wait_for_nothing_any_more(tmp_path: Path) -> None:
    services = desk.enrolled(tmp_path, FakeCentre())
    for who in (people.HEAD, people.MOTHER):
        worklists.accepted(services, str(who[0]))
    with write(services.counter.station) as tx:
        sending.postpone(tx, 2, 999, "network")
        sending.set_apart(tx, 2, sending.Fared("server", 2), 5_000)
    assert retry_now(services.counter, 2) == 1
    assert [row.next_at for row in _waiting(services.counter)] == [0, 999]
    assert retry_now(services.counter) == 2
    assert [row.next_at for row in _waiting(services.counter)] == [0, 0]


def _waiting(counter: Counter) -> list[journal.EntryRow]:
    with read(counter.station) as tx:
        return journal.entries(tx, only_pending=True)
