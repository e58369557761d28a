"""Two covers in one year: which one stays (医保办函〔2021〕11号, rule text [G], so a reading of the pack).

Employee cover stands before residents'; between two places the one in use or of long-term residence.
"""

import datetime as dt

from counter_app.domain.policy.pack import Pack

_EMPLOYEE = "职工"


def which_stays(other: str, pack: Pack | None, on: dt.date) -> str:
    """What the person is told about the cover elsewhere, `other` as the roster words it."""
    reading = pack.text("duplicate.keep", on) if pack is not None else None
    if reading is None:
        return "留哪一种由中心核定"
    if reading == "employee" and _EMPLOYEE in other:
        return "一般留职工医保"
    return "留正在用的或长期居住地的那一种"
