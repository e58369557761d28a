"""Off-site filings: retired with papers, residing by promise, referred by a hospital, and one taken back."""

import datetime as dt
from collections.abc import Mapping

from counter_app.kernel.clock import today
from ui.demo.case_hands import FILING
from ui.demo.stage import Stage, certno

CITY, NEAR = "310000", "320100"
"""上海市, 江苏省南京市."""


def retired(stage: Stage) -> None:
    """Long-term, with the papers in hand."""
    answers = {
        "act": "new",
        "fil_cat": "retired",
        "rloc_admdvs": CITY,
        "resout_addr": "女儿家，长宁路 18 号 402 室",
        "begndate": _today(stage),
        "proof_by": "paper",
    }
    with stage.driver.step("filing-retired", "异地备案一：安置退休，带了户口簿，长期有效"):
        _file(stage, "retired", "林𫍯", answers, "52-filing-retired")


def promising(stage: Stage) -> None:
    """Long-term, a promise in place of the proof: the letter is printed for the signature."""
    answers = {
        "act": "new",
        "fil_cat": "residing",
        "rloc_admdvs": NEAR,
        "resout_addr": "儿子家，中央路 6 号",
        "begndate": _today(stage),
        "proof_by": "promise",
        "prom_signer": "杨𠅤",
        "prom_date": _today(stage),
        "keep_at": "二号柜 2026 异地备案 第 1 册",
    }
    with stage.driver.step(
        "filing-promised", "异地备案二：长期居住，写承诺书代替证明，放在哪里记下来"
    ):
        _file(stage, "promising", "杨𠅤", answers, "53-filing-promised")


def referred(stage: Stage) -> None:
    """Sent to a hospital elsewhere: until when is worked out."""
    on = today(stage.hands.services.counter.clock)
    answers = {
        "act": "new",
        "fil_cat": "referral",
        "rloc_admdvs": CITY,
        "begndate": on.isoformat(),
        "reflout_name": "示范市第一人民医院",
        "refl_date": (on - dt.timedelta(days=1)).isoformat(),
    }
    with stage.driver.step("filing-referred", "异地备案三：转诊，医院开的证明，有效期算出来"):
        _file(stage, "referred", "谢㑇", answers, "54-filing-referred")


def cancelled(stage: Stage) -> None:
    """Filed for a journey that does not happen; cancelled by the same clerk."""
    hands, driver, case = stage.hands, stage.driver, stage.case
    answers = {
        "act": "new",
        "fil_cat": "other",
        "rloc_admdvs": NEAR,
        "begndate": _today(stage),
    }
    with driver.step("filing-cancelled", "其他临时外出备案，当天不去了：取消，原来那一件自动带出"):
        _file(stage, "cancelling", "马㛃", answers, "55-filing-other")
        first = hands.case().case_no
        case.open(FILING, certno(stage.stars["cancelling"], "马㛃"))
        case.fill({"act": "cancel", "cancel_rea": "不去了"})
        driver.need("带出原来那一件", lambda: case.answer("fil_case") == first)
        case.see_papers()
        driver.picture("56-filing-cancel")
        hands.accept()
        hands.printed()
        driver.picture("57-filing-cancelled")


def _file(stage: Stage, key: str, name: str, answers: Mapping[str, str], picture: str) -> None:
    hands, driver, case = stage.hands, stage.driver, stage.case
    case.open(FILING, certno(stage.stars[key], name))
    case.fill(answers)
    case.see_papers()
    driver.picture(picture)
    hands.accept()
    driver.saw(hands.case().summary)
    hands.printed()


def _today(stage: Stage) -> str:
    return today(stage.hands.services.counter.clock).isoformat()
