"""The notice of 补正 and the payment slip."""

from pathlib import Path

import msgspec
import pytest

from counter_app.kernel.problems import Problem
from counter_app.services.accept_case import AcceptCase, CaseAccepted
from counter_app.services.print_notice import print_notice
from counter_app.services.print_slip import print_slip
from counter_app.services.run_print_job import run_print_job
from counter_app.store import tasks
from counter_app.store.transaction import write
from counter_app.wire.messages import DecisionBody
from tests.fakes import people, station
from tests.fakes.printer import FakePrinter
from tests.unit.printing import pages, samples
from tests.unit.printing.test_sheets import crossing

POINTS = (
    (
        "低保证号写成 DB0719，和核定名单上的 DB0791 不一样",
        "对着留存的复印件改。",
        "资助参保核定名单",
    ),
    ("授权委托书上没有委托人签名", "带委托书来补签。", "办事指南注"),
)


@pytest.fixture
def services(tmp_path: Path) -> station.Services:
    return station.make_services(tmp_path)


def held(services: station.Services, points: tuple[tuple[str, str, str], ...]) -> CaseAccepted:
    answers = station.ready(services, str(people.HEAD[0]))
    case = services.accept_case(AcceptCase("d1", "resident-enrolment", answers))
    assert isinstance(case, CaseAccepted)
    decision = DecisionBody(
        case_no=case.case_no,
        case_id=case.case_id,
        rev=1,
        kind="rejected",
        code="X",
        text="两处要补",
        points=points,
        who_comes="本人、家里人都行",
        meanwhile="登记有效，不用重办",
        until="2026-11-30",
    )
    body = msgspec.json.encode(decision).decode()
    row = tasks.TaskRow("t1", case.case_id, "rejected", body, 0, "2026-11-30", "", "", "")
    with write(services.counter.station) as tx:
        tasks.put(tx, row)
    return case


def printed_notice(services: station.Services, case: CaseAccepted) -> bytes:
    job = print_notice(services.counter, case.case_id)
    assert isinstance(job, str)
    printer = FakePrinter()
    assert run_print_job(services.counter, job, printer).state == "printed"
    assert printer.sent[0][0] == f"{case.case_no}_QH-BZ-01_1"
    return printer.sent[0][1]


def test_the_notice_says_everything_at_once(services: station.Services) -> None:
    case = held(services, POINTS)
    services.tell_citizen(case.case_id, "phone")
    words = pages.text(printed_notice(services, case))
    for point in POINTS:
        for part in point:
            assert part.replace(" ", "") in words
    for wanted in (
        "赵国强",
        "有下面2处要改或补",
        "2026年11月30日（周一）下班前",
        "登记有效，不用重办",
        "0000-1234567",
        "11月23日14:30电话告知，李敏",
        "示例数据",
        case.case_no,
    ):
        assert wanted in words


def test_a_long_notice_goes_on_without_crossing(services: station.Services) -> None:
    case = held(services, ((samples.LONG_ADDRESS, samples.LONG_ADDRESS, samples.LONG_NAME),) * 14)
    pdf = printed_notice(services, case)
    found = pages.texts(pdf)
    assert len(found) > 1
    assert "接下页" in found[0]
    assert all("哪里不对、缺什么" in text for text in found[:2])
    for number in range(len(found)):
        assert crossing(pages.glyphs(pdf, number)) == []


def test_a_notice_that_came_too_late_is_not_printed(services: station.Services) -> None:
    case = held(services, POINTS)
    job = print_notice(services.counter, case.case_id)
    assert isinstance(job, str)
    with write(services.counter.station) as tx:
        tasks.close(tx, case.case_id, 1)
    printer = FakePrinter()
    run = run_print_job(services.counter, job, printer)
    assert run.state == "failed"
    assert "不用补正" in run.detail
    assert printer.sent == []


def test_the_slip_says_who_owes_what_and_is_no_receipt(services: station.Services) -> None:
    printer = FakePrinter()
    name = print_slip(services.counter, str(people.HOUSEHOLD[0]), printer)
    assert name == "990101104000-261123-143000_QH-JF-01_1"
    words = pages.text(printer.sent[0][1])
    for wanted in (
        "赵国强",
        "990101********041X",
        "920.00元",
        "2026年12月31日前缴清",
        "不是缴费凭证",
        "示例数据",
        "试算·仅供参考",
        "未见缴费记录",
        "11月23日14:30",
    ):
        assert wanted in words
    assert str(people.HEAD[0]) not in words
    assert "今天" not in words


def test_no_household_no_slip(services: station.Services) -> None:
    refused = print_slip(services.counter, "0", FakePrinter())
    assert isinstance(refused, Problem)
    assert refused.code == "no_household"
