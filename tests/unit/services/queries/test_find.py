"""The search box: what a key is, whom it finds, what it says where it finds nobody."""

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from counter_app.bootstrap import Services, bind
from counter_app.kernel.ids import case_number
from counter_app.services.accept_case import AcceptCase, CaseAccepted
from counter_app.services.queries.search_key import Key, recognise
from tests.fakes import people, station

HEAD, SON = str(people.HEAD[0]), str(people.SON[0])


@pytest.fixture
def services(tmp_path: Path) -> Services:
    return station.make_services(tmp_path)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("", Key.EMPTY),
        ("  \u202e\u200f ", Key.EMPTY),
        ("9901", Key.LAST_FOUR),
        ("13900000418", Key.PHONE),
        ("139000", Key.PHONE),
        (HEAD, Key.ID_NUMBER),
        (HEAD.lower(), Key.ID_NUMBER),
        ("990101 19710309 0417", Key.ID_NUMBER),
        ("990101710309041", Key.ID_NUMBER),
        ("９９０１０１", Key.ID_NUMBER),
        ("zgq", Key.PINYIN),
        ("ZGQ", Key.PINYIN),
        ("赵国强", Key.NAME),
        ("阿卜杜拉·买买提", Key.NAME),
        ("QH1.a.b", Key.RECEIPT),
        ("28" + "1" * 26, Key.OTHER_CODE),
        ("https://example.invalid/x", Key.OTHER_CODE),
        ("01,10,044001600111,12345678,99.00,20260101,1,A", Key.OTHER_CODE),
        ("x" * 5_000_000, Key.OTHER_CODE),
        ("王" * 5_000_000, Key.OTHER_CODE),
    ],
)
def test_the_form_of_the_typing_tells_its_kind(typed: str, key: Key) -> None:
    assert recognise(typed).key is key


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("http://einvoice.jsczt.cn/page/32060199/0000000001/abc123", "票据"),
        ("01,32,,23442000000014209621,112,20230215,,74AE", "票据"),
        ("QHA1.0123456789ABCDEF.aHR0cHM6Ly8.AAAA", "启用码"),
        ("7" * 28, "动态码只有中心能解"),
        ("https://example.invalid/x", "别的码"),
    ],
)
def test_a_code_that_finds_nobody_is_named(code: str, words: str) -> None:
    asked = recognise(code)
    assert asked.key is Key.OTHER_CODE
    assert words in asked.message
    assert "身份证" in asked.message


def test_a_case_number_may_lack_the_station_and_its_hyphens() -> None:
    number = case_number("990101104000", dt.date(2026, 11, 23), "B", 24)
    for typed in (number, number.lower(), number.replace("-", ""), number[13:]):
        assert recognise(typed, "990101104000").text == number
    assert "看错" in recognise(number[:-1] + ("0" if number[-1] != "0" else "1")).message


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (HEAD, HEAD),
        (HEAD[:10], HEAD),
        (HEAD[-4:], HEAD),
        ("zgq", HEAD),
        ("赵国", HEAD),
        ("\u202e赵国强\u202c", HEAD),
        (SON.lower(), SON),
    ],
)
def test_every_kind_of_key_finds_the_person(services: Services, typed: str, found: str) -> None:
    hits = services.find(typed).people
    assert hits[0].certno == found
    assert hits[0].household == people.HOUSEHOLD[0]
    assert "赵国强" not in hits[0].masked_name + hits[0].head


def test_a_phone_finds_all_who_share_it(services: Services) -> None:
    assert len(services.find("13900000418").people) == len(people.PEOPLE)


def test_the_head_is_told_by_number_and_not_by_name(tmp_path: Path) -> None:
    twin = people.person_row("赵国强", dt.date(1990, 1, 1), 77, py="zgq")
    counter = station.make_counter(tmp_path, roster=[people.HEAD, twin])
    hits = {h.certno: h for h in bind(counter).find("赵国强").people}
    assert hits[HEAD].head == "本人是户主"
    assert hits[str(twin[0])].head == "户主 赵*强"
    assert {h.same_name for h in hits.values()} == {2}


def test_names_that_look_the_same_behind_the_star_are_counted(tmp_path: Path) -> None:
    rows = [
        people.person_row("王秀兰", dt.date(1954, 3, 12), 44, py="wxl"),
        people.person_row("王雪兰", dt.date(1954, 8, 30), 12, py="wxl"),
    ]
    counter = station.make_counter(tmp_path, roster=rows)
    hits = bind(counter).find("wxl").people
    assert [(h.same_name, h.looks_alike) for h in hits] == [(1, 2), (1, 2)]


def test_the_deceased_and_other_cover_are_said(services: Services) -> None:
    gone = services.find(str(people.DEAD[0])).people[0]
    assert (gone.status, gone.status_note, gone.tone) == ("已去世", "2025年6月", "gone")
    assert services.find(str(people.WIFE[0])).people[0].status == "职工医保"


def test_somebody_beyond_the_township_is_marked(tmp_path: Path) -> None:
    row = people.person_row("马建设", dt.date(1980, 1, 1), 9, py="mjs", area="990101105")
    counter = station.make_counter(tmp_path, roster=[row])
    assert bind(counter).find("mjs").people[0].in_scope is False


def test_a_wrong_check_digit_is_told_without_the_right_one(services: Services) -> None:
    wrong = HEAD[:-1] + ("1" if HEAD[-1] != "1" else "2")
    for typed in (wrong, f"{wrong[:6]} {wrong[6:14]} {wrong[14:]}"):
        message = services.find(typed).message
        assert "有一位看错了" in message
        assert HEAD[-1] not in message


def test_a_newcomer_is_sent_to_a_new_enrolment(services: Services) -> None:
    nobody = people.number(dt.date(2001, 1, 1), 1)
    assert "F7 新参保" in services.find(nobody).message
    assert "F7 新参保" in services.find("欧阳").message


def test_cases_come_with_their_people_and_by_number(services: Services) -> None:
    answers = station.ready(services, HEAD)
    accepted = services.accept_case(AcceptCase("d1", "resident-enrolment", answers))
    assert isinstance(accepted, CaseAccepted)
    for typed in (accepted.case_no, accepted.case_no[13:], HEAD, "赵国强", HEAD[-4:]):
        hits = services.find(typed).cases
        assert [h.case_id for h in hits] == [accepted.case_id]
        assert "赵国强" not in str(dataclasses.astuple(hits[0])[2:])
