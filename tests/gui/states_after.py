"""States after acceptance: papers, worklist, voiding, outbox, the receipt's check; the sheet of keys."""

from collections.abc import Callable

from counter_app.services.accept_case import CaseAccepted
from counter_app.services.save_draft import Draft
from counter_app.services.void_case import VoidCase
from counter_app.store import cases
from counter_app.store.transaction import read
from counter_app.wire import keys, receipt_code
from tests.fakes import station, worklists
from tests.gui.stage import Stage
from tests.gui.state import State
from tests.gui.states_finding import home, home_full
from tests.gui.townsfolk import HEAD, SON


def accepted(stage: Stage, how: str = "") -> None:
    """`how` the printer behaves: out of paper, or silent."""
    case = worklists.accepted(stage.services, HEAD, SON)
    stage.printer.trouble = "打印机缺纸" if how == "failed" else ""
    stage.printer.unsure = how == "printing"
    stage.go("accepted", case.case_id)
    stage.show()


def accepted_again(stage: Stage) -> None:
    accepted(stage)
    stage.screen.press("F10")


def accepted_voided(stage: Stage) -> None:
    case = worklists.accepted(stage.services, HEAD)
    stage.services.void_case(VoidCase(case.case_id, "other", "录错"))
    stage.go("accepted", case.case_id)
    stage.show()


def worklist(stage: Stage, which: int = 0) -> None:
    worklists.full(stage.services)
    stage.go("worklist")
    stage.show()
    stage.screen.presenter.select(which)


def worklist_long(stage: Stage) -> None:
    """Thirty lines: a few of every kind, the rest parked."""
    worklists.full(stage.services)
    answers = station.ready(stage.services, SON)
    for number in range(24):
        waits = f"等第 {number + 1} 份低保证，村里说星期五盖好章，人在外地打工先挂着"
        draft = Draft(f"w{number:02}", "resident-enrolment", answers, words=waits, parked=True)
        stage.services.save_draft(draft)
    stage.go("worklist")
    stage.show()


def worklist_telling(stage: Stage) -> None:
    worklist(stage)
    stage.screen.press("F7")


def worklist_phone(stage: Stage) -> None:
    worklist(stage)
    stage.screen.presenter.reveal("打电话告知")


def worklist_asking(stage: Stage) -> None:
    worklist(stage)
    stage.screen.presenter.ask_reveal()


def worklist_empty(stage: Stage) -> None:
    stage.go("worklist")
    stage.show()


def to_void(stage: Stage) -> None:
    case = worklists.accepted(stage.services, HEAD)
    worklists.printed(stage.counter, case)
    stage.go("void", case.case_id)
    stage.show()


def void_missing(stage: Stage) -> None:
    to_void(stage)
    stage.screen.press("F9")


def void_ready(stage: Stage) -> None:
    to_void(stage)
    view = stage.screen
    view.presenter.choose("wrong_content")
    view.words.set_text("身份选错了，应是低保救助对象")
    view.presenter.write("身份选错了，应是低保救助对象")
    first, second = view.presenter.state.papers
    view.presenter.take_back(first.sheet)
    view.presenter.explain(second.sheet, "本人已离开，电话说过作废")


def void_late(stage: Stage) -> None:
    case = worklists.accepted(stage.services, HEAD)
    worklists.printed(stage.counter, case)
    stage.clock.move(days=1)
    stage.go("void", case.case_id)
    stage.show()


def void_done(stage: Stage) -> None:
    void_ready(stage)
    stage.screen.press("F9")


def code(stage: Stage, case: CaseAccepted, device: str = "", name: str = "赵*强") -> str:
    with read(stage.counter.station) as tx:
        row = cases.get(tx, case.case_id)
    assert row is not None
    said = receipt_code.ReceiptCode(
        case.case_no,
        row.item,
        name,
        "20261123",
        row.total,
        row.entry[:16],
        device or stage.counter.identity.dev,
    )
    private = keys.new_signing_key() if device else stage.counter.identity.sign_private
    return receipt_code.write(said, private)


def receipt(stage: Stage, how: str = "") -> None:
    case = worklists.accepted(stage.services, HEAD)
    text = code(stage, case, "liulin-01" if how == "unknown" else "")
    if how == "changed":
        text = text.replace("20261123", "20261124")
    if how == "voided":
        stage.services.void_case(VoidCase(case.case_id, "other", "录错"))
    stage.go("receipt", text if how != "foreign" else "QH1.not.one.of.ours")
    stage.show()


def key_sheet(stage: Stage) -> None:
    home(stage)
    stage.workplace.press("F1")


def incident(stage: Stage) -> None:
    home_full(stage)
    stage.window.tell(
        "程序出了毛病，编号 7F3-0412",
        "填的都在草稿里。按 Esc 回首页接着办；再出现请打县医保中心电话，报这个编号。",
    )


def _work(name: str, put: Callable[[Stage], object], spoken: tuple[str, ...] = ()) -> State:
    """What the centre or a clerk wrote may be cut in the list: the panel has it whole."""
    return State(name, put, spoken, long=("中心：", "等第"))


ACCEPTED = (
    State("受理以后・都打好了", accepted),
    State("受理以后・打印机没有回话", lambda s: accepted(s, "printing")),
    State("受理以后・缺纸", lambda s: accepted(s, "failed")),
    State("受理以后・补打副本", accepted_again),
    State("受理以后・已作废", accepted_voided),
)
WORKLIST = (
    _work("工作台・各样都有", worklist),
    _work("工作台・三十条", worklist_long),
    _work("工作台・要裁决", lambda s: worklist(s, 2)),
    _work("工作台・挂起的", lambda s: worklist(s, 4)),
    _work("工作台・没打出来的", lambda s: worklist(s, 3)),
    _work("工作台・怎么告知的", worklist_telling),
    _work("工作台・问为什么看电话", worklist_asking),
    _work("工作台・电话显示 30 秒", worklist_phone, ("13900000418",)),
    _work("工作台・没有事", worklist_empty),
)
VOID = (
    State("作废・刚打开", to_void),
    State("作废・还差几处", void_missing),
    State("作废・可以作废，一张没收回", void_ready),
    State("作废・过了当天", void_late),
    State("作废・办好了", void_done),
)
RECEIPT = (
    State("验回执・核验通过", receipt),
    State("验回执・改过的", lambda s: receipt(s, "changed")),
    State("验回执・别站的，没有公钥", lambda s: receipt(s, "unknown")),
    State("验回执・已作废", lambda s: receipt(s, "voided")),
    State("验回执・不是回执", lambda s: receipt(s, "foreign")),
)
WINDOW = (
    State("按键表", key_sheet),
    State("程序出了毛病", incident),
)
