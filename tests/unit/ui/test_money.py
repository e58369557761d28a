"""The waterfall's bars: each fund's is what it pays, under every cap."""

import random

from counter_app.domain.settlement.settle import Settlement, settle
from tests.unit.domain.settlement import drawn
from ui.screens.casework.money import money


def fen(text: str) -> int:
    return round(float(text.replace(",", "")) * 100)


def test_the_bars_of_the_funds_make_up_what_is_paid() -> None:
    rng, capped = random.Random("waterfall"), 0
    for _ in range(300):
        d = drawn.draw(rng)
        found = settle(drawn.claim(d), drawn.pack(d))
        if not isinstance(found, Settlement):
            continue
        state = money(found, invented=False)
        assert state is not None
        bars = sum(fen(row.amount) for row in state.rows if row.kind == "fund")
        assert bars == found.fund_pay_sumamt, d
        capped += any(row.key.endswith("over_cap") for row in found.rows)
    assert capped > 20
