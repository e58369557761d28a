"""States of the day's close: in order, one waiting for the centre, much amiss, offline, empty, closed."""

from dataclasses import replace

from counter_app.bootstrap import Services, bind
from counter_app.services.accept_case import CaseAccepted
from counter_app.services.context import Clerk
from counter_app.services.save_draft import Draft
from counter_app.services.void_case import TAKEN_BACK, VoidCase
from counter_app.store import journal, meta, print_jobs
from counter_app.store.transaction import write
from counter_app.sync.push import CENTRE_HEAD, CENTRE_N
from tests.fakes import station, worklists
from tests.gui.stage import Stage
from tests.gui.state import State
from tests.gui.townsfolk import HEAD, MOTHER, SON
from tests.unit.printing import day_samples

OTHER = Clerk("0315", "周建国", ("accept",))


def confirm(services: Services, through: int = 999) -> None:
    """The centre confirms up to an entry, as the sync leaves it."""
    with write(services.counter.station) as tx:
        for entry in journal.pending(tx, 999):
            if entry.n <= through:
                journal.ack(tx, entry.op_id, "accepted")
        n = min(through, journal.tip(tx).n)
        meta.put(tx, CENTRE_N, str(n))
        meta.put(tx, CENTRE_HEAD, journal.head_at(tx, n))


def morning(stage: Stage) -> list[CaseAccepted]:
    """Three cases of two clerks, all printed."""
    other = bind(replace(stage.counter, clerk=OTHER))
    made = [
        worklists.accepted(stage.services, HEAD),
        worklists.accepted(other, MOTHER),
        worklists.accepted(stage.services, SON),
    ]
    for case in made:
        worklists.printed(stage.counter, case)
    return made


def go(stage: Stage) -> None:
    """By the rail; what it reads arrives after it came to the front."""
    place = stage.workplace
    stage.tasks.held = True
    place.press("Ctrl+5")
    stage.tasks.held = False
    stage.settle()
    stage.tasks.run()
    stage.settle()
    stage.show()


def in_order(stage: Stage) -> None:
    morning(stage)
    confirm(stage.services)
    go(stage)


def one_waits(stage: Stage) -> None:
    morning(stage)
    confirm(stage.services, 2)
    answers = station.ready(stage.services, SON)
    stage.services.save_draft(Draft("p", "resident-enrolment", answers, words="取户口簿"))
    go(stage)


def amiss(stage: Stage) -> None:
    """Paper out, a void whose receipt is gone, one sent back, and nothing after the first confirmed."""
    first, second, third = morning(stage)
    confirm(stage.services, 2)
    worklists.decide(stage.counter, first, "rejected")
    papers = (("QH-HZ-01", "本人已离开"), ("QH-CB-01", TAKEN_BACK))
    other = bind(replace(stage.counter, clerk=OTHER))
    assert other.void_case(VoidCase(second.case_id, "other", "录错", papers)) == ()
    worklists.fail_print(stage.counter, third)
    go(stage)


def in_doubt(stage: Stage, *, asking: bool = True) -> None:
    """The printer never answered; F7 asks whether paper came out."""
    first, *_ = morning(stage)
    confirm(stage.services)
    with write(stage.counter.station) as tx:
        print_jobs.move(tx, first.jobs[0], print_jobs.PRINTING, stage.clock.at)
    stage.clock.move(minutes=5)
    go(stage)
    if asking:
        stage.screen.press("F7")


def offline(stage: Stage) -> None:
    morning(stage)
    confirm(stage.services, 2)
    stage.offline(hours=2, minutes=52)
    go(stage)


def forked(stage: Stage) -> None:
    morning(stage)
    confirm(stage.services)
    with write(stage.counter.station) as tx:
        meta.put(tx, CENTRE_HEAD, "f" * 64)
    go(stage)


def closed(stage: Stage) -> None:
    in_order(stage)
    stage.screen.press("F9")


def closed_without_paper(stage: Stage) -> None:
    in_order(stage)
    stage.printer.trouble = "打印机缺纸"
    stage.screen.press("F9")


def one_clerk(stage: Stage) -> None:
    one_waits(stage)
    stage.screen.presenter.show_scope(OTHER.id)


def worst(stage: Stage) -> None:
    """Sixty cases, twelve differences, three clerks, one of them with the longest name."""
    reading = replace(day_samples.worst_day(), drafts=14, waiting=3)
    stage.services = replace(stage.services, day_close=lambda _day, _clerk: reading)
    stage.offline(hours=2, minutes=52)
    go(stage)


DAYCLOSE = (
    State("日结・差一件", one_waits),
    State("日结・账平了", in_order),
    State("日结・差好几处", amiss),
    State("日结・不知道出来没有", lambda s: in_doubt(s, asking=False)),
    State("日结・问纸出来了吗", in_doubt),
    State("日结・离线", offline),
    State("日结・链头对不上", forked),
    State("日结・只看一位经办", one_clerk),
    State("日结・结好了", closed),
    State("日结・结好了，没纸", closed_without_paper),
    State("日结・六十件，十二处差", worst),
    State("日结・没有业务", go),
)
