"""What enrolment brings each member: years, amounts, first day of cover, and what must be told."""

from counter_app.catalog.facts import Facts
from counter_app.catalog.outcome import Effect, Line, Outcome, SubjectOutcome
from counter_app.domain.calendar.promise import Promise
from counter_app.domain.enrolment.amounts import Contribution, contribution, repaid
from counter_app.domain.enrolment.season import season_on
from counter_app.domain.enrolment.waiting import Start, Waiting, work_out
from counter_app.forms.answers import Answers, Row
from counter_app.items.resident_enrolment import member
from counter_app.items.resident_enrolment.advice import advice
from counter_app.items.resident_enrolment.form import STARTS
from counter_app.kernel import dates
from counter_app.kernel.money import Fen, format_yuan


def outcome(answers: Answers, facts: Facts) -> Outcome:
    """Consequences for all members; unfinished rows simply bring less."""
    rows = answers.section("members")
    money = [(*_amounts(row, facts), *_repaid(row, facts)) for row in rows]
    waits = [_waiting(row, facts) for row in rows]
    subjects = tuple(_subject(r, m, w, facts) for r, m, w in zip(rows, money, waits, strict=True))
    owns = [s.own for s in subjects]
    missing = tuple(dict.fromkeys([c.missing for m in money for c in m if c.missing]))
    waits_missing = tuple(dict.fromkeys(w.missing for w in waits if w and w.missing))
    season = season_on(facts.pack, facts.on)
    return Outcome(
        subjects=subjects,
        total=sum(o for o in owns if o is not None) if owns and None not in owns else None,
        lines=tuple(
            line
            for r, w in zip(rows, waits, strict=True)
            for line in (*_study_lines(r, facts), *_lines(r, w), *_repaid_lines(r, facts))
        ),
        told=tuple(
            t
            for r, w in zip(rows, waits, strict=True)
            for t in (*_study_told(r, facts), *_told(r, w), *_repaid_told(r, facts))
        ),
        advice=advice(rows, facts),
        effects=tuple(e for s in subjects for e in _effects(s)),
        firm=all(c.firm for m in money for c in m) and all(w.firm for w in waits if w),
        missing=missing + waits_missing,
        pay_by=season.end if season.in_season else None,
        pay_where=_where(facts),
        promise=Promise(
            (facts.pack.text("enrolment.promise", facts.on) or "") if facts.pack else ""
        ),
    )


def _amounts(row: Row, facts: Facts) -> tuple[Contribution, ...]:
    identity = row.get("mat_idet_code", "") or "0"
    return tuple(contribution(facts.pack, year, identity, facts.on) for year in member.years(row))


def _repaid(row: Row, facts: Facts) -> tuple[Contribution, ...]:
    """Each repaid year at the whole personal rate; of which year, the pack says."""
    count, years = member.repaid(row), member.years(row)
    if not count or not years:
        return ()
    return (repaid(facts.pack, years[0], facts.on),) * count


def _repaid_sum(row: Row, facts: Facts) -> Fen | None:
    return _sum(tuple(c.own for c in _repaid(row, facts)))


def _repaid_lines(row: Row, facts: Facts) -> list[Line]:
    found = _repaid(row, facts)
    if not found:
        return []
    amount = _repaid_sum(row, facts)
    label = f"{member.name(row)}补缴 {len(found)} 年"
    if amount is None:
        return [Line(label, "标准未知", found[0].source)]
    return [
        Line(f"{label}，按 {found[0].year} 年度标准", f"{format_yuan(amount)} 元", found[0].source)
    ]


def _repaid_told(row: Row, facts: Facts) -> list[str]:
    found = _repaid(row, facts)
    amount = _repaid_sum(row, facts)
    if not found or amount is None:
        return []
    each = f"按 {found[0].year} 年度个人缴费标准"
    return [
        f"{member.name(row)}补缴 {len(found)} 年共 {format_yuan(amount)} 元，{each}，已算在应缴里。"
    ]


def _study_lines(row: Row, facts: Facts) -> list[Line]:
    if not member.by_student_year(row):
        return []
    first, last = member.student_year(row, facts)
    found = facts.pack.find("enrolment.student.from_month", facts.on) if facts.pack else None
    span = f"{dates.full(first)} 至 {dates.full(last)}"
    return [Line(f"{member.name(row)}按学年：{span}", "", found.source if found else "", "ok")]


