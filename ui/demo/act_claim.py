"""Reimbursement: scanned bills, three tiers, an heir, a range, missing papers, a bill another station has."""

import datetime as dt
from collections.abc import Mapping

from counter_app.kernel.clock import today
from ui.demo.bills import Bill, digital_invoice
from ui.demo.case_hands import CLAIM
from ui.demo.driver import CTRL, Key
from ui.demo.stage import Stage, certno

COUNTY, FAR = "H99010100001", "H99030100001"
"""示范县人民医院 (二级) and 外地肿瘤医院 (三级), both invented."""
_AGO, _STAY = 20, 9
_FEES = (
    ("床位、诊察、护理", "4860.00", "4860.00", "", "", ""),
    ("检查、化验", "9614.20", "7753.00", "1600.00", "", "261.20"),
    ("手术、治疗", "14250.00", "12650.00", "1600.00", "", ""),
    ("西药、中成药", "17480.00", "8230.00", "8070.00", "1180.00", ""),
    ("医用材料", "12160.00", "", "10160.00", "2000.00", ""),
)
_COLUMNS = ("fee_name", "fee_sum", "fee_a", "fee_b", "fee_c", "fee_over")


def outpatient(stage: Stage) -> None:
    """Two bills by camera: a fiscal one and an all-digital one that says day and amount itself."""
    driver, case, camera = stage.driver, stage.case, stage.camera
    with driver.step("claim-outpatient", "门诊报销：两张票用摄像头扫进来，按票面补两格，当场试算"):
        day = _day(stage)
        case.open(CLAIM, certno(stage.stars["outpatient"], "曹𬭎"))
        case.fill({**_visit(day), **_outpatient_visit()})
        first = Bill("0000000101", "300.00")
        case.turn_to("bills")
        camera.open()
        driver.picture("60-camera-bill")
        camera.lay(text=first.text)
        driver.need("录进一张", lambda: case.count("bills") == 1)
        case.fill_row("bills", 0, first.typed(day))
        camera.open()
        camera.lay(text=digital_invoice("26990000000318827460", "420.50", day))
        driver.need("录进两张", lambda: case.count("bills") == 2)
        driver.picture("61-claim-bills")
        _scope(stage, "640.00")
        _end(stage, "62-claim-outpatient")
        driver.need("试算 305.00", lambda: "305.00" in _shown(stage))
        _accept(stage)
        driver.picture("63-claim-accepted")


def inpatient(stage: Stage) -> None:
    """Basic, serious illness and aid, from category totals; the steps are those of the golden case."""
    driver, case = stage.driver, stage.case
    with driver.step("claim-inpatient", "住院报销：分类合计，基本、大病、救助三段，每一步看得见"):
        day = _day(stage)
        case.open(CLAIM, certno(stage.stars["inpatient"], "许㛃"))
        case.fill({
            **_stay(stage, FAR),
            "manl_reim_rea": "not_networked",
            "offsite": "long_term",
        })
        case.row("bills", Bill("0000000201", "57120.00").by_hand(day))
        case.row("bills", Bill("0000000202", "1244.20").by_hand(day))
        case.fill({"scope_by": "fees", "medfee_sumamt": "58364.20", "selfpay_share": "10%"})
        case.amounts("fees", tuple(_fee(row) for row in _FEES))
        driver.picture("64-claim-fees")
        _end(stage, "65-claim-inpatient")
        driver.need("三段合计 49,956.73", lambda: "49,956.73" in _shown(stage))
        _accept(stage)
        driver.picture("66-claim-inpatient-accepted")


def heir(stage: Stage) -> None:
    """The insured has died; the daughter claims and has the account."""
    driver, case = stage.driver, stage.case
    with driver.step("claim-heir", "参保人已去世，女儿来报：账户是继承人的"):
        people = stage.stars["heir"]
        died = dt.date.fromisoformat(str(people["on"]))
        case.open(CLAIM, certno(people, "陆𫍯"))
        case.fill({
            "claim_kind": "inpatient",
            "claim_for": "dead",
            "death_on": died.isoformat(),
            "heir_rlts": "女儿",
            **_stay(stage, COUNTY, died),
            **_LOCAL,
        })
        case.row("bills", Bill("0000000301", "10000.00").by_hand(died.isoformat()))
        _scope(stage, "9000.00")
        case.fill({"appl_name": "陆𠅤", "appl_certno": certno(people, "陆𠅤")})
        case.fill({"acct_holder": "heir", "acctname": "陆𠅤"})
        _end(stage, "67-claim-heir")
        driver.need("试算 6,630.00", lambda: "6,630.00" in _shown(stage))
        _accept(stage)


def ranged(stage: Stage) -> None:
    """No list at all: both ends are said, on screen and on paper."""
    driver, case = stage.driver, stage.case
    with driver.step("claim-range", "没有费用清单：只估一个范围，单子上也印范围"):
        case.open(CLAIM, certno(stage.stars["ranged"], "田㑇"))
        case.fill({**_stay(stage, COUNTY), **_LOCAL})
        case.row("bills", Bill("0000000401", "10000.00").by_hand(_day(stage)))
        case.fill({"scope_by": "unknown", "fulamt_ownpay_amt": "1000.00"})
        _end(stage, "68-claim-range")
        driver.need("0.00 到 6,630.00", lambda: "6,630.00" in _shown(stage))
        _accept(stage)


