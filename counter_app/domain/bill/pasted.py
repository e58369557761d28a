"""Bill lines pasted from a spreadsheet: tab-separated, with or without a head row."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from counter_app.kernel.cleaning import clean, half_width
from counter_app.kernel.money import parse_yuan, plain_yuan

MOST_LINES = 1000
FIELDS = ("medins_list_name", "chrgitm_lv", "det_item_fee_sumamt", "selfpay_prop", "pric_uplmt_amt")
"""In this order where there is no head row."""
_HEADS = {
    "medins_list_name": ("项目", "名称", "品名"),
    "chrgitm_lv": ("甲乙丙", "等级", "医保类别", "类型", "类别"),
    "selfpay_prop": ("自付比例", "自理比例"),
    "pric_uplmt_amt": ("限价", "上限价"),
    "det_item_fee_sumamt": ("金额", "总额", "合计"),
}
"""Words in a head row, the first that fits."""
_NOT = {
    "medins_list_name": ("编码", "代码", "编号", "单位", "规格"),
    "selfpay_prop": ("金额",),
    "pric_uplmt_amt": ("超",),
    "det_item_fee_sumamt": ("自付", "自费", "自理", "超", "范围", "报销", "统筹", "支付"),
}
"""Words that make such a head another column: 自付金额 is not 金额, 先行自付金额 no ratio, 超限价金额 no limit."""
_CLASSES = {"甲": "01", "乙": "02", "丙": "03", "自费": "03", "01": "01", "02": "02", "03": "03"}
_RATIO = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,4})?")
_TOTALS = ("合计", "总计", "小计")


@dataclass(frozen=True, slots=True)
class Pasted:
    """Rows that could be read, by field id, and what could not, each with its line."""

    rows: tuple[Mapping[str, str], ...]
    faults: tuple[str, ...]


def read_lines(text: str) -> Pasted:
    """Read pasted cells; nothing that was read is dropped because another line is wrong."""
    lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip()]
    columns, body = _columns(lines)
    rows: list[Mapping[str, str]] = []
    faults: list[str] = []
    for number, line in body:
        cells = [half_width(clean(cell, 200)).strip() for cell in line.split("\t")]
        named = dict(zip(columns, cells, strict=False))
        if "".join(named.get("medins_list_name", "").split()).rstrip(":") in _TOTALS:
            continue
        row, wrong = _row(named)
        if wrong:
            faults.append(f"第 {number} 行：{wrong}。这一行没有读进来，请改好再贴，或手工补一行")
        else:
            rows.append(row)
    if len(rows) > MOST_LINES:
        faults.append(f"一共 {len(rows)} 行，一次最多 {MOST_LINES} 行，后面的没有读进来")
    return Pasted(tuple(rows[:MOST_LINES]), tuple(faults))


def share(text: str) -> Decimal | None:
    """A ratio as lists print it: 10%, 0.1 or 10 (above 1 read as per cent); None where it is none."""
    plain = half_width(text).strip()
    per_cent = plain.endswith("%")
    number_words = plain.removesuffix("%").strip()
    if not _RATIO.fullmatch(number_words):
        return None
    number = Decimal(number_words)
    rate = number / 100 if per_cent or number > 1 else number
    return rate if 0 <= rate <= 1 else None


def _columns(lines: list[tuple[int, str]]) -> tuple[tuple[str, ...], list[tuple[int, str]]]:
    """The fields by column; a first line without any amount that names its columns is the head."""
    if not lines:
        return FIELDS, lines
    cells = [cell.strip() for cell in lines[0][1].split("\t")]
    found: tuple[str, ...] = ()
    for cell in cells:
        field = _field_of(cell)
        # of two columns with one meaning the first is read: 项目名称 stands before 项目说明
        found = (*found, f"?{cell}" if field in found else field)
    if {"medins_list_name", "det_item_fee_sumamt"} <= set(found):
        return found, lines[1:]
    return FIELDS, lines


def _field_of(head: str) -> str:
    for field, words in _HEADS.items():
        apart = any(word in head for word in _NOT.get(field, ()))
        if not apart and any(word in head for word in words):
            return field
    return f"?{head}"


def _row(cells: Mapping[str, str]) -> tuple[dict[str, str], str]:
    """A row by field id, or why it can't be read."""
    name = cells.get("medins_list_name", "")
    if not name:
        return {}, "没有项目名称"
    row = {"medins_list_name": name}
    for field, read in _READERS.items():
        cell = cells.get(field, "")
        if not cell and field != "det_item_fee_sumamt":
            continue
        stored = read(cell)
        if stored is None:
            return {}, f"{_WORDS[field]}“{cell}”读不出"
        row[field] = stored
    return row, ""


def _amount(cell: str) -> str | None:
    fen = parse_yuan(cell.strip("¥￥元"))
    return None if fen is None else plain_yuan(fen)


def _class(cell: str) -> str | None:
    return _CLASSES.get(cell.removesuffix("类"))


def _proportion(cell: str) -> str | None:
    return None if share(cell) is None else cell


_READERS: dict[str, Callable[[str], str | None]] = {
    "det_item_fee_sumamt": _amount,
    "chrgitm_lv": _class,
    "selfpay_prop": _proportion,
    "pric_uplmt_amt": _amount,
}
_WORDS = {
    "det_item_fee_sumamt": "金额",
    "chrgitm_lv": "甲乙丙",
    "selfpay_prop": "自付比例",
    "pric_uplmt_amt": "限价",
}
