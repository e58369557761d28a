"""Errands for somebody else: an agent, the same agent once more, and a paper taken in a power cut."""

import datetime as dt

from counter_app.kernel.clock import today
from ui.demo.driver import Key
from ui.demo.stage import Stage, certno

PAPER = "0012"
PAPER_DAYS = 2
COMER, COMERS_TEL = "刘建军", "13900003376"


def agent(stage: Stage) -> None:
    """An agent without and with the principal's authority."""
    hands, driver = stage.hands, stage.driver
    with driver.step("agent", "代办：没有委托书不能受理，有了就能"):
        old = certno(stage.stars["agent"], "马德全")
        comer = certno(stage.stars["agent_who_comes"], COMER)
        hands.open_household(old)
        hands.tick(old)
        hands.enrol()
        hands.choose_types({old: "16"})
        hands.agent(COMER, comer, COMERS_TEL, authority=False)
        hands.see_papers()
        driver.need("说要委托书", lambda: not hands.screen.presenter.state.may_accept)
        driver.picture("17-agent-refused")
        hands.fill("agnter_auth", "1")
        hands.see_papers()
        hands.accept()
        hands.printed()


def agent_again(stage: Stage) -> None:
    """The same agent for another household: offered, taken by one key; what was seen is asked anew."""
    hands, driver = stage.hands, stage.driver
    with driver.step(
        "agent-again", "同一个代办人再办一户：F4 用上，姓名、号码、电话不再打；证件和委托书另看"
    ):
        old = certno(stage.stars["agent_again"], "宋玉珍")
        hands.open_household(old)
        hands.tick(old)
        hands.enrol()
        hands.choose_types({old: "16"})
        hints = [hint.words for hint in hands.screen.bar().hints]
        driver.need("键栏说代办人同上", lambda: "代办人同上" in hints)
        driver.picture("17a-agent-offered")
        driver.key(Key.Key_F4)
        driver.settle(100)
        driver.need("名字和电话都在", lambda: hands.answer("agnter_tel") == COMERS_TEL)
        driver.need("委托书没有跟过来", lambda: hands.answer("agnter_auth") == "")
        for path, text in (("agnter_rlts", "9"), ("agnter_auth", "1"), ("agnter_ids", "1")):
            hands.fill(path, text)
        hands.see_papers()
        driver.picture("17b-agent-taken")
        hands.accept()
        hands.printed()


def late_paper(stage: Stage) -> None:
    """A paper of a power cut, typed by the day it was taken."""
    hands, driver = stage.hands, stage.driver
    with driver.step("late", "补录停电时收的纸单：按纸单那天算，单子上有补录和编号"):
        number = certno(stage.stars["late"], "冯守田")
        hands.open_household(number)
        hands.tick(number)
        hands.enrol()
        hands.choose_types({number: "15"})
        hands.see_papers()
        on = today(hands.services.counter.clock) - dt.timedelta(days=PAPER_DAYS)
        for path, text in (
            ("late", "1"),
            ("late_on", on.isoformat()),
            ("late_no", PAPER),
            ("late_clerk", hands.services.counter.clerk.id),
        ):
            hands.fill(path, text)
        driver.picture("17c-late-paper")
        hands.accept()
        driver.need("按纸单那天受理", lambda: hands.case().accepted_on == on.isoformat())
        hands.printed()
        driver.picture("17d-late-accepted")
