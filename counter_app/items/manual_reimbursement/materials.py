"""Papers a claim needs (JS-GUIDE rows 19 and 20, and its note [A]; trauma: JS-YD annex 7)."""

from counter_app.catalog.applicant import agent_materials
from counter_app.catalog.item import Material
from counter_app.forms.answers import Answers
from counter_app.forms.kinds.choice import YES
from counter_app.items.manual_reimbursement.form_visit import (
    DEAD,
    INPATIENT,
    NEWBORN,
    RESCUE,
    URGENT,
    WARD,
)

ROW_OUT = "江苏省医保经办服务办事指南（2022版）19"
ROW_IN = "江苏省医保经办服务办事指南（2022版）20"
_TRAUMA = "江苏省医保经办服务办事指南（2022版）19：意外伤害要公检法证明或承诺书"
_WHO = "能证明关系的材料；哪几种才算，规则没有列明，由中心核定"


def materials(answers: Answers) -> tuple[Material, ...]:
    """What must be seen; ids are stable so that answers keep to them."""
    inpatient = answers.get("claim_kind") == INPATIENT
    ground = ROW_IN if inpatient else ROW_OUT
    who = answers.get("appl_name") or "申请人"
    wanted = [("appl_id", f"{who}：医保码、身份证或社保卡", ground)]
    wanted += _inpatient(answers) if inpatient else _outpatient(answers)
    wanted += _trauma(answers)
    wanted += _relation(answers)
    papers = tuple(Material(key, name, None, why) for key, name, why in wanted)
    return (*papers, *agent_materials(answers))


def _inpatient(answers: Answers) -> list[tuple[str, str, str]]:
    wanted = [
        ("bills", "医院收费票据", ROW_IN),
        ("fee_list", "住院费用清单", ROW_IN),
        ("diagnosis", "诊断证明或出院小结", ROW_IN),
    ]
    if answers.get("outside_drug") == YES:
        wanted.append(("drug_bill", "外购药发票", ROW_IN))
        wanted.append(("drug_order", "外购药的处方或医嘱", ROW_IN))
    return wanted


def _outpatient(answers: Answers) -> list[tuple[str, str, str]]:
    wanted = [
        ("bills", "医院收费票据", ROW_OUT),
        ("fee_list", "门急诊费用清单", ROW_OUT),
        ("record", "处方底方或病历", ROW_OUT),
    ]
    if answers.get("otp_kind") == URGENT:
        wanted.append(("urgent", "急诊诊断或急诊病历", ROW_OUT))
    if answers.get("otp_kind") == RESCUE:
        wanted.append(("rescue", "抢救病历、出院小结或死亡记录", ROW_OUT))
    if answers.get("dual_channel") == YES:
        wanted.append(("dual", "双通道用药申请表", ROW_OUT))
    return wanted


def _trauma(answers: Answers) -> list[tuple[str, str, str]]:
    if answers.get("trum_flag") != YES:
        return []
    if answers.get("rel_ttp_flag") == YES or answers.get("trum_proof") == "paper":
        return [("trauma", "公安、检察院或法院的证明", _TRAUMA)]
    if answers.get("trum_proof") == "promise":
        return [("trauma_promise", "签字的外伤无第三方责任承诺书", _TRAUMA)]
    return []


def _relation(answers: Answers) -> list[tuple[str, str, str]]:
    """What shows that somebody may claim for the insured; no source lists these papers."""
    names = {
        WARD: ("guardian", "监护关系证明（户口簿等）"),
        DEAD: ("heir", "参保人去世和继承关系的证明"),
        NEWBORN: ("birth", "出生医学证明"),
    }
    found = names.get(answers.get("claim_for"))
    return [(*found, _WHO)] if found else []
