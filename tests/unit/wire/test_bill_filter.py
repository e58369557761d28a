"""The county's list of bills: small, never missing one, and never trusted blindly."""

import pytest

from counter_app.wire import bill_filter
from counter_app.wire.bill_filter import BillFilter, BrokenFilter, bill_hash, build, parts, whole


def hashes(count: int, since: int = 0) -> list[str]:
    return [bill_hash(f"1:99060226:{n:010d}") for n in range(since, since + count)]


@pytest.mark.parametrize("count", [1, 2, 7, 100, 20_000])
def test_every_bill_is_found_again_after_the_road(count: int) -> None:
    some = hashes(count)
    rows = list(parts(build([*some, some[0]])))
    found = BillFilter(whole(reversed(rows)))
    assert all(found.has(one) for one in some)


def test_few_others_are_said_to_be_there() -> None:
    found = BillFilter(build(hashes(20_000)))
    wrong = sum(found.has(one) for one in hashes(100_000, since=20_000))
    # 100,000 × 1.5e-5 are 1.5 in the mean: more than 10 is the promise of 1 in 10,000 broken
    assert wrong <= 10


def test_a_hash_names_nobody_and_is_the_same_everywhere() -> None:
    assert bill_hash("1:99060226:0000000001") == "4f07b0aecc82bb95"
    assert bill_hash("1:99060226:0000000001") != bill_hash("1:99060226:0000000002")


def test_nothing_makes_no_filter() -> None:
    with pytest.raises(ValueError, match="nothing"):
        build([])


@pytest.mark.parametrize("where", [0, 8, 12, 16, 20, 24])
def test_lengths_that_lie_are_refused_before_the_library_reads_them(where: int) -> None:
    data = bytearray(build(hashes(1000)))
    data[where : where + 4] = (0x7FFFFFF1).to_bytes(4, "little")
    if where < 12:
        BillFilter(bytes(data))
        return
    with pytest.raises(BrokenFilter):
        BillFilter(bytes(data))


def test_a_cut_or_empty_filter_is_refused() -> None:
    data = build(hashes(1000))
    for wrong in (b"", data[:20], data[:-2], data + b"\0\0"):
        with pytest.raises(BrokenFilter):
            BillFilter(wrong)


def test_a_missing_mixed_or_changed_row_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bill_filter, "_PART", 512)
    one, other = list(parts(build(hashes(1000)))), list(parts(build(hashes(900))))
    assert len(one) > 3
    changed = (one[1][0], one[1][1], other[1][2])
    unreadable = (one[1][0], one[1][1], "?")
    for rows in ([], one[:-1], [*one[:-1], other[0]], [one[0], changed, *one[2:]]):
        with pytest.raises(BrokenFilter):
            whole(rows)
    with pytest.raises(BrokenFilter, match="Base64"):
        whole([one[0], unreadable, *one[2:]])
