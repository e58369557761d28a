"""The form screen of the other items: sections, rows, scans, money, drafts."""

from pathlib import Path

import pytest

from tests.unit.ui.casework_desk import (
    CHANGE,
    CLAIM,
    DIGITAL,
    FILING,
    FISCAL,
    HEAD,
    HOUSE,
    Desk,
)
from ui.screens.casework import rowwork
from ui.screens.casework.sections import BILLS, LINES


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def _scan(desk: Desk, text: str) -> None:
    desk.presenter.follow(lambda form: rowwork.scan(form, text), BILLS)


def _bills(desk: Desk) -> tuple[dict[str, str], ...]:
    return tuple(dict(r) for r in desk.presenter.answers.section(BILLS))


def test_a_form_is_built_of_its_items_sections(desk: Desk) -> None:
    desk.presenter.open_new(FILING, HOUSE, HEAD)
    state = desk.state
    assert state.title == "异地就医备案"
    assert state.sections[0].id == "category"
    assert [s.number for s in state.sections] == list(range(1, len(state.sections) + 1))
    assert state.band.name == "赵国强"
    assert state.band.number == "990101********041X"
    assert state.band.insured == "2026 正常参保"
    assert not state.may_accept


def test_a_finished_section_folds_and_an_unfinished_one_stays_open(desk: Desk) -> None:
    desk.presenter.open_new(CHANGE, HOUSE, HEAD, {"act": "correct"})
    first = desk.section("person")
    assert (first.open, first.done) == (False, True)
    assert "990101********041X" in first.folded
    assert HEAD not in first.folded
    assert desk.section("changes").open


def test_enter_goes_to_the_next_unfinished_field(desk: Desk) -> None:
    desk.presenter.open_new(FILING, HOUSE, HEAD)
    assert desk.view.cursor == "fil_cat"
    desk.presenter.focus("fil_cat")
    desk.presenter.edit("fil_cat", desk.field("fil_cat").spec.options[1].code)
    assert desk.presenter.go_on("fil_cat")
    assert desk.view.cursor == "rloc_admdvs"


def test_enter_asks_for_the_hospital_by_the_list_before_its_name(desk: Desk) -> None:
    desk.presenter.open_new(CLAIM, HOUSE, HEAD)
    desk.fill({"claim_kind": "outpatient", "manl_reim_rea": "emergency"})
    assert desk.presenter.go_on("manl_reim_rea")
    assert desk.view.cursor == "fixmedins_code"
    desk.type("fixmedins_name", "外地人民医院（虚构）")
    assert "fixmedins_code" not in desk.problems()


def test_a_problem_is_said_on_leaving_and_gone_once_it_is_right(desk: Desk) -> None:
    desk.presenter.open_new(FILING, HOUSE, HEAD)
    desk.presenter.focus("tel")
    desk.presenter.edit("tel", "1385551234")
    assert desk.field("tel").problem == ""
    desk.presenter.focus("")
    assert "11 位" in desk.field("tel").problem
    desk.type("tel", "13855512341")
    assert desk.field("tel").problem == ""


def test_a_field_just_emptied_stays_so_until_the_cursor_leaves_it(desk: Desk) -> None:
    desk.claim()
    name = desk.presenter.answers.get("acctname")
    assert name
    desk.presenter.focus("acctname")
    desk.presenter.edit("acctname", "")
    assert desk.presenter.answers.get("acctname") == ""
    desk.presenter.focus("bankacct")
    assert desk.presenter.answers.get("acctname") == name


def test_two_scanned_bills_stand_in_the_table_and_the_cursor_asks_what_is_missing(
    desk: Desk,
) -> None:
    desk.claim()
    _scan(desk, FISCAL)
    assert desk.view.cursor == "bills[0].billDate"
    desk.fill({"bills[0].billDate": "20261028", "bills[0].billAmt": "57120"})
    _scan(desk, DIGITAL)
    rows = _bills(desk)
    assert rows[0]["elecSetlCertCode"] == "99060226"
    assert (rows[1]["elecSetlCertType"], rows[1]["billAmt"]) == ("3", "1244.20")
    table = desk.section(BILLS).table
    assert table is not None
    assert [c.text for c in table.total] == ["合计", "2 张计入", "", "58,364.20", ""]


def test_a_bill_scanned_twice_is_not_taken_twice(desk: Desk) -> None:
    desk.claim()
    _scan(desk, FISCAL)
    _scan(desk, DIGITAL)
    _scan(desk, FISCAL)
    assert len(_bills(desk)) == 2
    assert desk.state.notice is not None
    assert desk.state.notice.title == "这张票刚才录过了"


def test_a_code_of_another_kind_is_said_for_what_it_is(desk: Desk) -> None:
    desk.claim()
    _scan(desk, HEAD)
    assert _bills(desk) == ()
    assert desk.state.notice is not None
    assert "居民身份证号" in desk.state.notice.text
    _scan(desk, "https://example.cn/x/abc")
    assert "没有票据号码" in desk.state.notice.text


