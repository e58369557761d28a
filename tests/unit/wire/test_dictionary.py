"""Entries with the shipped dictionary: how small, and what happens without it."""

import random
import zlib

import msgspec
import pytest
import zstandard

from counter_app.wire import dictionary, protocol
from counter_app.wire.batch import GZIP, ZSTD, BrokenFrame, pack_ops, unpack_ops
from counter_app.wire.header import Op, body_sha, head_of, read_header
from counter_app.wire.lean import LeanOp, lean, whole
from tests.proof.train_dictionary import claim


@pytest.fixture(scope="module")
def ops() -> list[Op]:
    """Claims the dictionary never saw: of another seed."""
    roll = random.Random(20261123)
    return [claim(roll, number) for number in range(3000, 3012)]


@pytest.mark.parametrize("packing", [*dictionary.KNOWN, ZSTD, GZIP])
def test_entries_come_back_as_they_were(ops: list[Op], packing: str) -> None:
    assert unpack_ops(pack_ops(ops, packing), packing) == ops


def test_one_claim_is_small(ops: list[Op]) -> None:
    sizes = {
        packing: sum(len(pack_ops([op], packing)) for op in ops) / len(ops)
        for packing in (dictionary.NAME, ZSTD, GZIP)
    }
    raw = sum(len(msgspec.json.encode(op)) for op in ops) / len(ops)
    assert sizes[dictionary.NAME] < sizes[ZSTD] / 2 < raw / 4, (raw, sizes)
    assert sizes[dictionary.NAME] <= 450, (raw, sizes)


def test_the_dictionaries_fit_their_place() -> None:
    for name in dictionary.KNOWN:
        shipped = dictionary.load(name)
        assert shipped is not None
        assert len(shipped.as_bytes()) <= 32 * 1024
    assert dictionary.load("ops-9") is None


@pytest.mark.parametrize(
    ("offered", "taken"),
    [((), ""), (("ops-1",), "ops-1"), (("ops-1", "ops-2"), "ops-2"), (("ops-9", "ops-1"), "ops-1")],
)
def test_the_best_both_know_is_taken(offered: tuple[str, ...], taken: str) -> None:
    assert dictionary.best(offered) == taken


def test_a_chain_travels_without_its_hashes(ops: list[Op]) -> None:
    first = ops[0]
    linked = first.header.replace(read_header(first.header).prev, head_of(first.header))
    chained = [first, Op(linked, first.body), Op(ops[1].header, None)]
    sent = list(lean(chained))
    assert [op.header.count('"="') for op in sent] == [1, 2, 0]
    assert list(whole(sent)) == chained


def test_what_cannot_be_had_back_stays_as_it_is(ops: list[Op]) -> None:
    for header in (ops[0].header.replace(body_sha(ops[0].body or ""), "="), '"prev":"=', ""):
        odd = [ops[1], Op(header, ops[0].body), ops[2]]
        assert list(whole(lean(odd))) == odd
        assert unpack_ops(pack_ops(odd, dictionary.NAME), dictionary.NAME) == odd


def test_a_changed_body_makes_another_header(ops: list[Op]) -> None:
    one = next(lean(ops[:1]))
    changed = next(whole([LeanOp(one.header, f"{one.body} ", one.left_out)]))
    assert head_of(changed.header) != head_of(ops[0].header)


@pytest.mark.parametrize("packing", [dictionary.NAME, GZIP])
def test_every_cut_and_every_flip_is_noticed(ops: list[Op], packing: str) -> None:
    data = pack_ops(ops[:1], packing)
    for at in range(len(data)):
        with pytest.raises(BrokenFrame):
            unpack_ops(data[:at], packing)
        changed = data[:at] + bytes([data[at] ^ 0x10]) + data[at + 1 :]
        try:
            assert unpack_ops(changed, packing) == ops[:1]
        except BrokenFrame:
            continue


def test_without_the_dictionary_it_is_no_frame(ops: list[Op]) -> None:
    with pytest.raises(BrokenFrame):
        unpack_ops(pack_ops(ops, dictionary.NAME), ZSTD)


def test_a_bomb_is_refused() -> None:
    packer = zlib.compressobj(wbits=16 + zlib.MAX_WBITS)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(65)) + packer.flush()
    for data in (bomb, zstandard.compress(bytes(65 << 20))):
        with pytest.raises(BrokenFrame):
            unpack_ops(data)


@pytest.mark.parametrize(("theirs", "common"), [((), 1), ((1,), 1), ((3, 2, 1), 1), ((7, 8), None)])
def test_the_newest_version_both_speak(theirs: tuple[int, ...], common: int | None) -> None:
    assert protocol.common(theirs) == common


@pytest.mark.parametrize(("said", "spoken"), [("", True), ("1", True), ("9", False), ("x", False)])
def test_what_a_request_may_say(said: str, spoken: bool) -> None:
    assert protocol.speaks(said) is spoken
