"""The signed QR of our own receipts (DESIGN, decision 10): any enrolled station verifies it offline.

Text: QH1.<case>.<item>.<masked name, base64url>.<yyyymmdd>.<fen or ->.<first 8 bytes of the entry's hash>.<device>.<sig>

All of it is ASCII: keyboard scanners type nothing else, and zbar takes short UTF-8 for Shift-JIS.
"""

import re
from dataclasses import dataclass

from counter_app.domain.scanning.scanned import RECEIPT_PREFIX as PREFIX
from counter_app.kernel import ids
from counter_app.wire import keys

_PARTS = 9
_FEN = re.compile(r"-|[0-9]{1,12}")


@dataclass(frozen=True, slots=True)
class ReceiptCode:
    """What a receipt's QR says; `fen` None where no amount was known; `entry` 16 hex digits."""

    case_no: str
    item: str
    masked_name: str
    day: str
    fen: int | None
    entry: str
    device: str

    def signed_text(self) -> str:
        """Everything before the signature."""
        amount = "-" if self.fen is None else str(self.fen)
        name = keys.text(self.masked_name.encode("utf-8"))
        parts = (PREFIX, self.case_no, self.item, name, self.day, amount, self.entry, self.device)
        return ".".join(parts)


def write(code: ReceiptCode, private: bytes) -> str:
    """The QR's text, signed by the device."""
    text = code.signed_text()
    return f"{text}.{keys.text(keys.sign(private, text.encode('utf-8')))}"


def looks_like(text: str) -> bool:
    """Whether the text claims to be one of our receipts."""
    return text.startswith(PREFIX + ".")


def read(text: str) -> tuple[ReceiptCode, bytes] | None:
    """Content and signature of a receipt's text, unverified; None where the shape is another."""
    parts = text.strip().split(".")
    if len(parts) != _PARTS or parts[0] != PREFIX or ids.parse_case_number(parts[1]) is None:
        return None
    if not _FEN.fullmatch(parts[5]):
        return None
    try:
        signature = keys.raw(parts[8])
        name = keys.raw(parts[3]).decode("utf-8")
    except ValueError:
        return None
    fen = None if parts[5] == "-" else int(parts[5])
    return ReceiptCode(parts[1], parts[2], name, parts[4], fen, parts[6], parts[7]), signature
