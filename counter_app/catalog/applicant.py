"""What every item shares: who came, for whom an agent acts, which papers were seen (FACTS §1 note, §2)."""

from collections.abc import Iterator

from counter_app.catalog.item import Material
from counter_app.catalog.late import FIELDS as LATE_FIELDS
from counter_app.domain.case.parties import Party, Role
from counter_app.domain.person.model import subject_key
from counter_app.forms.answers import Answers, Row
from counter_app.forms.conditions import ALWAYS, Is
from counter_app.forms.spec import FieldSpec, Option, SectionSpec
from counter_app.kernel.problems import Problem

CERT_RESIDENT = "01"
AGENT = Is("present", ("agent",))
GUIDE = "江苏省医保经办服务办事指南（2022版）注"
"""Every item that allows agency needs both originals and the authority (JS-GUIDE, note [A])."""
_SEEN = frozenset({"returned", "kept"})

AGENT_RELATIONS = (
    Option("1", "配偶"),
    Option("2", "子女"),
    Option("4", "（外）孙子女"),
    Option("5", "父母"),
    Option("6", "（外）祖父母"),
    Option("7", "兄弟姐妹"),
    Option("8", "其他亲属"),
    Option("9", "非亲属"),
)

MATERIALS = SectionSpec(
    "materials",
    "材料",
    (
        FieldSpec("matl_id", "text", "材料"),
        FieldSpec("matl_name", "text", "材料名称"),
        FieldSpec(
            "orig",
            "choice",
            "原件",
            options=(
                Option("returned", "看过，已退"),
                Option("kept", "看过，留站"),
                Option("none", "没带"),
            ),
        ),
        FieldSpec("copies", "count", "留复印件份数"),
    ),
    repeats=True,
)

APPLICANT = SectionSpec(
    "applicant",
    "代办人",
    (
        FieldSpec(
            "present",
            "choice",
            "谁来办的",
            required=ALWAYS,
            options=(Option("self", "本人或家里人到场"), Option("agent", "代办")),
            print_at="agent.who",
        ),
        FieldSpec("appl_name", "name", "申请人", required=ALWAYS, sensitive=True, sample="赵立新"),
        FieldSpec("appl_certno", "id_number", "申请人证件号", required=ALWAYS, sensitive=True),
        FieldSpec(
            "agnter_name", "name", "代办人", required=AGENT, visible_when=AGENT, sensitive=True
        ),
        FieldSpec(
            "agnter_certno",
            "id_number",
            "代办人证件号",
            required=AGENT,
            visible_when=AGENT,
            sensitive=True,
        ),
        FieldSpec(
            "agnter_tel", "phone", "代办人电话", required=AGENT, visible_when=AGENT, sensitive=True
        ),
        FieldSpec(
            "agnter_rlts",
            "choice",
            "代办人是谁",
            required=AGENT,
            visible_when=AGENT,
            options=AGENT_RELATIONS,
        ),
        FieldSpec(
            "agnter_auth",
            "flag",
            "授权委托书",
            help="要有委托人签字的原件",
            required=AGENT,
            visible_when=AGENT,
        ),
        FieldSpec("agnter_ids", "flag", "双方证件原件", required=AGENT, visible_when=AGENT),
        *LATE_FIELDS,
        FieldSpec("memo", "text", "备注"),
    ),
)


def agent_problems(answers: Answers) -> Iterator[Problem]:
    """What keeps an agent from acting."""
    if answers.get("present") != "agent":
        return
    if answers.get("agnter_auth") == "0":
        text = "没有授权委托书，代办不能受理。请本人到场，或带签好字的委托书再来；填的先挂起"
        yield Problem("no_authority", "agnter_auth", text, source=GUIDE)
    if answers.get("agnter_ids") == "0":
        text = "要看双方证件原件，缺一个不能代办。请补带；填的先挂起"
        yield Problem("no_originals", "agnter_ids", text, source=GUIDE)
    certno = answers.get("agnter_certno")
    if certno and certno == answers.get("appl_certno"):
        text = "代办人和申请人是同一个证件号。本人来的请选“本人或家里人到场”"
        yield Problem("agent_is_applicant", "agnter_certno", text)


def own_applicant(answers: Answers) -> str:
    """The first field in which the applicant is the person the case is about, "" where none is.

    Name and number are filled in from the member: who changes only one of them has written a third person.
    """
    fields = (("appl_name", "psn_name"), ("appl_certno", "certno"))
    same = (
        mine
        for mine, theirs in fields
        if answers.get(mine) and answers.get(mine) == answers.get(theirs)
    )
    return next(same, "")


def paper_problems(answers: Answers, wanted: tuple[Material, ...]) -> Iterator[Problem]:
    """Papers whose original was not seen."""
    for material in wanted:
        orig = paper_state(answers, material.id).get("orig", "")
        if orig not in _SEEN:
            told = "没带" if orig == "none" else "还没看"
            text = f"{material.name}{told}。没看原件不能受理；人要回去取的话，先挂起"
            yield Problem("material", f"materials.{material.id}", text, source=material.ground)


def paper_state(answers: Answers, material_id: str) -> Row:
    """The row that records what happened to a paper; {} while nothing was recorded."""
    return next((r for r in answers.section("materials") if r.get("matl_id") == material_id), {})


def agent_materials(answers: Answers) -> tuple[Material, ...]:
    """What an agent brings: the own ID and the authority."""
    if answers.get("present") != "agent":
        return ()
    ground = f"{GUIDE}：代办要双方证件原件和授权委托书"
    name = answers.get("agnter_name") or "代办人"
    return (
        Material("agent_id", f"{name}：身份证", None, ground),
        Material("agent_auth", "授权委托书", None, ground),
    )


def applicant_parties(answers: Answers) -> tuple[Party, ...]:
    """The applicant, and the agent where one came."""
    found = [_party(answers, Role.APPLICANT, ("appl_name", "appl_certno", "tel"))]
    if answers.get("present") == "agent":
        found.append(_party(answers, Role.AGENT, ("agnter_name", "agnter_certno", "agnter_tel")))
    return tuple(p for p in found if p.key)


def _party(answers: Answers, role: Role, fields: tuple[str, str, str]) -> Party:
    name, certno, tel = (answers.get(field) for field in fields)
    return Party(role, subject_key(CERT_RESIDENT, certno) if certno else "", name, certno, tel)
