"""States of the examination: as drawn, all well, stopped, all wrong, running, and before a log-in."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from counter_app.doctor.finding import Finding
from tests.fakes import examiner
from tests.fakes.examiner import FakeExaminer
from tests.gui.stage import Stage
from tests.gui.state import State
from tests.gui.states_gate import log_in
from ui.rounds import Rounds
from ui.screens.doctor.gate import DoctorGate


def doctor(
    stage: Stage, findings: tuple[Finding, ...] = examiner.HEALTHY, line: str = ""
) -> FakeExaminer:
    """The screen with these findings, one line selected."""
    fake = FakeExaminer(findings)
    stage.services = replace(stage.services, checkup=fake.checkup())
    stage.go("doctor")
    stage.show()
    if line:
        stage.screen.presenter.select(line)
    return fake


def drawn(stage: Stage) -> None:
    doctor(stage, examiner.picture(), "roll_printer")


def running(stage: Stage) -> None:
    """Seven of nine have come; the look at the others takes long."""
    doctor(stage, examiner.picture())
    rounds = stage.workplace._rounds
    later = frozenset({"id_reader", "fonts"})
    found = {k: f for k, f in rounds.now.found.items() if k not in later}
    rounds._put(found=found, looking=later, running=True)
    stage.screen.presenter.take_long()


def told(stage: Stage, part: str, findings: tuple[Finding, ...]) -> None:
    """F8 on a line."""
    doctor(stage, findings, part)
    stage.screen.press("F8")
    stage.settle()


def bundled(stage: Stage, answer: object = Path("求助包-qinghe-02-20261123.zip")) -> None:
    fake = doctor(stage, examiner.picture())
    fake.bundle = answer
    stage.screen.presenter.save_bundle(Path("U盘"))
    stage.settle()


def at_gate(stage: Stage, findings: tuple[Finding, ...] = examiner.HEALTHY) -> DoctorGate:
    """Over the log-in page."""
    log_in(stage)
    fake = FakeExaminer(findings)
    page = DoctorGate(
        lambda: fake.checkup(logged_in=False),
        Rounds(stage.tasks),
        stage.tasks,
        stage.window.end_visit,
    )
    stage.window.visit(page)
    stage.settle()
    return page


def _doctor(name: str, put: Callable[[Stage], object]) -> State:
    return State(f"设备自检・{name}", put)


DOCTOR = (
    _doctor("两处留意", drawn),
    _doctor("都正常", doctor),
    _doctor("先别受理", lambda s: doctor(s, examiner.stopped(), "disk")),
    _doctor("十九项都不对", lambda s: doctor(s, examiner.worst(), "part2")),
    _doctor("正在查", running),
    _doctor("网络的五步", lambda s: told(s, "network", examiner.picture())),
    _doctor("看一项的全部", lambda s: told(s, "part1", examiner.worst())),
    _doctor("求助包存好了", bundled),
    _doctor("登录以前", at_gate),
)
