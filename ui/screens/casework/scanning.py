"""What a scanned or pasted text becomes in a section of bills. Pure."""

from dataclasses import dataclass

from counter_app.domain.scanning.classify import classify
from counter_app.domain.scanning.scanned import Kind, Scanned
from counter_app.forms.answers import Row
from counter_app.kernel.money import parse_yuan, plain_yuan

FISCAL, TAX, DIGITAL = "1", "2", "3"
"""Codes elecSetlCertType."""
_BILLS = frozenset({Kind.FISCAL_BILL, Kind.TAX_INVOICE})


@dataclass(frozen=True, slots=True)
class Read:
    """A row to add, or why there is none."""

    row: Row | None
    words: str = ""


def is_bill(text: str) -> bool:
    """Whether the text is the code of a bill that names one."""
    return classify(text).kind in _BILLS


def read(text: str) -> Read:
    """The bill a code names; another code is said for what it is."""
    found = classify(text)
    if found.kind is Kind.FISCAL_BILL:
        return Read(_fiscal(found))
    if found.kind is Kind.TAX_INVOICE:
        return Read(_invoice(found))
    if found.kind is Kind.BILL_LINK:
        words = "这个码里没有票据号码。票没有录入；请按 Insert，照票面手工添加"
        return Read(None, words)
    words = (
        f"扫到的是：{found.what}。不是票据的码，没有录入；请扫票面上的二维码，或按 Insert 手工添加"
    )
    return Read(None, words)


def same(row: Row, other: Row) -> bool:
    """Whether two rows name one bill."""
    keys = ("elecSetlCertType", "elecSetlCertCode", "elecSetlCertNo")
    return all(row.get(k, "") == other.get(k, "") for k in keys)


def _fiscal(found: Scanned) -> Row:
    return {
        "elecSetlCertType": FISCAL,
        "elecSetlCertCode": found.fields["code"],
        "elecSetlCertNo": found.fields["number"],
        "elecSetlCertChkcode": found.fields["check"],
    }


def _invoice(found: Scanned) -> Row:
    """The amount of the classic kinds is before tax [G]: it is left to be read from the paper."""
    fields = found.fields
    row = {
        "elecSetlCertType": TAX if fields["code"] else DIGITAL,
        "elecSetlCertCode": fields["code"],
        "elecSetlCertNo": fields["number"],
        "billDate": fields["date"],
    }
    fen = parse_yuan(fields["amount"]) if not fields["code"] else None
    if fen is not None:
        row["billAmt"] = plain_yuan(fen)
    return {k: v for k, v in row.items() if v}
