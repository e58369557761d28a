"""The engine and the naive calculator agree to the fen on random claims under random packs."""

import random
import sys

import pytest

from tests.unit.domain.settlement import drawn, naive

SHORT, LONG = 1_400, 100_000


def agree(seed: str, count: int) -> int:
    rng = random.Random(seed)
    for n in range(count):
        d = drawn.draw(rng)
        assert drawn.by_engine(d) == naive.settle(d), (n, d)
    return count


def test_agrees() -> None:
    assert agree("settle", SHORT) == SHORT


@pytest.mark.soak
def test_agrees_for_long(capsys: pytest.CaptureFixture[str]) -> None:
    done = sum(agree(f"settle-{block}", LONG // 10) for block in range(10))
    with capsys.disabled():
        sys.stdout.write(f"\n{done} random claims under random packs agree to the fen\n")
    assert done == LONG


def test_the_draws_reach_every_rule() -> None:
    """Each rule changes the answer of some draw, so that agreement says something about it."""
    rng = random.Random("reach")
    draws = [drawn.draw(rng) for _ in range(300)]
    found = [naive.settle(d) for d in draws]
    assert all(sum(bool(paid[n]) for paid in found) > 20 for n in range(5))
    for name, other in drawn.OTHERWISE.items():
        changed = sum(
            naive.settle({**d, name: other}) != f for d, f in zip(draws, found, strict=True)
        )
        assert changed > 1, name
