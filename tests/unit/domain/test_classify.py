"""What a scanned or pasted text is: every vector of FACTS §7, and no text that breaks it."""

import datetime as dt
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain.scanning.classify import LONGEST, classify
from counter_app.domain.scanning.scanned import Kind
from counter_app.domain.scanning.tax_invoice import KINDS
from counter_app.kernel import ids
from counter_app.kernel.resident_id import check_character

FISCAL = "http://einvoice.jsczt.cn/page/32060199/0000000001/abc123"
CLASSIC = "01,10,050003523456,29342181,104.72,20180613,02418567008427471889,1774,"
DIGITAL = "01,32,,23442000000014209621,112,20230215,,74AE"
CASE_NO = ids.case_number("990101001001", dt.date(2026, 11, 23), "A", 31)
PERSON = "99010119500101004" + check_character("99010119500101004")
ABROAD = "81000019900307001" + check_character("81000019900307001")


def test_a_field_bearing_bill_address_gives_code_number_and_check() -> None:
    found = classify(FISCAL)
    assert found.kind is Kind.FISCAL_BILL
    assert found.fields == {"code": "32060199", "number": "0000000001", "check": "abc123"}


@pytest.mark.parametrize(
    "text",
    [
        FISCAL + "/",
        FISCAL + "?from=qr",
        FISCAL.upper().replace("ABC123", "abc123"),
        FISCAL.replace("http:", "https:").replace("/page", "/a/b/page"),
        f"\ufeff {FISCAL}\r\n",
        FISCAL.replace("/", "\uff0f").replace(":", "\uff1a"),
    ],
)
def test_the_bill_is_read_however_the_scanner_and_the_input_method_wrote_it(text: str) -> None:
    assert classify(text).fields == classify(FISCAL).fields


@pytest.mark.parametrize(
    "text",
    [
        "http://einvoice.jsczt.cn/d/0123456789abcdef01",
        "https://example.org/",
        FISCAL.replace("32060199", "3206019"),
        FISCAL.replace("0000000001", "000000001"),
        FISCAL.replace("abc123", "abc1234"),
        FISCAL + "/more",
    ],
)
def test_an_address_without_the_fields_is_opaque(text: str) -> None:
    found = classify(text)
    assert found.kind is Kind.BILL_LINK
    assert not found.fields


def test_a_classic_invoice() -> None:
    found = classify(CLASSIC)
    assert found.kind is Kind.TAX_INVOICE
    assert found.what == "增值税电子普通发票"
    assert found.fields == {
        "kind_code": "10",
        "code": "050003523456",
        "number": "29342181",
        "amount": "104.72",
        "date": "2018-06-13",
        "check": "02418567008427471889",
    }


def test_an_all_digital_invoice_has_neither_code_nor_check() -> None:
    found = classify(DIGITAL)
    assert found.kind is Kind.TAX_INVOICE
    assert found.fields == {
        "kind_code": "32",
        "code": "",
        "number": "23442000000014209621",
        "amount": "112",
        "date": "2023-02-15",
        "check": "",
    }


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_of_invoice(kind: str) -> None:
    text = (DIGITAL if kind in {"31", "32"} else CLASSIC).replace(",", ";", 1)
    text = "01," + kind + text[5:]
    found = classify(text)
    assert found.kind is Kind.TAX_INVOICE
    assert found.what == KINDS[kind]


@pytest.mark.parametrize("tail", ["1774", "1774,", ",1774,", ",1774", "", ","], ids=repr)
def test_a_special_invoice_leaves_the_check_out(tail: str) -> None:
    found = classify(f"01,01,3200151130,20151234,1000.00,20180613,{tail}")
    assert found.kind is Kind.TAX_INVOICE
    assert (found.fields["check"], found.fields["number"]) == ("", "20151234")


def test_a_kind_nobody_named_is_read_and_said_to_be_unknown() -> None:
    found = classify(CLASSIC.replace("01,10,", "01,77,"))
    assert found.kind is Kind.TAX_INVOICE
    assert "77" in found.what


@pytest.mark.parametrize(
    "wrong",
    [
        CLASSIC.replace("20180613", "20180631"),
        CLASSIC.replace("20180613", "2018061"),
        CLASSIC.replace("104.72", "104.721"),
        CLASSIC.replace("104.72", ""),
        CLASSIC.replace("29342181", "2934218"),
        CLASSIC.replace("050003523456", ""),
        CLASSIC.replace("02418567008427471889", "0241856700842747188"),
        CLASSIC + "1,2,3",
        "01,10",
        "01,10,050003523456,29342181,104.72",
        DIGITAL.replace("23442000000014209621", "2344200000001420962"),
    ],
)
def test_an_invoice_that_lacks_something_is_not_half_read(wrong: str) -> None:
    found = classify(wrong)
    assert found.kind is Kind.UNKNOWN
    assert not found.fields
    assert "税务发票" in found.what


