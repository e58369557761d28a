"""The one search box: whom and which cases a key finds."""

from collections import Counter as Counted
from dataclasses import dataclass, replace

from counter_app.domain.case.state import LABELS, CaseState
from counter_app.domain.person.model import YearFacts, subject_key
from counter_app.kernel import dates, masking, resident_id
from counter_app.kernel.clock import today
from counter_app.services.context import Counter
from counter_app.services.queries.search_key import Key, Typed, recognise
from counter_app.store import cases, roster
from counter_app.store.transaction import ReadTx, read

_OF_ONE_NAME = 2000
"""More people of a township than bear one name."""
CASES_OF = 8
"""Cases are looked up for so many people of a list."""


@dataclass(frozen=True, slots=True)
class PersonHit:
    """One person on a list: masked, with what tells homonyms apart."""

    certno: str
    household: str
    subject: str
    masked_name: str
    sex: str
    age: int
    birth: str
    head: str
    village: str
    tail: str
    status: str
    status_note: str
    tone: str
    same_name: int
    """How many people of the result bear the same full name."""
    looks_alike: int
    """How many look the same on this list, since the middle of a name is a star."""
    in_scope: bool
    beyond: bool = False
    """Whether only the centre knew them; without a number (`certno` "") they can't be opened."""


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
    more: bool = False
    """Whether the roster holds more than this list."""
    searched: bool = False
    """Whether a roster or the cases were asked at all (then the look-up is logged)."""


def kind_of(typed: str) -> Key:
    """Tell what the typing is."""
    return recognise(typed).key


def find(counter: Counter, typed: str) -> Findings:
    """Search the township's roster and the station's cases; logging is the caller's, once per look-up."""
    asked = recognise(typed, counter.identity.station.code)
    if asked.message or asked.key in {Key.EMPTY, Key.RECEIPT}:
        return Findings(asked.key, message=asked.message, scanned=asked.text)
    if asked.key is Key.CASE_NO:
        return _case(counter, asked.text)
    with read(counter.reference) as tx:
        found = _people(tx, asked)
    with read(counter.station) as station:
        rows = _cases(station, asked, found)
    people = _hits(counter, found)
    return Findings(
        asked.key,
        people,
        tuple(map(case_hit, rows)),
        message="" if people or rows else _nothing(asked),
        more=len(found) >= roster.LIMIT,
        searched=True,
    )


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


def hit_beyond(counter: Counter, row: roster.Found) -> PersonHit:
    """A person the centre told of, as a list shows them."""
    return replace(_hit(counter, row, 1, 1), beyond=True)


def _people(tx: ReadTx, asked: Typed) -> list[roster.Found]:
    if asked.key is Key.ID_NUMBER:
        parsed = resident_id.parse(asked.text)
        return roster.by_number(tx, parsed.number if parsed else asked.text)
    if asked.key is Key.LAST_FOUR:
        return roster.by_last_four(tx, asked.text)
    if asked.key is Key.PHONE:
        # a number of area 13.... to 19.... begins like a mobile phone
        return roster.by_phone(tx, asked.text) or roster.by_number(tx, asked.text)
    if asked.key is Key.PINYIN:
        return roster.by_pinyin(tx, asked.text)
    return _named(tx, asked)


def _named(tx: ReadTx, asked: Typed) -> list[roster.Found]:
    if asked.birth is None:
        return roster.by_name(tx, asked.text)
    born = asked.birth.isoformat()
    same = roster.by_name(tx, asked.text, _OF_ONE_NAME)
    return [row for row in same if row.birth == born][: roster.LIMIT]


def _cases(tx: ReadTx, asked: Typed, found: list[roster.Found]) -> list[cases.CaseRow]:
    if asked.key is Key.NAME:
        return cases.by_name_prefix(tx, asked.text)
    subjects = [subject_key(f.cert_type, f.certno) for f in found[:CASES_OF]]
    parsed = resident_id.parse(asked.text) if asked.key is Key.ID_NUMBER else None
    if parsed and not subjects:
        subjects = [subject_key("01", parsed.number)]
    return cases.of_subjects(tx, subjects) if subjects else []


