"""What was begun to be written outside a form is back after SIGKILL."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from counter_app.bootstrap import bind
from tests.fakes import people, station, worklists
from tests.fakes.navigator import FakeNavigator
from tests.fakes.tasks import FakeTasks
from tests.fault.victim import open_services
from ui.screens.void.presenter import VoidPresenter, VoidState

pytestmark = pytest.mark.fault


class Window:
    """Shows nothing, lets time pass at once."""

    def show_state(self, state: VoidState) -> None:
        self.state = state

    def later(self, ms: int, what: object) -> None:
        assert callable(what)
        what()


def test_half_a_void_comes_back_after_the_power_went(tmp_path: Path) -> None:
    key = bytes(range(32))
    services = bind(station.make_counter(tmp_path, key=key))
    case = worklists.accepted(services, str(people.HEAD[0]))
    worklists.printed(services.counter, case)
    services.counter.station.dispose()
    services.counter.reference.dispose()
    words = [sys.executable, "-m", "tests.fault.typist", str(tmp_path), key.hex(), case.case_id]
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(words, env=env, capture_output=True, timeout=60, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    again = open_services(tmp_path, key)
    window = Window()
    presenter = VoidPresenter(again, FakeTasks(), FakeNavigator(), window)
    presenter.open(case.case_id)
    assert (window.state.reason, window.state.words) == ("wrong_item", "事项选错")
    assert [p.back for p in window.state.papers] == [True, False]
    presenter.explain(window.state.papers[1].sheet, "本人带走了")
    presenter.void()
    assert window.state.done
    assert again.read_jotting("void", case.case_id) == {}