def missing(stage: Stage) -> None:
    """Two papers are at home: everything that is missing on one sheet, and the case waits."""
    hands, driver, case = stage.hands, stage.driver, stage.case
    with driver.step("claim-missing", "材料没带齐：F10 一次性告知书一次说全，挂起，补齐了接着受理"):
        case.open(CLAIM, certno(stage.stars["missing"], "高䶮"))
        case.fill({**_visit(_day(stage)), **_outpatient_visit()})
        case.row("bills", Bill("0000000501", "860.00").by_hand(_day(stage)))
        _scope(stage, "700.00")
        _bank(stage)
        case.see_papers({"fee_list": "none", "record": "none"})
        driver.need("不能受理", lambda: not case.form.may_accept)
        before = set(driver.out.glob("*QH-BZ-01*.pdf"))
        driver.key(Key.Key_F10)
        driver.need("告知书出来了", lambda: set(driver.out.glob("*QH-BZ-01*.pdf")) > before)
        driver.picture("71-claim-missing")
        hands.park("回家取费用清单和病历")
        ref = next(i.ref for i in hands.services.worklist() if i.kind == "parked")
        driver.key(Key.Key_2, CTRL)
        driver.need("工作台在前", lambda: hands.at == "worklist")
        hands.choose(ref)
        driver.picture("72-claim-waits")
        driver.key(Key.Key_F9)
        case.opened()
        case.see_papers()
        _accept(stage)


def doubled(stage: Stage) -> None:
    """A bill 柳林镇 has: the centre holds the case, the clerk answers, the centre decides."""
    hands, driver, case = stage.hands, stage.driver, stage.case
    with driver.step("claim-held", "别的站已报过的票：中心留住，工作台上答复，答完中心办结"):
        told = stage.stars["doubled"]["bill"]
        bill = Bill(str(told["number"]), "2600.00", str(told["code"]))
        case.open(CLAIM, certno(stage.stars["doubled"], "罗𬭎"))
        case.fill({**_visit(_day(stage)), **_outpatient_visit()})
        case.row("bills", bill.by_hand(_day(stage)))
        _scope(stage, "2000.00")
        _end(stage, "")
        _accept(stage)
        number = hands.case().case_id
        driver.need("中心留住", lambda: _held(stage, number) != "", 60)
        driver.key(Key.Key_2, CTRL)
        driver.need("工作台在前", lambda: hands.at == "worklist")
        hands.choose(_held(stage, number))
        driver.picture("69-claim-held")
        driver.key(Key.Key_F9)
        hands.answer_hold("票据原件在本人手里，柳林镇那一件由本人去撤", "70-claim-answering")
        driver.need("中心办结", lambda: hands.state_of(number) == "accepted", 60)


_LOCAL = {"manl_reim_rea": "local", "local_rea": "医院系统故障，先交了现金", "offsite": "local"}


def _visit(day: str) -> dict[str, str]:
    return {
        "claim_kind": "outpatient",
        **_LOCAL,
        "fixmedins_code": COUNTY,
        "begndate": day,
        "diag_name": "高血压",
    }


def _outpatient_visit() -> dict[str, str]:
    return {"otp_kind": "plain", "trum_flag": "0"}


def _stay(stage: Stage, hospital: str, until: dt.date | None = None) -> dict[str, str]:
    end = until or dt.date.fromisoformat(_day(stage))
    return {
        "claim_kind": "inpatient",
        "fixmedins_code": hospital,
        "begndate": (end - dt.timedelta(days=_STAY)).isoformat(),
        "enddate": end.isoformat(),
        "ipt_otp_no": "2026001234",
        "diag_name": "胃恶性肿瘤",
        "ipt_type": "1",
        "trum_flag": "0",
    }


def _fee(row: tuple[str, ...]) -> Mapping[str, str]:
    return {field: text for field, text in zip(_COLUMNS, row, strict=True) if text}


def _scope(stage: Stage, inside: str) -> None:
    stage.case.fill({"scope_by": "typed", "inscp_scp_amt": inside})


def _end(stage: Stage, picture: str) -> None:
    """Account and papers, the same in every claim."""
    case, driver = stage.case, stage.driver
    _bank(stage)
    case.see_papers()
    driver.settle(200)
    if picture:
        driver.picture(picture)


def _bank(stage: Stage) -> None:
    stage.case.fill({
        "bank_name": "示范农村商业银行青禾支行（虚构）",
        "bankacct": "6230000000000000018",
    })


def _accept(stage: Stage) -> None:
    hands, driver = stage.hands, stage.driver
    hands.accept()
    driver.saw(hands.case().summary)
    hands.printed()


def _shown(stage: Stage) -> str:
    """The estimate on the screen: the amount, or both ends."""
    money = stage.case.form.money
    return money.amount if money is not None else ""


def _held(stage: Stage, case_id: str) -> str:
    """The worklist's line of a case the centre holds, "" while there is none."""
    tasks = stage.hands.services.worklist()
    return next((str(t.ref) for t in tasks if t.kind == "held" and t.case_id == case_id), "")


def _day(stage: Stage) -> str:
    on = today(stage.hands.services.counter.clock) - dt.timedelta(days=_AGO)
    return on.isoformat()
