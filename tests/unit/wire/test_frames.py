"""Batches and frames: what was packed comes out, anything else is refused, bounded."""

import msgspec
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from counter_app.wire import batch, dictionary, header
from counter_app.wire.batch import BrokenFrame
from counter_app.wire.header import Op
from counter_app.wire.messages import FeedHead

HEAD = FeedHead(cols=("a", "b"), since=0, to=2, newest=9, epoch="e1", sha="")
texts = st.text(st.characters(exclude_categories=("Cs",)))
ops = st.lists(st.builds(Op, texts, texts | st.none()), max_size=5)
rows = st.lists(st.lists(texts | st.integers(-(2**53), 2**53) | st.none(), max_size=4), max_size=6)


@given(ops)
def test_entries_travel_unchanged(made: list[Op]) -> None:
    assert batch.unpack_ops(batch.pack_ops(made)) == made


@given(rows)
def test_rows_travel_unchanged(made: list[list[object]]) -> None:
    head, lines = batch.unpack_frame(batch.pack_frame(HEAD, made))
    assert batch.decode_rows(lines) == made
    assert msgspec.structs.replace(head, sha="") == HEAD


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    for packed in (data, zstandard.compress(data)):
        for unpack in (batch.unpack_ops, batch.unpack_frame):
            try:
                unpack(packed)
            except BrokenFrame:
                continue
    try:
        batch.decode_rows([data])
    except BrokenFrame:
        return


@given(rows.filter(bool), st.data())
def test_a_frame_cut_short_or_changed_is_refused(
    made: list[list[object]], data: st.DataObject
) -> None:
    packed = batch.pack_frame(HEAD, made)
    cut = data.draw(st.integers(0, len(packed) - 1))
    with pytest.raises(BrokenFrame):
        batch.unpack_frame(packed[:cut])
    plain = zstandard.decompress(packed)
    changed = plain.replace(b"\n[", b"\n [", 1)
    with pytest.raises(BrokenFrame, match="rows are not those"):
        batch.unpack_frame(zstandard.compress(changed))


def test_every_flip_in_a_feeds_frame_is_noticed_and_every_cut() -> None:
    """One in the head's column names once let a row be left out and the cursor pass it."""
    head = FeedHead(cols=("op_id", "header"), since=0, to=1, newest=1, epoch="e", sha="", feed="f")
    data = batch.pack_frame(head, [["a", "b"]])
    there = batch.unpack_frame(data)
    for at in range(len(data)):
        with pytest.raises(BrokenFrame):
            batch.unpack_frame(data[:at])
        changed = data[:at] + bytes([data[at] ^ 0x10]) + data[at + 1 :]
        try:
            assert batch.unpack_frame(changed) == there
        except BrokenFrame:
            continue
    with pytest.raises(BrokenFrame):
        batch.unpack_frame(data + b"\0")


def test_a_small_frame_cannot_fill_the_memory() -> None:
    bomb = zstandard.compress(bytes(batch.LARGEST + 1))
    assert len(bomb) < 10_000
    with pytest.raises(BrokenFrame, match="larger"):
        batch.unpack_frame(bomb)


def test_a_frame_without_its_length_is_refused() -> None:
    writer = zstandard.ZstdCompressor(write_content_size=False)
    with pytest.raises(BrokenFrame):
        batch.unpack_ops(writer.compress(b'["h","b"]'))


def test_bytes_that_are_no_text() -> None:
    with pytest.raises(BrokenFrame, match="entry"):
        batch.unpack_ops(zstandard.compress(b'["\xff","b"]'))
    with pytest.raises(BrokenFrame, match="head"):
        batch.unpack_frame(zstandard.compress(b"{}\n"))
    with pytest.raises(BrokenFrame, match="array"):
        batch.decode_rows([b"{}"])


DEEP = "[" * 100_000 + "]" * 100_000


@pytest.mark.parametrize("packing", ["zstd", *dictionary.KNOWN])
def test_what_is_nested_too_deep_is_no_entry(packing: str) -> None:
    plain = f'["a",null,true,{DEEP}]'.encode()
    data = zstandard.ZstdCompressor(3, dictionary.load(packing)).compress(plain)
    with pytest.raises(BrokenFrame):
        batch.unpack_ops(data, packing)


def test_what_is_nested_too_deep_is_no_header_frame_or_row() -> None:
    with pytest.raises(ValueError, match="deep"):
        header.read_header(f'{{"x":{DEEP}}}')
    with pytest.raises(BrokenFrame):
        batch.unpack_frame(zstandard.compress(f'{{"x":{DEEP}}}\n'.encode()))
    with pytest.raises(BrokenFrame):
        batch.decode_rows([DEEP.encode()])
