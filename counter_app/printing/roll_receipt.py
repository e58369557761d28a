"""QH-HZ-01 on a roll of 58 or 80 mm: the same words in the same order as the A5 sheet (PAPER)."""

from collections.abc import Iterator

from counter_app.printing.escpos import Code, Cut, Line, Part, Roll, columns, encode
from counter_app.printing.marks import Imprint
from counter_app.printing.receipt import (
    NUMBER,
    PARTS,
    TRIAL,
    VERSION,
    MemberLine,
    PaperLine,
    ReceiptData,
)

_LABEL = 10
"""Columns of a label and the space after it."""


def roll_receipt(data: ReceiptData, roll: Roll) -> bytes:
    """Both copies, each cut off."""
    parts = [part for title in PARTS for part in _copy(data, title, roll)]
    return encode(parts, roll)


def _copy(data: ReceiptData, title: str, roll: Roll) -> Iterator[Part]:
    rule = Line("-" * roll.columns)
    imprint = data.imprint
    yield Line("受理回执", "center", big=True)
    yield Line(imprint.station, "center")
    yield Line(f"{imprint.window}  {title}", "center")
    yield from (Line(mark, "center", bold=True) for mark in _marks(imprint))
    yield rule
    yield Line("编号（末位是校验码，请连它一起报）")
    yield Line(data.case_no, bold=True)
    yield _pair("事项", data.item, bold=True)
    yield _pair("申请人", f"{data.applicant} {data.applicant_certno}")
    yield _pair("受理", data.accepted)
    yield _pair("经办人", data.clerk)
    yield _pair("承诺办结", data.promised)
    yield _pair("咨询", data.phone)
    yield rule
    yield from _done(data, roll)
    yield rule
    yield Line("材料", bold=True)
    for paper in data.papers:
        yield from _paper(paper)
    if data.told:
        yield Line(data.told)
    yield Code(data.code)
    yield Line("扫码查进度、验真伪", "center")
    yield Line("没有网也能在任何服务站验", "center")
    yield from _signed(roll)
    yield from _foot(imprint)
    yield Cut()


def _marks(imprint: Imprint) -> Iterator[str]:
    if imprint.copy:
        yield f"【副本】第 {imprint.copy.time} 次打印 {imprint.copy.at} {imprint.copy.by}"
    if imprint.late:
        yield f"【{imprint.late}】"
    if not imprint.firm:
        yield "【试算·仅供参考】"
    if imprint.invented:
        yield "【示例数据】"


def _done(data: ReceiptData, roll: Roll) -> Iterator[Part]:
    if data.lines:
        yield from (Line(f"{label}：{words}", hang=2) for label, words in data.lines)
        return
    for member in data.members:
        yield from _member(member, roll)
    yield Line(_apart("合计 元", data.total, roll), bold=True)
    yield Line(data.pay)


def _member(member: MemberLine, roll: Roll) -> Iterator[Part]:
    yield Line(member.name, bold=True)
    yield Line(f"  {member.certno}", hang=2)
    yield Line(f"  {member.kind} {member.years} 年度", hang=2)
    yield Line(_apart("  应缴 元", member.own, roll))
    yield Line(_apart("  待遇从", member.cover, roll))


def _paper(paper: PaperLine) -> Iterator[Part]:
    yield Line(paper.name)
    yield Line(f"  {paper.seen}，{paper.copies}；{paper.kept}", hang=2)


def _signed(roll: Roll) -> Iterator[Part]:
    for label in ("申请人（或代办人）签名", "经办人签名"):
        yield Line(f"\n{label}\n\n{'_' * roll.columns}")
    yield Line("（受理专用章）\n\n\n")


def _foot(imprint: Imprint) -> Iterator[Part]:
    yield Line(f"{NUMBER}·{VERSION} 版·{imprint.rules}")
    if not imprint.firm:
        yield Line(TRIAL)
    yield Line(imprint.printed)
    yield Line("凭此单领取结果、查询进度，请保管好。热敏纸会褪色，请复印留存")


def _pair(label: str, words: str, *, bold: bool = False) -> Line:
    return Line(f"{label}{' ' * (_LABEL - columns(label))}{words}", bold=bold, hang=_LABEL)


def _apart(left: str, right: str, roll: Roll) -> str:
    """Words at both ends of a line; under each other where they don't fit."""
    between = roll.columns - columns(left) - columns(right)
    return f"{left}{' ' * between}{right}" if between > 0 else f"{left}\n    {right}"
