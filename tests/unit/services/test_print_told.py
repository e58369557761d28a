"""The notice of everything missing, before a case is accepted."""

from pathlib import Path

import pytest

from counter_app.bootstrap import Services
from counter_app.forms.answers import Answers
from counter_app.kernel.problems import Problem
from counter_app.services.print_told import print_told
from tests.fakes import claims, people, station
from tests.fakes.clock import FakeClock
from tests.fakes.printer import FakePrinter
from tests.unit.printing import pages

ITEM = "manual-reimbursement"


@pytest.fixture
def services(tmp_path: Path) -> Services:
    return station.make_services(tmp_path, FakeClock())


def claim(papers: str) -> Answers:
    name = str(people.HEAD[people.COLS.index("name")])
    who = {"psn_name": name, "certno": str(people.HEAD[0]), "appl_name": name}
    return claims.answers({**who, "appl_certno": str(people.HEAD[0])}, papers=papers)


def test_it_lists_every_missing_paper_at_once(services: Services) -> None:
    printer = FakePrinter()
    name = print_told(services.counter, ITEM, claim("none"), printer)
    assert name == "990101104000-261123-143000_QH-BZ-01_1"
    words = pages.text(printer.sent[0][1])
    for wanted in (
        "还缺下面4样",
        "医院收费票据没带",
        "住院费用清单没带",
        "诊断证明或出院小结没带",
        "办事指南（2022版）20",
        "没有编号",
        "示例数据",
        "不用重填",
    ):
        assert wanted in words
    assert str(people.HEAD[0]) not in words


def test_nothing_missing_prints_nothing(services: Services) -> None:
    printer = FakePrinter()
    refused = print_told(services.counter, ITEM, claim("returned"), printer)
    assert isinstance(refused, Problem)
    assert refused.code == "nothing_missing"
    assert printer.sent == []
