"""What a bill says against itself: form, arithmetic, capitals, red letters; and its keys."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.bill.bill import Bill, BillKind, exact_key, form_faults, near_key
from counter_app.domain.bill.capitals import read_capitals
from counter_app.domain.bill.payer import number_fits, same_name
from counter_app.kernel.money import capitals

DAY = dt.date(2026, 11, 23)
GOOD = Bill("1", "41060226", "0003817265", "a3f09c", dt.date(2026, 10, 28), 5712000)
CERTNO = "990101194802140020"


def codes(bill: Bill) -> list[str]:
    return [f.code for f in form_faults(bill, DAY)]


def test_a_good_bill_has_no_fault() -> None:
    assert codes(GOOD) == []
    assert codes(replace(GOOD, written="伍万柒仟壹佰贰拾元整")) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"code": "4106022"}, "fiscal_code"),
        ({"code": "41050226"}, "not_medical"),
        ({"number": "003817265"}, "fiscal_number"),
        ({"check": "a3f09"}, "fiscal_check"),
        ({"date": dt.date(2026, 11, 24)}, "bill_later"),
        ({"amount": -100}, "negative"),
        ({"amount": 0}, "nothing"),
        ({"written": "伍万柒仟壹佰贰拾"}, "capitals_unread"),
        ({"written": "伍万柒仟壹佰贰拾壹元整"}, "capitals_differ"),
        ({"red": True}, "red_letter"),
        ({"red": True, "amount": -100}, "red_letter"),
        ({"settled": True}, "settled"),
        ({"kind": BillKind.TAX}, "tax_code"),
        ({"kind": BillKind.TAX, "code": "041002200111"}, "tax_number"),
        ({"kind": BillKind.DIGITAL, "code": ""}, "digital_number"),
    ],
)
def test_each_fault(change: dict[str, object], code: str) -> None:
    found = list(form_faults(replace(GOOD, **change), DAY))
    assert code in [f.code for f in found]
    assert all("。" in f.text for f in found)
    assert [f.stops for f in found if f.code == code] == [code != "not_medical"]


def test_other_kinds() -> None:
    digital = Bill("3", "", "26412000000318827460", "", DAY, 124420)
    assert codes(digital) == []
    assert codes(Bill("2", "0410022001", "12345678", "", DAY, 100)) == []
    assert codes(Bill("paper", "", "随便", "", DAY, 100)) == []
    assert codes(Bill("", "", "")) == []


def test_keys() -> None:
    assert exact_key(GOOD) == "1:41060226:0003817265"
    assert exact_key(replace(GOOD, number="")) == ""
    paper = replace(GOOD, kind="paper", code="4106", number="3817265")
    assert exact_key(paper, "甲医院") != exact_key(paper, "乙医院")
    assert exact_key(GOOD, "甲医院") == exact_key(GOOD, "乙医院")
    near = near_key(GOOD, f"01:{CERTNO}", "H99010100001")
    assert near == f"01:{CERTNO}|H99010100001|2026-10-28|5712000"
    assert near_key(replace(GOOD, number="0000000001"), f"01:{CERTNO}", "H99010100001") == near
    assert near_key(GOOD, "", "H1") == near_key(replace(GOOD, date=None), "x", "H1") == ""
    assert near_key(replace(GOOD, amount=None), "x", "H1") == near_key(GOOD, "x", "") == ""


def test_how_a_bill_is_named() -> None:
    assert GOOD.words == "票据 41060226 0003817265"
    assert replace(GOOD, code="").words == "票据 0003817265"


@given(st.integers(0, 10**13))
def test_capitals_read_back(fen: int) -> None:
    assert read_capitals(capitals(fen)) == fen


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("人民币：壹拾元正", 1000),
        ("拾圆整", 1000),
        ("伍角", 50),
        ("伍元零叁分", 503),
        ("零元整", 0),
        ("", None),
        ("整", None),
        ("元整", None),
        ("伍万乙元", None),
        ("伍元叁", None),
        ("5元", None),
    ],
)
def test_capitals_as_printed(text: str, fen: int | None) -> None:
    assert read_capitals(text) == fen


@pytest.mark.parametrize(
    ("printed", "fits"),
    [
        ("990101********0020", True),
        ("990101＊＊＊＊＊＊＊＊0020", True),
        ("**************0020", True),
        ("990101****0020", True),
        ("0020", True),
        (CERTNO, True),
        ("990101********0021", False),
        ("990102********0020", False),
        ("0021", False),
        ("990102***0020", False),
        ("20", None),
        ("***20", None),
        ("", None),
    ],
)
def test_a_masked_number(printed: str, *, fits: bool | None) -> None:
    assert number_fits(printed, CERTNO) is fits


def test_the_payer_by_name() -> None:
    assert same_name("阿依古丽•买买提", ("阿依古丽·买买提",))
    assert same_name("王 秀兰", ("", "王秀兰"))
    assert not same_name("王秀蘭", ("王秀兰",))
    assert not same_name("", ("",))


@pytest.mark.parametrize(
    "other",
    [
        replace(GOOD, kind=BillKind.PAPER),
        replace(GOOD, kind=BillKind.TAX),
        replace(GOOD, code="4106 0226", number="00038 17265"),
        replace(GOOD, code="４１０６０２２６"),
    ],
)
def test_the_same_bill_written_or_called_otherwise_is_the_same(other: Bill) -> None:
    assert exact_key(other, "H1") == exact_key(GOOD) == "1:41060226:0003817265"


def test_an_invoice_without_code_is_known_by_its_twenty_digits() -> None:
    digital = Bill("3", "", "26412000000318827460", "", DAY, 124420)
    for other in (replace(digital, kind="paper"), replace(digital, code="0410022001")):
        assert exact_key(other, "H1") == exact_key(digital)
    tax = Bill("2", "0410022001", "12345678", "", DAY, 100)
    assert exact_key(replace(tax, kind="paper"), "H1") == exact_key(tax)
    paper = Bill("paper", "", "ab 12", "", DAY, 100)
    assert exact_key(paper, "县 医院") == exact_key(replace(paper, number="AB12"), "县医院")
    assert exact_key(paper, "县医院") != exact_key(paper, "市医院")


@pytest.mark.parametrize(
    ("printed", "fits"),
    [
        ("９９０１０１＊＊＊＊＊＊＊＊０１２３", False),
        ("９９０１０１＊＊＊＊＊＊＊＊００２０", True),
        ("990101xxxxxxxx0020", True),
        ("990101XXXXXXXX0021", False),
        ("990101•••••••• 0020", True),
        ("0020", True),
    ],
)
def test_masks_of_other_printers(printed: str, fits: bool) -> None:
    assert number_fits(printed, CERTNO) is fits


def test_an_x_at_the_end_is_a_digit() -> None:
    assert number_fits("110101********001x", "11010119900307001X") is True
    assert number_fits("001x", "11010119900307001X") is True
    assert number_fits("001X", "110101199003070011") is False


@pytest.mark.parametrize(
    "words", ["伍伍佰元整", "壹佰贰佰元", "伍伍元整", "壹角壹角", "角", "分壹", "壹拾贰佰元", "元整", "负壹元"]
)  # fmt: skip
def test_what_only_looks_like_capitals_is_not_read(words: str) -> None:
    assert read_capitals(words) is None


@pytest.mark.parametrize(
    ("words", "fen"),
    [
        ("人民币：壹仟零伍万元整", 1_005_000_000),
        ("拾元整", 1000),
        ("两佰元零角伍分", 20_005),
        ("壹元零伍分", 105),
        ("叁角", 30),
        ("零元整", 0),
        ("壹万亿零伍元", 100_000_000_000_500),
    ],
)
def test_capitals_as_bills_print_them(words: str, fen: int) -> None:
    assert read_capitals(words) == fen
