"""States of the screen of a held case: every kind, chosen, missing, folded, and the worst there is."""

from counter_app.store import cases, tasks
from counter_app.store.transaction import write
from counter_app.wire.conflict import Conflict
from tests.fakes import conflicts, worklists
from tests.gui.stage import Stage
from tests.gui.state import State
from tests.gui.townsfolk import HEAD, MOTHER, SON


def held(stage: Stage, code: str, conflict: Conflict | None, **more: str) -> None:
    """Three held cases, the first in front."""
    for who in (MOTHER, SON):
        other = worklists.accepted(stage.services, who)
        conflicts.hold(stage.counter, other, "DUP_ENROL", conflicts.enrolled_twice(other.case_no))
    case = worklists.accepted(stage.services, HEAD)
    conflicts.hold(stage.counter, case, code, conflict, **more)
    stage.go("conflict", case.case_id)
    stage.show()


def twice(stage: Stage, digit: str = "", words: str = "") -> None:
    held(stage, "DUP_ENROL", conflicts.enrolled_twice("990101104000-261123-B-0003-F"))
    if digit:
        stage.screen.press(digit)
        stage.settle()
    stage.screen.presenter.write(words)


def unfolded(stage: Stage) -> None:
    twice(stage)
    stage.screen.press("F7")


def missing(stage: Stage) -> None:
    twice(stage, "1")
    stage.screen.press("F9")


def grounds(stage: Stage) -> None:
    twice(stage)
    stage.screen.press("F8")


def changed(stage: Stage) -> None:
    twice(stage, "1", "本人常住青禾镇")
    presenter = stage.screen.presenter
    with write(stage.counter.station) as tx:
        task = tasks.of_case(tx, presenter.state.view.case_id)
        old, new = presenter.state.view.questions[0], "000000000000"
        tasks.put(tx, tasks.TaskRow(**{**_plain(task), "body": task.body.replace(old, new)}))
    stage.screen.refresh()


def _plain(task: tasks.TaskRow) -> dict[str, object]:
    return {name: getattr(task, name) for name in tasks.TaskRow.__dataclass_fields__}


def settled(stage: Stage) -> None:
    twice(stage)
    case_id = stage.screen.presenter.state.view.case_id
    with write(stage.counter.station) as tx:
        cases.set_state(tx, case_id, "accepted")
        tasks.close(tx, case_id, 1)
    stage.screen.refresh()


def bill(stage: Stage) -> None:
    held(stage, "DUP_BILL", conflicts.billed_twice("990101104000-261123-B-0003-F"))
    stage.screen.press("2")


def field(stage: Stage) -> None:
    held(stage, "FIELD_CONFLICT", conflicts.field_changed())
    stage.screen.press("2")


def person(stage: Stage) -> None:
    held(stage, "STALE_PERSON", conflicts.figures("STALE_PERSON"))


def pack(stage: Stage) -> None:
    held(stage, "PACK_OLD", conflicts.figures("PACK_OLD", 5, span=True), until="2026-11-20")
    stage.screen.press("1")


def owed(stage: Stage) -> None:
    held(stage, "PACK_OLD", conflicts.owed())


def check(stage: Stage) -> None:
    held(stage, "CHECK", None, text="赵国强：户口簿首页和名单不一样，等核对")
    stage.screen.press("1")


def worst(stage: Stage) -> None:
    held(stage, "DUP_ENROL", conflicts.worst())


CONFLICT = (
    State("要您定・两边都登记了", twice),
    State("要您定・选了留本站，写了为什么", lambda s: twice(s, "1", "本人常住青禾镇")),
    State("要您定・还没写为什么", missing),
    State("要您定・相同的也看", unfolded),
    State("要您定・依据和经过", grounds),
    State("要您定・问题刚换了", changed),
    State("要您定・别处刚答过", settled),
    State("要您定・一张票两边报", bill),
    State("要您定・同一项别处刚改", field),
    State("要您定・名单变了，两份试算", person),
    State("要您定・规则换了，两份试算一个范围", pack),
    State("要您定・规则换了，应缴变了", owed),
    State("要您定・只有一句话", check),
    State("要您定・十二项不一样", worst),
)
