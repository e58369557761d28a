"""States before log-in: first start, log-in and lock, the two questions."""

import datetime as dt
from dataclasses import replace

from counter_app.bootstrap import opening
from counter_app.kernel.clock import CHINA, to_ms
from counter_app.kernel.errors import EnvironmentFault
from counter_app.services.check_date import DateDoubt
from counter_app.services.context import Clerk
from counter_app.services.enrol_device import EnrolDevice, Enrolled, Refused, Waiting
from counter_app.services.log_in import Denied
from counter_app.services.queries.delivery import Delivery, line
from counter_app.services.queries.print_state import PaperState
from counter_app.services.queries.standing import Person, Standing
from tests.gui.stage import Stage
from tests.gui.state import State
from tests.gui.townsfolk import LONG_NAME
from ui.screens.first_start.view import FirstStartView
from ui.screens.login.view import LogInView
from ui.screens.questions.view import DateView, PaperView

CODE = "QH7M4R2X9KAB1234"
STATION, DEVICE = "示范县青禾镇便民服务中心", "qinghe-02"
FIRST = Enrolled(DEVICE, STATION, "0312", "李敏", ("accept",))
PEOPLE = (
    Person("0312", "李敏", ("accept",)),
    Person("0315", "周建国", ("accept",)),
    Person("0318", "陈晓燕", ("accept",)),
)


class County:
    """A gate whose county and profile answer as the state wants."""

    def __init__(self, stage: Stage, answer: object = None, *, given: bool = True) -> None:
        self.clock = stage.clock
        self.answer, self.given = answer, given
        self.people: tuple[Person, ...] = PEOPLE
        self.filling = "network"
        self.outgoing = self
        self.way = line(3, "")

    def standing(self) -> Standing:
        if self.people:
            return Standing("ready", STATION, DEVICE, clerks=self.people)
        given = ("https://127.0.0.1:9", "PEM") if self.given else ("", "")
        return Standing("new", centre_url=given[0], ca_pem=given[1])

    def enrol(self, command: EnrolDevice) -> object:
        if isinstance(self.answer, EnvironmentFault):
            raise self.answer
        return self.answer

    def claim(self, clerk: Clerk, passphrase: str) -> tuple[object, ...]:
        return ()

    def delivery(self) -> Delivery:
        return self.way

    def log_in(self, clerk: str, passphrase: str, tell: object = None) -> object:
        return self.answer if isinstance(self.answer, Denied) else f"services of {clerk}"

    def redeem(self, command: object) -> object:
        return Refused("code_unknown", "没有这个启用码", "看一看有没有抄错；还不行请县里另给一个")

    def first_filling(self, progress: object) -> str:
        progress("persons.990101104", 12_500, 20_000)
        return self.filling


def first_start(
    stage: Stage, answer: object = None, *, given: bool = True, code: str = CODE
) -> FirstStartView:
    county = County(stage, answer, given=given)
    county.people = ()
    view = FirstStartView(county, stage.tasks, lambda _services: None)
    stage.gate(view)
    stage.show()
    view.begin()
    view.presenter.code_typed(code)
    if not given and answer is not None:
        view.url.set_text("https://centre.example")
        view.presenter.centre_typed("https://centre.example", "PEM")
    if answer is not None:
        view.presenter.enrol()
    return view


def helped(stage: Stage, view: FirstStartView | LogInView) -> None:
    stage.settle()
    view.press("F1")


def claimed(stage: Stage, *, again: str = "lang-genug-1") -> FirstStartView:
    view = first_start(stage, FIRST)
    view.presenter.claim("0312", "lang-genug-1", again)
    return view


def filling(stage: Stage) -> None:
    """Held in the middle of the download."""
    view = first_start(stage, FIRST)
    stage.tasks.held = True
    view.presenter.claim("0312", "lang-genug-1", "lang-genug-1")
    while stage.tasks.waiting and not view.presenter.state.filling:
        stage.tasks.waiting.pop(0)()
    view.presenter._progress("persons.990101104", 12_500, 20_000)


def log_in(stage: Stage, answer: object = None, people: tuple[Person, ...] = PEOPLE) -> LogInView:
    county = County(stage, answer)
    county.people = people
    view = LogInView(county, stage.tasks, lambda _services: None)
    stage.gate(view)
    stage.show()
    view.begin()
    view.heard()
    if answer is not None:
        view.presenter.submit("falsch")
    return view


def waiting(stage: Stage) -> None:
    log_in(stage, Denied("wrong", 5, stage.clock.at + 58_000))


def upgrading(stage: Stage) -> None:
    """The first start of a newer program, between two steps."""
    view = log_in(stage)
    steps = opening.in_words(view.presenter.meanwhile)
    view.presenter.state = replace(view.presenter.state, busy=True)
    steps(3)


