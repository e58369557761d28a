"""States of the outbox: offline, every cause beside each other, giving, exported, limits; the limit at home."""

import dataclasses
from collections.abc import Callable
from pathlib import Path

from counter_app.bootstrap import Services
from counter_app.kernel.clock import today
from counter_app.services.accept_case import CaseAccepted
from counter_app.services.write_entry import Entry, write_entry
from counter_app.store import cases, journal, reference, sending
from counter_app.store.reference import Cursor
from counter_app.store.transaction import read, write
from counter_app.wire import keys
from counter_app.wire.case_body import NoteBody
from tests.fakes import station, worklists
from tests.gui.stage import Stage
from tests.gui.state import State
from tests.gui.townsfolk import HEAD, MOTHER, SON

CAUSES = ("network", "portal", "clock", "auth", "server", "disk_full", "version", "received")
ALONE = ("server", "refused", "unanswered", "network")
LONG_NAME = "阿卜杜热合曼·买买提吐尔逊·阿不都克里木"


def waiting(stage: Stage) -> list[CaseAccepted]:
    made = [worklists.accepted(stage.services, who) for who in (HEAD, MOTHER, SON)]
    with write(stage.counter.station) as tx:
        journal.postpone(tx, 1, stage.clock.at + 120_000)
    return made


def show(stage: Stage) -> None:
    stage.go("outbox")
    stage.show()


def offline(stage: Stage) -> None:
    waiting(stage)
    stage.offline(hours=2, minutes=52)
    show(stage)


def tried(stage: Stage) -> None:
    offline(stage)
    stage.screen.press("F5")


def every(services: Services) -> None:
    """Thirty entries of every cause, one of them of a person with a very long name; three cases back."""
    counter = services.counter
    made = worklists.full(services)
    with write(counter.station) as tx:
        row = cases.get(tx, made["held"].case_id)
        assert row is not None
        for n in (1, 2, 3):
            tx.exec_driver_sql(
                "update delivery set state = 1, result = 'rejected' where n = ?", (n,)
            )
        cases.put(tx, dataclasses.replace(row, applicant=LONG_NAME), [], [])
        for _ in range(27):
            entry = Entry("note", made["held"].case_id, 0, today(counter.clock))
            write_entry(counter, tx, entry, NoteBody(what="told"))
        for n, why in enumerate(CAUSES, 5):
            tx.exec_driver_sql("update delivery set result = ?, tries = ? where n = ?", (why, n, n))
        for n, why in enumerate(ALONE, 20):
            sending.set_apart(tx, n, sending.Fared(why, 2), counter.clock.now_ms() + n * 60_000)


def every_cause(stage: Stage) -> None:
    every(stage.services)
    stage.offline(hours=49)
    show(stage)


def giving(stage: Stage) -> None:
    with write(stage.counter.reference) as tx:
        rows = [["0512", "王芳", "accept", True], ["0513", "赵凯", "accept", True]]
        reference.apply_rows(tx, "clerks", ("clerk", "name", "rights", "active"), rows)
    every_cause(stage)
    stage.screen.press("F4")


def exported(stage: Stage) -> None:
    waiting(stage)
    stage.offline(hours=2, minutes=52)
    folder = stage.folder / "stick"
    folder.mkdir()
    key = keys.sealing_public(keys.new_sealing_key())
    with write(stage.counter.station) as tx:
        tx.exec_driver_sql(
            "insert into meta(key, value) values (?, ?)", ("centre_seal_key", keys.text(key))
        )
    show(stage)
    stage.screen.presenter.export(folder)


def no_key(stage: Stage) -> None:
    offline(stage)
    stage.screen.presenter.export(Path(stage.folder))


def limit(stage: Stage, *, hold: bool = False, where: str = "outbox") -> None:
    waiting(stage)
    feed = f"decisions.{station.STATION.code}"
    with write(stage.counter.reference) as tx:
        at = Cursor(feed, "e1", 1, (), boot_done=True, pulled_at=stage.clock.at - 9 * 86_400_000)
        reference.put_cursor(tx, at)
        if hold:
            rows = [["hold.offline_hours", "168"]]
            reference.apply_rows(tx, "control", ("key", "value"), rows)
    stage.offline(hours=2, minutes=52)
    stage.go(where)
    stage.show()


def nothing(stage: Stage) -> None:
    show(stage)


def waits(services: Services) -> int:
    with read(services.counter.station) as tx:
        return journal.pending_count(tx)


def _free(name: str, put: Callable[[Stage], object]) -> State:
    """What the centre wrote and a name of any length may be cut in the list: F8 has it whole."""
    return State(name, put, long=("中心", LONG_NAME[:1], "王", "委托"))


OUTBOX = (
    State("待发・离线，三件", offline),
    State("待发・正在试", tried),
    _free("待发・三十件，各样原因", every_cause),
    _free("待发・交给同事", giving),
    State("待发・导出好了", exported),
    State("待发・没有封口钥匙", no_key),
    State("待发・九天没连上", limit),
    State("待发・县里要求先停", lambda s: limit(s, hold=True)),
    State("首页・九天没连上", lambda s: limit(s, where="home")),
    State("首页・县里要求先停", lambda s: limit(s, hold=True, where="home")),
    State("待发・都到中心了", nothing),
)
