"""What a change brings: the state of cover, corrections, and what must be told."""

from counter_app.catalog.facts import Facts
from counter_app.catalog.outcome import Line, Outcome, PersonChange
from counter_app.domain.calendar.promise import Promise
from counter_app.forms.answers import Answers
from counter_app.items.resident_change.changes import stored, stored_before
from counter_app.items.resident_change.form import (
    CORRECT,
    DIED,
    ITEMS,
    KEY,
    PAUSED,
    REASONS,
    STOP,
)
from counter_app.items.resident_change.parties import subject
from counter_app.kernel import dates, masking

_GUIDE = "江苏省医保经办服务办事指南（2022版）6"


def outcome(answers: Answers, facts: Facts) -> Outcome:
    """Consequences; unfinished answers simply bring less."""
    changes = _changes(answers)
    lines = _stop_lines(answers) if answers.get("act") == STOP else _change_lines(answers)
    return Outcome(
        subjects=(),
        total=None,
        lines=lines,
        told=_told(answers, facts),
        effects=(),
        firm=True,
        promise=Promise("" if _county(answers) else "即时"),
        changes=changes,
        county=_county(answers),
        receipt=lines,
    )


def _county(answers: Answers) -> str:
    if answers.get("act") != CORRECT:
        return ""
    labels = {o.code: o.label for o in ITEMS}
    named = [labels[i] for r in answers.section("changes") if (i := r.get("chg_item", "")) in KEY]
    return f"更正{'、'.join(dict.fromkeys(named))}，由县中心核对证明" if named else ""


def _changes(answers: Answers) -> tuple[PersonChange, ...]:
    key, certno, name = subject(answers), answers.get("certno"), answers.get("psn_name")
    if not key:
        return ()
    if answers.get("act") == STOP:
        day = dates.iso(answers.get("stop_on"))
        reason = answers.get("stop_rea")
        if day is None or not reason:
            return ()
        state = answers.get("psn_insu_stas")
        return (PersonChange(key, certno, name, "stop", state, reason, day),)
    return tuple(
        PersonChange(key, certno, name, row["chg_item"], stored_before(row), stored(row))
        for row in answers.section("changes")
        if row.get("chg_item") and row.get("chg_after")
    )


def _stop_lines(answers: Answers) -> tuple[Line, ...]:
    day = dates.iso(answers.get("stop_on"))
    reason = next((o.label for o in REASONS if o.code == answers.get("stop_rea")), "")
    if not reason:
        return ()
    what = "暂停参保" if answers.get("psn_insu_stas") == PAUSED else "终止参保"
    lines = [
        Line("谁", f"{answers.get('psn_name')}  {masking.id_number(answers.get('certno'))}"),
        Line(what, reason, _GUIDE),
    ]
    if day is not None:
        lines.append(Line("从哪天起", dates.full(day)))
    return tuple(lines)


def _change_lines(answers: Answers) -> tuple[Line, ...]:
    labels = {o.code: o.label for o in ITEMS}
    lines = [Line("谁", f"{answers.get('psn_name')}  {masking.id_number(answers.get('certno'))}")]
    for row in answers.section("changes"):
        item = row.get("chg_item", "")
        if item and row.get("chg_after"):
            before = _masked(item, row.get("chg_before", ""))
            after = _masked(item, row["chg_after"])
            lines.append(Line(labels.get(item, ""), f"{before} → {after}", _GUIDE))
    return tuple(lines) if len(lines) > 1 else ()


def _masked(item: str, text: str) -> str:
    if item == "certno":
        return masking.id_number(text)
    return text or "空"


def _told(answers: Answers, facts: Facts) -> tuple[str, ...]:
    if answers.get("act") == CORRECT:
        county = _county(answers)
        return (f"{county}，核好以前名单照旧，不影响报销。",) if county else ()
    if answers.get("act") != STOP or not answers.get("stop_rea"):
        return ()
    if answers.get("stop_rea") == DIED:
        return ("去世以前发生的医药费，家属还可以来问手工报销。",)
    words = [
        "停保以后，居民医保不再报销停保那天起的医药费。",
        "以后要接着参保，请在集中缴费期办；断了年份的，按规定可能有等待期。",
    ]
    ahead = paid_ahead(answers, facts)
    if ahead:
        words.append(f"{ahead} 年度已缴费，钱能不能退请问税务部门，窗口不收也不退。")
    return tuple(words)


def paid_ahead(answers: Answers, facts: Facts) -> str:
    """Years after the day of the stop that are paid for, in words; "" for none.

    As they were filled in: the roster may know the person or the payment no more when a sheet is
    printed again, and what the citizen was told must print as it was said.
    """
    return answers.get("paid_years") or years_ahead(answers, facts)


def years_ahead(answers: Answers, facts: Facts) -> str:
    """The same as the roster has it now."""
    person, day = facts.people.get(answers.get("certno")), dates.iso(answers.get("stop_on"))
    if person is None or day is None:
        return ""
    return "、".join(str(y.year) for y in person.years if y.paid and y.year > day.year)
