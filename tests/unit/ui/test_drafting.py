"""Keeping what is typed: a full disk is said and nothing is lost; a killed process has its draft."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from counter_app.forms.answers import Answers
from counter_app.kernel.errors import EnvironmentFault
from counter_app.services.save_draft import Draft
from tests.unit.ui.enrolment_desk import HEAD, HOUSE, Desk
from ui.screens.enrolment.opening import ITEM


def fill_the_disk(desk: Desk) -> None:
    """No page more than the file has now, and every page full."""
    engine = desk.services.counter.station

    def limit(connection: object, _record: object) -> None:
        cursor = connection.cursor()  # type: ignore[attr-defined]  # the driver's own connection
        cursor.execute("PRAGMA max_page_count = 1")
        cursor.close()

    engine.dispose()
    sa.event.listen(engine, "connect", limit)
    with pytest.raises(EnvironmentFault) as full:
        stuff(desk)
    assert full.value.code == "disk_full"


def stuff(desk: Desk) -> None:
    for serial in range(1000):
        answers = Answers({"memo": "满" * 200})
        desk.services.save_draft(Draft(f"stuffing-{serial}", ITEM, answers))


def test_a_full_disk_is_said_and_everything_stays_on_the_screen(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.presenter.open_new(HOUSE, (HEAD,))
    fill_the_disk(desk)
    desk.type("memo", "很长的备注" * 40)
    notice = desk.state.notice
    assert notice is not None
    assert (notice.tone, notice.title, notice.cap) == ("bad", "没存上：磁盘满了", "F5")
    assert "这件还在屏幕上，没有丢" in notice.text
    assert desk.field("memo").answer.startswith("很长的备注")
    assert not desk.presenter.close()
    desk.presenter.open_new("", ())
    assert desk.field("memo").answer.startswith("很长的备注")


def test_the_banner_goes_when_saving_works_again(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    works = desk.services.save_draft
    full = EnvironmentFault("disk_full", "没存上：磁盘满了。这件还在屏幕上，没有丢", "腾出空间")
    broken = [True]

    def save(draft: object) -> int:
        if broken:
            raise full
        return works(draft)  # type: ignore[arg-type]  # the draft it was given

    desk = Desk(tmp_path, replace(desk.services, save_draft=save))
    desk.presenter.open_new(HOUSE, (HEAD,))
    desk.type("memo", "一")
    assert desk.state.notice is not None
    broken.clear()
    desk.presenter.save()
    assert desk.state.notice is None
    assert desk.state.saved == "草稿 14:30:00 已存"
    assert desk.presenter.close()


def test_a_failing_acceptance_keeps_the_form_and_the_draft(tmp_path: Path) -> None:
    desk = Desk(tmp_path)

    def refuse(_command: object) -> object:
        raise EnvironmentFault("disk_full", "没存上：磁盘满了。这件还在屏幕上，没有丢", "腾出空间")

    desk = Desk(tmp_path, replace(desk.services, accept_case=refuse))
    desk.presenter.open_new(HOUSE, (HEAD,))
    desk.see_all()
    desk.presenter.accept()
    assert desk.state.notice is not None
    assert desk.state.notice.title == "没存上：磁盘满了"
    assert desk.state.may_accept
    assert desk.went.went == []
    desk.type("memo", "还能填")
    assert desk.services.worklist()[0].kind == "open_draft"


_VICTIM = """
import os, signal, sys
from pathlib import Path
from tests.unit.ui.enrolment_desk import HEAD, HOUSE, Desk
import tests.fakes.station as station
station.secrets.token_bytes = lambda n: bytes(range(n))
desk = Desk(Path(sys.argv[1]))
desk.presenter.open_new(HOUSE, (HEAD,))
desk.presenter.focus("memo")
desk.presenter.edit("memo", "打到一半")
desk.view.pass_time()
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.fault
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
def test_a_killed_window_leaves_what_was_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _VICTIM, str(tmp_path)],
        cwd=Path(__file__).resolve().parents[3],
        env={**os.environ, "PYTHONPATH": "."},
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    monkeypatch.setattr("tests.fakes.station.secrets.token_bytes", lambda n: bytes(range(n)))
    desk = Desk(tmp_path)
    desk.presenter.open_draft(desk.services.worklist()[0].ref)
    assert desk.field("memo").answer == "打到一半"
    assert desk.view.cursor == "memo"