def _study_told(row: Row, facts: Facts) -> list[str]:
    if not member.by_student_year(row):
        return []
    first, last = member.student_year(row, facts)
    words = f"{member.name(row)}按学年参保：{dates.full(first)} 至 {dates.full(last)}"
    begun = "；这个学年已经开始，从哪天起享受由中心核定" if _begun(row, facts) else ""
    return [f"{words}{begun}。"]


def _begun(row: Row, facts: Facts) -> bool:
    """Whether the year of study has begun: no source says from when somebody enrolled later has cover."""
    return member.by_student_year(row) and member.student_year(row, facts)[0] <= facts.on


def _waiting(row: Row, facts: Facts) -> Waiting | None:
    question = member.question(row, facts)
    return work_out(question, facts.pack) if question else None


def _subject(
    row: Row, money: tuple[Contribution, ...], wait: Waiting | None, facts: Facts
) -> SubjectOutcome:
    open_yet = wait is not None and wait.total == 0 and _begun(row, facts)
    return SubjectOutcome(
        key=member.key(row),
        name=member.name(row),
        certno=row.get("certno", ""),
        kind=next((o.label for o in STARTS if o.code == row.get("start")), ""),
        years=member.years(row),
        own=_sum(tuple(c.own for c in money)),
        subsidy=_sum(tuple(c.subsidy for c in money)),
        cover="由中心核定" if open_yet else _cover_words(wait),
        cover_from=wait.cover_from if wait and not open_yet else None,
        identity=row.get("mat_idet_code", "0") or "0",
    )


def _sum(amounts: tuple[Fen | None, ...]) -> Fen | None:
    if not amounts or any(a is None for a in amounts):
        return None
    return sum(a for a in amounts if a is not None)


def _cover_words(wait: Waiting | None) -> str:
    if wait is None:
        return ""
    if wait.total is None:
        return "由中心核定"
    if wait.total:
        return f"等 {wait.total} 个月"
    return wait.cover_from.isoformat() if wait.cover_from else ""


_ONE_MORE = {False: "补缴 1 年", True: "再补缴 1 年"}


def _lines(row: Row, wait: Waiting | None) -> list[Line]:
    if wait is None or wait.total is None or not wait.total:
        return []
    who = member.name(row)
    lines = [
        Line(f"{who}要等 {wait.total} 个月", "", tone="warn"),
        Line("固定等待", f"{wait.fixed} 个月", wait.source),
    ]
    if wait.variable:
        lines.append(
            Line(f"变动等待：断 {len(wait.broken)} 年", f"{wait.variable} 个月", wait.source)
        )
    if wait.cover_from:
        lines.append(Line("今天缴清", f"{dates.full(wait.cover_from)} 起享受"))
    if wait.repay_saves:
        lines.append(
            Line(_ONE_MORE[bool(member.repaid(row))], f"少等 {wait.repay_saves} 个月", wait.source)
        )
    lines.append(Line(wait.reading, "", wait.source))
    return lines


def _told(row: Row, wait: Waiting | None) -> list[str]:
    if wait is None or wait.total is None:
        # what the pack lacks is the clerk's to read on the screen; the citizen is told who decides
        unknown = f"{member.name(row)}的待遇从哪天起，今天定不了，由县医保中心核定后告诉您。"
        return [unknown] if wait and wait.missing else []
    if not wait.total:
        return []
    broken = f"断保 {len(wait.broken)} 年" if wait.broken else "在集中缴费期外参保"
    text = f"{member.name(row)}{broken}：固定等 {wait.fixed} 个月，变动等 {wait.variable} 个月"
    if wait.cover_from:
        text += f"；今天缴清，{dates.full(wait.cover_from)} 起享受"
    if wait.repay_saves:
        text += f"。{_ONE_MORE[bool(member.repaid(row))]}少等 {wait.repay_saves} 个月"
    return [f"{text}。{wait.source}；{wait.reading}。"]


def _effects(subject: SubjectOutcome) -> list[Effect]:
    if not subject.key:
        return []
    return [
        Effect(subject.key, subject.certno, subject.name, y, subject.cover_from)
        for y in subject.years
    ]


def _where(facts: Facts) -> tuple[str, ...]:
    text = (facts.pack.text("payment.where", facts.on) or "") if facts.pack else ""
    return tuple(part.strip() for part in text.split("|") if part.strip())


def amount_words(amount: Fen | None) -> str:
    """An amount for paper and list; what is not known is said so."""
    return "标准未知" if amount is None else format_yuan(amount)


def is_newborn(row: Row) -> bool:
    """Whether the row enrols a newborn."""
    return member.start_of(row) is Start.NEWBORN