def forgotten(stage: Stage, *, wrong: bool = False) -> LogInView:
    view = log_in(stage)
    view._lost()
    if wrong:
        view.presenter.redeem("0312", CODE, "lang-genug-1", "lang-genug-1")
    return view


def lock(stage: Stage) -> None:
    kept = ("做到一半的都在，没有丢", "草稿和挂起 2 件，都已存好。", "补传和打印不停。")
    locked = "14:12 起・李敏按 F12"
    view = LogInView(County(stage), stage.tasks, lambda _services: None, locked=locked)
    view.keep(kept, {"0312": "锁屏前在办，回来接着填", "0315": "挂起 2 件，手上退回 1 件"})
    stage.gate(view)
    stage.show()
    view.begin("0312")
    view.heard()


def date(stage: Stage, *, day: str = "", server: bool = False) -> None:
    def ms(*parts: int) -> int:
        return to_ms(dt.datetime(*parts, tzinfo=CHINA))

    doubt = DateDoubt("before_last", ms(2010, 1, 1, 8, 3), ms(2026, 11, 23, 17, 5), None)
    if server:
        told = ms(2026, 11, 24, 8, 0)
        doubt = DateDoubt("off_server", ms(2026, 11, 25, 10, 0), ms(2026, 11, 23, 17, 5), told)
    view = DateView(doubt, lambda _at, _changed: None)
    stage.gate(view)
    stage.show()
    view.begin()
    if day:
        view.day.set_text(day)
        view.presenter.typed(day, "08:03")


def paper(stage: Stage) -> None:
    jobs = tuple(
        PaperState(
            f"j{n}",
            "c",
            "990101104000-261123-B-0031-C",
            "受理回执",
            "吴*芳",
            "printing",
            1,
            "16:57",
            "",
        )
        for n in (1, 2)
    )
    view = PaperView(jobs, stage.tasks, lambda _job, _said: "", lambda _jobs: None)
    stage.gate(view)
    stage.show()
    view.begin()


NO_WAY = EnvironmentFault(
    "network", "连不上县里：网线没插或者无线没连", "看一看网线和路由器，好了按 F5 再试"
)
PORTAL = EnvironmentFault("portal", "网络要先登录：打开的是网页，不是中心", "在浏览器里登录网络")
USED = Refused("code_used", "启用码已经用过", "一个码只启用一台电脑；换电脑请县里另给一个")
MANY = tuple(
    Person(f"03{n}", LONG_NAME if n == 12 else f"经办{n}", ("accept",)) for n in range(12, 21)
)

FIRST_START = (
    State("首次启用・输启用码", lambda s: first_start(s, code="QH7M4R2")),
    State("首次启用・县里地址也要填", lambda s: first_start(s, given=False)),
    State("首次启用・启用码被退回", lambda s: first_start(s, USED)),
    State("首次启用・连不上", lambda s: first_start(s, NO_WAY)),
    State("首次启用・别人回话，地址也要填", lambda s: first_start(s, PORTAL, given=False)),
    State("首次启用・帮助", lambda s: helped(s, first_start(s, code="QH7M4R2"))),
    State("首次启用・帮助，刚才被退回", lambda s: helped(s, first_start(s, USED))),
    State("首次启用・帮助，刚才没连上", lambda s: helped(s, first_start(s, PORTAL))),
    State("首次启用・等县里核准", lambda s: first_start(s, Waiting())),
    State("首次启用・等核准的帮助", lambda s: helped(s, first_start(s, Waiting()))),
    State("首次启用・设口令", lambda s: first_start(s, FIRST)),
    State("首次启用・两次口令不一样", lambda s: claimed(s, again="lang-genug-2")),
    State("首次启用・设口令的帮助", lambda s: helped(s, claimed(s, again="lang-genug-2"))),
    State("首次启用・正在下载", filling),
    State("首次启用・下载断了", claimed),
    State("首次启用・下载的帮助", lambda s: helped(s, claimed(s))),
)
LOG_IN = (
    State("登录", log_in),
    State("登录・九个人", lambda s: log_in(s, None, MANY), long=(LONG_NAME,)),
    State("登录・口令不对", lambda s: log_in(s, Denied("wrong", 2))),
    State("登录・要等一会", waiting),
    State("登录・整理数据", upgrading),
    State("登录・帮助", lambda s: helped(s, log_in(s, Denied("wrong", 2)))),
    State("登录・忘记口令", forgotten),
    State("登录・一次性码不对", lambda s: forgotten(s, wrong=True)),
    State("登录・一次性码的帮助", lambda s: helped(s, forgotten(s, wrong=True))),
    State("锁屏", lock),
)
QUESTIONS = (
    State("日期问题・电脑回到 2010", date),
    State("日期问题・填的读不出来", lambda s: date(s, day="2026-11-31")),
    State("日期问题・和中心对不上", lambda s: date(s, server=True)),
    State("纸出来了吗", paper),
)
