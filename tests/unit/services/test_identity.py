"""By what somebody was identified: noted at the window, recorded in draft, case and its mending."""

from pathlib import Path

import pytest

from counter_app.bootstrap import Services
from counter_app.catalog import identity
from counter_app.domain.person import identified
from counter_app.domain.person.identified import IdBy
from counter_app.forms.answers import Answers
from counter_app.services.accept_case import AcceptCase, CaseAccepted
from counter_app.services.context import Identified
from counter_app.services.keep_person import KEPT_MS, keep_person
from counter_app.services.save_draft import Draft
from counter_app.store import roster
from counter_app.store.transaction import read
from tests.fakes import people, station
from tests.unit.store.test_beyond import HOUSE, stranger

HEAD, SON = str(people.HEAD[0]), str(people.SON[0])
NUMBER = str(people.HOUSEHOLD[0])
ITEM = "resident-enrolment"


@pytest.fixture
def services(tmp_path: Path) -> Services:
    return station.make_services(tmp_path)


@pytest.mark.parametrize(
    ("id_by", "code", "words"),
    [
        (IdBy.VOUCHER, "01", "已刷码"),
        (IdBy.CARD, "02", "已读身份证"),
        (IdBy.TYPED, "02", "已输证件号"),
        (IdBy.SOCIAL_CARD, "03", "已读社保卡"),
        ("", "", ""),
        ("04", "", ""),
    ],
)
def test_every_medium_has_the_platforms_code_and_words(id_by: str, code: str, words: str) -> None:
    assert identified.mdtrt_cert_type(id_by) == code
    assert identified.words(id_by) == words
    answers = Answers({"id_by": id_by, "id_certno": HEAD})
    assert identity.words(answers, HEAD) == words
    assert identity.words(answers, SON) == (f"尾号 {HEAD[-4:]} {words}" if words else "")


def test_what_no_form_asks_for_is_kept_only_where_it_means_something() -> None:
    whole = Answers({"id_by": "01", "id_certno": HEAD, "x": "1"})
    kept = identity.keep(Answers({"tel": "1"}), whole)
    assert dict(kept.values) == {"tel": "1", "id_by": "01", "id_certno": HEAD}
    for broken in ({"id_by": "9", "id_certno": HEAD}, {"id_by": "01"}, {}):
        assert identity.keep(Answers({"tel": "1"}), Answers(broken)).values == {"tel": "1"}


def test_the_case_says_by_what_and_whose_number_it_was(services: Services) -> None:
    services.note_identity(HEAD, NUMBER, IdBy.TYPED)
    answers = station.ready(services, SON)
    assert (answers.get("id_by"), answers.get("id_certno")) == ("02-typed", HEAD)
    services.save_draft(Draft("d", ITEM, answers))
    kept = services.open_draft("d")
    assert kept is not None
    done = services.accept_case(AcceptCase("d", ITEM, kept.answers))
    assert isinstance(done, CaseAccepted)
    view = services.case_view(done.case_id)
    assert view is not None
    assert identity.words(view.answers, HEAD) == "已输证件号"
    assert view.answers.get("id_certno") == HEAD


def test_a_look_up_by_name_takes_it_back(services: Services) -> None:
    services.note_identity(HEAD, NUMBER, IdBy.VOUCHER)
    services.note_identity(HEAD, NUMBER, "")
    assert not services.start_case(ITEM, NUMBER, (HEAD,)).get("id_by")


def test_another_household_is_nobodys_identification(services: Services) -> None:
    services.note_identity(HEAD, NUMBER, IdBy.CARD)
    who = services.counter.at_window
    assert who.of("", (SON,)) is None
    assert who.of("", ()) is None
    assert who.of("9901011040000999", (SON,)) is None
    assert who.of(NUMBER, (SON,)) == Identified(HEAD, NUMBER, "02")
    assert who.of("", (SON, HEAD)) == Identified(HEAD, NUMBER, "02")
    assert HEAD not in repr(who.of(NUMBER, ()))


def test_without_a_household_only_the_same_person_counts(services: Services) -> None:
    services.note_identity(HEAD, "", IdBy.CARD)
    assert services.counter.at_window.of("", ()) is None
    assert services.counter.at_window.of("", (HEAD,)) is not None


@pytest.mark.parametrize(
    "broken",
    [
        {"years": "x"},
        {"years": "[1]"},
        {"years": "[[1]]"},
        {"standing": "asleep"},
        {"birth": "1990"},
        {"certno": ""},
    ],
)
def test_a_row_of_another_shape_is_not_kept(services: Services, broken: dict[str, str]) -> None:
    row = stranger() | broken
    assert keep_person(services.counter, row, HOUSE) is None
    with read(services.counter.reference) as tx:
        assert roster.people(tx, [stranger()["certno"]]) == {}


def test_missing_columns_are_not_kept(services: Services) -> None:
    row = stranger()
    assert keep_person(services.counter, {"certno": row["certno"]}, None) is None
    assert keep_person(services.counter, row, {"number": "1"}) is None


def test_a_kept_person_has_a_card_and_goes_after_a_month(services: Services) -> None:
    row = stranger()
    hit = keep_person(services.counter, row, HOUSE)
    assert hit is not None
    assert (hit.masked_name, hit.beyond, hit.in_scope) == ("何*兰", True, False)
    assert (hit.head, hit.birth) == ("户主 何*山", "1990-05-01")
    card = services.household_card(HOUSE["number"])
    assert card is not None
    assert (card.title, card.count) == ("何大山 户", 1)
    services.counter.clock.shift(KEPT_MS + 1, "confirmed")
    keep_person(services.counter, stranger(78), HOUSE)
    assert services.household_card(HOUSE["number"]) is not None
    with read(services.counter.reference) as tx:
        assert row["certno"] not in roster.people(tx, [row["certno"]])
