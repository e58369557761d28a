"""Ending somebody's insurance because they died."""

from ui.demo.case_hands import STOP
from ui.demo.stage import Stage, certno


def died(stage: Stage) -> None:
    """The daughter comes; the roster knows of the death once the centre has entered it."""
    hands, driver, case = stage.hands, stage.driver, stage.case
    with driver.step("stop-by-death", "去世终止：女儿来办，看死亡证明，终止从去世那天起"):
        people = stage.stars["died"]
        father, daughter = certno(people, "陈𬭎"), certno(people, "陈㛃")
        case.open(STOP, father)
        case.fill({
            "stop_rea": "died",
            "psn_insu_stas": "4",
            "stop_on": str(people["on"]),
            "death_by": "paper",
            "appl_name": "陈㛃",
            "appl_certno": daughter,
        })
        case.see_papers()
        driver.picture("50-stop-by-death")
        hands.accept()
        driver.saw(hands.case().summary)
        hands.printed()
        driver.picture("51-stopped")
