"""Rows of a frame into reference.db: decoded in small slices, checked, kept out where not signed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from counter_app.store import feed_rows, reference
from counter_app.store.reference_tables import REV
from counter_app.store.transaction import WriteTx
from counter_app.sync import faults
from counter_app.sync.faults import SyncFault
from counter_app.wire import certificate, keys, revs
from counter_app.wire.batch import BrokenFrame, FeedRow, decode_living, decode_rows, unpack_frame
from counter_app.wire.canonical import sha256
from counter_app.wire.messages import CertBody, Certificate, FeedHead

DECODED = 500
"""Rows decoded at once: more would hold the interpreter and stall the window."""
WRITTEN = 10_000
"""Rows in one transaction: every commit writes the pages of the indexes anew."""

_SCALARS = frozenset({str, int, bool})
_SIGNED = frozenset({"policy", "keys"})
"""Lists whose rows bear the centre's signature; others need none."""

Row = Sequence[object]
Cells = dict[str, object]


@dataclass(slots=True)
class Checked:
    """Rows of a slice that may be written, and what was kept out."""

    rows: list[Row]
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
        yield _decoded(lines[at : at + DECODED])


def checked(feed: str, frame: tuple[FeedHead, list[bytes]], centre: bytes) -> Iterator[Checked]:
    """A frame's rows by slices, each living one with its number behind it (0: the centre names none).

    What is not signed by the centre is left out.

    Raises:
        SyncFault: a row is not of the feed's shape, or the frame numbers other rows than it has.
    """
    head, lines = frame
    if head.gaps and len(head.gaps) != len(lines):
        raise SyncFault(faults.SERVER, "broken_frame")
    if lines and not feed_rows.columns(feed) <= set(head.cols):
        raise SyncFault(faults.SERVER, "missing_columns")
    given = revs.numbers(head.since, head.gaps) if head.gaps else [0] * len(lines)
    widths = {len(head.cols)}
    for at in range(0, len(lines), DECODED):
        part, numbers = lines[at : at + DECODED], given[at : at + DECODED]
        rows: list[Row] | None = None
        living = decode_living(part)
        if living is not None and set(map(len, living)) <= widths:
            rows = [(*row, rev) for row, rev in zip(living, numbers, strict=True)]
        else:
            rows = _one_by_one(feed, head.cols, _decoded(part), numbers)
        yield _vouched(feed, head.cols, rows, centre) if feed in _SIGNED else Checked(rows)


def _decoded(lines: list[bytes]) -> list[FeedRow]:
    try:
        return decode_rows(lines)
    except BrokenFrame as error:
        raise SyncFault(faults.SERVER, "broken_frame") from error


def _one_by_one(
    feed: str, cols: tuple[str, ...], rows: list[FeedRow], numbers: list[int]
) -> list[Row]:
    """Where tombstones are among the rows, or worse."""
    width, key_width = len(cols), len(feed_rows.key_columns(feed)) + 1
    found: list[Row] = []
    for row, rev in zip(rows, numbers, strict=True):
        dead = bool(row) and row[0] is None
        if len(row) != (key_width if dead else width) or not _scalars(row[1:] if dead else row):
            raise SyncFault(faults.SERVER, "bad_row")
        found.append(row if dead else (*row, rev))
    return found


def _vouched(feed: str, cols: tuple[str, ...], rows: list[Row], centre: bytes) -> Checked:
    found = Checked([])
    for row in rows:
        if row[0] is None or vouched(feed, dict(zip(cols, row, strict=False)), centre):
            found.rows.append(row)
        else:
            found.refused.append(f"{feed}:{row[0]}")
    return found


def vouched(feed: str, row: Cells, centre: bytes) -> bool:
    """Whether a rule pack or a device certificate bears the centre's signature; others need none."""
    if feed == "policy":
        return pack_vouched(row, centre)
    if feed == "keys":
        cert = read_certificate(str(row["text"]), str(row["sig"]), centre)
        return cert is not None and cert.dev == row["dev"]
    return True


def pack_vouched(row: Cells, centre: bytes) -> bool:
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


def write_rows(tx: WriteTx, feed: str, cols: tuple[str, ...], rows: list[Row]) -> None:
    """Into the tables; `cols` without the number that `checked` put behind every row."""
    if rows:
        reference.apply_rows(tx, feed, (*cols, REV), rows)


def _scalars(row: FeedRow) -> bool:
    return _SCALARS.issuperset(map(type, row))
