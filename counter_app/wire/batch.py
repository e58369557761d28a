"""Batches of entries and frames of feeds: zstd over NDJSON, bounded when read."""

import gzip
import zlib

import msgspec
import zstandard

from counter_app.wire import dictionary
from counter_app.wire.canonical import sha256
from counter_app.wire.header import Op
from counter_app.wire.lean import LeanOp, lean, whole
from counter_app.wire.messages import FeedHead

LARGEST = 64 * 1024 * 1024
"""Bytes after decompression; more is refused, so that a small frame cannot fill the memory."""

ZSTD, GZIP = "zstd", "gzip"
_UNREADABLE = (ValueError, RecursionError)
"""Also what is nested so deep that no reader follows."""
_GZIP_MAGIC = b"\x1f\x8b"
FeedRow = list[object]
LivingRow = tuple[str | int | bool, ...]
_LIVING = msgspec.json.Decoder(LivingRow)


class BrokenFrame(ValueError):
    """Bytes are no frame: cut short, changed, too large, or of another shape."""


def pack_ops(ops: list[Op], packing: str = ZSTD) -> bytes:
    """Entries as compressed NDJSON, one a line, their texts unchanged.

    `packing` is the name of a shipped dictionary, `zstd` for none, or `gzip` for whoever meddles
    with what he does not know.
    """
    sent = lean(ops) if packing in dictionary.LEAN else ops
    plain = b"\n".join(map(msgspec.json.encode, sent))
    if packing == GZIP:
        return gzip.compress(plain, 6, mtime=0)
    shipped = dictionary.load(packing)
    if shipped is None:
        return zstandard.compress(plain, 3)
    # by its length the bomb is known, by its checksum a byte that changed
    level = dictionary.level(len(plain))
    return zstandard.ZstdCompressor(level, shipped, write_checksum=True).compress(plain)


def unpack_ops(data: bytes, packing: str = ZSTD) -> list[Op]:
    """Read what `pack_ops` wrote; which kind it is, the bytes say; `packing` names the dictionary.

    Raises:
        BrokenFrame: it is none.
    """
    zipped = data.startswith(_GZIP_MAGIC)
    lines = filter(None, (_gunzip(data) if zipped else _open(data, packing)).split(b"\n"))
    try:
        if packing in dictionary.LEAN and not zipped:
            return list(whole(msgspec.json.decode(line, type=LeanOp) for line in lines))
        return [msgspec.json.decode(line, type=Op) for line in lines]
    except _UNREADABLE as error:
        raise BrokenFrame("an entry is not of the agreed shape") from error


def pack_lines(lines: list[str]) -> bytes:
    """Texts without line breaks of their own, one a line, compressed."""
    return zstandard.compress("\n".join(lines).encode("utf-8"), 3)


def unpack_lines(data: bytes) -> list[str]:
    """Read what `pack_lines` wrote.

    Raises:
        BrokenFrame: it is none.
    """
    try:
        text = _open(data).decode("utf-8")
    except UnicodeDecodeError as error:
        raise BrokenFrame("not text") from error
    return [line for line in text.split("\n") if line]


def pack_frame(head: FeedHead, rows: list[FeedRow], level: int = 3) -> bytes:
    """A feed frame; the head's `sha` is set to the rows' hash."""
    body = b"\n".join(msgspec.json.encode(row) for row in rows)
    line = msgspec.json.encode(msgspec.structs.replace(head, sha=sha256(body).hex()))
    # `sha` covers the rows; the checksum covers the head as well
    return zstandard.ZstdCompressor(level, write_checksum=True).compress(line + b"\n" + body)


def unpack_frame(data: bytes) -> tuple[FeedHead, list[bytes]]:
    """The head and the rows' still undecoded lines (decode in slices of at most 500).

    Raises:
        BrokenFrame: cut short, changed or of another shape.
    """
    line, _, body = _open(data).partition(b"\n")
    try:
        head = msgspec.json.decode(line, type=FeedHead)
    except _UNREADABLE as error:
        raise BrokenFrame("a frame's head is not of the agreed shape") from error
    if sha256(body).hex() != head.sha:
        raise BrokenFrame("a frame's rows are not those its head names")
    return head, [row for row in body.split(b"\n") if row]


def decode_rows(lines: list[bytes]) -> list[FeedRow]:
    """Rows of a slice of lines.

    Raises:
        BrokenFrame: a row is no array.
    """
    try:
        return [msgspec.json.decode(line, type=list[object]) for line in lines]
    except _UNREADABLE as error:
        raise BrokenFrame("a row is no array") from error


def decode_living(lines: list[bytes]) -> list[LivingRow] | None:
    """Rows of texts, whole numbers and truths alone; None where one of them is anything else, a tombstone too."""
    try:
        return list(map(_LIVING.decode, lines))
    except _UNREADABLE:
        return None


def _gunzip(data: bytes) -> bytes:
    opener = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        plain = opener.decompress(data, LARGEST + 1)
    except zlib.error as error:
        raise BrokenFrame("not a complete gzip stream") from error
    if len(plain) > LARGEST:
        raise BrokenFrame("larger than any frame may be")
    if not opener.eof:
        raise BrokenFrame("cut short")
    return plain


def _open(data: bytes, packing: str = ZSTD) -> bytes:
    try:
        promised = zstandard.frame_content_size(data)
        if promised > LARGEST:
            raise BrokenFrame("larger than any frame may be")
        opener = zstandard.ZstdDecompressor(dictionary.load(packing), max_window_size=1 << 27)
        # in one go: only then the frame's end, its checksum included, must be there, and nothing after it
        plain = opener.decompress(data, allow_extra_data=False)
    except (zstandard.ZstdError, MemoryError) as error:
        raise BrokenFrame("not a complete zstd frame") from error
    if promised != len(plain):
        raise BrokenFrame("cut short")
    return plain
