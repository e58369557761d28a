"""What waits and how old the lists are, by a clock somebody vouches for."""

import dataclasses
from pathlib import Path

import pytest
import sqlalchemy as sa

from counter_app.doctor import clock, feeds, network, unsent
from counter_app.doctor.ages import ago
from counter_app.doctor.finding import Finding, Seen, Verdict
from counter_app.doctor.patient import Patient
from counter_app.services.accept_case import AcceptCase
from counter_app.services.save_draft import Draft
from counter_app.store import disagreements, journal, outgoing
from counter_app.store.transaction import write
from tests.fakes import doctor, people, station
from tests.fakes.clock import FakeClock

DAY = 24 * 3600 * 1000


def told(offset_ms: int) -> Seen:
    """The centre was reached and told its time."""
    return {"network": Finding(network.ID, "", Verdict.FINE, "", facts={"offset_ms": offset_ms})}


def at_work(folder: Path) -> Patient:
    services, patient = doctor.at_home(folder)
    answers = station.ready(services, str(people.HEAD[0]))
    services.save_draft(Draft("d1", "resident-enrolment", answers))
    services.accept_case(AcceptCase("d1", "resident-enrolment", answers))
    return patient


def test_nothing_waits(tmp_path: Path) -> None:
    _, patient = doctor.at_home(tmp_path)
    assert unsent.look(patient, told(0)).says == "都到中心了"


@pytest.mark.parametrize(
    ("days", "code"), [(0, ""), (2, ""), (3, "unsent_old"), (400, "unsent_old")]
)
def test_what_waited_long_is_said_by_the_centres_clock(
    tmp_path: Path, days: int, code: str
) -> None:
    patient = at_work(tmp_path)
    found = unsent.look(patient, told(days * DAY))
    assert found.code == code
    assert found.facts["pending"] == 1
    assert found.says.startswith("1 件")


def test_a_clock_nobody_vouches_for_gives_no_age_and_no_alarm(tmp_path: Path) -> None:
    patient = at_work(tmp_path)
    late = FakeClock()
    late.move(days=4000)
    patient = dataclasses.replace(patient, clock=late)
    seen = {"clock": clock.look(patient, {})}
    assert seen["clock"].wrong
    waiting, lists = unsent.look(patient, seen), feeds.look(patient, seen)
    assert (waiting.verdict, lists.verdict) == (Verdict.FINE, Verdict.ABSENT)
    assert "oldest_hours" not in waiting.facts
    assert lists.code == "age_unknown"


@pytest.mark.parametrize(("days", "code"), [(0, ""), (6, ""), (7, "feeds_old"), (90, "feeds_old")])
def test_lists_grow_old(tmp_path: Path, days: int, code: str) -> None:
    _, patient = doctor.at_home(tmp_path)
    found = feeds.look(patient, told(days * DAY))
    assert (found.code, found.wrong) == (code, bool(code))


def test_lists_that_never_came_are_named(tmp_path: Path) -> None:
    _, patient = doctor.at_home(tmp_path)
    assert patient.files is not None
    assert patient.files.reference is not None
    with write(patient.files.reference) as tx:
        tx.execute(sa.text("DELETE FROM cursor"))
    assert feeds.look(patient, told(0)).code == "not_filled"


def test_a_list_that_differs_from_the_centres_is_said_until_it_agrees(tmp_path: Path) -> None:
    _, patient = doctor.at_home(tmp_path)
    assert patient.files is not None
    assert patient.files.station is not None
    feed = f"persons.{people.AREA}"
    with write(patient.files.station) as tx:
        disagreements.note_differing(tx, feed, 3, 1)
    found = feeds.look(patient, told(0))
    assert (found.code, found.facts["differing"]) == ("feeds_differ", 1)
    with write(patient.files.station) as tx:
        disagreements.note_well(tx, feed)
    assert feeds.look(patient, told(0)).code == ""


def test_both_ask_for_a_log_in(tmp_path: Path) -> None:
    _, patient = doctor.at_home(tmp_path)
    closed = dataclasses.replace(patient, files=None)
    assert [look(closed, {}).code for look in (unsent.look, feeds.look)] == ["locked", "locked"]


def test_an_entry_at_the_centre_waits_no_longer(tmp_path: Path) -> None:
    patient = at_work(tmp_path)
    assert patient.files is not None
    assert patient.files.station is not None
    with write(patient.files.station) as tx:
        for entry in journal.pending(tx, 10):
            journal.ack(tx, entry.op_id, "accepted")
    assert unsent.look(patient, told(9 * DAY)).code == ""


def test_words_for_how_long_ago() -> None:
    assert [ago(ms) for ms in (-5, 59_000, 120_000, 3 * 3_600_000, 2 * DAY)] == [
        "不到 1 分钟", "不到 1 分钟", "2 分钟", "3 小时", "2 天",
    ]  # fmt: skip


def test_a_folder_for_sealed_files_that_takes_none_is_said(tmp_path: Path) -> None:
    patient = at_work(tmp_path)
    (patient.profile / outgoing.FOLDER).write_bytes(b"in its place")
    found = unsent.look(patient, told(0))
    assert (found.code, found.facts) == ("unsealed", {"unsealed": 1})
    assert found.says.startswith("1 件")
    (patient.profile / outgoing.FOLDER).unlink()
    assert unsent.look(patient, told(0)).code == ""
