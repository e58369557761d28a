"""A hundred random claims under random packs against the naive calculator: what the mutation run has of the draws."""

import random

from tests.unit.domain.settlement import drawn, naive


def test_a_hundred_agree() -> None:
    rng = random.Random("hundred")
    for n in range(100):
        d = drawn.draw(rng)
        assert drawn.by_engine(d) == naive.settle(d), (n, d)
