"""The verdict and the steps of an item's form, from the same judgement. Pure."""

from collections.abc import Iterator

from counter_app.catalog.outcome import Outcome
from counter_app.forms.evaluate import slots
from counter_app.kernel import dates
from counter_app.kernel.problems import Level, Problem, stops
from ui.filling.state import Row, Said, Step, VerdictState
from ui.screens.casework.opening import REPLY
from ui.screens.casework.reading import Reading
from ui.screens.casework.sections import HIDDEN, MATERIALS, asked, row_of, section_of
from ui.screens.casework.state import SectionState


def verdict(reading: Reading) -> VerdictState:
    """Conclusion, problems with their places, whether it may be done, what follows."""
    pack = reading.facts.pack
    outcome = reading.verdict.outcome
    return VerdictState(
        head=conclusion(reading.problems),
        tone=_tone(reading.problems),
        problems=tuple(_said(reading, p) for p in _ordered(reading)),
        rules=tuple(Row(ln.label, ln.value, ln.tone, ln.source) for ln in outcome.lines if ln.tone),
        after=tuple(_after(reading, outcome)),
        firm=outcome.firm,
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


def steps(reading: Reading, sections: tuple[SectionState, ...]) -> tuple[Step, ...]:
    """One step a section: a tick, an alert with its count, or its number while nothing was said."""
    return tuple(_step(reading, section) for section in sections)


def first_stop(reading: Reading) -> str:
    """The path of the first problem that stops, in the form's order; "" where none has a place."""
    found = [p for p in _ordered(reading) if p.level is Level.STOP and p.field]
    return found[0].field if found else ""


def next_open(reading: Reading, where: str) -> str:
    """The next unfinished field after a path, from the top again at the end; "" where none is left."""
    stopping = {p.field for p in stops(reading.problems) if p.field}
    order = list(_order(reading))
    at = order.index(where) + 1 if where in order else 0
    return next((p for p in order[at:] + order[:at] if p in stopping and p != where), "")


def neighbour(reading: Reading, where: str) -> str:
    """The next field after a path whether finished or not; "" at the end."""
    order = [p for p in _order(reading) if p in reading.verdict.evaluation.visible]
    at = order.index(where) + 1 if where in order else len(order)
    return order[at] if at < len(order) else ""


def _order(reading: Reading) -> Iterator[str]:
    """Every path in the order of the form."""
    by_section: dict[str, list[str]] = {}
    for slot in slots(reading.item.form, reading.answers):
        if slot.spec.id not in HIDDEN:
            name = section_of(reading.item.form, slot.path).id
            by_section.setdefault(name, []).append(slot.path)
    by_section[MATERIALS] = [f"{MATERIALS}.{m.id}" for m in reading.verdict.materials]
    for section in asked(reading.item.form, reading.answers):
        yield section.id
        yield from by_section.get(section.id, ())


def _step(reading: Reading, section: SectionState) -> Step:
    short = reading.in_section(section.id)
    looks = reading.in_section(section.id, stopping=False)
    if section.kind == "papers":
        count = sum(m.tone in {"warn", "bad"} for m in section.papers)
        return Step(section.title, f"差 {count}" if count else "", "look" if count else "done")
    if short:
        spoken = any(_spoken(reading, p) for p in short)
        return Step(
            section.title, f"{len(short)} 处" if spoken else "", "alert" if spoken else "open"
        )
    if looks:
        return Step(section.title, f"{len(looks)} 处", "look")
    return Step(section.title, _note(reading, section), "done")


def _note(reading: Reading, section: SectionState) -> str:
    if section.id == "applicant":
        return "代办" if reading.answers.get("present") == "agent" else "本人"
    return ""


def _spoken(reading: Reading, problem: Problem) -> bool:
    return problem.field in reading.said or bool(reading.answers.get(problem.field))


def _tone(problems: tuple[Problem, ...]) -> str:
    if stops(problems):
        return "bad"
    return "warn" if any(p.level is Level.WARN for p in problems) else "ok"


def _ordered(reading: Reading) -> list[Problem]:
    form = reading.item.form
    at = {s.id: i for i, s in enumerate(form.sections)}
    return sorted(
        (p for p in reading.problems if p.level is not Level.INFO),
        key=lambda p: (p.level is not Level.STOP, at[section_of(form, p.field).id]),
    )


def _said(reading: Reading, problem: Problem) -> Said:
    form = reading.item.form
    section = section_of(form, problem.field)
    shown = [s.id for s in asked(form, reading.answers)]
    number = shown.index(section.id) + 1 if section.id in shown else 1
    where = f"第 {number} 节"
    at = row_of(problem.field)
    if at is not None:
        where += f"・第 {at[1] + 1} {section.row_noun or '行'}"
    spec = form.field(problem.field) if problem.field else None
    if spec is not None and spec.id != REPLY:
        where += f"・{spec.label}"
    return Said(
        problem.text, f"{where}  Alt+{number}", problem.field, problem.level, problem.source
    )


def _after(reading: Reading, outcome: Outcome) -> Iterator[Row]:
    for line in outcome.lines:
        if not line.tone:
            yield Row(line.label, line.value, "", line.source)
    for missing in outcome.missing:
        yield Row(missing, "", "warn", "照常受理，由中心核定")
    if outcome.county:
        yield Row(outcome.county, "", "warn", "受理后等县里定")
    if outcome.promise.words:
        last = outcome.promise.on
        until = f"，{dates.month_day(last)} 前" if last else ""
        yield Row("多久办好", f"{outcome.promise.words}{until}")
    names = [m.title for m in reading.item.more if m.wanted(reading.answers, reading.facts)]
    yield Row("打印", "、".join(["回执", _sheet_name(reading), *names]))


def _sheet_name(reading: Reading) -> str:
    title = reading.item.form.title
    return (
        "登记表" if title.endswith("登记表") else "备案表" if title.endswith("备案表") else "申请表"
    )
