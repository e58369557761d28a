"""What a receipt says, from the frozen case."""

import datetime as dt

from counter_app.catalog.outcome import Outcome, SubjectOutcome
from counter_app.catalog.sheet import say_once
from counter_app.forms.answers import Row
from counter_app.kernel import dates, masking
from counter_app.kernel.clock import from_ms
from counter_app.kernel.money import format_yuan
from counter_app.printing.marks import Imprint
from counter_app.printing.receipt import MemberLine, PaperLine, ReceiptData
from counter_app.services.context import Counter
from counter_app.services.read_frozen import FrozenCase

_BIRTH = "990201"
AT_ONCE = "即时"


def fill_receipt(counter: Counter, case: FrozenCase, imprint: Imprint, code: str) -> ReceiptData:
    """The receipt of a case; amounts and dates are those that were said."""
    station, row, outcome = counter.identity.station, case.row, case.outcome
    day = case.facts.on
    total = "待核定" if outcome.total is None else format_yuan(outcome.total)
    pay, pay_where, pay_by = _payment(case, total)
    return ReceiptData(
        case_no=row.case_no,
        item=row.summary,
        short_item=row.summary,
        applicant=row.applicant,
        applicant_certno=masking.id_number(row.applicant_certno),
        accepted=_accepted(case),
        accepted_day=f"{dates.full(day)} {dates.weekday(day)}",
        clerk=f"{row.clerk_name}（{station.window}，工号 {row.clerk}）",
        promised=_promised(outcome, day),
        phone=f"{station.phone}（{station.hours}）",
        members=tuple(_member(case, s) for s in outcome.subjects),
        total=total,
        pay=pay,
        pay_where=pay_where,
        pay_by=pay_by,
        papers=tuple(_paper(r) for r in case.answers.section("materials")),
        told=say_once(outcome.told),
        code=code,
        imprint=imprint,
        lines=_lines(outcome),
    )


def _promised(outcome: Outcome, day: dt.date) -> str:
    """即时，2026年11月23日; 10 个工作日，最迟 2026年12月7日; days nobody can count yet have no date."""
    promise = outcome.promise
    if not promise.words:
        return "规则包没有给办结时限，请打咨询电话"
    if promise.on is not None:
        return f"{promise.words}，最迟 {dates.full(promise.on)}"
    if promise.words == AT_ONCE:
        return f"{promise.words}，{dates.full(day)}"
    return promise.words


def _lines(outcome: Outcome) -> tuple[tuple[str, str], ...]:
    """What the receipt says where nobody is enrolled."""
    if outcome.subjects:
        return ()
    return tuple((line.label, line.value) for line in outcome.receipt)


def _accepted(case: FrozenCase) -> str:
    typed = from_ms(case.row.typed_at)
    if typed.date() == case.facts.on:
        return f"{dates.full(case.facts.on)} {typed:%H:%M}"
    return f"{dates.full(case.facts.on)}（{dates.month_day(typed.date())} {typed:%H:%M} 录入）"


def _payment(case: FrozenCase, total: str) -> tuple[str, str, str]:
    """The line under the table, the sentence in large print, and its 以前 line."""
    due, where = case.outcome.pay_by, "；".join(case.outcome.pay_where)
    if case.outcome.total == 0:
        return "个人不用缴费。", "个人不用缴费。", ""
    by = f"{dates.month_day(due)} 前缴。" if due else ""
    short = f"缴清后才享受；到税务部门缴，窗口不收钱。{by}"
    amount = "金额等中心核定" if case.outcome.total is None else f"一共 {total} 元"
    long = f"去缴费，{amount}。{where or '税务部门收，窗口不收钱'}。"
    return short, long, f"{dates.full(due)} 前缴清" if due else ""


def _member(case: FrozenCase, subject: SubjectOutcome) -> MemberLine:
    names = case.facts.tables.get("mat_idet_code", {})
    identity = names.get(subject.identity, "").removesuffix("救助对象").removesuffix("对象")
    kind = subject.kind if subject.identity in {"", "0"} else f"{subject.kind}·{identity}"
    return MemberLine(
        name=subject.name,
        certno=_certno(subject),
        kind=kind,
        years="、".join(str(y) for y in subject.years),
        own="待核定" if subject.own is None else format_yuan(subject.own),
        cover=subject.cover,
        cover_words=_cover_words(subject),
    )


def _certno(subject: SubjectOutcome) -> str:
    if not subject.certno:
        return "还没有证件，随母亲登记"
    masked = masking.id_number(subject.certno)
    return f"出生证 {masked}" if subject.key.startswith(f"{_BIRTH}:") else masked


def _cover_words(subject: SubjectOutcome) -> str:
    if subject.cover.startswith("等 "):
        return f"缴清后再{subject.cover}"
    day = dates.iso(subject.cover)
    return f"{dates.full(day)} 起" if day else subject.cover


def _paper(row: Row) -> PaperLine:
    original = row.get("orig", "")
    count = row.get("copies", "")
    copied = count not in {"", "0"}
    kept = {"returned": "原件已退", "kept": "原件留站", "none": "原件还没带来"}.get(original, "")
    return PaperLine(
        name=row.get("matl_name", ""),
        seen="原件看过" if original in {"returned", "kept"} else "没看原件",
        copies=f"复印 {count} 份" if copied else "—",
        kept=f"复印件留站，{kept}" if copied and kept else kept,
    )
