"""What keeps an enrolment from being accepted, or must be said; beyond single fields."""

from collections.abc import Iterator

from counter_app.catalog.applicant import agent_problems, paper_problems
from counter_app.catalog.facts import Facts
from counter_app.forms.answers import Answers
from counter_app.items.resident_enrolment import member, member_rules
from counter_app.items.resident_enrolment.materials import materials
from counter_app.kernel.problems import Level, Problem


def check(answers: Answers, facts: Facts) -> tuple[Problem, ...]:
    """All problems of the case, members first."""
    found: list[Problem] = []
    for index, row in enumerate(answers.section("members")):
        found.extend(member_rules.check(index, row, facts))
    found.extend(_doubles(answers))
    found.extend(agent_problems(answers))
    found.extend(paper_problems(answers, materials(answers)))
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
