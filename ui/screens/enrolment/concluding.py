"""The verdict panel and the section bar, from the same judgement. Pure."""

from collections.abc import Iterator

from counter_app.catalog.outcome import Line
from counter_app.domain.enrolment.waiting import Start, newborn_days
from counter_app.forms.answers import path
from counter_app.forms.evaluate import slots
from counter_app.kernel import dates
from counter_app.kernel.money import format_yuan
from counter_app.kernel.problems import Level, Problem, stops
from ui.filling.state import Row, Said, Step, VerdictState
from ui.screens.enrolment.reading import Reading, material_lines
from ui.screens.enrolment.rows import MEMBERS, place

_COVER_CODES = frozenset({"enrolled", "duplicate_cover", "same_person"})
_DIGITS = "零一二三四五六七八九十"


def verdict(reading: Reading) -> VerdictState:
    """Conclusion, problems with their places, waiting, whether it may be done, what follows."""
    pack = reading.facts.pack
    lines = reading.verdict.outcome.lines
    return VerdictState(
        head=conclusion(reading.problems),
        tone=_tone(reading.problems),
        problems=tuple(_said(reading, p) for p in _ordered(reading.problems)),
        waiting=tuple(_waiting(lines)),
        waiting_source=_source(lines),
        rules=tuple(_rules(reading)),
        after=tuple(_after(reading)),
        firm=reading.verdict.outcome.firm,
        pack=f"规则包 {pack.label}" if pack else "没有规则包",
        invented=bool(pack and pack.invented),
        as_of=f"名单截至 {reading.facts.as_of}" if reading.facts.as_of else "名单还没下载",
    )


def conclusion(problems: tuple[Problem, ...]) -> str:
    """At most twelve characters."""
    stopping = len(stops(problems))
    if stopping:
        return f"还差 {stopping} 处，不能受理" if stopping < 100 else "还差很多，不能受理"
    looks = sum(p.level is Level.WARN for p in problems)
    return f"可以受理，{looks} 处提醒" if looks else "可以受理"


def steps(reading: Reading) -> tuple[Step, ...]:
    """成员, 逐人情况, 材料, 代办人, each with its count and mark."""
    rows = reading.answers.section(MEMBERS)
    clear = sum(not _stops_at(reading, path(MEMBERS, i, "")) for i in range(len(rows)))
    papers = material_lines(reading)
    short = sum(m.orig not in {"returned", "kept"} for m in papers)
    agent = reading.answers.get("present") == "agent"
    applicant = [p for p in stops(reading.problems) if section_of(p.field) == 4]
    return (
        Step("成员", f"{len(rows)} 人", "done" if rows else "alert"),
        Step(
            "逐人情况",
            f"{clear} / {len(rows)}",
            "done" if rows and clear == len(rows) else "alert" if _spoken(reading, 2) else "open",
        ),
        Step(
            "材料",
            f"差 {short}" if short else "",
            "look" if short else "done",
        ),
        Step(
            "代办人",
            f"{len(applicant)} 处" if applicant else "代办" if agent else "本人",
            "done" if not applicant else "alert" if _spoken(reading, 4) else "open",
        ),
    )


def section_of(field: str) -> int:
    """Which of the four sections a problem belongs to; 1 for the case as a whole."""
    if not field or field == MEMBERS:
        return 1
    if place(field):
        return 2
    return 3 if field.startswith("materials") else 4


def first_stop(reading: Reading) -> str:
    """The path of the first problem that stops, in section order; "" where none has a place."""
    found = [p for p in _ordered(reading.problems) if p.level is Level.STOP]
    return found[0].field if found else ""


def next_open(reading: Reading, where: str) -> str:
    """The next unfinished field after a path, from the top again at the end; "" where none is left."""
    stopping = {p.field for p in stops(reading.problems) if p.field}
    order = [slot.path for slot in slots(reading.item.form, reading.answers)]
    first = [p for p in order if place(p)]
    papers = [f"materials.{m.id}" for m in reading.verdict.materials]
    order = [*first, *papers, *(p for p in order if not place(p))]
    at = order.index(where) + 1 if where in order else 0
    around = order[at:] + order[:at]
    return next((p for p in around if p in stopping and p != where), "")


