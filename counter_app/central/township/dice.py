"""Seeded chance: the same township for the same seed on every Python. Nothing secret comes from it."""

import zlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
_MASK = (1 << 64) - 1
_BITS = 31


class Dice:
    """A linear congruential generator (Knuth's MMIX constants), upper bits only."""

    def __init__(self, seed: str) -> None:
        self._state = zlib.crc32(seed.encode()) << 32 | len(seed)
        for _ in range(4):
            self._next()

    def random(self) -> float:
        """At least 0, below 1."""
        return self._next() / (1 << _BITS)

    def below(self, count: int) -> int:
        """One of 0 … count-1."""
        return self._next() * count >> _BITS

    def between(self, low: int, high: int) -> int:
        """One of low … high."""
        return low + self.below(high - low + 1)

    def choice(self, choices: Sequence[T]) -> T:
        """One of them, all alike."""
        return choices[self.below(len(choices))]

    def early(self, choices: Sequence[T]) -> T:
        """One of them, the first ones far more often than the last."""
        return choices[int(len(choices) * self.random() ** 2.5)]

    def _next(self) -> int:
        self._state = (self._state * 6364136223846793005 + 1442695040888963407) & _MASK
        return self._state >> (64 - _BITS)
