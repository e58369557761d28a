"""Composition root: opens a profile and binds the use-cases into one frozen Services object."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from counter_app.catalog.facts import Facts
from counter_app.forms.answers import Answers
from counter_app.kernel.clock import ShiftableClock, SystemClock
from counter_app.kernel.errors import EnvironmentFault
from counter_app.kernel.problems import Problem
from counter_app.services import accept_case as accept
from counter_app.services import check_date as date_check
from counter_app.services import drop_draft as drop
from counter_app.services import load_facts as facts
from counter_app.services import log_access as log
from counter_app.services import open_draft as opening
from counter_app.services import reveal_person as revealing
from counter_app.services import reveal_phone as revealing_phone
from counter_app.services import save_draft as saving
from counter_app.services import start_case as starting
from counter_app.services import take_over as taking
from counter_app.services import tell_citizen as telling
from counter_app.services import void_case as voiding
from counter_app.services.context import Clerk, Counter
from counter_app.services.queries import case_view as case_query
from counter_app.services.queries import find as find_query
from counter_app.services.queries import home_summary as home_query
from counter_app.services.queries import household_card as household_query
from counter_app.services.queries import outbox as outbox_query
from counter_app.services.queries import worklist as work_query
from counter_app.services.read_identity import read_identity
from counter_app.store import schema
from counter_app.store.engine import open_engine
from counter_app.store.reference import open_reference


@dataclass(frozen=True, slots=True)
class Services:
    """Everything the window may ask for, bound to an opened profile and a clerk.

    Readers and writers of the database run on the database lane; none of them touches a widget.
    """

    counter: Counter
    find: Callable[[str], find_query.Findings]
    household_card: Callable[[str], household_query.HouseholdCard | None]
    home_summary: Callable[[], home_query.HomeSummary]
    worklist: Callable[[], tuple[work_query.WorkItem, ...]]
    task_detail: Callable[[str], work_query.TaskDetail | None]
    outbox: Callable[[], tuple[outbox_query.OutboxRow, ...]]
    case_view: Callable[[str], case_query.CaseView | None]
    start_case: Callable[[str, str, tuple[str, ...]], Answers]
    load_facts: Callable[[Answers, str, dt.date | None], Facts]
    save_draft: Callable[[saving.Draft], int]
    open_draft: Callable[[str], saving.Draft | None]
    drop_draft: Callable[[str], None]
    accept_case: Callable[[accept.AcceptCase], accept.CaseAccepted | accept.NotAccepted]
    void_case: Callable[[voiding.VoidCase], tuple[Problem, ...]]
    take_over: Callable[[str], bool]
    tell_citizen: Callable[[str, str], bool]
    reveal_person: Callable[[tuple[str, ...], str], tuple[revealing.FullPerson, ...] | Problem]
    reveal_phone: Callable[[str, str], str | Problem]
    log_access: Callable[[str, str, str], None]
    flush_access: Callable[[], None]
    check_date: Callable[[], date_check.DateDoubt | None]


def resources() -> Path:
    """The folder of bundled resources, beside the packages in a checkout and in the frozen program."""
    return Path(__file__).resolve().parent.parent / "resources"


def open_counter(folder: Path, data_key: bytes, clerk: Clerk) -> Counter:
    """Open an enrolled profile's databases for a clerk; migrates where needed.

    Raises:
        EnvironmentFault: not enrolled, damaged, newer than this program, or no room.
    """
    identity = read_identity(folder)
    if identity is None:
        raise EnvironmentFault("not_enrolled", "这台电脑还没启用", "请输县里给的启用码")
    path = folder / "station.db"
    station = open_engine(path, data_key)
    schema.upgrade(station, path, Path(__file__).resolve().parent.parent / "migrations" / "station")
    reference = open_reference(folder, data_key)
    return Counter(folder, station, reference, ShiftableClock(SystemClock()), identity, clerk)


def bind(counter: Counter) -> Services:
    """Bind every use-case to this counter."""
    return Services(
        counter=counter,
        find=partial(find_query.find, counter),
        household_card=partial(household_query.household_card, counter),
        home_summary=partial(home_query.home_summary, counter),
        worklist=partial(work_query.worklist, counter),
        task_detail=partial(work_query.task_detail, counter),
        outbox=partial(outbox_query.outbox, counter),
        case_view=partial(case_query.case_view, counter),
        start_case=partial(starting.start_case, counter),
        load_facts=partial(facts.load_facts, counter),
        save_draft=partial(saving.save_draft, counter),
        open_draft=partial(opening.open_draft, counter),
        drop_draft=partial(drop.drop_draft, counter),
        accept_case=partial(accept.accept_case, counter),
        void_case=partial(voiding.void_case, counter),
        take_over=partial(taking.take_over, counter),
        tell_citizen=partial(telling.tell_citizen, counter),
        reveal_person=partial(revealing.reveal_person, counter),
        reveal_phone=partial(revealing_phone.reveal_phone, counter),
        log_access=partial(log.log_access, counter),
        flush_access=partial(log.flush_access, counter),
        check_date=partial(date_check.check_date, counter),
    )
