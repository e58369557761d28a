"""补录: paper taken while there was no power and typed later; every item has it (DESIGN, decision 12).

`accepted_on` is the day on the paper, so everything is judged by the rules of that day; who took it and
the paper's number stay with the case and stand on every sheet.
"""

import datetime as dt
from collections.abc import Iterator

from counter_app.catalog.facts import Facts
from counter_app.forms.answers import Answers
from counter_app.forms.conditions import Is
from counter_app.forms.kinds.choice import YES
from counter_app.forms.spec import FieldSpec
from counter_app.kernel import dates
from counter_app.kernel.problems import Level, Problem

CLERKS = "station_clerk"
"""Table of the clerks who can log in at this PC; the centre has none and checks none."""
_LATE = Is("late", (YES,))
_LONGEST_NUMBER = 12

FIELDS = (
    FieldSpec("late", "flag", "补录", help="停电时收的纸单"),
    FieldSpec(
        "late_on",
        "date",
        "纸单受理日",
        help="照纸单上写的那天算",
        required=_LATE,
        visible_when=_LATE,
    ),
    FieldSpec(
        "late_no",
        "text",
        "纸单编号",
        required=_LATE,
        visible_when=_LATE,
        sample="0012",
    ),
    FieldSpec(
        "late_clerk",
        "code",
        "谁收的",
        help="打工号或姓名",
        required=_LATE,
        visible_when=_LATE,
        table=CLERKS,
        sample="0312",
    ),
)


def day(answers: Answers) -> dt.date | None:
    """The day on the paper; None where nothing is typed late or the day is not read yet."""
    return dates.iso(answers.get("late_on")) if is_late(answers) else None


def is_late(answers: Answers) -> bool:
    """Whether the case is typed from a paper."""
    return answers.get("late") == YES


def mark(answers: Answers) -> str:
    """The mark on every sheet: 补录 纸单 0012; "" for what was typed when it was taken."""
    return f"补录 纸单 {answers.get('late_no')}" if is_late(answers) else ""


def words(answers: Answers, clerk: str) -> str:
    """One line for the case on screen: 11月20日 收的纸单 0012，王芳收，后来补录."""
    on = day(answers)
    if on is None:
        return ""
    return f"{dates.month_day(on)} 收的纸单 {answers.get('late_no')}，{clerk}收，后来补录"


def problems(answers: Answers, facts: Facts) -> Iterator[Problem]:
    """What is wrong with the paper's day and number; `facts.on` is today until the day can be right."""
    on = day(answers)
    if not is_late(answers) or on is None:
        return
    if on > facts.on:
        text = f"{dates.full(on)} 还没到，纸单不会是那天收的。请照纸单上的日期改"
        yield Problem("late_ahead", "late_on", text)
    begins = _pack_begins(facts)
    if begins is not None and on < begins:
        text = (
            f"{dates.full(on)} 比规则包最早的日子 {dates.full(begins)} 还早，那天的金额和待遇这里算不出。"
            "请再看一眼纸单；日期没错就照常受理，由中心核定"
        )
        yield Problem("late_before_pack", "late_on", text, Level.WARN)
    if len(answers.get("late_no")) > _LONGEST_NUMBER:
        text = f"纸单编号最多 {_LONGEST_NUMBER} 个字，请只填编号，别的写在备注里"
        yield Problem("late_number", "late_no", text)


def _pack_begins(facts: Facts) -> dt.date | None:
    """The first day any parameter of the pack holds on; None where one holds from ever."""
    pack = facts.office
    if pack is None or not all(p.begins for p in pack.parameters):
        return None
    return min((p.begins for p in pack.parameters if p.begins), default=None)
