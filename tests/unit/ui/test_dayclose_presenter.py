"""The day's close without Qt: days, clerks, what F9 says and does, what stands at the top."""

import datetime as dt
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from counter_app.bootstrap import Services, bind
from counter_app.domain.day_close import causes
from counter_app.kernel.errors import EnvironmentFault
from counter_app.services.context import Clerk
from counter_app.services.print_day_close import print_day_close
from counter_app.services.run_print_job import run_print_job
from counter_app.store import meta, print_jobs
from counter_app.store.transaction import read, write
from counter_app.sync.push import CENTRE_HEAD
from tests.fakes import people, station, worklists
from tests.fakes.clock import FakeClock
from tests.fakes.navigator import FakeNavigator
from tests.fakes.printer import FakePrinter
from tests.fakes.tasks import FakeTasks
from tests.unit.services.test_close_day import confirm
from ui.screens.dayclose.presenter import DayClosePresenter, DayCloseState, key
from ui.screens.dayclose.saying import banner, before_leaving, day_title, primary, verdict

HEAD, MOTHER, SON = (str(p[0]) for p in people.PEOPLE[:3])
DAY = dt.date(2026, 11, 23)


class Desk:
    """The presenter on a real station with a printer of paper."""

    def __init__(self, folder: Path) -> None:
        self.clock, self.printer = FakeClock(), FakePrinter()
        made = station.make_services(folder, self.clock)

        def printed(day: dt.date, clerk: str) -> str:
            return print_day_close(made.counter, day, clerk, self.printer)

        self.services: Services = replace(
            made,
            print_day_close=printed,
            run_print_job=partial(run_print_job, made.counter, printer=self.printer),
        )
        self.tasks, self.went = FakeTasks(), FakeNavigator()
        self.shown: list[DayCloseState] = []
        self.presenter = DayClosePresenter(self.services, self.tasks, self.went, self.shown.append)

    @property
    def state(self) -> DayCloseState:
        return self.shown[-1]

    def other(self) -> Services:
        return bind(replace(self.services.counter, clerk=Clerk("0315", "周建国", ("accept",))))

    def top(self) -> str:
        network = self.services.counter.network
        said = banner(self.state, self.clock.at, network.since)
        return said.title if said else ""

    def online(self) -> None:
        self.services.counter.network.set(online=True, at=self.clock.at)
        self.presenter.refresh()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_it_opens_with_today_and_names_what_differs(desk: Desk) -> None:
    assert primary(desk.presenter.state) is None
    case = worklists.accepted(desk.services, HEAD)
    desk.presenter.open()
    assert day_title(desk.state) == "2026年11月23日 周一"
    assert [d.cause for d in desk.state.differences] == [causes.WAITING, causes.NOT_SENT]
    assert desk.state.selected == f"{case.case_id}:{causes.WAITING}"
    said = primary(desk.state)
    assert said is not None
    assert said.words == "先结，写明差 1 件"
    assert said.enabled
    assert verdict(desk.state)[0] == "还不能平账"


def test_in_order_it_says_so(desk: Desk) -> None:
    worklists.printed(desk.services.counter, worklists.accepted(desk.services, HEAD))
    confirm(desk.services)
    desk.presenter.open()
    desk.online()
    said = primary(desk.state)
    assert said is not None
    assert said.words == "日结并打印"
    assert verdict(desk.state)[0] == "账平了"
    assert desk.top() == ""


def test_f9_closes_and_prints(desk: Desk) -> None:
    worklists.accepted(desk.services, HEAD)
    desk.presenter.open()
    desk.presenter.close()
    assert [name for name, _ in desk.printer.sent] == ["990101104000-261123-B-RJ-00-1_QH-RJ-01_1"]
    assert desk.top() == "日结记好了，第 1 次"
    assert desk.went.went == [("refresh",)]
    said = primary(desk.state)
    assert said is not None
    assert said.words == "再结，第 2 次"
    assert not desk.state.busy
    desk.presenter.print_sheet()
    assert desk.printer.sent[-1][0].endswith("RJ-00-1_QH-RJ-01_2")


def test_without_paper_it_is_closed_all_the_same(desk: Desk) -> None:
    desk.printer.trouble = "打印机缺纸"
    desk.presenter.open()
    desk.presenter.close()
    assert desk.top() == "日结单没打出来"
    assert desk.state.notice is not None
    assert "日结记好了，第 1 次" in desk.state.notice.text
    assert desk.state.reading is not None
    assert desk.state.reading.closed.times == 1


def test_a_full_disk_is_said_and_nothing_prints(desk: Desk) -> None:
    def full(_day: dt.date, _clerk: str) -> object:
        raise EnvironmentFault("disk_full", "没存上：磁盘满了", "腾出空间后按 F9 再结")

    services = replace(desk.services, close_day=full)
    presenter = DayClosePresenter(services, desk.tasks, desk.went, desk.shown.append)
    presenter.open()
    presenter.close()
    assert desk.top() == "没存上：磁盘满了"
    assert desk.printer.sent == []
    assert not desk.state.busy


def test_a_fault_of_ours_is_not_swallowed(desk: Desk) -> None:
    def broken(_day: dt.date, _clerk: str) -> object:
        raise RuntimeError("boom")

    for name in ("close_day", "print_day_close"):
        services = replace(desk.services, **{name: broken})
        presenter = DayClosePresenter(services, desk.tasks, desk.went, desk.shown.append)
        presenter.open()
        with pytest.raises(RuntimeError):
            presenter.close()
        assert not desk.state.busy


