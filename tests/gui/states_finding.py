"""States of home, search and the household card."""

from counter_app.services.save_draft import Draft
from counter_app.services.void_case import VoidCase
from counter_app.wire.identify import MaskedMatch
from tests.fakes import station, worklists
from tests.fakes.asked import AskedCentre
from tests.gui import townsfolk
from tests.gui.stage import Stage
from tests.gui.state import State
from tests.gui.townsfolk import DEAD, HEAD, HOUSE, LARGE, SON, WIFE
from tests.unit.store.test_beyond import HOUSE as HOUSE_BEYOND
from tests.unit.store.test_beyond import stranger

WRONG = HEAD[:-1] + "1"
TOKEN = "7H2K9Q4M" * 4


def home(stage: Stage) -> None:
    stage.go("home")
    stage.show()


def home_full(stage: Stage) -> None:
    worklists.full(stage.services)
    answers = station.ready(stage.services, SON)
    for n in range(4):
        words = "回家取低保证和户口簿，下午三点以前再来一趟，让先留着" if n else "取户口簿"
        stage.services.save_draft(
            Draft(f"p{n}", "resident-enrolment", answers, words=words, parked=True)
        )
    home(stage)


def home_offline(stage: Stage) -> None:
    case = worklists.accepted(stage.services, HEAD)
    worklists.accepted(stage.services, SON)
    stage.services.void_case(VoidCase(case.case_id, "other", "录错了人"))
    stage.offline(hours=2, minutes=52)
    home(stage)


def home_clock(stage: Stage) -> None:
    stage.offline("clock", minutes=5)
    home(stage)


def search(stage: Stage, text: str, *, down: int = 0) -> None:
    stage.go("search", text)
    stage.show()
    for _ in range(down):
        stage.screen.presenter.move(1)


def search_cases(stage: Stage) -> None:
    worklists.accepted(stage.services, HEAD)
    worklists.accepted(stage.services, SON)
    search(stage, "赵国强")


def search_typed(stage: Stage, text: str) -> None:
    """Typed, not looked up: the list stays."""
    stage.go("search")
    stage.show()
    stage.screen.box.set_text(text)
    stage.screen.presenter.typed(text)


def asked_by_number(stage: Stage, name: str = "何小兰") -> None:
    """Found by the centre in another township."""
    centre = AskedCentre()
    certno = centre.know(stranger(name=name), HOUSE_BEYOND)
    stage.services = centre.bound(stage.services)
    search(stage, certno)
    stage.screen.presenter.ask_centre()


def asked_by_name(stage: Stage, count: int = 2) -> None:
    """Masked people of one name and birth date."""
    centre = AskedCentre()
    places = ("示范县柳林镇枫林村", "示范县柳林镇阿依库勒柯尔克孜民族新村社区")
    centre.matches = tuple(
        MaskedMatch(
            name="何*兰",
            gend="2",
            birth="1990-05-01",
            place=places[n % 2],
            head="何*山",
            tail=f"{1004 + n * 10}",
        )
        for n in range(count)
    )
    stage.services = centre.bound(stage.services)
    search(stage, "何小兰 19900501")
    stage.screen.presenter.ask_centre()


def asked_offline(stage: Stage) -> None:
    stage.offline(hours=2)
    search(stage, stranger()["certno"])
    stage.screen.presenter.ask_centre()


def voucher(stage: Stage, outcome: str = "", *, offline: bool = False) -> None:
    """An e-voucher at the scan box; `outcome` "" while the centre is still asked."""
    centre = AskedCentre()
    centre.know(stranger(), HOUSE_BEYOND)
    centre.tokens[TOKEN] = stranger()["certno"] if outcome == "ok" else outcome
    stage.services = centre.bound(stage.services)
    if offline:
        stage.offline(hours=2)
    search(stage, "")
    stage.tasks.held = not outcome and not offline
    stage.screen.presenter.scanned(TOKEN)
    stage.settle()
    if stage.tasks.held:
        stage.tasks.waiting.clear()
        stage.tasks.held = False


def household(stage: Stage, number: str = HOUSE, certno: str = SON) -> None:
    stage.go("household", number, certno)
    stage.show()


def household_offline(stage: Stage) -> None:
    stage.offline(days=3)
    household(stage)


def household_ticked(stage: Stage) -> None:
    household(stage)
    presenter = stage.screen.presenter
    presenter.tick()
    presenter.select(0)
    presenter.tick()
    presenter.toggle_grounds()


def household_refused(stage: Stage, certno: str) -> None:
    household(stage, HOUSE, certno)
    stage.screen.presenter.tick()


def household_asking(stage: Stage) -> None:
    household(stage)
    stage.screen.presenter.ask_reveal()


def household_shown(stage: Stage) -> None:
    household(stage)
    stage.screen.presenter.reveal("核对证件")


HOME = (
    State("首页・忙的一天", home_full, long=("回家取",)),
    State("首页・早上，什么都没有", home),
    State("首页・离线，两件在等", home_offline),
    State("首页・电脑时间不准", home_clock),
)
SEARCH = (
    State("查询・还没输", lambda s: search(s, "")),
    State("查询・按拼音", lambda s: search(s, "zgq")),
    State("查询・三位同名", lambda s: search(s, "wxl", down=1)),
    State("查询・没有找到", lambda s: search(s, "欧阳锋")),
    State("查询・证件号校验不对", lambda s: search(s, WRONG), spoken=(WRONG,)),
    State("查询・人和业务", search_cases),
    State("查询・不在本站范围", lambda s: (search(s, "mjs"), s.screen.presenter.open_selected())),
    State("查询・最长的名字，少见的字", lambda s: search(s, "large")),
    State("查询・中心查到，在别的镇", asked_by_number, spoken=(stranger()["certno"],)),
    State("查询・按姓名问中心，八位", lambda s: asked_by_name(s, 8)),
    State("查询・离线，问不了中心", asked_offline, spoken=(stranger()["certno"],)),
    State("查询・刷了医保码，正在问", voucher),
    State("查询・医保码过期了", lambda s: voucher(s, "expired")),
    State("查询・离线刷医保码", lambda s: voucher(s, offline=True)),
    State("查询・扫的是别的码", lambda s: search(s, "https://example.invalid/q?x=1")),
)
HOUSEHOLD = (
    State("户卡", household),
    State("户卡・离线", household_offline),
    State("户卡・别的镇的，已刷码", lambda s: voucher(s, "ok")),
    State("户卡・勾了两位，等待期怎么算", household_ticked),
    State("户卡・去世的成员", lambda s: household_refused(s, DEAD)),
    State("户卡・别处在保", lambda s: household_refused(s, WIFE)),
    State("户卡・问为什么看全号", household_asking),
    State(
        "户卡・全号显示 30 秒",
        household_shown,
        spoken=(*(str(p[0]) for p in townsfolk.ROSTER[:6]), "13900000418"),
    ),
    State(
        "户卡・十二口人，最长的名字",
        lambda s: household(s, LARGE, str(townsfolk.FAMILY[0][0])),
        long=("12 人",),
    ),
    State("户卡・名单上没有这一户", lambda s: household(s, "0", "")),
)
