"""What the state machine found, each as its shortest road."""

from pathlib import Path

import pytest

from counter_app.store import cases, journal, tasks
from counter_app.store.transaction import read
from tests.fakes.clock import FakeClock
from tests.fakes.judging import JudgingCentre
from tests.proof import trial
from tests.sync import township
from tests.sync.township import PEOPLE, Pc


@pytest.fixture
def centre() -> JudgingCentre:
    return JudgingCentre()


@pytest.fixture
def pcs(tmp_path: Path, centre: JudgingCentre) -> dict[str, Pc]:
    made = township.prepare(tmp_path / "made", centre)
    return {n: township.copied(pc, tmp_path / n, FakeClock()) for n, pc in made.items()}


def waiting(pc: Pc) -> int:
    with read(pc.counter.station) as tx:
        return journal.pending_count(tx)


def state(pc: Pc, case_id: str) -> str:
    with read(pc.counter.station) as tx:
        row = cases.get(tx, case_id)
    return row.state if row else ""


def close(*pcs: Pc) -> None:
    for pc in pcs:
        trial.close(pc.counter)


def test_a_revoked_pc_sends_again_what_a_restored_centre_lost(
    centre: JudgingCentre, pcs: dict[str, Pc]
) -> None:
    pc = pcs["far-C"]
    saved = centre.save()
    township.note(pc)
    assert township.sync(pc, centre, []).ok
    centre.revoked.add("far-C")
    township.note(pc)
    township.sync(pc, centre, [])
    assert (waiting(pc), len(centre.quarantine)) == (0, 1)
    centre.load(saved)
    centre.epoch = "e2"
    assert township.sync(pc, centre, []).rolled_back == 2
    assert (waiting(pc), len(centre.quarantine)) == (0, 2)
    assert township.sync(pc, centre, []).sent == 0
    close(*pcs.values())


def test_a_cloned_disk_takes_the_other_ones_count_for_nothing(
    tmp_path: Path, centre: JudgingCentre, pcs: dict[str, Pc]
) -> None:
    """A restored centre counts three entries of the twin; this PC's own three are gone there."""
    pc = pcs["pc-A"]
    twin = township.copied(pc, tmp_path / "twin", FakeClock())
    for _ in range(3):
        township.note(twin)
    assert township.sync(twin, centre, []).ok
    saved = centre.save()
    for _ in range(3):
        township.note(pc)
    assert township.sync(pc, centre, []).ok
    centre.load(saved)
    centre.epoch = "e2"
    township.sync(pc, centre, [])
    assert len(centre.ops) == 6
    assert waiting(pc) == 0
    close(*pcs.values(), twin)


def test_a_void_of_elsewhere_that_never_comes_again_is_undone(
    centre: JudgingCentre, pcs: dict[str, Pc]
) -> None:
    """The centre went back to before another PC's void, and that PC is gone: the case stands."""
    pc, other = pcs["pc-A"], pcs["pc-B"]
    case = township.submit(pc, PEOPLE[0], ())
    assert township.sync(pc, centre, []).ok
    saved = centre.save()
    assert township.void(pc, case)
    for one in (pc, other):
        assert township.sync(one, centre, []).ok
    assert state(other, case) == "voided"
    centre.load(saved)
    centre.epoch = "e2"
    assert township.sync(other, centre, []).ok
    assert state(other, case) == "accepted"
    # it was not gone after all
    for one in (pc, other):
        assert township.sync(one, centre, []).ok
    assert (state(pc, case), state(other, case)) == ("voided", "voided")
    close(*pcs.values())


def test_one_number_on_two_cases_stops_nobody(
    tmp_path: Path, centre: JudgingCentre, pcs: dict[str, Pc]
) -> None:
    """Two PCs with one disk count on from one number; all PCs of the station show both cases."""
    pc, other = pcs["pc-A"], pcs["pc-B"]
    twin = township.copied(pc, tmp_path / "twin", FakeClock())
    forked = township.submit(pc, PEOPLE[0], ()), township.submit(twin, PEOPLE[1], ())
    for one in (pc, twin):
        assert township.sync(one, centre, []).ok
    first = township.submit(pc, PEOPLE[2], ())
    second = township.submit(twin, PEOPLE[0], ())
    for one in (pc, twin, other, pc, other):
        assert township.sync(one, centre, []).ok
    with read(twin.counter.station) as tx:
        stored = cases.get(tx, forked[1])
        task = tasks.of_case(tx, forked[1])
    # the centre keeps a branch it cannot place, and judges nothing of it: a clerk must know
    assert stored is not None
    assert (stored.state, task is not None) == ("rejected", True)
    with read(other.counter.station) as tx:
        numbers = [cases.get(tx, case_id) for case_id in (first, second)]
    plain, marked = sorted(row.case_no for row in numbers if row is not None)
    assert marked == f"{plain}（重号{marked[-5:-1]}）"
    third = township.submit(pc, PEOPLE[1], ())
    assert township.sync(pc, centre, []).ok
    assert third in centre.files
    close(*pcs.values(), twin)


def test_a_disk_the_centre_counts_another_chain_of_comes_to_rest(
    tmp_path: Path, centre: JudgingCentre, pcs: dict[str, Pc]
) -> None:
    """A restored centre had the copy's entry under the same number: each answer undid the one before."""
    pc = pcs["pc-A"]
    twin = township.copied(pc, tmp_path / "twin", FakeClock())
    saved = centre.save()
    township.submit(twin, PEOPLE[0], ())
    assert township.sync(twin, centre, []).ok
    centre.load(saved)
    centre.epoch = "e2"
    township.note(pc)
    assert township.sync(pc, centre, []).ok
    township.submit(twin, PEOPLE[1], ())
    assert [township.sync(twin, centre, []).ok for _ in range(2)] == [True, True]
    assert waiting(twin) == 0
    assert township.sync(twin, centre, []).sent == 0
    township.note(twin)
    assert township.sync(twin, centre, []).ok
    assert waiting(twin) == 0
    close(*pcs.values(), twin)