def test_persons() -> None:
    assert classify(PERSON).fields == {"certno": PERSON, "psn_cert_type": "01"}
    assert classify(ABROAD).fields == {"certno": ABROAD, "psn_cert_type": "17"}
    assert classify("110105491231002").fields["certno"] == "11010519491231002X"
    assert classify("11010519491231002x").fields["certno"] == "11010519491231002X"


def test_a_number_with_one_wrong_digit_is_nobody_and_no_voucher() -> None:
    wrong = PERSON[:-1] + ("0" if PERSON[-1] != "0" else "1")
    found = classify(wrong)
    assert found.kind is Kind.UNKNOWN
    assert not found.fields
    assert "校验" in found.what


def test_our_own_codes() -> None:
    receipt = classify(f"QH1.{CASE_NO}.resident-enrolment.abc.20261123.-.00.dev.sig")
    assert (receipt.kind, receipt.fields) == (Kind.RECEIPT, {"case_no": CASE_NO})
    assert classify("QH1.").kind is Kind.RECEIPT
    assert not classify("QH1.nothing.of.ours").fields
    assert classify(CASE_NO.lower().replace("-", "")).fields == {"case_no": CASE_NO}
    assert classify("QHA1.0123456789ABCDEF.aHR0cHM6Ly8.AAAA").kind is Kind.ACTIVATION
    assert not classify("QHA1.0123456789ABCDEF.aHR0cHM6Ly8.AAAA").fields


def test_a_case_number_read_wrong_is_no_voucher() -> None:
    wrong = CASE_NO[:-1] + ("0" if CASE_NO[-1] != "0" else "1")
    assert classify(wrong).kind is Kind.UNKNOWN


@pytest.mark.parametrize("token", ["7" * 28, "a" * 20, "Zk9-_+/=" * 5])
def test_an_opaque_text_may_be_a_voucher_and_leaves_no_trace(token: str) -> None:
    found = classify(token)
    assert found.kind is Kind.EVOUCHER
    assert found.text == token
    assert not found.fields
    assert token not in repr(found)


def test_a_person_leaves_no_trace_in_a_log() -> None:
    assert PERSON not in repr(classify(PERSON))


@pytest.mark.parametrize("text", ["7" * 19, "王桂兰", "wgl", "WIFI:S:x;;", "天" * 30, "a b" * 20])
def test_what_has_no_form_is_unknown(text: str) -> None:
    assert classify(text).kind is Kind.UNKNOWN


@pytest.mark.parametrize("text", ["", " \r\n\t", "\u200b\ufeff"])
def test_nothing_is_empty(text: str) -> None:
    assert classify(text).kind is Kind.EMPTY


def test_a_five_megabyte_paste_is_not_walked() -> None:
    assert classify("7" * 5_000_000).kind is Kind.UNKNOWN
    assert classify("7" * (LONGEST + 1)).kind is Kind.UNKNOWN


_SHAPED = st.lists(
    st.one_of(
        st.sampled_from([
            "01,",
            "10",
            "32",
            ",",
            "http://",
            "https://",
            "/page/",
            "/d/",
            "QH1.",
            "QHA1.",
            "-",
        ]),
        st.sampled_from([FISCAL, CLASSIC, DIGITAL, CASE_NO, PERSON, ABROAD]),
        st.text(string.digits + string.ascii_letters + ",./:X", max_size=22),
        st.text(max_size=8),
    ),
    max_size=9,
).map("".join)
_ANY = st.one_of(st.text(), _SHAPED, st.text(st.characters(), max_size=60))


def _total(text: str) -> None:
    found = classify(text)
    assert found.kind in Kind
    assert found.what
    if found.kind in {Kind.EVOUCHER, Kind.UNKNOWN, Kind.EMPTY, Kind.BILL_LINK}:
        assert not found.fields
    assert all(isinstance(value, str) for value in found.fields.values())
    # what was cleaned once reads the same again
    assert classify(found.text).kind is found.kind


@settings(max_examples=500)
@given(_ANY)
def test_no_text_breaks_it(text: str) -> None:
    _total(text)


@pytest.mark.soak
@settings(max_examples=1_000_000, derandomize=False)
@given(_ANY)
def test_no_text_of_a_million_breaks_it(text: str) -> None:
    _total(text)
