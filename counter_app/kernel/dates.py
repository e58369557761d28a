"""Dates as clerks type and read them."""

import calendar
import datetime as dt
import re

_WEEKDAYS = "一二三四五六日"
_SEPARATED = re.compile(r"([0-9]{4})[-./年]([0-9]{1,2})[-./月]([0-9]{1,2})日?")
_STORED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def parse_date(text: str, today: dt.date) -> dt.date | None:
    """Read 2026-01-15, 20260115, 260115 (2000s) or 0115 (this year), else None."""
    plain = text.strip()
    match = _SEPARATED.fullmatch(plain)
    if match:
        return _date(int(match[1]), int(match[2]), int(match[3]))
    if not (plain.isascii() and plain.isdigit()):
        return None
    return _bare_digits(plain, today)


def iso(text: str) -> dt.date | None:
    """Read a stored yyyy-mm-dd, else None; no other form of ISO 8601 is one."""
    if not _STORED.fullmatch(text):
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def weekday(day: dt.date) -> str:
    """周一 … 周日."""
    return "周" + _WEEKDAYS[day.weekday()]


def month_day(day: dt.date) -> str:
    """12月21日."""
    return f"{day.month}月{day.day}日"


def full(day: dt.date) -> str:
    """2026年12月21日."""
    return f"{day.year}年{day.month}月{day.day}日"


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day some months on, or that month's last day where it has none such."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


def days_after(day: dt.date, days: int) -> dt.date:
    """The day some days on."""
    return day + dt.timedelta(days=days)


def age_on(birth: dt.date, day: dt.date) -> int:
    """Completed years of life on the day."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _bare_digits(plain: str, today: dt.date) -> dt.date | None:
    if len(plain) == 8:
        return _date(int(plain[:4]), int(plain[4:6]), int(plain[6:]))
    if len(plain) == 6:
        return _date(2000 + int(plain[:2]), int(plain[2:4]), int(plain[4:]))
    if len(plain) == 4:
        return _date(today.year, int(plain[:2]), int(plain[2:]))
    return None
