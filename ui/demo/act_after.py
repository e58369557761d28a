"""Second act: after the power cut; the network comes back, the centre's answers are answered."""

from typing import Any

from ui.demo import act_desk
from ui.demo.driver import CTRL, Key
from ui.demo.stage import Stage, certno


def run(stage: Stage) -> None:
    """All steps of the act; ends with the chain's head said."""
    _back(stage)
    _draft(stage)
    _sent(stage)
    _rejected(stage)
    _held(stage)
    _totals(stage)
    if stage.whole:
        _doctor(stage)
        act_desk.colleague(stage)
    _finish(stage)


def _back(stage: Stage) -> None:
    driver, gate = stage.driver, stage.gate
    with driver.step(
        "after-power-cut", "断电后重开：登录，先问纸出来了吗，填到一半的还在", vital=True
    ):
        driver.need("登录页", lambda: gate.on("LogInView"))
        driver.settle(300)
        driver.picture("24-login")
        gate.log_in("wrong-passphrase")
        driver.need("错了说错了几次", lambda: bool(gate.state().message))
        driver.picture("25-wrong-passphrase")
        gate.log_in()
        driver.need("问纸", lambda: gate.on("PaperView"), 60)
        driver.settle(200)
        driver.picture("26-paper-question")
        driver.key(Key.Key_1)
        driver.key(Key.Key_F9)
        driver.need("进了首页", gate.working, 60)
        driver.settle(500)
        driver.picture("27-home-after-cut")


def _draft(stage: Stage) -> None:
    hands, driver = stage.hands, stage.driver
    with driver.step("draft-back", "草稿回来，接着填完、受理；网还没有"):
        drafts = [i for i in hands.services.worklist() if i.kind == "open_draft"]
        driver.need("草稿在工作台", lambda: len(drafts) >= 1)
        hands.open_parked(drafts[0].ref)
        driver.need("填的还在", lambda: "西边第二家" in hands.answer("live_addr"))
        driver.picture("28-draft-back")
        hands.see_papers()
        hands.accept()
        hands.printed()


def _sent(stage: Stage) -> None:
    hands, driver = stage.hands, stage.driver
    with driver.step("back-online", "网回来：全部送到一次，决定回来"):
        driver.ask({"ask": "start_centre"})
        hands.come_home()
        driver.need("待发 0", lambda: hands.services.home_summary().pending == 0, 90)
        driver.need("一件退回", lambda: bool(_of(stage, "rejected")), 60)
        driver.need("一件要裁决", lambda: bool(_of(stage, "held")), 60)
        driver.settle(800)
        driver.picture("29-home-back")


def _of(stage: Stage, kind: str) -> list[Any]:
    return [i for i in stage.hands.services.worklist() if i.kind == kind]


def _open_worklist(stage: Stage, kind: str) -> Any:
    hands, driver = stage.hands, stage.driver
    item = _of(stage, kind)[0]
    driver.key(Key.Key_2, CTRL)
    driver.need("工作台在前", lambda: hands.at == "worklist")
    hands.choose(item.ref)
    return item


def _rejected(stage: Stage) -> None:
    hands, driver = stage.hands, stage.driver
    with driver.step("rejected", "退回的一件：原因、电话、补正通知、已告知；接手改好再报"):
        item = _open_worklist(stage, "rejected")
        driver.picture("30-worklist-rejected")
        driver.key(Key.Key_F10)
        driver.settle(1500)
        driver.key(Key.Key_F7)
        driver.settle(200)
        driver.picture("31-telling")
        driver.key(Key.Key_2)
        driver.need("记下了告知", lambda: _told(stage, item.case_id))
        driver.key(Key.Key_F9)
        driver.need("登记表打开", hands.opened)
        hands.fill("members[0].idet_no", str(stage.stars["proof"]["right"]))
        driver.picture("32-mending")
        hands.see_papers()
        hands.accept()
        driver.need("中心办结", lambda: _state(stage, item.case_id) == "accepted", 60)
        driver.picture("33-mended")


def _told(stage: Stage, case_id: str) -> bool:
    detail = stage.hands.services.task_detail(case_id)
    return detail is not None and bool(detail.told)


def _state(stage: Stage, case_id: str) -> str:
    view = stage.hands.services.case_view(case_id)
    return view.state if view else ""


def _held(stage: Stage) -> None:
    hands, driver = stage.hands, stage.driver
    with driver.step("held", "要裁决的一件：别的站已登记同一人，答复后中心办结"):
        item = _open_worklist(stage, "held")
        driver.picture("34-worklist-held")
        driver.key(Key.Key_F9)
        hands.answer_hold("本人在青禾镇常住，柳林镇那一件由本人去撤", "35-answering")
        driver.need("中心办结", lambda: _state(stage, item.case_id) == "accepted", 60)
        number = certno(stage.stars["twice"], "孙雨涵")
        driver.saw(f"尾号 {number[-4:]} 办结")


def _totals(stage: Stage) -> None:
    hands, driver = stage.hands, stage.driver
    with driver.step("day-totals", "今天的数：受理、办结、作废对得上"):
        hands.come_home()
        driver.settle(500)
        home = hands.services.home_summary()
        driver.need("没有待发", lambda: hands.services.home_summary().pending == 0, 60)
        driver.saw(f"受理 {home.accepted}，办结 {home.done}，作废 {home.voided}")
        voided = int(stage.whole)
        driver.need(f"作废 {voided} 件", lambda: home.voided == voided)
        driver.need("其余都办结", lambda: hands.services.home_summary().done == home.accepted, 60)
        driver.picture("36-day-totals")


def _doctor(stage: Stage) -> None:
    hands, driver = stage.hands, stage.driver
    with driver.step("doctor", "设备自检：每一项查完，说得出哪里要留意；这台电脑都正常"):
        driver.key(Key.Key_7, CTRL)
        driver.need("自检页", lambda: hands.at == "doctor")
        presenter = hands.screen.presenter
        driver.settle(300)
        driver.key(Key.Key_F5)
        driver.need(
            "查完", lambda: presenter.state.now.whole and not presenter.state.now.running, 30
        )
        driver.saw(presenter.state.head.title)
        driver.picture("39-doctor")
        driver.need("没有要留意的", lambda: not presenter.state.now.wrong)


def _finish(stage: Stage) -> None:
    services = stage.hands.services
    stage.driver.wait(lambda: services.home_summary().pending == 0, 30)
    head = services.chain_head()
    said = {"pending": head.pending, "head": head.head, "device": head.dev, "n": head.n}
    stage.driver.channel.say({"finish": said})
