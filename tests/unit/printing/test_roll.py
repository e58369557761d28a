"""The receipt on a roll: every word there, no line wider than the paper, rare characters as dots."""

from dataclasses import replace

import pytest
import zxingcpp
from PIL import Image

from counter_app.printing import escpos
from counter_app.printing.escpos import ROLLS, Line, encode
from counter_app.printing.receipt import ReceiptData
from counter_app.printing.roll_receipt import roll_receipt
from tests.fakes import roll
from tests.unit.printing import samples

WORST = samples.worst_receipt()


def printed(data: ReceiptData, wide: int) -> list[roll.Printed]:
    return roll.understand(roll_receipt(data, ROLLS[wide]))


def words(parts: list[roll.Printed]) -> str:
    return "".join("".join(p.text.split()) for p in parts if isinstance(p, roll.Text))


@pytest.mark.parametrize("wide", sorted(ROLLS))
@pytest.mark.parametrize("data", [samples.RECEIPT, WORST], ids=["ordinary", "worst"])
def test_no_line_is_wider_than_the_paper(wide: int, data: ReceiptData) -> None:
    for part in printed(data, wide):
        if isinstance(part, roll.Text):
            assert part.columns <= ROLLS[wide].columns, part.text
        elif isinstance(part, roll.Raster):
            assert part.image.width == ROLLS[wide].dots


@pytest.mark.parametrize("wide", sorted(ROLLS))
def test_a_roll_carries_what_the_sheet_carries(wide: int) -> None:
    data = replace(samples.RECEIPT, members=samples.RECEIPT.members[:2], imprint=samples.COPY)
    parts = printed(data, wide)
    text = words(parts)
    wanted = [
        "示范县青禾镇便民服务中心",
        "2号窗口",
        data.case_no,
        data.item,
        data.applicant,
        data.applicant_certno,
        data.accepted,
        data.clerk,
        data.promised,
        data.phone,
        data.total,
        data.pay,
        data.told,
        data.papers[0].name,
        "复印件留站，原件已退",
        *(value for m in data.members for value in (m.name, m.certno, m.kind, m.own, m.cover)),
        "第一联",
        "第二联",
        "【副本】第2次打印2026-11-2509:12周建国",
        "【补录】",
        "【试算·仅供参考】",
        "【示例数据】",
        "以医保经办机构审核为准",
        "QH-HZ-01",
        "申请人（或代办人）签名",
        "（受理专用章）",
    ]
    assert [w for w in wanted if "".join(w.split()) not in text] == []
    assert sum(isinstance(p, roll.Cut) for p in parts) == 2
    assert isinstance(parts[-1], roll.Cut)


def test_a_firm_first_print_by_a_real_pack_carries_no_mark() -> None:
    plain = replace(samples.IMPRINT, invented=False, firm=True)
    text = words(printed(replace(samples.RECEIPT, imprint=plain), 80))
    assert "【" not in text
    assert "试算" not in text


@pytest.mark.parametrize("wide", sorted(ROLLS))
def test_the_case_number_never_breaks(wide: int) -> None:
    lines = [p.text for p in printed(WORST, wide) if isinstance(p, roll.Text)]
    assert lines.count(WORST.case_no) == 2


def test_a_name_the_printer_lacks_is_drawn_as_one_line() -> None:
    parts = roll.understand(encode([Line("赵䶮"), Line("赵立新")], ROLLS[58]))
    drawn, written = parts
    assert isinstance(drawn, roll.Raster)
    assert isinstance(written, roll.Text)
    assert written.text == "赵立新"
    left = drawn.image.convert("L").crop((0, 0, 24, drawn.image.height))
    right = drawn.image.convert("L").crop((24, 0, 48, drawn.image.height))
    empty = drawn.image.convert("L").crop((48, 0, 384, drawn.image.height))
    assert min(_black(left), _black(right)) > 40
    assert _black(empty) == 0


def _black(image: Image.Image) -> int:
    return image.histogram()[0]


def test_different_rare_characters_look_different() -> None:
    drawn = [roll.understand(encode([Line(char)], ROLLS[58])) for char in samples.RARE]
    rare = [p[0].image.tobytes() for p in drawn if isinstance(p[0], roll.Raster)]
    assert len(rare) > 6
    assert len(set(rare)) == len(rare)


@pytest.mark.parametrize(
    ("char", "known"),
    [
        ("赵", True),
        ("·", True),
        ("A", True),
        ("龑", True),
        ("䶮", False),
        ("𠅤", False),
        ("−", False),
    ],
)
def test_what_the_printer_has(char: str, known: bool) -> None:
    assert escpos.has(char) is known


def test_a_drawn_line_may_stand_in_the_middle_and_be_big() -> None:
    (part,) = roll.understand(encode([Line("䶮", "center", big=True)], ROLLS[58]))
    assert isinstance(part, roll.Raster)
    box = Image.eval(part.image.convert("L"), lambda v: 255 - v).getbbox()
    assert box is not None
    assert abs((box[0] + box[2]) / 2 - 192) < 8
    assert box[2] - box[0] > 30


@pytest.mark.parametrize("wide", sorted(ROLLS))
def test_the_code_is_read_from_the_paper(wide: int) -> None:
    paper = roll.picture(printed(samples.RECEIPT, wide), ROLLS[wide].dots)
    found = zxingcpp.read_barcodes(paper, formats=zxingcpp.BarcodeFormat.QRCode)
    assert [code.text for code in found] == [samples.CODE] * 2


def test_a_word_wider_than_the_roll_is_broken_rather_than_cut() -> None:
    lines = escpos.wrap("A" * 70, 32, hang=4)
    assert all(escpos.columns(line) <= 32 for line in lines)
    assert "".join(lines).replace(" ", "") == "A" * 70


def test_amount_and_label_go_under_each_other_where_they_do_not_fit() -> None:
    member = replace(samples.RECEIPT.members[0], cover="由县医保中心核定以后另行通知本人或家里人")
    text = words(printed(replace(samples.RECEIPT, members=(member,)), 58))
    assert member.cover in text
