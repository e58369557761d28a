"""Turns answers, verdict and facts into what the screen shows of members, fields and papers. Pure."""

import datetime as dt
from dataclasses import dataclass

from counter_app.catalog.facts import Facts
from counter_app.catalog.item import Material, ServiceItem, Verdict
from counter_app.catalog.outcome import SubjectOutcome
from counter_app.domain.enrolment.waiting import Start, newborn_days
from counter_app.domain.person.model import Person
from counter_app.forms.answers import Answers, path
from counter_app.forms.answers import Row as AnswerRow
from counter_app.forms.evaluate import Slot, shown, slots
from counter_app.kernel import dates, masking
from counter_app.kernel.money import format_yuan
from counter_app.kernel.problems import Level, Problem
from ui.filling.faces import field_state
from ui.filling.papers import paper_line
from ui.filling.state import FieldState, MaterialLine
from ui.screens.enrolment.rows import MEMBERS, place
from ui.screens.enrolment.state import MemberLine

FOLDS = ("psn_cert_type", "certno", "psn_name", "gend", "brdy", "naty", "patn_rlts")
_HIDDEN = frozenset({"roster_name", "hh_no", "asks_student", "asks_repaid"})
_OF_HOUSEHOLD = frozenset({"hh_head_name", "hh_head_certno", "resd_addr", "hukou"})
_NAME_ASKS = frozenset({"name_differs", "name_answered"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What is being read: the judged answers and which problems may be said already."""

    item: ServiceItem
    answers: Answers
    facts: Facts
    verdict: Verdict
    extra: tuple[Problem, ...] = ()
    """Problems acceptance found beyond the verdict, at their places until something changes."""
    said: frozenset[str] = frozenset()
    """Paths whose problem was shown on leaving."""
    focus: str = ""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems, the verdict's first."""
        return self.verdict.problems + self.extra

    def at(self, where: str) -> Problem | None:
        """The gravest problem at a path."""
        found = [p for p in self.problems if p.field == where]
        return min(found, key=lambda p: p.level is not Level.STOP, default=None)


def member_fields(reading: Reading, index: int, *, unfolded: bool) -> tuple[FieldState, ...]:
    """The visible fields of one member, what the roster gave and nobody doubts left out."""
    hidden = set() if unfolded else {path(MEMBERS, index, f) for f in folds(reading, index)}
    prefix = path(MEMBERS, index, "")
    return tuple(
        _field(reading, slot)
        for slot in slots(reading.item.form, reading.answers)
        if slot.path.startswith(prefix) and slot.path not in hidden and _asked(reading, slot)
    )


def folds(reading: Reading, index: int) -> tuple[str, ...]:
    """Fields of a member that stand as the roster has them, without a problem."""
    row = reading.answers.section(MEMBERS)[index]
    person = reading.facts.people.get(row.get("certno", ""))
    if person is None:
        return ()
    given = {
        "psn_cert_type": person.psn_cert_type,
        "certno": person.certno,
        "psn_name": person.name,
        "gend": person.gend,
        "brdy": person.birth.isoformat(),
        "naty": person.naty,
        "patn_rlts": person.relation,
    }
    return tuple(
        f
        for f in FOLDS
        if given[f] and row.get(f) == given[f] and reading.at(path(MEMBERS, index, f)) is None
    )


def folded_words(reading: Reading, index: int) -> str:
    """The folded fields in one line, the number masked."""
    row = reading.answers.section(MEMBERS)[index]
    section = reading.item.form.section(MEMBERS)
    words = []
    for field_id in folds(reading, index):
        spec = section.field(field_id) if section else None
        if spec is None or field_id == "psn_cert_type":
            continue
        text = shown(spec, row.get(field_id, ""), reading.facts.context)
        words.append(masking.id_number(text) if field_id == "certno" else text)
    return "，".join(words)


def case_fields(reading: Reading) -> tuple[FieldState, ...]:
    """Applicant, agent, phone and addresses; the household's own only where no roster gave it."""
    listed = bool(reading.answers.get("hh_no"))
    found = [
        _field(reading, slot)
        for slot in slots(reading.item.form, reading.answers)
        if place(slot.path) is None
        and "[" not in slot.path
        and _asked(reading, slot)
        and not (listed and slot.spec.id in _OF_HOUSEHOLD)
    ]
    first = ("present", "appl_name", "appl_certno", "tel")
    return tuple(sorted(found, key=lambda f: first.index(f.path) if f.path in first else 9))


def member_lines(reading: Reading) -> tuple[MemberLine, ...]:
    """The table of those in this acceptance."""
    rows = reading.answers.section(MEMBERS)
    subjects = reading.verdict.outcome.subjects
    return tuple(_line(reading, i, row, subjects[i]) for i, row in enumerate(rows))


def material_lines(reading: Reading) -> tuple[MaterialLine, ...]:
    """The papers this case needs, each with what became of it."""
    kept = {r.get("matl_id", ""): r for r in reading.answers.section("materials")}
    return tuple(paper_line(m, kept.get(m.id, {})) for m in reading.verdict.materials)


def _asked(reading: Reading, slot: Slot) -> bool:
    if slot.spec.id in _HIDDEN or slot.path not in reading.verdict.evaluation.visible:
        return False
    if slot.spec.id != "name_answer":
        return True
    at = slot.path.removesuffix("name_answer") + "psn_name"
    return any(p.field == at and p.code in _NAME_ASKS for p in reading.problems)


def _field(reading: Reading, slot: Slot) -> FieldState:
    problem = reading.at(slot.path)
    focused = slot.path == reading.focus
    say = problem is not None and (slot.path in reading.said or (bool(slot.answer) and not focused))
    return field_state(
        slot,
        problem,
        reading.facts.context,
        say=say,
        required=slot.path in reading.verdict.evaluation.required,
    )


def _line(reading: Reading, index: int, row: AnswerRow, subject: SubjectOutcome) -> MemberLine:
    person = reading.facts.people.get(row.get("certno", ""))
    prefix = path(MEMBERS, index, "")
    identity, identity_note = _identity(reading, index, row)
    cover, cover_note, tone = _cover(subject)
    stops = [p for p in reading.problems if p.field.startswith(prefix) and p.level is Level.STOP]
    return MemberLine(
        name=subject.name or f"第 {index + 1} 人",
        detail=_detail(reading.facts, row),
        how=subject.kind or "还没选",
        how_note=_how_note(reading.facts, row, person),
        years=str(subject.years[0]) if subject.years else "",
        years_note=_more_years(subject.years),
        identity=identity,
        identity_note=identity_note,
        subsidised=row.get("mat_idet_code", "0") not in {"", "0"},
        own=format_yuan(subject.own) if subject.own is not None else "标准未知",
        own_note=_own_note(subject),
        cover=cover,
        cover_note=cover_note,
        cover_tone=tone,
        stops=len(stops),
    )


def _detail(facts: Facts, row: AnswerRow) -> str:
    relation = facts.tables.get("patn_rlts", {}).get(row.get("patn_rlts", ""), "")
    certno = row.get("certno", "")
    if row.get("nwb_by") == "mother":
        number = (
            f"母亲 {masking.id_number(row['mother_certno'])}" if row.get("mother_certno") else ""
        )
    elif row.get("start") == Start.NEWBORN and certno:
        number = f"出生证 {masking.id_number(certno)}"
    else:
        number = masking.id_number(certno) if certno else ""
    return "・".join(p for p in (relation, number) if p) or "还没填证件号"


def _how_note(facts: Facts, row: AnswerRow, person: Person | None) -> str:
    born = dates.iso(row.get("brdy", ""))
    if row.get("start") == Start.NEWBORN:
        return _age_words(facts, born) if born and born <= facts.on else ""
    years = [int(y) for y in row.get("years", "").split(",") if y.isdigit()]
    if person is None or not years:
        return "" if person else "本镇名单上没有"
    if row.get("start") == Start.CONTINUED:
        return f"{years[0] - 1} 已参保"
    gaps = _gaps(person, years[0])
    return f"断 {'、'.join(str(y) for y in gaps)}" if gaps else ""


def _age_words(facts: Facts, born: dt.date) -> str:
    limit = facts.pack.number("newborn.days", facts.on) if facts.pack else None
    days = newborn_days(born, facts.on)
    return f"{days} 天，{limit} 天内" if limit and days <= limit else f"{days} 天"


def _gaps(person: Person, year: int) -> list[int]:
    """The run of uncovered years right before the year, as far as the roster's record reaches."""
    known = {f.year for f in person.years}
    found: list[int] = []
    for before in range(year - 1, min(known, default=year) - 1, -1):
        facts = person.year(before)
        if facts.cover_from or facts.paid or facts.elsewhere:
            break
        found.insert(0, before)
    return found


def _more_years(years: tuple[int, ...]) -> str:
    return f"和 {'、'.join(str(y) for y in years[1:])}" if len(years) > 1 else ""


def _identity(reading: Reading, index: int, row: AnswerRow) -> tuple[str, str]:
    code = row.get("mat_idet_code", "0") or "0"
    if code == "0":
        return "没有资助", ""
    words = reading.facts.tables.get("mat_idet_code", {}).get(code, code)
    until = dates.iso(row.get("idet_until", ""))
    end = f"到 {until.isoformat()}" if until else "没填有效期"
    seen = any(
        m.member == index
        and m.id.startswith("identity")
        and _orig(reading.answers, m) in {"returned", "kept"}
        for m in reading.verdict.materials
    )
    return words.removesuffix("救助对象"), f"证明已看，{end}" if seen else f"证明没看，{end}"


def _orig(answers: Answers, material: Material) -> str:
    rows = (r for r in answers.section("materials") if r.get("matl_id") == material.id)
    return next((r.get("orig", "") for r in rows), "")


def _own_note(subject: SubjectOutcome) -> str:
    if subject.subsidy:
        return f"财政 {format_yuan(subject.subsidy)}"
    return f"{len(subject.years)} 个年度" if len(subject.years) > 1 and subject.own else ""


def _cover(subject: SubjectOutcome) -> tuple[str, str, str]:
    if subject.cover.startswith("等"):
        return subject.cover, "F8 怎么算", "warn"
    if subject.cover_from is not None:
        return dates.full(subject.cover_from), "缴清后起享受", "ok"
    return (subject.cover, "", "") if subject.cover else ("", "", "")
