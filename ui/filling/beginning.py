"""What every form reads when it opens: why the centre sent a case back, by which day it is judged."""

import datetime as dt

from counter_app.bootstrap import Services
from counter_app.catalog import late
from counter_app.forms.answers import Answers
from counter_app.kernel import ids
from counter_app.kernel.clock import today
from ui.filling.state import Notice


def paper_day(services: Services, answers: Answers) -> dt.date | None:
    """The day to judge by where the case is typed from a paper; None for the usual day."""
    on = late.day(answers)
    return on if on and on <= today(services.counter.clock) else None


def decision(services: Services, case_id: str) -> tuple[Notice | None, bool]:
    """What the centre said of a returned or held case, and whether it is held. Database lane."""
    detail = services.task_detail(case_id)
    if detail is None:
        return None, False
    points = "；".join("，".join(p for p in point if p) for point in detail.points)
    who = f"。{detail.who_comes}" if detail.who_comes else ""
    until = f"。补正期到 {detail.until}" if detail.until else ""
    title = "中心退回，改好再报" if detail.kind == "rejected" else "中心要您定，写明后再报"
    return Notice("warn", title, f"{points}{who}{until}。"), detail.kind == "held"


def new_id(services: Services) -> str:
    """The id of a draft that begins now."""
    return ids.uuid7(services.counter.clock.now_ms())
