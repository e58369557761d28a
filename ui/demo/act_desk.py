"""Errands at the desk: a slip on request, the lock with a half-typed form behind it, a colleague's turn."""

from ui.demo.driver import Key
from ui.demo.stage import Stage, certno

COLLEAGUE = "0315"


def slip(stage: Stage) -> None:
    """The payment slip of the household card."""
    hands, driver = stage.hands, stage.driver
    with driver.step("slip", "户卡上按 F10：出一张缴费提示单"):
        hands.open_household(certno(stage.stars["zhao"], "赵国强"))
        before = set(driver.out.glob("*QH-JF-01*.pdf"))
        driver.key(Key.Key_F10)
        driver.need("提示单出来了", lambda: set(driver.out.glob("*QH-JF-01*.pdf")) > before)


def lock(stage: Stage) -> None:
    """F12 with a half-typed form; it is there again after the passphrase."""
    hands, driver, gate = stage.hands, stage.driver, stage.gate
    with driver.step("lock", "填到一半按 F12 锁屏，回来接着填，一个字不少"):
        rare = certno(stage.stars["rare"], "王𬎆")
        hands.open_household(rare)
        hands.tick(rare)
        hands.enrol()
        hands.fill("live_addr", "示范县青禾镇柳林村 3 组西头")
        driver.key(Key.Key_F12)
        driver.need("锁上了", lambda: gate.on("LogInView"))
        driver.settle(300)
        driver.picture("40-locked")
        gate.log_in()
        driver.need("回到工作台面", gate.working, 30)
        driver.need("填的还在", lambda: "西头" in hands.answer("live_addr"))
        hands.see_papers()
        hands.accept()
        hands.printed()


def colleague(stage: Stage) -> None:
    """A second clerk's first log-in by one-time code, and their look at the worklist."""
    hands, driver, gate = stage.hands, stage.driver, stage.gate
    with driver.step("second-clerk", "换人：周建国凭一次性码设口令，一步接手，数据都在"):
        code = str(driver.ask({"ask": "clerk_code"})["code"])
        driver.key(Key.Key_F12)
        driver.need("锁上了", lambda: gate.on("LogInView"))
        gate.new_passphrase(COLLEAGUE, code)
        driver.need(
            "进来的是周建国",
            lambda: gate.working() and hands.services.counter.clerk.id == COLLEAGUE,
            30,
        )
        driver.settle(400)
        driver.need("看得到本站今天的件数", lambda: hands.services.home_summary().accepted >= 5)
        driver.picture("41-second-clerk")
