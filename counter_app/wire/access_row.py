"""Rows of the access log as they travel (SYNC §2, /access): exact texts, chained, their head signed."""

import msgspec

from counter_app.wire import canonical


class RowLink(msgspec.Struct, frozen=True):
    """What chains a row: its number and the head before it."""

    k: int
    prev: str


def row_text(k: int, prev: str, row: dict[str, object]) -> str:
    """The row's canonical text; the next row names its SHA-256."""
    return canonical.encode({**row, "k": k, "prev": prev}).decode("utf-8")


def row_head(text: str) -> str:
    """The chain's head after this row."""
    return canonical.sha256(text.encode("utf-8")).hex()


def read_link(text: str) -> RowLink | None:
    """Number and predecessor, None where the text is no row."""
    try:
        return msgspec.json.decode(text.encode("utf-8"), type=RowLink)
    except (msgspec.DecodeError, UnicodeEncodeError):
        return None


def follows(k: int, text: str, before: str) -> bool:
    """Whether the text is row k after this head."""
    return read_link(text) == RowLink(k, before)


def access_message(device: str, epoch: int, k: int, head: str) -> bytes:
    """What a device signs to vouch for its access log up to row k."""
    return canonical.encode({"access": device, "ep": epoch, "k": k, "head": head})
