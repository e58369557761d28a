"""Papers a change needs (JS-GUIDE row 6: the ID; name and number need proof [A])."""

from counter_app.catalog.applicant import agent_materials
from counter_app.catalog.item import Material
from counter_app.forms.answers import Answers
from counter_app.items.resident_change.form import CORRECT, ITEMS, KEY

GUIDE = "江苏省医保经办服务办事指南（2022版）6"
_PROMISE = "江苏省医保经办服务办事指南（2022版）2、10：死亡查不到数据的，写承诺书"


def materials(answers: Answers) -> tuple[Material, ...]:
    """What must be seen; ids are stable so that answers keep to them."""
    who = answers.get("appl_name") or "申请人"
    wanted = [Material("appl_id", f"{who}：身份证", None, GUIDE)]
    if answers.get("stop_rea") == "died" and answers.get("act") != CORRECT:
        if answers.get("death_by") == "paper":
            wanted.append(Material("death", "死亡证明", None, GUIDE))
        if answers.get("death_by") == "promise":
            wanted.append(Material("death_promise", "家属签字的承诺书", None, _PROMISE))
    if answers.get("act") == CORRECT:
        labels = {o.code: o.label for o in ITEMS}
        for index, row in enumerate(answers.section("changes")):
            if row.get("chg_item") in KEY:
                proof = row.get("chg_proof") or f"更正{labels[row['chg_item']]}的证明"
                wanted.append(Material(f"proof{index}", proof, None, GUIDE))
    return (*wanted, *agent_materials(answers))
