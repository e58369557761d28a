"""Papers the case needs (JS-GUIDE items 3: ID only; proofs only where shared data cannot verify)."""

from counter_app.catalog.applicant import agent_materials
from counter_app.catalog.item import Material
from counter_app.domain.enrolment.waiting import Start
from counter_app.forms.answers import Answers, Row
from counter_app.items.resident_enrolment import member

_GUIDE = "江苏省医保经办服务办事指南（2022版）3"


def materials(answers: Answers) -> tuple[Material, ...]:
    """What must be seen, in the order it is asked for; ids are stable so that answers keep to them."""
    wanted = [Material("appl_id", f"{answers.get('appl_name') or '申请人'}：身份证", None, _GUIDE)]
    mothers: set[str] = set()
    for index, row in enumerate(answers.section("members")):
        mother = row.get("mother_certno", "") if row.get("nwb_by") == "mother" else ""
        # twins have one mother: her card is looked at once
        again = bool(mother) and mother in mothers
        mothers.add(mother)
        wanted.extend(m for m in _of_member(index, row) if not (again and m.id == f"mother{index}"))
    wanted.extend(agent_materials(answers))
    return tuple(wanted)


def _of_member(index: int, row: Row) -> list[Material]:
    who = member.name(row) or f"第 {index + 1} 人"
    wanted: list[Material] = []
    if member.start_of(row) is Start.NEWBORN:
        if row.get("nwb_by") == "mother":
            wanted.append(Material(f"mother{index}", f"{who}：母亲身份证", index, _GUIDE))
        else:
            wanted.append(Material(f"birth{index}", f"{who}：出生医学证明", index, _GUIDE))
    if row.get("mat_idet_code", "0") not in {"", "0"}:
        wanted.append(Material(f"identity{index}", f"{who}：资助身份证明", index, _GUIDE))
    return wanted
