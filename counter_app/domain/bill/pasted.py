"""Bill lines pasted from a spreadsheet: tab-separated, with or without a head row."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from counter_app.kernel.cleaning import clean, half_width
from counter_app.kernel.money import parse_yuan, plain_yuan

MOST_LINES = 1000
FIELDS = ("medins_list_name", "chrgitm_lv", "det_item_fee_sumamt", "selfpay_prop", "pric_uplmt_amt")
"""In this order where there is no head row."""
_HEADS = {
    "medins_list_name": ("项目", "名称", "品名", "收费项目"),
    "chrgitm_lv": ("甲乙丙", "等级", "医保类别", "类型", "类别"),
    "selfpay_prop": ("自付比例", "先行自付", "自理比例"),
    "pric_uplmt_amt": ("限价", "上限价"),
    "det_item_fee_sumamt": ("金额", "总额", "合计"),
}
"""Words in a head row, the first that fits; 自付 and 限价 come before 金额, which they may contain."""
_CLASSES = {"甲": "01", "乙": "02", "丙": "03", "自费": "03", "01": "01", "02": "02", "03": "03"}
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
        if named.get("medins_list_name", "") in _TOTALS:
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
    try:
        number = Decimal(plain.removesuffix("%").strip())
    except InvalidOperation:
        return None
    if not number.is_finite():
        return None
    rate = number / 100 if per_cent or number > 1 else number
    return rate if 0 <= rate <= 1 else None


def _columns(lines: list[tuple[int, str]]) -> tuple[tuple[str, ...], list[tuple[int, str]]]:
    """The fields by column; a first line without any amount that names its columns is the head."""
    if not lines:
        return FIELDS, lines
    cells = [cell.strip() for cell in lines[0][1].split("\t")]
    found = tuple(_field_of(cell) for cell in cells)
    if {"medins_list_name", "det_item_fee_sumamt"} <= set(found):
        return found, lines[1:]
    return FIELDS, lines


def _field_of(head: str) -> str:
    for field, words in _HEADS.items():
        if any(word in head for word in words):
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