def _tone(problems: tuple[Problem, ...]) -> str:
    if stops(problems):
        return "bad"
    return "warn" if any(p.level is Level.WARN for p in problems) else "ok"


def _ordered(problems: tuple[Problem, ...]) -> list[Problem]:
    return sorted(
        (p for p in problems if p.level is not Level.INFO),
        key=lambda p: (p.level is not Level.STOP, section_of(p.field)),
    )


def _said(reading: Reading, problem: Problem) -> Said:
    section = section_of(problem.field)
    at = place(problem.field)
    where = f"第 {section} 节"
    if at and at[0] < len(reading.verdict.outcome.subjects):
        name = reading.verdict.outcome.subjects[at[0]].name or f"第 {at[0] + 1} 人"
        where += f"・{name}"
    spec = reading.item.form.field(problem.field) if problem.field else None
    if spec is not None:
        where += f"・{spec.label}"
    return Said(
        problem.text, f"{where}  Alt+{section}", problem.field, problem.level, problem.source
    )


def _stops_at(reading: Reading, prefix: str) -> bool:
    return any(p.field.startswith(prefix) for p in stops(reading.problems))


def _spoken(reading: Reading, section: int) -> bool:
    return any(
        section_of(p.field) == section
        and (p.field in reading.said or bool(reading.answers.get(p.field)))
        for p in stops(reading.problems)
    )


def _waiting(lines: tuple[Line, ...]) -> Iterator[Row]:
    for line in lines:
        if line.value or line.tone:
            yield Row(line.label, line.value, line.tone)


def _source(lines: tuple[Line, ...]) -> str:
    cited = dict.fromkeys(line.source for line in lines if line.source)
    readings = dict.fromkeys(ln.label for ln in lines if not ln.value and not ln.tone)
    return "；".join([*cited, *readings])


def _rules(reading: Reading) -> Iterator[Row]:
    rows = reading.answers.section(MEMBERS)
    codes = {p.code for p in reading.problems}
    if rows and not codes & _COVER_CODES and all(s.key for s in reading.verdict.outcome.subjects):
        count = len(rows)
        who = "没有重复参保" if count == 1 else f"{_many(count)}人都没有重复参保"
        note = "本镇名单；外地的联网后再查" if reading.facts.online else "现在离线，只查了本镇名单"
        yield Row(who, "", "ok", note)
    for index, row in enumerate(rows):
        yield from _newborn_rule(reading, index)
        until = dates.iso(row.get("idet_until", ""))
        if row.get("mat_idet_code", "0") not in {"", "0"} and until and until >= reading.facts.on:
            name = reading.verdict.outcome.subjects[index].name
            yield Row(f"{name}的资助身份在有效期内", "", "ok", f"到 {dates.full(until)}")
    for line in reading.verdict.outcome.advice:
        yield Row(line.label, line.value, line.tone, line.source)


def _newborn_rule(reading: Reading, index: int) -> Iterator[Row]:
    row = reading.answers.section(MEMBERS)[index]
    born = dates.iso(row.get("brdy", ""))
    facts = reading.facts
    limit = facts.pack.number("newborn.days", facts.on) if facts.pack else None
    if row.get("start") != Start.NEWBORN or born is None or limit is None or born > facts.on:
        return
    days = newborn_days(born, facts.on)
    if days <= limit:
        source = facts.pack.find("newborn.days", facts.on) if facts.pack else None
        note = f"从出生起享受。{source.source}" if source else "从出生起享受"
        yield Row(f"新生儿出生 {days} 天，在 {limit} 天内", "", "ok", note)


def _after(reading: Reading) -> Iterator[Row]:
    result = reading.verdict.outcome
    count = len(result.subjects)
    if result.total is not None:
        label = "应缴" if count == 1 else f"{_many(count)}人共缴"
        yield Row(label, format_yuan(result.total), "", "" if result.firm else "仅供参考")
    for missing in result.missing:
        yield Row(missing, "", "warn", "照常受理，由中心核定")
    if result.pay_by is not None:
        yield Row("去哪缴", f"税务，{dates.month_day(result.pay_by)} 前")
    elif result.pay_where:
        yield Row("去哪缴", "税务")
    if count:
        yield Row("打印", "回执、登记表")


def _many(count: int) -> str:
    return "两" if count == 2 else _DIGITS[count] if count <= 10 else f" {count} "
