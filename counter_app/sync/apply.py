"""Rows of a frame into reference.db: decoded in small slices, checked, kept out where not signed."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec

from counter_app.store import feed_rows, reference
from counter_app.store.reference_tables import REV
from counter_app.store.transaction import WriteTx
from counter_app.sync import faults
from counter_app.sync.faults import SyncFault
from counter_app.wire import certificate, keys, revs
from counter_app.wire.batch import BrokenFrame, FeedRow, decode_rows, unpack_frame
from counter_app.wire.canonical import sha256
from counter_app.wire.messages import CertBody, Certificate, FeedHead

DECODED = 500
"""Rows decoded at once: more would hold the interpreter and stall the window."""
WRITTEN, FILLED = 2000, 10_000
"""Rows in one transaction of a page, and of a first filling: every commit writes the pages of the indexes anew."""

_SCALARS = frozenset({str, int, bool})
_SIGNED = frozenset({"policy", "keys"})
"""Lists whose rows bear the centre's signature; others need none."""

Row = dict[str, object]


@dataclass(slots=True)
class Checked:
    """Rows of a slice that may be written, and what was kept out."""

    rows: list[FeedRow] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def open_frame(data: bytes, feed: str) -> tuple[FeedHead, list[bytes]]:
    """A frame's head and undecoded rows.

    Raises:
        SyncFault: the bytes are no frame, or one of another feed.
    """
    try:
        head, lines = unpack_frame(data)
    except BrokenFrame as error:
        raise SyncFault(faults.SERVER, "broken_frame") from error
    if head.feed not in {"", feed}:
        raise SyncFault(faults.SERVER, "other_feed")
    return head, lines


def slices(lines: list[bytes]) -> Iterator[list[FeedRow]]:
    """The rows, decoded five hundred at a time.

    Raises:
        SyncFault: a row is none.
    """
    for at in range(0, len(lines), DECODED):
        try:
            yield decode_rows(lines[at : at + DECODED])
        except BrokenFrame as error:
            raise SyncFault(faults.SERVER, "broken_frame") from error


def numbered(head: FeedHead, lines: list[bytes]) -> Iterator[list[FeedRow]]:
    """The rows by slices, each living one with its number behind it (0: the centre names none).

    Raises:
        SyncFault: a row is none, or the frame numbers other rows than it has.
    """
    if head.gaps and len(head.gaps) != len(lines):
        raise SyncFault(faults.SERVER, "broken_frame")
    given = iter(revs.numbers(head.since, head.gaps) if head.gaps else [0] * len(lines))
    for rows in slices(lines):
        # the rows first: at a slice's end the number of the next one stays where it is
        for row, rev in zip(rows, given, strict=False):
            if row and row[0] is not None:
                row.append(rev)
        yield rows


def check(feed: str, cols: tuple[str, ...], rows: list[FeedRow], centre: bytes) -> Checked:
    """Leave out what is not signed by the centre; every row has its number behind it.

    Raises:
        SyncFault: a row is not of the feed's shape.
    """
    if not feed_rows.columns(feed) <= set(cols):
        raise SyncFault(faults.SERVER, "missing_columns")
    width, key_width = len(cols) + 1, len(feed_rows.key_columns(feed)) + 1
    signed = feed in _SIGNED
    checked = Checked()
    for row in rows:
        dead = bool(row) and row[0] is None
        if len(row) != (key_width if dead else width) or not _scalars(row[1:] if dead else row):
            raise SyncFault(faults.SERVER, "bad_row")
        if dead or not signed or vouched(feed, dict(zip(cols, row, strict=False)), centre):
            checked.rows.append(row)
        else:
            checked.refused.append(f"{feed}:{row[0]}")
    return checked


def vouched(feed: str, row: Row, centre: bytes) -> bool:
    """Whether a rule pack or a device certificate bears the centre's signature; others need none."""
    if feed == "policy":
        return pack_vouched(row, centre)
    if feed == "keys":
        cert = read_certificate(str(row["text"]), str(row["sig"]), centre)
        return cert is not None and cert.dev == row["dev"]
    return True


def pack_vouched(row: Row, centre: bytes) -> bool:
    """Whether the pack's text is the one the centre signed."""
    text = str(row["text"]).encode("utf-8")
    try:
        signature = keys.raw(str(row["sig"]))
    except ValueError:
        return False
    return sha256(text).hex() == row["digest"] and keys.verifies(centre, signature, text)


def read_certificate(text: str, sig: str, centre: bytes) -> CertBody | None:
    """The certificate's content, None where the centre did not sign it."""
    try:
        return certificate.read(Certificate(text, sig), centre)
    except msgspec.MsgspecError:
        return None


def write_rows(tx: WriteTx, feed: str, cols: tuple[str, ...], rows: list[FeedRow]) -> None:
    """Into the tables; `cols` without the number that `numbered` put behind every row."""
    if rows:
        reference.apply_rows(tx, feed, (*cols, REV), rows)


def _scalars(row: FeedRow) -> bool:
    return _SCALARS.issuperset(map(type, row))
