"""What bad input gets: words at its place, nothing lost, nothing half done."""

import datetime as dt
import json
import time
from pathlib import Path

import pytest

from counter_app.bootstrap import Services
from counter_app.catalog.registry import item
from counter_app.forms.answers import Answers
from counter_app.forms.evaluate import normalize
from counter_app.kernel.cleaning import has_direction_marks
from counter_app.services.accept_case import AcceptCase, CaseAccepted, NotAccepted
from counter_app.services.save_draft import Draft
from counter_app.store import cases, journal
from counter_app.store.reference_tables import policy
from counter_app.store.transaction import read, write
from counter_app.wire.case_body import CaseBody
from counter_app.wire.header import body_json
from tests.fakes import people, station

ITEM = "resident-enrolment"
HEAD, MOTHER, SON = (str(p[0]) for p in (people.HEAD, people.MOTHER, people.SON))


@pytest.fixture
def services(tmp_path: Path) -> Services:
    return station.make_services(tmp_path)


def submit(services: Services, answers: Answers, **more: object) -> CaseAccepted | NotAccepted:
    services.save_draft(Draft("d1", ITEM, answers))
    return services.accept_case(AcceptCase("d1", ITEM, answers, **more))


def refused(services: Services, answers: Answers, **more: object) -> set[str]:
    """Codes of the refusal; the draft is there and nothing else was written."""
    with read(services.counter.station) as tx:
        before = journal.tip(tx)
    done = submit(services, answers, **more)
    assert isinstance(done, NotAccepted), done
    kept = services.open_draft("d1")
    assert kept is not None
    assert kept.answers.to_plain() == answers.to_plain()
    with read(services.counter.station) as tx:
        assert journal.tip(tx) == before
    assert all(len(p.text) > 5 for p in done.problems)
    return {p.code for p in done.problems}


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("members[0].certno", HEAD[:-1] + ("0" if HEAD[-1] != "0" else "1"), "id_check"),
        ("members[0].certno", "99010119710230041X", "id_birth"),
        ("members[0].brdy", "2027-01-01", "born_later"),
        ("members[0].psn_name", "王桂英", "name_differs"),
        ("members[0].psn_name", "赵国\u202e强", "unclean"),
        ("memo", "长" * 5_000_000, "unclean"),
        ("tel", "号码忘了", "phone"),
        ("members[0].years", "2031", "year"),
        ("members[0].years", "0000", "years"),
    ],
)
def test_one_wrong_answer(services: Services, field: str, value: str, code: str) -> None:
    answers = station.ready(services, HEAD).put(field, value)
    begun = time.perf_counter()
    assert code in refused(services, answers)
    assert time.perf_counter() - begun < 2


@pytest.mark.parametrize("field", ["memo", "tel", "members[0].psn_name", "members[0].certno"])
def test_a_five_megabyte_paste_becomes_a_short_harmless_answer(
    services: Services, field: str
) -> None:
    answers = station.ready(services, HEAD)
    facts = services.load_facts(item("resident-enrolment").asks(answers), "", None)
    begun = time.perf_counter()
    typed = normalize(item(ITEM).form, field, "示\u202e范" * 1_700_000, answers, facts.context)
    assert time.perf_counter() - begun < 0.2
    assert len(typed) <= 200
    assert not has_direction_marks(typed)


def test_the_same_person_twice_in_one_case(services: Services) -> None:
    answers = station.ready(services, HEAD)
    assert "same_person" in refused(
        services, answers.add_row("members", answers.section("members")[0])
    )


def test_two_clerks_enrol_the_same_person_at_the_same_moment(services: Services) -> None:
    answers = station.ready(services, HEAD)
    assert isinstance(submit(services, answers), CaseAccepted)
    assert refused(services, answers) == {"enrolled"}


def test_a_case_from_the_future_is_refused_and_one_entered_late_is_not(services: Services) -> None:
    answers = station.ready(services, HEAD)
    assert refused(services, answers, accepted_on=dt.date(2026, 11, 24)) == {"accepted_later"}
    done = submit(services, answers, accepted_on=dt.date(2026, 11, 20))
    assert isinstance(done, CaseAccepted)
    with read(services.counter.station) as tx:
        row = cases.get(tx, done.case_id)
    assert row is not None
    assert row.accepted_on == "2026-11-20"
    assert row.typed_at == services.counter.clock.now_ms()


def body_of(services: Services) -> CaseBody:
    import msgspec

    with read(services.counter.station) as tx:
        (pending,) = journal.pending(tx, 10)
    return msgspec.json.decode(body_json(pending.op.body or ""), type=CaseBody)


def test_without_a_pack_the_case_is_accepted_without_amounts(services: Services) -> None:
    with write(services.counter.reference) as tx:
        tx.execute(policy.delete())
    done = submit(services, station.ready(services, SON).put("members[0].years", "2026"))
    assert isinstance(done, CaseAccepted), done
    with read(services.counter.station) as tx:
        row = cases.get(tx, done.case_id)
    assert row is not None
    assert (row.total, row.pack) == (None, "")
    (said,) = body_of(services).said
    assert (said.own, said.cover) == (None, "由中心核定")


def test_an_unknown_standard_is_accepted_without_an_amount(services: Services) -> None:
    answers = station.ready(services, MOTHER).put("members[0].mat_idet_code", "230801")
    facts = services.load_facts(item("resident-enrolment").asks(answers), "", None)
    outcome = item(ITEM).outcome(answers, facts)
    assert outcome.missing == ("规则包里没有身份 230801 的 2027 年度资助标准",)
    done = submit(services, answers)
    assert isinstance(done, CaseAccepted), done
    assert body_of(services).said[0].own is None


def test_hidden_answers_stay_at_the_station(services: Services) -> None:
    answers = station.ready(services, HEAD).put("agnter_name", "周建国")
    assert isinstance(submit(services, answers), CaseAccepted)
    assert "周建国" not in json.dumps(body_of(services).answers, ensure_ascii=False)


def test_a_case_is_amended_under_its_number_and_a_voided_one_is_not(services: Services) -> None:
    from counter_app.services.void_case import VoidCase

    answers = station.ready(services, HEAD)
    first = submit(services, answers)
    assert isinstance(first, CaseAccepted)
    with write(services.counter.station) as tx:
        cases.set_state(tx, first.case_id, "rejected")
    second = submit(services, answers.put("memo", "电话改过"), case_id=first.case_id)
    assert isinstance(second, CaseAccepted)
    assert (second.case_no, second.n) == (first.case_no, 2)
    with read(services.counter.station) as tx:
        row = cases.get(tx, first.case_id)
        assert row is not None
        assert row.rev == 2
        assert len(cases.enrolled(tx, [f"01:{HEAD}"])) == 1
    assert services.void_case(VoidCase(first.case_id, "doubled", "重复")) == ()
    assert refused(services, answers, case_id=first.case_id) == {"closed"}
    assert refused(services, answers, case_id="nowhere") == {"closed"}


def test_someone_of_another_township(tmp_path: Path) -> None:
    other = people.person_row("吴来福", dt.date(1980, 1, 2), 77, area="990101105")
    services = station.bind(station.make_counter(tmp_path, roster=[*people.PEOPLE, other]))
    assert "out_of_scope" in refused(services, station.ready(services, str(other[0])))