def test_offline_says_up_to_where_the_centre_confirmed(desk: Desk) -> None:
    worklists.accepted(desk.services, HEAD)
    desk.presenter.open()
    assert desk.top() == "还没连上中心，中心还没有确认过"
    confirm(desk.services)
    desk.services.counter.network.set(online=False, at=desk.clock.at, why="network")
    desk.clock.move(hours=2, minutes=52)
    desk.presenter.refresh()
    assert desk.top() == "离线 2 小时 52 分，中心确认到第 1 号"
    desk.services.counter.network.set(online=False, at=desk.clock.at, why="clock")
    desk.presenter.refresh()
    assert desk.top() == "这台电脑的时间不准，中心确认到第 1 号"


def test_chains_that_differ_come_first(desk: Desk) -> None:
    worklists.accepted(desk.services, HEAD)
    confirm(desk.services)
    with write(desk.services.counter.station) as tx:
        meta.put(tx, CENTRE_HEAD, "f" * 64)
    desk.presenter.open()
    assert desk.top() == "第 1 号两边对不上"


def test_clerks_take_turns_and_all_of_them_come_again(desk: Desk) -> None:
    worklists.accepted(desk.services, HEAD)
    worklists.accepted(desk.other(), MOTHER)
    desk.presenter.open()
    assert desk.state.scopes == (("", "全站", 2), ("0312", "李敏", 1), ("0315", "周建国", 1))
    seen = []
    for _ in range(3):
        desk.presenter.turn_scope(1)
        assert desk.state.reading is not None
        seen.append((desk.state.clerk, desk.state.reading.close.columns[1]))
    assert seen == [("0312", 1), ("0315", 1), ("", 2)]
    desk.presenter.turn_scope(-1)
    assert desk.state.clerk == "0315"
    desk.presenter.turn_day(-1)
    assert [who for who, _, count in desk.state.scopes if not count] == ["", "0315"]


def test_days_before_and_never_one_to_come(desk: Desk) -> None:
    desk.presenter.open()
    desk.presenter.turn_day(1)
    assert desk.state.day == DAY
    desk.presenter.turn_day(-1)
    assert desk.state.day == DAY - dt.timedelta(days=1)
    desk.presenter.turn_day(1)
    assert desk.state.day == DAY
    assert verdict(desk.state)[0] == "没有业务"


def test_an_answer_for_a_day_already_left_is_dropped(desk: Desk) -> None:
    desk.tasks.held = True
    desk.presenter.open()
    desk.presenter.turn_day(-1)
    desk.tasks.run()
    assert desk.state.reading is not None
    assert desk.state.reading.close.day == DAY - dt.timedelta(days=1)


def test_enter_opens_the_case_where_it_is_mended(desk: Desk) -> None:
    case = worklists.accepted(desk.services, HEAD)
    worklists.printed(desk.services.counter, case)
    desk.presenter.open()
    desk.presenter.open_selected()
    assert desk.went.went == [("accepted", case.case_id)]
    confirm(desk.services)
    worklists.decide(desk.services.counter, case, "rejected")
    desk.presenter.refresh()
    desk.presenter.open_selected()
    assert desk.went.went[-1] == ("worklist", case.case_id)


@pytest.mark.parametrize(("answer", "sent"), [("came", 0), ("not", 1), ("half", 1)])
def test_what_the_clerk_saw_at_the_printer_settles_it(desk: Desk, answer: str, sent: int) -> None:
    case = worklists.accepted(desk.services, HEAD)
    confirm(desk.services)
    with write(desk.services.counter.station) as tx:
        print_jobs.move(tx, case.jobs[0], print_jobs.PRINTING, desk.clock.at)
    desk.presenter.open()
    assert desk.state.doubt == ""
    desk.clock.move(minutes=2)
    desk.presenter.refresh()
    assert desk.state.doubt == case.jobs[0]
    desk.presenter.answer_paper(answer)
    assert desk.state.differences
    desk.presenter.ask_paper()
    assert desk.state.asking
    desk.presenter.answer_paper(answer)
    assert not desk.state.asking
    assert desk.state.differences == ()
    assert len(desk.printer.sent) == sent
    with read(desk.services.counter.station) as tx:
        job = print_jobs.get(tx, case.jobs[0])
    assert job is not None
    assert job.state == "printed"


def test_nothing_is_asked_where_nothing_is_in_doubt(desk: Desk) -> None:
    worklists.accepted(desk.services, HEAD)
    desk.presenter.open()
    desk.presenter.ask_paper()
    assert not desk.state.asking


def test_the_selection_stays_while_it_is_there(desk: Desk) -> None:
    for who in (HEAD, MOTHER):
        worklists.accepted(desk.services, who)
    desk.presenter.open()
    last = key(desk.state.differences[-1])
    desk.presenter.select(last)
    desk.presenter.select("nonsense")
    desk.presenter.refresh()
    assert desk.state.selected == last
    confirm(desk.services)
    desk.presenter.refresh()
    assert desk.state.selected != last


def test_f5_asks_the_sync(desk: Desk) -> None:
    desk.presenter.open()
    desk.presenter.compare_again()
    assert desk.went.went == [("sync_now",)]
    assert desk.top() == "正在和中心再核对"
    desk.online()
    desk.presenter.open()
    assert desk.top() == ""


def test_before_leaving_says_what_is_left(desk: Desk) -> None:
    assert before_leaving(desk.presenter.state) == ()
    worklists.full(desk.services)
    desk.presenter.open()
    words = [words for _, words, _ in before_leaving(desk.state)]
    assert words == ["还没有日结", "草稿 2 件，明天接着办", "有 6 张单子没打好"]
    desk.presenter.close()
    first = before_leaving(desk.state)[0]
    assert first == ("ok", "第 1 次日结 14:30", "李敏结的")
