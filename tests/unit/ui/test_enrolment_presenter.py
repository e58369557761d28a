"""The enrolment screen without a window: what a clerk types becomes a case, and nothing is lost."""

from pathlib import Path

import pytest

from counter_app.kernel.resident_id import check_character
from counter_app.services.save_draft import Draft
from counter_app.store import cases
from counter_app.store.transaction import read
from tests.unit.ui.enrolment_desk import DEAD, HEAD, HOUSE, MOTHER, SON, WIFE, Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def accepted_id(desk: Desk) -> str:
    assert desk.went.went[-1][0] == "accepted", desk.codes()
    return desk.went.went[-1][1]


def test_a_household_of_four_is_accepted_in_one(desk: Desk) -> None:
    desk.presenter.open_new(HOUSE, (HEAD, MOTHER, SON, WIFE))
    assert [m.name for m in desk.state.members] == ["赵国强", "李桂香", "赵立新", "孙瑾"]
    assert desk.state.primary == "受理 4 人"
    assert not desk.state.may_accept
    desk.type("members[1].psn_type", "16")
    desk.see_all()
    assert desk.state.verdict.head == "可以受理，1 处提醒", desk.codes()
    assert desk.state.may_accept
    desk.presenter.accept()
    with read(desk.services.counter.station) as tx:
        row = cases.get(tx, accepted_id(desk))
    assert row is not None
    assert row.summary == "城乡居民参保登记（4 人）"


def test_resumed_with_subsidised_identity_tells_the_waiting_period_and_the_own_amount(
    desk: Desk,
) -> None:
    desk.presenter.open_new(HOUSE, (SON,))
    desk.type("members[0].mat_idet_code", "低保救助对象")
    assert {f.spec.id for f in desk.state.fields} >= {"idet_no", "idet_until"}
    desk.type("members[0].idet_no", "DB0801")
    desk.type("members[0].idet_until", "20270630")
    line = desk.state.members[0]
    assert (line.how, line.how_note) == ("断保后恢复", "断 2025、2026")
    assert (line.cover, line.cover_tone) == ("等 4 个月", "warn")
    assert (line.own, line.own_note) == ("120.00", "财政 280.00")
    waiting = [(r.label, r.value) for r in desk.state.verdict.waiting]
    assert ("固定等待", "3 个月") in waiting
    assert "国办发〔2024〕38号" in desk.state.verdict.waiting_source
    desk.see_all()
    desk.presenter.accept()
    assert accepted_id(desk)


def newborn(desk: Desk, name: str = "赵契", certno: str = "R990012345") -> None:
    desk.add("newborn")
    at = f"members[{len(desk.state.members) - 1}]."
    for field, text in (
        ("certno", certno),
        ("psn_name", name),
        ("gend", "2"),
        ("brdy", "20261018"),
        ("naty", "汉族"),
        ("patn_rlts", "孙女"),
        ("mother_name", "孙瑾"),
        ("guardian_name", "赵立新"),
        ("guardian_certno", SON),
        ("guardian_rlts", "父亲"),
    ):
        desk.type(at + field, text)


def test_a_newborn_by_certificate_then_a_twin_by_mother_date_and_order(desk: Desk) -> None:
    desk.presenter.open_new(HOUSE, (HEAD,))
    newborn(desk)
    line = desk.state.members[1]
    assert line.years == "2026"
    assert line.how_note == "36 天，90 天内"
    desk.add("twin")
    at = "members[2]."
    assert desk.field(at + "birth_order").answer == "2"
    desk.type(at + "nwb_by", "mother")
    desk.type(at + "mother_certno", WIFE)
    desk.type(at + "gend", "1")
    desk.type(at + "patn_rlts", "孙子")
    assert desk.state.members[2].name == "孙瑾之子2"
    desk.see_all()
    assert desk.state.may_accept, desk.codes()
    desk.presenter.accept()
    assert accepted_id(desk)


@pytest.mark.parametrize(
    ("birth", "note", "late"),
    [("20260825", "90 天，90 天内", False), ("20260824", "91 天", True)],
)
def test_the_form_counts_a_newborns_days_from_the_birth(
    desk: Desk, birth: str, note: str, *, late: bool
) -> None:
    desk.presenter.open_new(HOUSE, (HEAD,))
    newborn(desk)
    desk.type("members[1].brdy", birth)
    assert desk.state.members[1].how_note == note
    assert ("不按新生儿" in " ".join(desk.codes())) is late
    rules = " ".join(row.label for row in desk.state.verdict.rules)
    assert ("新生儿出生 90 天，在 90 天内" in rules) is not late


def test_the_same_twin_twice_is_named(desk: Desk) -> None:
    desk.presenter.open_new(HOUSE, (HEAD,))
    newborn(desk)
    desk.add("twin")
    desk.type("members[2].certno", "R990012345")
    assert any("和第 2 人是同一个" in text for text in desk.codes())