def test_a_code_in_a_bills_field_fills_that_bill(desk: Desk) -> None:
    desk.claim()
    desk.presenter.follow(lambda form: rowwork.add(form, BILLS), "")
    desk.presenter.edit("bills[0].elecSetlCertNo", FISCAL)
    assert [b["elecSetlCertNo"] for b in _bills(desk)] == ["0003817265"]


def test_a_row_taken_out_comes_back(desk: Desk) -> None:
    desk.claim()
    _scan(desk, FISCAL)
    gone: list[str] = []
    desk.presenter.act(lambda form: gone.append(rowwork.remove(form, BILLS)))
    assert gone == ["第 1 张"]
    assert _bills(desk) == ()
    assert desk.state.may_undo
    desk.presenter.act(lambda form: form.undo())
    assert len(_bills(desk)) == 1


def test_without_a_split_the_estimate_is_a_range_with_its_mark(desk: Desk) -> None:
    desk.claim()
    _scan(desk, FISCAL)
    desk.fill({"bills[0].billDate": "20261028", "bills[0].billAmt": "57120"})
    desk.type("scope_by", "unknown")
    money = desk.state.money
    assert money is not None
    assert money.amount.startswith("0.00 – ")
    assert money.chip == "仅供参考"
    assert money.notes


def test_category_totals_make_a_waterfall_whose_bars_fall_from_the_total(desk: Desk) -> None:
    desk.claim()
    _scan(desk, FISCAL)
    desk.fill({
        "bills[0].billDate": "20261028",
        "bills[0].billAmt": "10000",
        "scope_by": "fees",
        "selfpay_share": "10%",
        "fees[0].fee_name": "西药",
        "fees[0].fee_sum": "10000",
        "fees[0].fee_a": "5000",
        "fees[0].fee_b": "4000",
        "fees[0].fee_c": "1000",
    })
    money = desk.state.money
    assert money is not None
    rows = {r.label: r for r in money.rows}
    total = rows["费用总额"]
    assert (total.start, total.end) == (0, 1_000_000)
    own = rows["丙类和自费"]
    assert (own.start, own.end) == (900_000, 1_000_000)
    first = rows["乙类先行自付"]
    assert (first.start, first.end) == (860_000, 900_000)
    assert rows["政策范围内"].end == 860_000
    assert sum(share for _, share in money.parts) == 1_000_000


def test_pasted_lines_stand_and_what_cannot_be_read_is_said(desk: Desk) -> None:
    desk.claim()
    desk.type("scope_by", "lines")
    text = "阿莫西林\t甲类\t120.50\nCT\t乙类\t不清\n"
    desk.presenter.act(lambda form: rowwork.paste(form, text))
    assert [r["medins_list_name"] for r in desk.presenter.answers.section(LINES)] == ["阿莫西林"]
    assert desk.state.notice is not None
    assert "第 2 行" in desk.state.notice.text


def test_a_draft_comes_back_with_its_rows_and_place(desk: Desk, tmp_path: Path) -> None:
    desk.claim()
    _scan(desk, FISCAL)
    desk.presenter.focus("bills[0].billAmt")
    desk.presenter.edit("bills[0].billAmt", "571")
    desk.view.pass_time(2_000)
    [item] = desk.services.worklist()
    again = Desk(tmp_path, desk.services)
    again.presenter.open_draft(item.ref)
    assert again.state.title == "医疗费用手工报销"
    assert _bills(again)[0]["billAmt"] == "571.00"
    assert again.view.cursor == "bills[0].billAmt"


def test_a_case_is_accepted_and_the_screen_after_it_opens(desk: Desk) -> None:
    desk.presenter.open_new(CHANGE, HOUSE, HEAD, {"act": "correct"})
    desk.presenter.follow(lambda form: rowwork.add(form, "changes"), "")
    desk.fill({
        "changes[0].chg_item": "tel",
        "changes[0].chg_after": "13900000777",
        "changes[0].chg_rea": "换号",
    })
    desk.see_all()
    assert desk.problems() == []
    desk.presenter.accept()
    assert desk.went.went[-1][0] == "accepted"
    view = desk.services.case_view(desk.went.went[-1][1])
    assert view is not None
    assert view.item == CHANGE


def test_f9_too_early_says_what_is_missing_and_goes_there(desk: Desk) -> None:
    desk.presenter.open_new(CLAIM, HOUSE, HEAD)
    desk.presenter.accept()
    assert desk.view.cursor == "claim_kind"
    assert desk.field("claim_kind").problem == "还没填报什么"
    assert desk.went.went == []


def test_a_full_number_shows_with_a_reason_and_only_for_a_while(desk: Desk) -> None:
    desk.presenter.open_new(FILING, HOUSE, HEAD)
    desk.presenter.reveal.ask()
    assert desk.state.band.asking
    desk.presenter.reveal.give("核对证件")
    assert desk.state.band.number == HEAD
    desk.view.pass_time()
    assert desk.state.band.number == "990101********041X"


def test_a_draft_that_is_gone_is_told(desk: Desk) -> None:
    desk.presenter.open_draft("nirgends")
    assert "已经受理，或者删掉了" in desk.state.gone
