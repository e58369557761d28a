"""人员类别 (psn_type) of the residents' scheme: what the clerk chooses from, and what age alone settles."""

import datetime as dt
from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from counter_app.forms.spec import Option
from counter_app.kernel import dates

PSN_TYPES = (
    Option("1401", "新生儿"),
    Option("1402", "学龄前儿童"),
    Option("1403", "中小学生"),
    Option("1404", "大学生"),
    Option("1405", "未成年（未入学）"),
    Option("15", "居民（成年）"),
    Option("16", "居民（老年）"),
)


def person_type(birth: dt.date, on: dt.date) -> str:
    """Only what age alone settles; students and the old are the clerk's choice ("" leaves it open)."""
    age = dates.age_on(birth, on)
    if age < 1:
        return "1401"
    return "15" if 18 <= age < 60 else ""


def type_by_age(birth: dt.date, on: dt.date, groups: Iterable[AbstractSet[str]]) -> str:
    """What age fills in where these groups of types take all that are possible at that age alike, else "".

    An age is no school: no source says at which one nobody is a pupil or a student any more.
    """
    found = person_type(birth, on)
    possible = {found, *_AS_WELL.get(found, ())}
    alike = all(possible <= group or not possible & group for group in groups)
    return found if alike else ""


_AS_WELL = {"1401": ("1402", "1405"), "15": ("1403", "1404")}
"""What somebody may be registered as besides what their age says."""
