"""Third act: the station's second PC sees the cases, and verifies a receipt with no network."""

from ui.demo.driver import NotSeen
from ui.demo.stage import Stage


def run(stage: Stage) -> None:
    """Enrol the second PC, see a case of the first, verify its receipt offline."""
    _enrol(stage)
    _sees(stage)
    _verifies(stage)


def _enrol(stage: Stage) -> None:
    driver, gate = stage.driver, stage.gate
    with driver.step("second-pc", "本站第二台电脑启用", vital=True):
        driver.need("启用页", lambda: gate.on("FirstStartView"))
        driver.settle(300)
        gate.enrol(stage.code)
        driver.need("要设口令", lambda: gate.state().step == "passphrase")
        gate.first_passphrase()
        driver.need("进了首页", gate.working, 120)


def _sees(stage: Stage) -> None:
    hands, driver = stage.hands, stage.driver
    with driver.step("second-pc-sees", "第二台电脑看得到第一台受理的业务"):
        home = hands.services.home_summary

        driver.need("站里的件数到了", lambda: home().accepted >= 5, 60)
        hands.look_up("郑建华")
        driver.need("查得到这一件", lambda: bool(hands.screen.presenter.state.cases))
        driver.picture("37-second-pc")


def _verifies(stage: Stage) -> None:
    hands, driver = stage.hands, stage.driver
    with driver.step("receipt-offline", "断网，扫第一台出的回执：验得出是真的"):
        receipts = driver.ask({"ask": "receipts"})["receipts"]
        texts = [t for t in receipts.values() if t] if isinstance(receipts, dict) else []
        if not texts:
            raise NotSeen("回执上的码没读出来")
        hands.lose_the_centre(patient=stage.whole)
        hands.look_up(str(texts[-1]))
        driver.need("回执页", lambda: hands.at == "receipt")
        driver.settle(400)
        verdict = hands.services.verify_receipt(str(texts[-1]))
        driver.saw(verdict.head)
        driver.need("是真的", lambda: verdict.judged.value == "genuine")
        driver.picture("38-receipt-offline")
        driver.ask({"ask": "start_centre"})
