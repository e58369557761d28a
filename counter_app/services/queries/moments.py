"""Moments as lists and panels say them: 今天 10:05, 昨天 16:10, 11月18日 09:00."""

import datetime as dt

from counter_app.kernel import dates
from counter_app.kernel.clock import Clock, from_ms, moment

_LONGEST_DIGITS = 15


def said(clock: Clock, ms: int) -> str:
    """The moment with its hour: 今天 and 昨天 by name, another year with its number."""
    at = from_ms(ms)
    return f"{day_said(clock, at.date())} {at:%H:%M}"


def day_said(clock: Clock, day: dt.date) -> str:
    """The day alone: 今天, 昨天, 11月18日, 2025年12月3日."""
    now = moment(clock).date()
    ago = (now - day).days
    if ago in {0, 1}:
        return "昨天" if ago else "今天"
    return dates.month_day(day) if day.year == now.year else dates.full(day)


def told_by_centre(clock: Clock, value: str) -> str:
    """A moment as the centre's settings give it: wall ms, an ISO date-time, or words already."""
    text = value.strip()
    if text.isascii() and text.isdigit() and len(text) <= _LONGEST_DIGITS:
        return said(clock, int(text))
    try:
        at = dt.datetime.fromisoformat(text)
    except ValueError:
        return text
    day = day_said(clock, at.date())
    return f"{day} {at:%H:%M}" if len(text) > 10 else day


def lasted(ms: int) -> str:
    """A span in words: 2 小时 52 分."""
    minutes = max(ms, 0) // 60_000
    hours, rest = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        return f"{days} 天 {hours} 小时" if hours else f"{days} 天"
    if hours:
        return f"{hours} 小时 {rest} 分" if rest else f"{hours} 小时"
    return f"{rest} 分钟"
