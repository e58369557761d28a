"""Papers a filing needs (JS-GUIDE rows 13–16 [A])."""

from counter_app.catalog.applicant import agent_materials
from counter_app.catalog.item import Material
from counter_app.domain.filing.category import Category
from counter_app.forms.answers import Answers
from counter_app.items.offsite_filing import request

_GUIDE = "江苏省医保经办服务办事指南（2022版）{}"
_PROOF = {
    Category.RETIRED: ("13", "户口簿首页和本人常住人口登记卡"),
    Category.RESIDING: ("14", "居住证明"),
    Category.WORKING: ("15", "派出证明、异地单位证明或工作合同（一样就行）"),
    Category.REFERRAL: ("16", "参保地医院开的转诊证明"),
}


def materials(answers: Answers) -> tuple[Material, ...]:
    """What must be seen; a promise stands in for the proof of the three long-term categories."""
    which = request.kind(answers)
    row, proof = _PROOF.get(which, ("13–16", "")) if which else ("13–16", "")
    ground = _GUIDE.format(row)
    who = answers.get("psn_name") or "本人"
    wanted = [Material("id", f"{who}：身份证、医保电子凭证或社保卡（一样就行）", None, ground)]
    if proof and not request.promised(answers):
        wanted.append(Material("proof", proof, None, ground))
    return (*wanted, *agent_materials(answers))