def test_a_forked_entry_sent_late_undoes_nothing_of_the_new_epoch(
    tmp_path: Path, centre: JudgingCentre, pcs: dict[str, Pc]
) -> None:
    """Its first try died at the centre; what is counted of the old epoch is the other disk's."""
    pc = pcs["pc-A"]
    twin = township.copied(pc, tmp_path / "twin", FakeClock())
    township.submit(twin, PEOPLE[0], ())
    assert not township.sync(twin, centre, ["ok", "died"]).ok
    township.submit(pc, PEOPLE[1], ())
    assert township.sync(pc, centre, []).ok
    for person in PEOPLE[:2]:
        township.submit(twin, person, ())
        township.sync(twin, centre, [])
    township.sync(twin, centre, [])
    assert waiting(twin) == 0
    assert township.sync(twin, centre, []).sent == 0
    close(*pcs.values(), twin)


def test_a_hello_between_sending_again_and_the_answer_opens_nothing_anew(
    tmp_path: Path, centre: JudgingCentre, pcs: dict[str, Pc]
) -> None:
    """The copy's number 3 stands at the centre: this disk's own is set apart, and sent twice, not for ever."""
    pc = pcs["pc-A"]
    twin = township.copied(pc, tmp_path / "twin", FakeClock())
    township.note(pc)
    for _ in range(2):
        township.note(twin)
        township.sync(twin, centre, ["lost"])
    assert township.sync(pc, centre, []).ok
    township.note(twin)
    assert township.sync(twin, centre, []).ok
    for _ in range(2):
        township.note(pc)
    assert [township.sync(pc, centre, []).rolled_back for _ in range(3)] == [1, 0, 0]
    assert waiting(pc) == 0
    close(*pcs.values(), twin)


def test_a_void_the_centre_sets_apart_leaves_the_case_as_it_was_decided(
    tmp_path: Path, centre: JudgingCentre, pcs: dict[str, Pc]
) -> None:
    """The void is this disk's first entry, and the centre has the copy's under that number."""
    pc = pcs["pc-A"]
    twin = township.copied(pc, tmp_path / "twin", FakeClock())
    case = township.submit(twin, PEOPLE[0], ())
    for one in (twin, pc):
        assert township.sync(one, centre, []).ok
    assert township.void(pc, case)
    assert township.sync(pc, centre, []).ok
    assert (state(pc, case), centre.files[case].status) == ("accepted", "accepted")
    close(*pcs.values(), twin)


def test_a_held_case_whose_void_is_set_apart_is_asked_about_again(
    tmp_path: Path, centre: JudgingCentre, pcs: dict[str, Pc]
) -> None:
    """Its task was closed with the void."""
    pc, other = pcs["pc-A"], pcs["pc-B"]
    twin = township.copied(pc, tmp_path / "twin", FakeClock())
    township.submit(other, PEOPLE[0], ())
    assert township.sync(other, centre, []).ok
    case = township.submit(twin, PEOPLE[0], ())
    assert township.sync(twin, centre, []).ok
    assert state(twin, case) == "held"
    assert township.sync(pc, centre, []).ok
    with read(pc.counter.station) as tx:
        kept = tasks.of_case(tx, case)
    assert kept is not None
    assert township.void(pc, case)
    assert township.sync(pc, centre, []).ok
    assert state(pc, case) == "held"
    with read(pc.counter.station) as tx:
        again = tasks.of_case(tx, case)
    assert again is not None
    assert again.body == kept.body
    close(*pcs.values(), twin)


def test_two_epochs_of_one_disk_do_not_undo_each_others_rest(
    tmp_path: Path, centre: JudgingCentre, pcs: dict[str, Pc]
) -> None:
    """An entry of the old epoch the centre set apart, beside a newer epoch whose chain counts on."""
    pc = pcs["pc-B"]
    twin = township.copied(pc, tmp_path / "twin", FakeClock())
    for person, script in ((PEOPLE[2], ["ok", "flip_up", "cut"]), (PEOPLE[1], ["portal"])):
        township.submit(twin, person, ())
        assert not township.sync(twin, centre, script).ok
    for person in PEOPLE[:2]:
        township.submit(pc, person, ())
    township.note(pc)
    assert township.sync(pc, centre, []).ok
    for person in PEOPLE[:2]:
        township.submit(twin, person, ())
        assert township.sync(twin, centre, []).ok
    for _ in range(2):
        assert township.sync(twin, centre, []).ok
    assert waiting(twin) == 0
    assert township.sync(twin, centre, []).sent == 0
    close(*pcs.values(), twin)


def test_a_void_forgotten_with_a_backup_and_then_set_apart_leaves_the_case_standing(
    tmp_path: Path, centre: JudgingCentre, pcs: dict[str, Pc]
) -> None:
    """The decision the case kept was the void's own, of before the centre went back."""
    pc = pcs["pc-A"]
    case = township.submit(pc, PEOPLE[0], ())
    twin = township.copied(pc, tmp_path / "twin", FakeClock())
    saved = centre.save()
    assert township.void(pc, case)
    township.submit(pc, PEOPLE[0], ())
    assert township.sync(pc, centre, []).ok
    assert state(pc, case) == "voided"
    centre.load(saved)
    centre.epoch = "e2"
    township.submit(twin, PEOPLE[0], ())
    for one in (twin, pc, twin, pc):
        assert township.sync(one, centre, []).ok
    assert (centre.files[case].status, state(pc, case)) == ("accepted", "accepted")
    close(*pcs.values(), twin)
