"""Whether two hold the same rows of a feed, told by 32 bytes (SYNC §9).

Every row has a `rev`, the sequence number under which its feed gave it out. Per bucket of 256, by key:
how many rows, and the sum of their mixed revs; the root is the SHA-256 of all pairs. Both sides count in
SQL; what is here defines what their SQL must give. A row's content is covered by its frame's checksum on
the way and by the file's own at rest: the digest finds what is missing, too much, or of another time.
"""

from collections.abc import Iterable

from counter_app.wire.canonical import sha256

BUCKETS = 256
FACTOR = 1_597_334_677
"""Odd and below 2^31, so that a product of two such numbers fits into 64 bits with a sign."""
HALF, WHOLE, SHIFT = 1 << 31, 1 << 32, 15
NEAR, FAR = 11, 121
"""Weights of a key's last letter but one and but two; the last one has 1."""
JOINT = "\x1f"
"""Between the columns of a key of several."""
PAD = "000"
"""Before every key, so that it has three letters."""

Pair = tuple[int, int]
"""(rows, sum of their mixed revs)"""


def bucket(key: str) -> int:
    """Where a key's row is counted: by its last three letters, which both databases know the number of."""
    last = f"{PAD}{key}"[-3:]
    return (ord(last[2]) + NEAR * ord(last[1]) + FAR * ord(last[0])) % BUCKETS


def mix(rev: int) -> int:
    """A rev's 32 bits spread, so that two wrong ones hardly make up for each other."""
    spread = rev % HALF * FACTOR % WHOLE
    return spread ^ (spread >> SHIFT)


def pairs(counted: Iterable[tuple[int, int, int]]) -> list[Pair]:
    """All 256, from (bucket, rows, sum) of those that are not empty."""
    found = [(0, 0)] * BUCKETS
    for at, rows, total in counted:
        found[at] = (int(rows), int(total))
    return found


def root(all_pairs: Iterable[Pair]) -> str:
    """The digest of a whole feed."""
    return sha256("\n".join(f"{rows} {total}" for rows, total in all_pairs).encode()).hex()


def differing(ours: list[Pair], theirs: list[Pair]) -> list[int]:
    """The buckets that are not the same."""
    return [at for at, pair in enumerate(ours) if pair != theirs[at]]
