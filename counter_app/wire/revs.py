"""The sequence numbers of a frame's rows, as gaps in its head: a third of a byte a row, a column takes two."""

from collections.abc import Iterable
from itertools import accumulate


def gaps(since: int, numbers: Iterable[int]) -> tuple[int, ...]:
    """From each row's number to the one before it, the first from where the frame begins."""
    found, before = [], since
    for number in numbers:
        found.append(number - before)
        before = number
    return tuple(found)


def numbers(since: int, found: tuple[int, ...]) -> list[int]:
    """What `gaps` was made from."""
    return list(accumulate(found, initial=since))[1:]
