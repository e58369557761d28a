"""One row of 更正内容: what may stand there, and how it is stored."""

import datetime as dt

from counter_app.catalog.facts import Facts
from counter_app.domain.person.model import Person
from counter_app.forms.answers import Answers, Row
from counter_app.kernel import dates, resident_id

_SEX = {"男": "1", "女": "2"}


def before_of(item: str, person: Person) -> str:
    """What the roster says now, as the clerk reads it."""
    return {
        "tel": person.tel,
        "addr": person.addr,
        "psn_name": person.name,
        "certno": person.certno,
        "gend": next((word for word, code in _SEX.items() if code == person.gend), ""),
        "brdy": person.birth.isoformat(),
    }.get(item, "")


def stored(row: Row) -> str:
    """The new answer as the roster keeps it: code of the sex, ISO date, number in capitals."""
    after = row.get("chg_after", "").strip()
    item = row.get("chg_item", "")
    if item == "gend":
        return _SEX.get(after, after)
    if item == "certno":
        number = resident_id.parse(after)
        return number.number if number else resident_id.normalize(after)
    if item == "brdy":
        day = dates.iso(after)
        return day.isoformat() if day else after
    return after.replace(" ", "") if item == "tel" else after


def stored_before(row: Row) -> str:
    """What the roster said when the row was filled in, as it keeps it."""
    return stored({**row, "chg_after": row.get("chg_before", "")})


def same_as_before(row: Row) -> bool:
    """Whether nothing changes."""
    return bool(row.get("chg_after")) and stored(row) == stored_before(row)


def problem_of(row: Row, answers: Answers, facts: Facts) -> tuple[str, str] | None:
    """Why the new answer can't be right, as (code, words)."""
    after = stored(row)
    if not after:
        return None
    item = row.get("chg_item", "")
    if item == "tel":
        return _tel(after)
    if item == "gend" and after not in _SEX.values():
        return "no_sex", "性别请填男或女，照证件"
    if item == "brdy":
        return _birth(dates.iso(after), answers, facts)
    return _number(after, facts) if item == "certno" else None


def _tel(after: str) -> tuple[str, str] | None:
    digits = after.replace("-", "")
    if not (digits.isascii() and digits.isdigit() and 10 <= len(digits) <= 12):
        return "phone", "手机号是 11 位，固定电话带区号。请再问一遍"
    if not after.startswith("0") and (len(digits) != 11 or digits[0] != "1"):
        return "phone", "手机号是 11 位，请再数一遍"
    return None


def _birth(day: dt.date | None, answers: Answers, facts: Facts) -> tuple[str, str] | None:
    if day is None:
        return "no_date", "日期读不出。请填成 2001-02-03 这样"
    if day > facts.on:
        return "born_later", "出生日期在今天之后。请照证件核对"
    numbers = [r for r in answers.section("changes") if r.get("chg_item") == "certno"]
    certno = stored(numbers[0]) if numbers else answers.get("certno")
    number = resident_id.parse(certno)
    if number is not None and number.birth != day:
        return "birth_differs", "和证件号里的出生日期不一样。证件号也错的，加一行更正证件号"
    return None


def _number(after: str, facts: Facts) -> tuple[str, str] | None:
    fault = resident_id.fault(after)
    if fault == "length":
        return "length", "证件号是 18 位，请再数一遍"
    if fault is not None:
        return fault, "证件号校验不对，有一位看错了。请照证件核对；没有存入"
    if after in facts.people:
        return "taken", "这个号码在名单上已有人用。请照证件核对；真是两个人同号的，打县医保中心电话"
    return None
