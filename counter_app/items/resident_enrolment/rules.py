"""What keeps an enrolment from being accepted, or must be said; beyond single fields."""

from collections.abc import Iterator

from counter_app.catalog.facts import Facts
from counter_app.forms.answers import Answers
from counter_app.items.resident_enrolment import member, member_rules
from counter_app.items.resident_enrolment.materials import materials, state
from counter_app.kernel.problems import Level, Problem


def check(answers: Answers, facts: Facts) -> tuple[Problem, ...]:
    """All problems of the case, members first."""
    found: list[Problem] = []
    for index, row in enumerate(answers.section("members")):
        found.extend(member_rules.check(index, row, facts))
    found.extend(_doubles(answers))
    found.extend(_agent(answers))
    found.extend(_papers(answers))
    if facts.pack is None:
        text = "本机没有规则包，照常受理；应缴金额和等待期由中心核定，回执上不写数"
        found.append(Problem("no_pack", "", text, Level.WARN))
    return tuple(found)


def _doubles(answers: Answers) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for index, row in enumerate(answers.section("members")):
        subject = member.key(row)
        if not subject:
            continue
        if subject in seen:
            field = "birth_order" if subject.startswith("nb:") else "certno"
            other = seen[subject] + 1
            text = f"和第 {other} 人是同一个。双胞胎请分别填第 1 个、第 2 个；录重了请移出这一人"
            yield Problem("same_person", f"members[{index}].{field}", text)
        seen.setdefault(subject, index)


def _agent(answers: Answers) -> Iterator[Problem]:
    if answers.get("present") != "agent":
        return
    guide = "江苏省医保经办服务办事指南（2022版）注"
    if answers.get("agnter_auth") == "0":
        text = "没有授权委托书，代办不能受理。请本人到场，或带签好字的委托书再来；填的先挂起"
        yield Problem("no_authority", "agnter_auth", text, source=guide)
    if answers.get("agnter_ids") == "0":
        text = "要看双方证件原件，缺一个不能代办。请补带；填的先挂起"
        yield Problem("no_originals", "agnter_ids", text, source=guide)
    certno = answers.get("agnter_certno")
    if certno and certno == answers.get("appl_certno"):
        text = "代办人和申请人是同一个证件号。本人来的请选“本人或家里人到场”"
        yield Problem("agent_is_applicant", "agnter_certno", text)


def _papers(answers: Answers) -> Iterator[Problem]:
    for material in materials(answers):
        orig = state(answers, material.id).get("orig", "")
        if orig not in {"returned", "kept"}:
            told = "没带" if orig == "none" else "还没看"
            text = f"{material.name}{told}。没看原件不能受理；人要回去取的话，先挂起"
            yield Problem("material", f"materials.{material.id}", text, source=material.ground)
