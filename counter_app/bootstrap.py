"""Composition root: opens a profile and binds the use-cases into one frozen Services object."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from counter_app.catalog.facts import Facts, Hospital
from counter_app.catalog.item import Asked
from counter_app.devices.choose_printer import choose_printer, choose_roll
from counter_app.forms.answers import Answers
from counter_app.kernel.clock import ShiftableClock, SystemClock
from counter_app.kernel.errors import EnvironmentFault
from counter_app.kernel.problems import Problem
from counter_app.services import accept_case as accept
from counter_app.services import answer_paper as answering
from counter_app.services import check_date as date_check
from counter_app.services import decode_voucher as decoding
from counter_app.services import drop_draft as drop
from counter_app.services import find_person_online as asking
from counter_app.services import jot as jotting
from counter_app.services import load_facts as facts
from counter_app.services import log_access as log
from counter_app.services import note_identity as identifying
from counter_app.services import open_draft as opening
from counter_app.services import print_notice as noticing
from counter_app.services import print_slip as slipping
from counter_app.services import read_jotting as reading_jotting
from counter_app.services import request_print as requesting
from counter_app.services import reveal_person as revealing
from counter_app.services import reveal_phone as revealing_phone
from counter_app.services import run_print_job as printing
from counter_app.services import save_draft as saving
from counter_app.services import start_case as starting
from counter_app.services import take_over as taking
from counter_app.services import tell_citizen as telling
from counter_app.services import verify_receipt as verifying
from counter_app.services import void_case as voiding
from counter_app.services.context import Clerk, Counter
from counter_app.services.queries import case_view as case_query
from counter_app.services.queries import chain_head as chain_query
from counter_app.services.queries import find as find_query
from counter_app.services.queries import home_summary as home_query
from counter_app.services.queries import hospitals as hospital_query
from counter_app.services.queries import household_card as household_query
from counter_app.services.queries import outbox as outbox_query
from counter_app.services.queries import print_state as paper_query
from counter_app.services.queries import settings as setting_query
from counter_app.services.queries import worklist as work_query
from counter_app.services.read_identity import read_identity
from counter_app.store import schema
from counter_app.store.engine import open_engine
from counter_app.store.print_jobs import PrintJob
from counter_app.store.reference import open_reference


@dataclass(frozen=True, slots=True)
class Services:
    """Everything the window may ask for, bound to an opened profile and a clerk.

    Readers and writers of the database run on the database lane; none of them touches a widget.
    """

    counter: Counter
    find: Callable[[str], find_query.Findings]
    find_person_online: Callable[[asking.FindOnline], asking.FoundOnline | Problem]
    decode_voucher: Callable[[str, str], find_query.PersonHit | Problem]
    note_identity: Callable[[str, str, str], None]
    hospitals: Callable[[str], tuple[Hospital, ...]]
    household_card: Callable[[str], household_query.HouseholdCard | None]
    home_summary: Callable[[], home_query.HomeSummary]
    worklist: Callable[[], tuple[work_query.WorkItem, ...]]
    task_detail: Callable[[str], work_query.TaskDetail | None]
    outbox: Callable[[], tuple[outbox_query.OutboxRow, ...]]
    case_view: Callable[[str], case_query.CaseView | None]
    start_case: Callable[[str, str, tuple[str, ...]], Answers]
    load_facts: Callable[[Asked, str, dt.date | None], Facts]
    save_draft: Callable[[saving.Draft], int]
    open_draft: Callable[[str], saving.Draft | None]
    drop_draft: Callable[[str], None]
    jot: Callable[[str, str, Mapping[str, str]], None]
    read_jotting: Callable[[str, str], dict[str, str]]
    accept_case: Callable[[accept.AcceptCase], accept.CaseAccepted | accept.NotAccepted]
    void_case: Callable[[voiding.VoidCase], tuple[Problem, ...]]
    take_over: Callable[[str], bool]
    tell_citizen: Callable[[str, str], bool]
    reveal_person: Callable[[tuple[str, ...], str], tuple[revealing.FullPerson, ...] | Problem]
    reveal_phone: Callable[[str, str], str | Problem]
    log_access: Callable[[str, str, str], None]
    flush_access: Callable[[], None]
    check_date: Callable[[], date_check.DateDoubt | None]
    chain_head: Callable[[], chain_query.ChainHead]
    request_print: Callable[[str, str], str | Problem]
    run_print_job: Callable[[str], PrintJob]
    answer_paper: Callable[[str, str], str]
    papers_in_doubt: Callable[[], tuple[paper_query.PaperState, ...]]
    papers_waiting: Callable[[], tuple[paper_query.PaperState, ...]]
    verify_receipt: Callable[[str], verifying.ReceiptVerdict]
    print_notice: Callable[[str], str | Problem]
    print_slip: Callable[[str], str | Problem]
    confirm_date: Callable[[int, bool], None]
    settings: Callable[[], dict[str, str]]


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
    begins = not path.exists()
    station = open_engine(path, data_key)
    schema.upgrade(station, path, Path(__file__).resolve().parent.parent / "migrations" / "station")
    reference = open_reference(folder, data_key)
    clock = ShiftableClock(SystemClock())
    counter = Counter(folder, station, reference, clock, identity, clerk)
    if begins:
        # later log-ins write themselves; this one had no access log yet
        log.log_access(counter, "log_in", "")
    return counter


def bind(counter: Counter) -> Services:
    """Bind every use-case to this counter and to the printers its profile names."""
    printer = choose_printer(counter.profile, counter.identity.station.code)
    return Services(
        counter=counter,
        find=partial(find_query.find, counter),
        find_person_online=partial(asking.find_person_online, counter),
        decode_voucher=partial(decoding.decode_voucher, counter),
        note_identity=partial(identifying.note_identity, counter),
        hospitals=partial(hospital_query.hospitals, counter),
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
        jot=partial(jotting.jot, counter),
        read_jotting=partial(reading_jotting.read_jotting, counter),
        accept_case=partial(accept.accept_case, counter),
        void_case=partial(voiding.void_case, counter),
        take_over=partial(taking.take_over, counter),
        tell_citizen=partial(telling.tell_citizen, counter),
        reveal_person=partial(revealing.reveal_person, counter),
        reveal_phone=partial(revealing_phone.reveal_phone, counter),
        log_access=partial(log.log_access, counter),
        flush_access=partial(log.flush_access, counter),
        check_date=partial(date_check.check_date, counter),
        chain_head=partial(chain_query.chain_head, counter),
        request_print=partial(requesting.request_print, counter),
        run_print_job=partial(
            printing.run_print_job,
            counter,
            printer=printer,
            find_roll=partial(choose_roll, counter.profile),
        ),
        answer_paper=partial(answering.answer_paper, counter),
        papers_in_doubt=partial(paper_query.papers_in_doubt, counter),
        papers_waiting=partial(paper_query.papers_waiting, counter),
        verify_receipt=partial(verifying.verify_receipt, counter),
        print_notice=partial(noticing.print_notice, counter),
        print_slip=partial(slipping.print_slip, counter, printer=printer),
        confirm_date=lambda at_ms, changed: date_check.confirm_date(
            counter, at_ms, changed=changed
        ),
        settings=partial(setting_query.settings, counter),
    )


class SyncHandle(Protocol):
    """The running sync as the window sees it."""

    def kick(self) -> None:
        """Try now."""
        ...

    def stop(self) -> bool:
        """End after the exchange under way."""
        ...


def start_sync(counter: Counter, on_change: Callable[[set[str]], None]) -> SyncHandle:
    """Start the sync's thread; `on_change` hears on that thread which feeds brought something."""
    from counter_app.sync.worker import Worker

    worker = Worker(counter, on_change)
    worker.start()
    return worker