def _case(counter: Counter, number: str) -> Findings:
    with read(counter.station) as tx:
        row = cases.by_number(tx, number)
    if row is None:
        return Findings(
            Key.CASE_NO,
            message="本站没有这个编号的业务。编号没有输错，可能是别的站受理的。请打回执上的电话",
            searched=True,
        )
    return Findings(Key.CASE_NO, cases=(case_hit(row),), searched=True)


def _nothing(asked: Typed) -> str:
    if asked.key is Key.ID_NUMBER:
        return _no_number(asked.text)
    if asked.birth is not None:
        first = "本镇名单上没有这个姓名和出生日期的人"
    elif asked.key is Key.PINYIN:
        first = "本镇名单上没有找到。拼音只输首字母；也可以换姓名、证件号或尾号"
    else:
        first = "本镇名单上没有找到。请换证件号、拼音首字母或尾号试"
    asking = "在别的镇参保的，输证件号" if asked.birth is None else "在别的镇参保的"
    return f"{first}。{asking}按 F5 问中心；新来的按 F7 新参保"


def _no_number(number: str) -> str:
    if len(number) in {15, 18}:
        if resident_id.fault(number):
            return "证件号校验不对，有一位看错了。请照证件核对后重输；没有存入"
        return "本镇名单上没有这个证件号。在别的镇参保的按 F5 问中心；新来的按 F7 新参保"
    if len(number) in {16, 17}:
        return "本镇名单上没有这样开头的证件号。身份证是 18 位，请看是不是少输了"
    return "本镇名单上没有找到。请把证件号输全，或换姓名、拼音首字母；新来的按 F7 新参保"


def _hits(counter: Counter, found: list[roster.Found]) -> tuple[PersonHit, ...]:
    names = Counted(row.name for row in found)
    masked = Counted(masking.name(row.name) for row in found)
    living_first = sorted(found, key=lambda row: row.standing != "living")
    return tuple(
        _hit(counter, row, names[row.name], masked[masking.name(row.name)]) for row in living_first
    )


def _hit(counter: Counter, row: roster.Found, same: int, alike: int) -> PersonHit:
    born, on = dates.iso(row.birth), today(counter.clock)
    status, note, tone = _status(row, on.year)
    return PersonHit(
        certno=row.certno,
        household=row.household,
        subject=subject_key(row.cert_type, row.certno),
        masked_name=masking.name(row.name),
        sex={"1": "男", "2": "女"}.get(row.gend, ""),
        age=dates.age_on(born, on) if born else 0,
        birth=row.birth,
        head=_head(row),
        village=row.village,
        tail=masking.tail(row.certno),
        status=status,
        status_note=note,
        tone=tone,
        same_name=same,
        looks_alike=alike,
        in_scope=not counter.identity.scopes or row.area in counter.identity.scopes,
    )


def _head(row: roster.Found) -> str:
    if row.head and row.head == row.certno:
        return "本人是户主"
    return f"户主 {masking.name(row.head_name)}" if row.head_name else "没有户主记录"


def _status(row: roster.Found, year: int) -> tuple[str, str, str]:
    if row.standing == "deceased":
        when = dates.iso(row.deceased_on)
        return "已去世", f"{when.year}年{when.month}月" if when else "", "gone"
    if row.standing == "moved":
        return "已迁出", "", "gone"
    return _cover(next((y for y in roster.years_of(row.years) if y.year == year), YearFacts(year)))


def _cover(facts: YearFacts) -> tuple[str, str, str]:
    if facts.elsewhere:
        return facts.elsewhere, "", "info"
    if facts.cover_from:
        return f"{facts.year} 正常", "", "ok"
    if facts.paid is not None:
        return f"{facts.year} 已缴费", "待遇以中心为准", "open"
    return f"{facts.year} 未见待遇记录", "", "open"
