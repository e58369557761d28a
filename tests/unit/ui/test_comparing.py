"""The estimate beside other circumstances: what is otherwise, what it brings, what is missing."""

from dataclasses import replace
from pathlib import Path

import pytest

from counter_app.domain.settlement.settle import NoEstimate
from counter_app.domain.settlement.what_if import About, WhatIf
from tests.unit.ui.casework_desk import CLAIM, FILING, FISCAL, HEAD, HOUSE, Desk
from ui.screens.casework import rowwork
from ui.screens.casework.comparing import NOW, Compared, compared
from ui.screens.casework.sections import BILLS

BILLED = {
    "bills[0].billDate": "20261028",
    "bills[0].billAmt": "57120",
    "scope_by": "typed",
    "inscp_scp_amt": "40000",
}


def claimed(desk: Desk, **more: str) -> None:
    desk.claim()
    desk.presenter.follow(lambda form: rowwork.scan(form, FISCAL), BILLS)
    desk.fill({**BILLED, "offsite": "unfiled", **more})


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path)
    claimed(made)
    return made


def by_name(desk: Desk) -> dict[str, Compared]:
    return {line.name: line for line in desk.presenter.comparing.lines()}


def test_now_comes_first_and_every_line_is_measured_by_it(desk: Desk) -> None:
    lines = desk.presenter.comparing.lines()
    assert lines[0].name == NOW
    money = desk.state.money
    assert money is not None
    assert (lines[0].funds, lines[0].own, lines[0].difference) == (money.amount, money.own, "")
    filed = by_name(desk)["去外地，办了转诊备案"]
    assert (filed.more, filed.difference[:3]) == (1, "多报 ")
    assert by_name(desk)["在省级三级医院看"].more == -1


def test_what_is_otherwise_is_what_another_form_would_say(desk: Desk) -> None:
    told = by_name(desk)["去外地，办了转诊备案"].funds
    desk.type("offsite", "referral")
    assert by_name(desk)[NOW].funds == told
    assert "去外地，办了转诊备案" not in by_name(desk)


def test_nothing_to_compare(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    assert desk.presenter.comparing.lines() == ()
    desk.presenter.open_new(CLAIM, HOUSE, HEAD)
    assert desk.presenter.comparing.lines() == ()
    desk.presenter.open_new(FILING, HOUSE, HEAD)
    assert desk.presenter.comparing.lines() == ()


def test_a_line_without_a_figure_and_a_range(desk: Desk) -> None:
    form = desk.presenter._form
    assert form is not None
    missing = WhatIf(About.DISEASE, "认定了门诊慢特病", NoEstimate(("不知道多大年纪",)))
    form.service = replace(form.service, compare=lambda _a, _f: (missing,))
    assert compared(form)[1].missing == "算不出：不知道多大年纪"
    claimed(desk, scope_by="unknown")
    line = by_name(desk)["去外地，办了转诊备案"]
    assert "–" in line.funds
    assert line.difference.startswith("多报 0.00 – ")
