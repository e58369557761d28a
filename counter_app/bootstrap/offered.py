"""What the window may ask for, as one frozen value of functions."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from counter_app.bootstrap.checkup import Checkup
from counter_app.catalog.facts import Facts, Hospital
from counter_app.catalog.item import Asked
from counter_app.devices.camera.port import Camera
from counter_app.forms.answers import Answers
from counter_app.kernel.problems import Problem
from counter_app.services import accept_case as accept
from counter_app.services import answer_hold as answering
from counter_app.services import check_date as date_check
from counter_app.services import export_outgoing as exporting
from counter_app.services import find_person_online as asking
from counter_app.services import reveal_person as revealing
from counter_app.services import save_draft as saving
from counter_app.services import verify_receipt as verifying
from counter_app.services import void_case as voiding
from counter_app.services.context import Clerk, Counter
from counter_app.services.queries import case_view as case_query
from counter_app.services.queries import chain_head as chain_query
from counter_app.services.queries import conflict_view as conflict_query
from counter_app.services.queries import day_close as day_query
from counter_app.services.queries import find as find_query
from counter_app.services.queries import home_summary as home_query
from counter_app.services.queries import household_card as household_query
from counter_app.services.queries import outbox as outbox_query
from counter_app.services.queries import print_state as paper_query
from counter_app.services.queries import worklist as work_query
from counter_app.store.print_jobs import PrintJob


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
    retry_now: Callable[[int], int]
    export_outgoing: Callable[[Path], exporting.Exported | Problem]
    colleagues: Callable[[], tuple[Clerk, ...]]
    hand_over: Callable[[str, str], Problem | None]
    case_view: Callable[[str], case_query.CaseView | None]
    item_of: Callable[[str], str]
    start_case: Callable[[str, str, tuple[str, ...]], Answers]
    load_facts: Callable[[Asked, str, dt.date | None], Facts]
    save_draft: Callable[[saving.Draft], int]
    open_draft: Callable[[str], saving.Draft | None]
    drop_draft: Callable[[str], None]
    jot: Callable[[str, str, Mapping[str, str]], None]
    read_jotting: Callable[[str, str], dict[str, str]]
    accept_case: Callable[[accept.AcceptCase], accept.CaseAccepted | accept.NotAccepted]
    void_case: Callable[[voiding.VoidCase], tuple[Problem, ...]]
    conflict_view: Callable[[str], conflict_query.ConflictView | None]
    answer_hold: Callable[[answering.AnswerHold], tuple[Problem, ...]]
    take_over: Callable[[str], bool]
    tell_citizen: Callable[[str, str], bool]
    reveal_person: Callable[[tuple[str, ...], str], tuple[revealing.FullPerson, ...] | Problem]
    reveal_phone: Callable[[str, str], str | Problem]
    log_access: Callable[[str, str, str], None]
    flush_access: Callable[[], None]
    check_date: Callable[[], date_check.DateDoubt | None]
    chain_head: Callable[[], chain_query.ChainHead]
    day_close: Callable[[dt.date, str], day_query.DayReading]
    close_day: Callable[[dt.date, str], day_query.Closed | Problem]
    request_print: Callable[[str, str], str | Problem]
    run_print_job: Callable[[str], PrintJob]
    answer_paper: Callable[[str, str], str]
    papers_in_doubt: Callable[[], tuple[paper_query.PaperState, ...]]
    papers_waiting: Callable[[], tuple[paper_query.PaperState, ...]]
    verify_receipt: Callable[[str], verifying.ReceiptVerdict]
    print_notice: Callable[[str], str | Problem]
    print_slip: Callable[[str], str | Problem]
    print_test_page: Callable[[], str | Problem]
    print_day_close: Callable[[dt.date, str], str]
    print_told: Callable[[str, Answers], str | Problem]
    confirm_date: Callable[[int, bool], None]
    settings: Callable[[], dict[str, str]]
    open_camera: Callable[[], Camera]
    checkup: Checkup
