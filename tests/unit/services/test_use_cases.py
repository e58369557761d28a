"""The use-cases around the case: drafts, void, worklist, date, identity."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from counter_app.bootstrap import Services, bind, open_counter
from counter_app.domain.policy.shelf import parse
from counter_app.kernel.clock import CHINA, to_ms
from counter_app.kernel.errors import EnvironmentFault
from counter_app.services.accept_case import AcceptCase, CaseAccepted
from counter_app.services.check_date import check_date, confirm_date
from counter_app.services.context import Clerk
from counter_app.services.read_identity import StoredIdentity, read_identity, save_identity
from counter_app.services.save_draft import Draft
from counter_app.services.void_case import VoidCase
from counter_app.store import access, cases, journal, print_jobs, profile, tasks
from counter_app.store.transaction import read, write
from counter_app.wire import keys
from counter_app.wire.header import read_header
from tests.fakes import people, station
from tests.fakes.clock import FakeClock

ITEM = "resident-enrolment"
HEAD = str(people.HEAD[0])


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def services(tmp_path: Path, clock: FakeClock) -> Services:
    return station.make_services(tmp_path, clock)


@pytest.fixture
def case_id(services: Services) -> str:
    done = services.accept_case(AcceptCase("d1", ITEM, station.ready(services, HEAD)))
    assert isinstance(done, CaseAccepted)
    return done.case_id


def as_clerk(services: Services, *rights: str) -> Services:
    return bind(replace(services.counter, clerk=Clerk("0315", "周建国", rights)))


def test_a_draft_is_left_and_taken_up_by_a_colleague(services: Services) -> None:
    answers = station.ready(services, HEAD)
    services.save_draft(Draft("d1", ITEM, answers, place="tel", words="回去取证", parked=True))
    taken = as_clerk(services).open_draft("d1")
    assert taken is not None
    assert (taken.answers, taken.place, taken.words) == (answers, "tel", "回去取证")
    services.flush_access()
    with read(services.counter.station) as tx:
        assert "take_draft" in "".join(text for _, text, _ in access.rows(tx))
    services.drop_draft("d1")
    assert services.open_draft("d1") is None
    services.drop_draft("d1")


def test_opening_a_case_is_logged_once_for_each_look(services: Services, case_id: str) -> None:
    other = as_clerk(services)
    services.counter.access.take()
    for who in (services, services, other, services):
        assert who.case_view(case_id) is not None
    assert services.case_view("nowhere") is None
    looks = [(r.clerk, r.what, r.subject) for r in services.counter.access.take()]
    assert looks == [
        ("0312", "open", case_id),
        ("0315", "open", case_id),
        ("0312", "open", case_id),
    ]


def void(services: Services, case_id: str, **more: object) -> set[str]:
    return {
        p.code for p in services.void_case(VoidCase(case_id, "wrong_person", "找错了人", **more))
    }


def test_a_void_closes_everything_once(services: Services, case_id: str) -> None:
    assert void(services, case_id) == set()
    with read(services.counter.station) as tx:
        row = cases.get(tx, case_id)
        assert row is not None
        assert row.state == "voided"
        assert {j.state for j in print_jobs.of_case(tx, case_id)} == {"blocked"}
        assert read_header(journal.pending(tx, 9)[1].op.header).kind == "case.void"
    assert void(services, case_id) == {"state"}
    again = services.accept_case(AcceptCase("d2", ITEM, station.ready(services, HEAD)))
    assert isinstance(again, CaseAccepted)


def test_who_may_void(services: Services, case_id: str) -> None:
    assert void(as_clerk(services), case_id) == {"right"}
    assert void(services, "nowhere") == {"gone"}
    other = replace(services.counter, identity=station.identity(dev="qinghe-03"))
    assert void(bind(other), case_id) == {"other_pc"}
    assert void(as_clerk(services, "void_others"), case_id) == set()


def test_only_on_its_day(services: Services, case_id: str, clock: FakeClock) -> None:
    clock.move(hours=10)
    assert void(services, case_id) == {"late"}


def test_a_reason_a_word_and_every_printed_paper(services: Services, case_id: str) -> None:
    with write(services.counter.station) as tx:
        job = print_jobs.of_case(tx, case_id)[0]
        print_jobs.move(tx, job.job_id, print_jobs.PRINTED, 1)
    bare = services.void_case(VoidCase(case_id, "", " "))
    assert {p.code for p in bare} == {"reason", "words", "paper"}
    assert void(services, case_id, papers=((job.sheet, " "),)) == {"paper"}
    assert void(services, case_id, papers=((job.sheet, "已收回"),)) == set()


def held(services: Services, case_id: str) -> None:
    with write(services.counter.station) as tx:
        cases.set_state(tx, case_id, "held")
        tasks.put(tx, tasks.TaskRow("t", case_id, "held", "{}", 1, "", "", "", ""))


def test_a_held_case_is_taken_over_told_and_answered(services: Services, case_id: str) -> None:
    other = as_clerk(services, "accept")
    assert not other.take_over(case_id)
    assert not other.tell_citizen(case_id, "phone")
    held(services, case_id)
    assert other.take_over(case_id)
    assert other.take_over(case_id)
    assert other.tell_citizen(case_id, "phone")
    with pytest.raises(KeyError):
        other.tell_citizen(case_id, "pigeon")
    with read(services.counter.station) as tx:
        task = tasks.of_case(tx, case_id)
        assert task is not None
        assert task.owner_name == "周建国"
        assert task.told == "11月23日 14:30 电话告知，周建国"
        kinds = [read_header(p.op.header).kind for p in journal.pending(tx, 9)]
        assert kinds == ["case.submit", "note", "note"]
    answers = station.ready(services, HEAD)
    reply = AcceptCase("d3", ITEM, answers, case_id=case_id, reply="户口簿带来了")
    assert isinstance(other.accept_case(reply), CaseAccepted)
    with read(services.counter.station) as tx:
        assert tasks.of_case(tx, case_id) is None
        assert read_header(journal.pending(tx, 9)[3].op.header).kind == "answer"
        assert journal.broken_at(tx) is None


def test_a_date_that_cannot_be_right(services: Services, case_id: str, clock: FakeClock) -> None:
    counter = services.counter
    assert check_date(counter) is None
    typed = clock.at
    for at, why in (
        (to_ms(dt.datetime(2010, 1, 1, tzinfo=CHINA)), "before_last"),
        (typed - 3_600_001, "before_last"),
        (typed - 3_600_000, None),
        (typed + 45 * 86_400_000, None),
        (typed + 45 * 86_400_000 + 1, "far_after"),
    ):
        clock.at = at
        doubt = check_date(counter)
        assert (doubt.why if doubt else None) == why
    clock.at = typed
    counter.network.set(online=True, at=1, skew=300_001)
    doubt = check_date(counter)
    assert doubt is not None
    assert (doubt.why, doubt.server_ms) == ("off_server", typed + 300_001)
    counter.network.set(online=True, at=2, skew=300_000)
    assert check_date(counter) is None
    counter.network.set(online=False, at=3, skew=900_000)
    assert check_date(counter) is None


def test_the_clerks_date_goes_for_this_run_and_into_the_log(
    services: Services, case_id: str, clock: FakeClock
) -> None:
    counter = services.counter
    clock.at = to_ms(dt.datetime(2010, 1, 1, tzinfo=CHINA))
    right = to_ms(dt.datetime(2026, 11, 24, 9, 0, tzinfo=CHINA))
    confirm_date(counter, right, changed=True)
    assert (counter.clock.now_ms(), counter.clock.state()) == (right, "confirmed")
    assert check_date(counter) is None
    confirm_date(counter, clock.at, changed=False)
    assert (counter.clock.now_ms(), counter.clock.state()) == (clock.at, "confirmed")
    assert [row.what for row in counter.access.take()][-2:] == ["confirm_date", "confirm_date"]


STORED = StoredIdentity(
    dev="qinghe-02", letter="B", station=station.STATION, scopes=("990101104",), cert_text="{}",
    cert_sig="s", centre_sign_key=keys.text(bytes(32)), centre_url="https://127.0.0.1:1", ca_pem="",
)  # fmt: skip


def test_an_identity_is_kept_apart_from_its_secrets(tmp_path: Path) -> None:
    assert read_identity(tmp_path) is None
    save_identity(tmp_path, STORED)
    with pytest.raises(EnvironmentFault) as caught:
        read_identity(tmp_path)
    assert caught.value.code == "profile_damaged"
    secrets = {"sign_private": bytes(32).hex(), "seal_private": (b"\1" * 32).hex()}
    profile.save(tmp_path, profile.KEYS, secrets)
    found = read_identity(tmp_path)
    assert found is not None
    assert (found.dev, found.scopes) == ("qinghe-02", frozenset({"990101104"}))
    assert secrets["seal_private"] not in (tmp_path / profile.IDENTITY).read_text("utf-8")
    assert "\\x01" not in repr(found)


def test_an_enrolled_profile_opens_and_another_does_not(tmp_path: Path) -> None:
    clerk = Clerk("0312", "李敏")
    with pytest.raises(EnvironmentFault) as caught:
        open_counter(tmp_path, bytes(32), clerk)
    assert caught.value.code == "not_enrolled"
    save_identity(tmp_path, STORED)
    secrets = {"sign_private": bytes(32).hex(), "seal_private": bytes(32).hex()}
    profile.save(tmp_path, profile.KEYS, secrets)
    services = bind(open_counter(tmp_path, bytes(32), clerk))
    assert services.open_draft("none") is None


def test_a_pack_is_parsed_once() -> None:
    text = station.pack_text()
    assert parse(text, "d") is parse(text, "d")


def test_the_network_tells_its_listeners(services: Services) -> None:
    told: list[int] = []
    network = services.counter.network
    network.listen(lambda: told.append(network.since))
    network.set(online=False, at=5, why="portal")
    network.set(online=False, at=6, why="portal")
    network.set(online=True, at=7, skew=1)
    assert told == [5, 5, 7]
    assert (network.online, network.why, network.skew_ms) == (True, "", 1)
