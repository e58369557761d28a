"""States of the form screen of the other items."""

from tests.gui.stage import Stage
from tests.gui.state import State
from tests.gui.states_form import TEL, type_in
from tests.gui.townsfolk import HEAD, HOUSE, MOTHER
from tests.unit.ui.casework_desk import CHANGE, CLAIM, DIGITAL, FILING, FISCAL
from ui.screens.casework import rowwork
from ui.screens.casework.presenter import CasePresenter
from ui.screens.casework.sections import BILLS

_STAY = (
    ("claim_kind", "inpatient"),
    ("manl_reim_rea", "local"),
    ("local_rea", "医院系统停用"),
    ("fixmedins_name", "外地人民医院（虚构）"),
    ("offsite", "local"),
    ("begndate", "20261009"),
    ("enddate", "20261028"),
    ("diag_name", "肺炎"),
    ("ipt_type", "1"),
    ("trum_flag", "0"),
    ("bank_name", "示范农商行（虚构）"),
    ("bankacct", "6200990101000000018"),
    ("scope_by", "unknown"),
)


def _begin(
    stage: Stage, item: str, certno: str, preset: dict[str, str] | None = None
) -> CasePresenter:
    stage.go("start", item, HOUSE, certno, preset or {})
    stage.show()
    return stage.screen.presenter


def filing(stage: Stage) -> None:
    presenter = _begin(stage, FILING, HEAD)
    type_in(presenter, "tel", "1385551234")
    presenter.go_to("tel")


def claim(stage: Stage) -> None:
    presenter = _begin(stage, CLAIM, HEAD)
    for where, text in _STAY:
        type_in(presenter, where, text)
    type_in(presenter, "hosp_lv", next(iter(presenter.state.tables["hosp_lv"])))
    for text in (FISCAL, DIGITAL):
        presenter.follow(lambda form, t=text: rowwork.scan(form, t), BILLS)
    type_in(presenter, "bills[0].billDate", "20261028")
    type_in(presenter, "bills[0].billAmt", "57120")
    for section in presenter.state.sections:
        for paper in section.papers:
            presenter.act(lambda form, p=paper: form.paper(p.id, "orig", "returned"))
    presenter.go_to(BILLS)


def compared(stage: Stage) -> None:
    claim(stage)
    stage.screen.press("F8")


def change(stage: Stage) -> None:
    _begin(stage, CHANGE, MOTHER, {"act": "correct"})


CASEWORK = (
    State("备案・电话少一位", filing, (TEL, "1385551234")),
    State("报销・两张票，只知道范围", claim, (TEL, "6200990101000000018", "990602260003817265")),
    State("报销・换个办法会怎样", compared, ("6200990101000000018", "990602260003817265")),
    State("变更・还没填哪一项", change, (TEL,)),
)
