"""Puts the parts of the screen together into one state. Pure."""

from counter_app.catalog import identity
from counter_app.domain.enrolment.waiting import Start
from counter_app.forms.answers import path
from counter_app.forms.spec import FieldSpec
from counter_app.kernel import masking
from counter_app.kernel.problems import stops
from ui.filling.papers import count_words
from ui.filling.state import FieldState
from ui.screens.enrolment import concluding, reading
from ui.screens.enrolment.filling import Filling
from ui.screens.enrolment.opening import REPLY
from ui.screens.enrolment.reading import Reading
from ui.screens.enrolment.rows import MEMBERS
from ui.screens.enrolment.state import Band, Candidate, EnrolmentState

_REPLY = FieldSpec(REPLY, "text", "写给中心", help="一句话说明怎么定的，中心和记录里都看得到")


def draw(form: Filling, *, busy: bool) -> EnrolmentState:
    """The whole screen but banner and draft note, which the presenter adds."""
    read, current = form.reading, form.current
    members = reading.member_lines(read)
    papers = reading.material_lines(read)
    count = len(members)
    return EnrolmentState(
        loading=False,
        busy=busy,
        band=_band(form),
        steps=concluding.steps(read),
        members=members,
        current=current,
        member_title=f"{members[current].name}的情况" if members else "还没有人",
        member_hint=f"{current + 1} / {count} 人" if count > 1 else "",
        folded=_folded(form) if members else "",
        fields=reading.member_fields(read, current, unfolded=form.unfolded) if members else (),
        materials=papers,
        materials_words=count_words([p.orig for p in papers]),
        applicant=_applicant(form),
        verdict=concluding.verdict(read),
        candidates=_candidates(form),
        primary=f"受理 {count} 人" if count > 1 else "受理",
        may_accept=not stops(read.problems) and not busy,
        may_undo=form.may_undo,
        tables=read.facts.tables,
        today=read.facts.on,
    )


def first_place(read: Reading) -> str:
    """Where the cursor begins: the first thing that is missing, or the first member's first field."""
    return concluding.first_stop(read) or path(MEMBERS, 0, "start")


def _folded(form: Filling) -> str:
    words = reading.folded_words(form.reading, form.current)
    return f"照名单：{words}" if words and not form.unfolded else ""


def _band(form: Filling) -> Band:
    answers = form.reading.answers
    head = answers.get("hh_head_name")
    rows = answers.section(MEMBERS)
    name = answers.get("appl_name")
    words = [f"这次办 {len(rows)} 人"] if rows else []
    if name:
        words.append(f"申请人 {name}")
    if answers.get("appl_certno"):
        words.append(masking.id_number(answers.get("appl_certno")))
    identified = identity.words(answers, answers.get("appl_certno"))
    if identified:
        words.append(identified)
    agent = answers.get("present") == "agent"
    return Band(
        title=f"{head} 户" if head else "名单以外的人",
        initial=(head or name or "新")[:1],
        words=tuple(words),
        present="代办" if agent else "本人到场",
        agent=agent,
        village=form.opened.village,
    )


def _applicant(form: Filling) -> tuple[FieldState, ...]:
    fields = reading.case_fields(form.reading)
    if not form.opened.held:
        return fields
    words = form.reading.answers.get(REPLY)
    return (FieldState(REPLY, _REPLY, words, words, required=False), *fields)


def _candidates(form: Filling) -> tuple[Candidate, ...]:
    rows = form.reading.answers.section(MEMBERS)
    inside = {r.get("certno") for r in rows}
    others = [c for c in form.opened.household if c.certno not in inside]
    found = [c for c in others if c.may]
    found.append(Candidate("newborn", "", "新生儿", "凭出生医学证明，或凭母亲证件"))
    shown = rows[form.current] if rows else {}
    if shown.get("start") == Start.NEWBORN:
        found.append(Candidate("twin", "", "双胞胎的另一个", "同一位母亲、同一天，第几个往后排"))
    found.append(Candidate("stranger", "", "名单以外的人", "新来的、迁来的，按证件号登记"))
    return (*found, *(c for c in others if not c.may))
