"""The kinds of text a code or a paste can hold, and what is read out of each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

RECEIPT_PREFIX = "QH1"
"""First part of the QR on our own receipts; the rest of the shape is the wire's."""
ACTIVATION_PREFIX = "QHA1"
"""First part of the QR that starts a new PC."""


class Kind(StrEnum):
    """What a text is, by its form alone."""

    EMPTY = "empty"
    FISCAL_BILL = "fiscal_bill"
    """A fiscal e-bill's address that carries code, number and check code."""
    BILL_LINK = "bill_link"
    """Any other address: the bill it may lead to has to be typed from the paper."""
    TAX_INVOICE = "tax_invoice"
    RESIDENT_ID = "resident_id"
    RECEIPT = "receipt"
    CASE_NO = "case_no"
    ACTIVATION = "activation"
    TEST_CARD = "test_card"
    """Our own test card, also one that a scanner mangled."""
    EVOUCHER = "evoucher"
    """Only a candidate: opaque, at least 20 characters; nobody but the centre can tell."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a text is; `what` in the clerk's words.

    `text` is the cleaned text. `fields` by kind, all as text:
    fiscal_bill: code, number, check; tax_invoice: kind_code, code, number, amount, date (ISO), check;
    resident_id: certno (18 characters), psn_cert_type; receipt and case_no: case_no; others: none.
    Neither shows in the representation: a number or a token must not reach a log by accident.
    """

    kind: Kind
    what: str
    text: str = field(default="", repr=False)
    fields: Mapping[str, str] = field(default_factory=dict, repr=False)
