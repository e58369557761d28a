"""The receipt of what is no enrolment: lines in place of members, nothing of payment, nothing cut."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from counter_app.printing.escpos import ROLLS
from counter_app.printing.receipt import ReceiptData, receipt
from counter_app.printing.receipt_large import receipt_large
from counter_app.printing.roll_receipt import roll_receipt
from tests.fakes import roll
from tests.unit.printing import pages, samples
from tests.unit.printing.test_sheets import crossing

LINES = (
    ("谁", samples.RARE),
    ("就医地", "、".join(["四川省阿坝藏族羌族自治州"] * 9)),
    ("有效期", "2026年11月24日 起，长期，到变更为止"),
    ("承诺书", f"{samples.LONG_NAME}当面签字；二号柜；至少存到 2028年11月24日"),
)
FEW = replace(samples.RECEIPT, members=(), lines=LINES[2:3], papers=(), told="")
MANY = replace(samples.worst_receipt(), members=(), lines=LINES * 6, told=samples.RECEIPT.told * 3)


@pytest.mark.parametrize("draw", [receipt, receipt_large])
@pytest.mark.parametrize("data", [FEW, MANY], ids=["few", "many"])
def test_nothing_is_cut_or_crossed(draw: Callable[[ReceiptData], bytes], data: ReceiptData) -> None:
    pdf = draw(data)
    words = pages.text(pdf)
    for label, said in data.lines:
        assert label in words
        assert "".join(said.split()) in words or len(said) > 40
    assert "2028年11月24日" in words or data is FEW
    assert "合计" not in words
    assert "应缴" not in words
    assert "税务" not in words
    for number in range(len(pages.texts(pdf))):
        found = pages.glyphs(pdf, number)
        assert all(min(g.left, 210 - g.right, g.top, 297 - g.bottom) >= 5 for g in found)
        assert crossing(found) == []


@pytest.mark.parametrize("wide", sorted(ROLLS))
def test_a_roll_says_the_lines(wide: int) -> None:
    parts = roll.understand(roll_receipt(replace(FEW, lines=LINES[2:]), ROLLS[wide]))
    words = "".join("".join(p.text.split()) for p in parts if isinstance(p, roll.Text))
    assert "有效期：2026年11月24日起，长期，到变更为止" in words
    assert "合计" not in words