def test_an_agent_without_authority_cannot(desk: Desk) -> None:
    desk.presenter.open_new(HOUSE, (HEAD,))
    desk.type("present", "agent")
    desk.type("agnter_auth", "0")
    assert "没有授权委托书" in desk.field("agnter_auth").problem
    assert not desk.state.may_accept
    desk.presenter.accept()
    assert desk.went.went == []


def test_a_differing_name_is_asked_about_and_an_answer_lets_it_through(desk: Desk) -> None:
    desk.presenter.open_new(HOUSE, (HEAD,))
    desk.presenter.act(lambda form: form.unfold())
    desk.type("members[0].psn_name", "赵国祥")
    assert "不一样" in desk.field("members[0].psn_name").problem
    desk.type("members[0].name_answer", "former")
    desk.see_all()
    assert desk.state.may_accept
    assert desk.state.verdict.head == "可以受理，1 处提醒"


def test_a_guardian_younger_than_the_child(desk: Desk) -> None:
    desk.presenter.open_new(HOUSE, (HEAD,))
    newborn(desk)
    first = "99010120261101001"
    desk.type("members[1].guardian_certno", first + check_character(first))
    assert "比孩子还小" in desk.field("members[1].guardian_certno").problem


def test_dates_upside_down(desk: Desk) -> None:
    desk.presenter.open_new(HOUSE, (HEAD,))
    newborn(desk)
    desk.type("members[1].brdy", "20261224")
    assert "在受理日期之后" in desk.field("members[1].brdy").problem
    desk.type("members[1].brdy", "2026-13-41")
    assert desk.field("members[1].brdy").answer == "2026-13-41"
    assert "没有这一天" in desk.field("members[1].brdy").problem


def test_the_deceased(desk: Desk) -> None:
    desk.presenter.open_new(HOUSE, (DEAD,))
    assert any("已去世" in text for text in desk.codes())
    assert desk.field("members[0].certno").problem


def test_a_wrong_digit_is_blamed_on_leaving_and_forgiven_as_soon_as_right(desk: Desk) -> None:
    desk.presenter.open_new("", ())
    where = "members[0].certno"
    wrong = SON[:-1] + ("0" if SON[-1] != "0" else "1")
    desk.presenter.focus(where)
    desk.presenter.edit(where, wrong)
    assert desk.field(where).problem == ""
    desk.presenter.focus("members[0].psn_name")
    assert "校验不对" in desk.field(where).problem
    desk.presenter.focus(where)
    assert "校验不对" in desk.field(where).problem
    desk.presenter.act(lambda form: form.unfold())
    desk.presenter.edit(where, SON)
    assert desk.field(where).problem == ""


def test_a_number_on_the_roster_fills_the_row_and_another_number_takes_it_back(desk: Desk) -> None:
    desk.presenter.open_new("", ())
    where = "members[0].certno"
    desk.type(where, SON.lower())
    line = desk.state.members[0]
    assert (line.name, line.how) == ("赵立新", "断保后恢复")
    assert "1999-11-05" in desk.state.folded
    desk.presenter.act(lambda form: form.unfold())
    desk.type(where, HEAD)
    line = desk.state.members[0]
    assert (line.name, line.how) == ("赵国强", "续保")
    assert desk.field("members[0].brdy").answer == "1971-03-09"


def test_a_half_typed_number_is_not_taken_for_an_old_one(desk: Desk) -> None:
    desk.presenter.open_new("", ())
    where = "members[0].certno"
    desk.presenter.focus(where)
    for end in range(1, 19):
        desk.presenter.edit(where, SON[:end])
        if end < 18:
            assert desk.field(where).answer == SON[:end]
    assert desk.state.members[0].name == "赵立新"


def test_somebody_on_no_list_gets_what_the_number_itself_says(desk: Desk) -> None:
    desk.presenter.open_new("", ())
    first = "99010119850612123"
    desk.type("members[0].certno", first + check_character(first))
    assert desk.field("members[0].brdy").answer == "1985-06-12"
    assert desk.field("members[0].gend").answer == "1"
    assert desk.field("members[0].psn_type").answer == "15"
    assert desk.field("members[0].start").answer == "new"
    assert desk.state.band.title == "名单以外的人"


def test_five_megabytes_pasted_cost_nothing_and_are_cut(desk: Desk) -> None:
    desk.presenter.open_new(HOUSE, (HEAD,))
    desk.type("memo", "长" * 5_000_000)
    assert len(desk.field("memo").answer) <= 500


def test_direction_marks_are_taken_out(desk: Desk) -> None:
    desk.presenter.open_new("", ())
    desk.type("members[0].psn_name", "赵\u202e立\u200f新")
    assert desk.field("members[0].psn_name").answer == "赵立新"


def test_f9_goes_to_the_first_problem_of_another_member(desk: Desk) -> None:
    desk.presenter.open_new(HOUSE, (HEAD, MOTHER))
    desk.presenter.accept()
    assert desk.view.cursor == "members[1].psn_type"
    assert desk.state.current == 1
    assert desk.field("members[1].psn_type").problem == "还没填人员类别"


