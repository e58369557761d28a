"""人员类别 (psn_type) of the residents' scheme: what the clerk chooses from, and what age alone settles."""

import datetime as dt

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
