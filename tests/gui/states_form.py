"""States of the enrolment form and of what lies over it."""

from collections.abc import Callable
from dataclasses import replace

from counter_app.kernel.errors import EnvironmentFault
from tests.fakes import people, worklists
from tests.gui import townsfolk
from tests.gui.stage import Stage
from tests.gui.state import State
from tests.gui.townsfolk import DEAD, HEAD, HOUSE, LARGE, MOTHER, SON, WIFE
from ui.screens.enrolment.presenter import EnrolmentPresenter
from ui.screens.enrolment.state import Candidate, EnrolmentState

FULL = EnvironmentFault(
    "disk_full", "没存上：磁盘满了。这件还在屏幕上，没有丢", "腾出空间后按 F5 再存"
)
WRONG = SON[:-1] + "5"
TEL = "13900000418"
"""Phones of the form are typed there: a field to be checked with the citizen, not a list."""
CHILD = (
    ("start", "newborn"),
    ("nwb_by", "mother"),
    ("brdy", "20261018"),
    ("naty", "1"),
    ("psn_type", "1401"),
    ("years", "2026,2027"),
    ("mat_idet_code", "0"),
    ("mother_name", "孙瑾"),
    ("mother_certno", WIFE),
    ("guardian_name", "赵立新"),
    ("guardian_certno", SON),
    ("guardian_rlts", "父亲"),
)


def form(stage: Stage, *certnos: str, house: str = HOUSE) -> EnrolmentPresenter:
    stage.go("enrol", house, certnos)
    stage.show()
    return stage.screen.presenter


def type_in(presenter: EnrolmentPresenter, where: str, text: str) -> None:
    presenter.focus(where)
    presenter.edit(where, text)
    presenter.focus("")


def see_all(presenter: EnrolmentPresenter) -> None:
    for line in presenter.state.materials:
        presenter.act(lambda f, m=line.id: f.paper(m, "orig", "returned"))


def new_stranger(stage: Stage) -> None:
    presenter = form(stage, house="")
    type_in(presenter, "members[0].certno", people.number(people.dt.date(1985, 6, 12), 127))
    type_in(presenter, "members[0].psn_name", "𬍛玥")


def wrong_number(stage: Stage) -> None:
    presenter = form(stage, house="")
    type_in(presenter, "members[0].certno", WRONG)
    presenter.go_to("members[0].certno")


def ready(stage: Stage) -> EnrolmentPresenter:
    presenter = form(stage, HEAD, MOTHER)
    type_in(presenter, "members[1].psn_type", "16")
    see_all(presenter)
    return presenter


def stops(stage: Stage) -> None:
    form(stage, HEAD, MOTHER, SON).accept()


def waiting_period(stage: Stage) -> None:
    presenter = form(stage, SON)
    type_in(presenter, "members[0].mat_idet_code", "低保救助对象")
    type_in(presenter, "members[0].idet_no", "DB0801")
    type_in(presenter, "members[0].idet_until", "20270630")
    presenter.go_to("members[0].idet_no")


def twins(stage: Stage) -> None:
    presenter = form(stage, HEAD)
    for index, kind in ((1, "newborn"), (2, "twin")):
        presenter.act(lambda f, k=kind: f.add(Candidate(k, "", "", "")))
        for field, text in (
            *CHILD,
            ("gend", str(index)),
            ("patn_rlts", "20" if index == 1 else "30"),
            ("birth_order", str(index)),
        ):
            type_in(presenter, f"members[{index}].{field}", text)
    see_all(presenter)


def agent(stage: Stage) -> None:
    presenter = form(stage, HEAD)
    for where, text in (
        ("present", "agent"),
        ("agnter_name", townsfolk.LONG_NAME),
        ("agnter_certno", WIFE),
        ("agnter_tel", "13900001234"),
        ("agnter_rlts", "9"),
        ("agnter_auth", "0"),
        ("agnter_ids", "1"),
    ):
        type_in(presenter, where, text)
    see_all(presenter)
    presenter.accept()
    stage.settle()


def dead(stage: Stage) -> None:
    form(stage, DEAD).accept()


def differing_name(stage: Stage) -> None:
    presenter = form(stage, HEAD)
    presenter.act(lambda f: f.unfold())
    type_in(presenter, "members[0].psn_name", "赵国祥")
    presenter.go_to("members[0].name_answer")


def large(stage: Stage) -> None:
    presenter = form(stage, *(str(p[0]) for p in townsfolk.FAMILY), house=LARGE)
    presenter.accept()


def disk_full(stage: Stage) -> None:
    def refuse(_draft: object) -> int:
        raise FULL

    stage.services = replace(stage.services, save_draft=refuse)
    presenter = form(stage, HEAD)
    type_in(presenter, "memo", "长" * 120)


def decided(stage: Stage, kind: str, until: str = "") -> None:
    case = worklists.accepted(stage.services, MOTHER)
    worklists.decide(stage.counter, case, kind, until)
    stage.go("amend", case.case_id)
    stage.show()


def over(stage: Stage, key: str, then: Callable[[Stage], object] = ready) -> None:
    then(stage)
    stage.screen.press(key)
    stage.settle()


def removed(stage: Stage) -> None:
    ready(stage)
    stage.screen.press("Del")
    stage.settle()


def opening(stage: Stage) -> None:
    stage.go("enrol", HOUSE, (HEAD,))
    stage.show()
    stage.screen.show_state(EnrolmentState())


def gone(stage: Stage) -> None:
    stage.go("draft", "nicht-da")
    stage.show()


def _form(
    name: str,
    put: Callable[[Stage], object],
    spoken: tuple[str, ...] = (),
    long: tuple[str, ...] = (),
) -> State:
    return State(name, put, (TEL, *spoken), long)


FORM = (
    _form("登记・新来的人", new_stranger),
    _form("登记・证件号输错一位", wrong_number, (WRONG,)),
    _form("登记・可以受理", ready),
    _form("登记・还差几处", stops),
    _form("登记・断保恢复，低保，等待期", waiting_period),
    _form("登记・双胞胎新生儿", twins),
    _form("登记・名字和名单不一样", differing_name),
)
FORM_STOPPED = (
    _form("登记・代办人没有委托书", agent, ("13900001234",)),
    _form("登记・名单上已去世", dead, (DEAD,)),
    _form("登记・十二口人一起办", large, long=(townsfolk.LONG_ADDRESS[:6], "这次办 12 人")),
    _form("登记・磁盘满了", disk_full),
    _form("登记・中心退回，改好再报", lambda s: decided(s, "rejected", "2026-11-27")),
    _form("登记・中心要裁决", lambda s: decided(s, "held")),
    _form("登记・正在打开", opening),
    _form("登记・草稿不在了", gone),
)
FORM_OVER = (
    _form("登记・加人", lambda s: over(s, "Insert")),
    _form("登记・挂起", lambda s: over(s, "F7")),
    _form("登记・依据", lambda s: over(s, "F8", stops)),
    _form("登记・移出一位，还能拿回来", removed),
)