def test_papers_stay_with_their_members_when_one_is_taken_out_and_back(desk: Desk) -> None:
    desk.presenter.open_new(HOUSE, (HEAD, MOTHER))
    newborn(desk)
    desk.see_all()
    desk.presenter.act(lambda form: form.select(0))
    desk.presenter.act(lambda form: form.remove())
    assert [m.chip for m in desk.state.materials] == ["已收"] * 3
    assert [m.name for m in desk.state.materials][1:] == [
        "李桂香：资助身份证明",
        "赵契：出生医学证明",
    ]
    desk.presenter.act(lambda form: form.remove())
    assert [m.name for m in desk.state.materials] == ["赵国强：身份证", "赵契：出生医学证明"]
    assert desk.state.may_undo
    desk.presenter.act(lambda form: form.undo())
    assert [m.chip for m in desk.state.materials] == ["已收"] * 3


def test_adding_a_member_of_the_household_fills_them_and_takes_them_off_the_list(
    desk: Desk,
) -> None:
    desk.presenter.open_new(HOUSE, (HEAD,))
    assert SON in {c.certno for c in desk.state.candidates}
    assert not next(c for c in desk.state.candidates if c.certno == DEAD).may
    desk.add("member", SON)
    assert desk.state.members[1].name == "赵立新"
    assert SON not in {c.certno for c in desk.state.candidates}


def test_already_enrolled_here_today_is_said_when_the_number_is_typed(desk: Desk) -> None:
    desk.presenter.open_new(HOUSE, (HEAD,))
    desk.see_all()
    desk.presenter.accept()
    desk.presenter.open_new("", ())
    desk.type("members[0].certno", HEAD)
    assert "已在本站登记过" in desk.field("members[0].years").problem


def test_what_acceptance_itself_finds_stands_at_its_place(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    other = Desk(tmp_path, desk.services)
    for one in (desk, other):
        one.presenter.open_new(HOUSE, (HEAD,))
        one.see_all()
    other.presenter.accept()
    desk.presenter.accept()
    assert desk.went.went == []
    assert "登记过" in desk.field("members[0].years").problem
    assert desk.view.cursor == "members[0].years"
    assert not desk.state.may_accept


def test_parking_keeps_the_sentence_and_goes_home(desk: Desk) -> None:
    desk.presenter.open_new(HOUSE, (HEAD,))
    desk.presenter.park("回家取身份证")
    assert desk.went.went[-1] == ("home",)
    item = desk.services.worklist()[0]
    assert (item.kind, item.cause) == ("parked", "回家取身份证")
    desk.view.pass_time()
    assert desk.services.worklist()[0].kind == "parked"


def test_a_parked_draft_comes_back_where_it_was(desk: Desk) -> None:
    desk.presenter.open_new(HOUSE, (HEAD, SON))
    desk.type("memo", "晚点来取")
    desk.presenter.focus("members[1].exempt")
    desk.presenter.close()
    draft = desk.services.worklist()[0].ref
    again = Desk(desk.services.counter.profile, desk.services)
    again.presenter.open_draft(draft)
    assert again.field("memo").answer == "晚点来取"
    assert again.state.verdict.head == desk.state.verdict.head


def test_a_draft_that_is_gone_is_said(desk: Desk) -> None:
    desk.presenter.open_draft("no-such-draft")
    assert "草稿" in desk.state.gone


def test_nothing_typed_leaves_no_draft(desk: Desk) -> None:
    desk.presenter.open_new(HOUSE, (HEAD,))
    desk.presenter.close()
    desk.view.pass_time()
    assert desk.services.worklist() == ()


def test_the_draft_is_kept_while_typing_goes_on(desk: Desk) -> None:
    desk.presenter.open_new(HOUSE, (HEAD,))
    desk.presenter.focus("memo")
    for end in range(1, 8):
        desk.presenter.edit("memo", "1234567"[:end])
    assert [ms for ms, _ in desk.view.timers] == [800]
    desk.view.pass_time()
    assert desk.state.saved == "草稿 14:30:00 已存"
    kept = desk.services.open_draft(desk.services.worklist()[0].ref)
    assert isinstance(kept, Draft)
    assert kept.answers.get("memo") == "1234567"
    assert kept.place == "memo"


def test_no_draft_rises_again_behind_an_acceptance(desk: Desk) -> None:
    desk.presenter.open_new(HOUSE, (HEAD,))
    desk.see_all()
    desk.presenter.focus("memo")
    desk.presenter.edit("memo", "一句话")
    desk.tasks.held = True
    desk.presenter.accept()
    desk.view.pass_time()
    desk.tasks.run()
    assert accepted_id(desk)
    desk.view.pass_time()
    desk.tasks.run()
    assert desk.services.worklist() == ()
