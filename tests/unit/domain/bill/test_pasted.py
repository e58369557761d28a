"""Lines pasted from a spreadsheet: columns with and without a head, each wrong line named."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.bill.pasted import MOST_LINES, read_lines, share


def test_without_a_head() -> None:
    pasted = read_lines("床位费\t甲\t1,200.00\n头孢曲松\t乙类\t￥88.5\t10%\t80\n\n护理费\t\t30")
    assert pasted.faults == ()
    assert pasted.rows == (
        {"medins_list_name": "床位费", "det_item_fee_sumamt": "1200.00", "chrgitm_lv": "01"},
        {
            "medins_list_name": "头孢曲松",
            "det_item_fee_sumamt": "88.50",
            "chrgitm_lv": "02",
            "selfpay_prop": "10%",
            "pric_uplmt_amt": "80.00",
        },
        {"medins_list_name": "护理费", "det_item_fee_sumamt": "30.00"},
    )


def test_with_a_head_in_any_order() -> None:
    pasted = read_lines("序号\t金额\t项目名称\t医保等级\n1\t12.30\t化验\t丙\n\t12.30\t合计\t")
    assert pasted.faults == ()
    assert pasted.rows == (
        {"medins_list_name": "化验", "det_item_fee_sumamt": "12.30", "chrgitm_lv": "03"},
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("\t甲\t1", "没有项目名称"),
        ("床位费\t甲\t一百", "金额“一百”读不出"),
        ("床位费\t甲", "金额“”读不出"),
        ("床位费\t丁\t1", "甲乙丙“丁”读不出"),
        ("床位费\t乙\t1\t很多", "自付比例“很多”读不出"),
        ("床位费\t乙\t1\t10%\t贵", "限价“贵”读不出"),
    ],
)
def test_a_wrong_line_is_named_and_the_others_stay(line: str, said: str) -> None:
    pasted = read_lines(f"护理费\t甲\t30\n{line}\n诊察费\t甲\t5")
    assert len(pasted.rows) == 2
    assert len(pasted.faults) == 1
    assert pasted.faults[0].startswith(f"第 2 行：{said}")


def test_too_many_lines_are_said() -> None:
    pasted = read_lines("床位费\t甲\t1\n" * (MOST_LINES + 3))
    assert len(pasted.rows) == MOST_LINES
    assert "后面的没有读进来" in pasted.faults[0]


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("10%", Decimal("0.1")),
        ("１０％", Decimal("0.1")),
        ("0.1", Decimal("0.1")),
        ("10", Decimal("0.1")),
        ("1", Decimal(1)),
        ("0", Decimal(0)),
        ("1%", Decimal("0.01")),
        ("101", None),
        ("-1", None),
        ("NaN", None),
        ("", None),
    ],
)
def test_shares(text: str, rate: Decimal | None) -> None:
    assert share(text) == rate


@given(st.text())
def test_any_text_is_survived(text: str) -> None:
    pasted = read_lines(text)
    assert all({"medins_list_name", "det_item_fee_sumamt"} <= set(row) for row in pasted.rows)


@pytest.mark.parametrize(
    ("head", "line", "kept"),
    [
        ("项目名称\t金额\t自付金额", "头孢\t100.00\t12.50", {}),
        ("项目名称\t先行自付金额\t金额", "头孢\t12.50\t100.00", {}),
        ("项目编码\t项目名称\t金额", "0021\t头孢\t100.00", {}),
        ("项目名称\t项目编码\t金额", "头孢\t0021\t100.00", {}),
        ("项目名称\t金额\t超限价金额", "头孢\t100.00\t30.00", {}),
        ("项目名称\t金额\t医保范围内金额", "头孢\t100.00\t87.50", {}),
        ("项目名称\t金额\t先行自付", "头孢\t100.00\t12.50", {}),
        ("项目名称\t金额\t自付比例", "头孢\t100.00\t12.5", {"selfpay_prop": "12.5"}),
        ("项目名称\t金额\t医保限价", "头孢\t100.00\t70.00", {"pric_uplmt_amt": "70.00"}),
    ],
)
def test_a_column_of_other_amounts_is_not_read(head: str, line: str, kept: dict[str, str]) -> None:
    """An amount read as a ratio or a limit would make a wrong estimate out of a right list."""
    pasted = read_lines(f"{head}\n{line}")
    assert pasted.faults == ()
    assert pasted.rows == ({"medins_list_name": "头孢", "det_item_fee_sumamt": "100.00", **kept},)


@pytest.mark.parametrize("total", ["合 计", "合计：", "总计"])
def test_a_row_of_totals_is_no_line(total: str) -> None:
    assert len(read_lines(f"头孢\t甲\t100.00\n{total}\t\t100.00").rows) == 1


@pytest.mark.parametrize("words", ["1_0", "1e1", "-5%", "NaN", "Infinity", "101"])
def test_what_is_no_ratio(words: str) -> None:
    assert share(words) is None
