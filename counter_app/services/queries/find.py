"""The one search box: what the typing is, and who or what it finds."""

from dataclasses import dataclass
from enum import StrEnum

from counter_app.domain.case.state import LABELS, CaseState
from counter_app.kernel import dates, ids, masking, resident_id
from counter_app.kernel.cleaning import clean, half_width
from counter_app.kernel.clock import today
from counter_app.services.context import Counter
from counter_app.store import cases, roster
from counter_app.store.transaction import ReadTx, read
from counter_app.wire import receipt_code


class Key(StrEnum):
    """What kind of key was typed or scanned."""

    EMPTY = "empty"
    RECEIPT = "receipt"
    CASE_NO = "case_no"
    ID_NUMBER = "id_number"
    LAST_FOUR = "last_four"
    PHONE = "phone"
    PINYIN = "pinyin"
    NAME = "name"
    OTHER_CODE = "other_code"


@dataclass(frozen=True, slots=True)
class PersonHit:
    """One person on a list: masked, with what tells homonyms apart."""

    certno: str
    household: str
    masked_name: str
    sex: str
    age: int
    birth: str
    head: str
    village: str
    tail: str
    status: str
    tone: str
    same_name: int
    """How many people of the result bear the same full name."""
    in_scope: bool


@dataclass(frozen=True, slots=True)
class CaseHit:
    """One case on a list."""

    case_id: str
    case_no: str
    summary: str
    masked_name: str
    tail: str
    day: str
    clerk: str
    state: str
    label: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What the box found; `message` is said where nothing was, or the key is of no use."""

    key: Key
    people: tuple[PersonHit, ...] = ()
    cases: tuple[CaseHit, ...] = ()
    message: str = ""
    scanned: str = ""


def kind_of(typed: str) -> Key:
    """Tell what the typing is; decided by form alone, in order."""
    text = half_width(clean(typed)).strip()
    if not text:
        return Key.EMPTY
    if receipt_code.looks_like(text):
        return Key.RECEIPT
    if ids.parse_case_number(text):
        return Key.CASE_NO
    compact = resident_id.normalize(text)
    if compact.isascii() and _digits_then_x(compact):
        return _number(compact)
    return _words(text)


def _words(text: str) -> Key:
    if not text.isascii():
        return Key.NAME
    return Key.PINYIN if text.isalpha() and len(text) <= 8 else Key.OTHER_CODE


def find(counter: Counter, typed: str) -> Findings:
    """Search the township's roster and the station's cases; logging is the caller's, once per look-up."""
    key = kind_of(typed)
    text = half_width(clean(typed)).strip()
    if key in {Key.EMPTY, Key.RECEIPT}:
        return Findings(key, scanned=text)
    if key is Key.OTHER_CODE:
        return Findings(
            key, message="这不是回执、证件号或姓名。扫的是别的码：请刷身份证，或输证件号、姓名"
        )
    if key is Key.CASE_NO:
        return _case(counter, text)
    with read(counter.reference) as tx:
        found = _people(tx, key, text)
    with read(counter.station) as station:
        if key is Key.NAME:
            rows = cases.by_name_prefix(station, text)
        else:
            subjects = [f"01:{f.certno}" for f in found[:8]]
            rows = cases.of_subjects(station, subjects) if subjects else []
    people = _hits(counter, found)
    message = "" if people or rows else _nothing(key, text)
    return Findings(key, people, tuple(map(case_hit, rows)), message)


def case_hit(row: cases.CaseRow) -> CaseHit:
    """A case as a list shows it."""
    return CaseHit(
        case_id=row.case_id,
        case_no=row.case_no,
        summary=row.summary,
        masked_name=masking.name(row.applicant),
        tail=masking.tail(row.applicant_certno),
        day=row.accepted_on,
        clerk=row.clerk_name,
        state=row.state,
        label=LABELS[CaseState(row.state)],
    )


def _digits_then_x(text: str) -> bool:
    return text.isdigit() or (len(text) == 18 and text[:17].isdigit() and text[17] == "X")


def _number(digits: str) -> Key:
    if len(digits) == 4:
        return Key.LAST_FOUR
    if len(digits) >= 5 and len(digits) <= 11 and digits[0] == "1" and digits[1] in "3456789":
        return Key.PHONE
    return Key.ID_NUMBER if len(digits) <= 18 else Key.OTHER_CODE


def _people(tx: ReadTx, key: Key, text: str) -> list[roster.Found]:
    compact = resident_id.normalize(text)
    if key is Key.ID_NUMBER:
        parsed = resident_id.parse(compact)
        return roster.by_number(tx, parsed.number if parsed else compact)
    if key is Key.LAST_FOUR:
        return roster.by_last_four(tx, compact)
    if key is Key.PHONE:
        return roster.by_phone(tx, compact)
    if key is Key.PINYIN:
        return roster.by_pinyin(tx, text.lower())
    return roster.by_name(tx, text)


def _case(counter: Counter, text: str) -> Findings:
    number = ids.parse_case_number(text) or ""
    with read(counter.station) as tx:
        row = cases.by_number(tx, number)
    if row is None:
        message = f"本站没有编号 {number} 的业务。编号是对的，可能是别的站受理的；联网后会有"
        return Findings(Key.CASE_NO, message=message)
    return Findings(Key.CASE_NO, cases=(case_hit(row),))


def _nothing(key: Key, text: str) -> str:
    if key is Key.ID_NUMBER and len(text) in {15, 18}:
        fault = resident_id.fault(text)
        if fault:
            return "证件号不对，有一位看错了。请照证件核对后重输；没有存入"
        return "本镇名单上没有这个证件号。新来的按 F7 新参保；在别的镇参保的请联网后问中心"
    return "本镇名单上没有找到。请换证件号、拼音首字母或尾号试；新来的按 F7 新参保"


def _hits(counter: Counter, found: list[roster.Found]) -> tuple[PersonHit, ...]:
    names: dict[str, int] = {}
    for row in found:
        names[row.name] = names.get(row.name, 0) + 1
    now = today(counter.clock)
    return tuple(_hit(counter, row, names[row.name], now.year) for row in found)


def _hit(counter: Counter, row: roster.Found, same: int, year: int) -> PersonHit:
    born = dates.iso(row.birth)
    status, tone = _status(row, year)
    return PersonHit(
        certno=row.certno,
        household=row.household,
        masked_name=masking.name(row.name),
        sex={"1": "男", "2": "女"}.get(row.gend, ""),
        age=dates.age_on(born, today(counter.clock)) if born else 0,
        birth=row.birth,
        head="本人是户主" if row.head_name == row.name else f"户主 {masking.name(row.head_name)}",
        village=row.village,
        tail=masking.tail(row.certno),
        status=status,
        tone=tone,
        same_name=same,
        in_scope=not counter.identity.scopes or row.area in counter.identity.scopes,
    )


def _status(row: roster.Found, year: int) -> tuple[str, str]:
    if row.standing == "deceased":
        when = dates.iso(row.deceased_on)
        return (f"已去世 {when.year}年{when.month}月" if when else "已去世"), "gone"
    if row.standing == "moved":
        return "已迁出", "gone"
    facts = next((y for y in roster.years_of(row.years) if y.year == year), None)
    if facts is not None and facts.elsewhere:
        return facts.elsewhere, "info"
    if facts is not None and facts.cover_from:
        return f"{year} 正常", "ok"
    return f"{year} 没有参保", "open"
