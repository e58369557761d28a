"""Binds every use-case to an opened profile and to the printers it names."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from counter_app.bootstrap.checkup import Pc, make_checkup
from counter_app.bootstrap.offered import Services
from counter_app.devices.choose_printer import choose_printer, choose_roll
from counter_app.services import accept_case as accept
from counter_app.services import answer_hold as answering_hold
from counter_app.services import answer_paper as answering
from counter_app.services import check_date as date_check
from counter_app.services import close_day as closing
from counter_app.services import decode_voucher as decoding
from counter_app.services import drop_draft as drop
from counter_app.services import export_outgoing as exporting
from counter_app.services import find_person_online as asking
from counter_app.services import hand_over as giving
from counter_app.services import jot as jotting
from counter_app.services import load_facts as facts
from counter_app.services import log_access as log
from counter_app.services import note_identity as identifying
from counter_app.services import open_camera as looking
from counter_app.services import open_draft as opening
from counter_app.services import print_day_close as day_printing
from counter_app.services import print_notice as noticing
from counter_app.services import print_slip as slipping
from counter_app.services import print_test_page as trying
from counter_app.services import print_told as telling_all
from counter_app.services import read_jotting as reading_jotting
from counter_app.services import request_print as requesting
from counter_app.services import retry_now as retrying
from counter_app.services import reveal_person as revealing
from counter_app.services import reveal_phone as revealing_phone
from counter_app.services import run_print_job as printing
from counter_app.services import save_draft as saving
from counter_app.services import start_case as starting
from counter_app.services import take_over as taking
from counter_app.services import tell_citizen as telling
from counter_app.services import verify_receipt as verifying
from counter_app.services import void_case as voiding
from counter_app.services.context import Counter
from counter_app.services.queries import case_view as case_query
from counter_app.services.queries import chain_head as chain_query
from counter_app.services.queries import colleagues as colleague_query
from counter_app.services.queries import conflict_view as conflict_query
from counter_app.services.queries import day_close as day_query
from counter_app.services.queries import find as find_query
from counter_app.services.queries import home_summary as home_query
from counter_app.services.queries import hospitals as hospital_query
from counter_app.services.queries import household_card as household_query
from counter_app.services.queries import item_of as item_query
from counter_app.services.queries import outbox as outbox_query
from counter_app.services.queries import print_state as paper_query
from counter_app.services.queries import settings as setting_query
from counter_app.services.queries import worklist as work_query

BOUND: Mapping[str, Callable[..., Any]] = {
    "find": find_query.find,
    "find_person_online": asking.find_person_online,
    "decode_voucher": decoding.decode_voucher,
    "note_identity": identifying.note_identity,
    "hospitals": hospital_query.hospitals,
    "household_card": household_query.household_card,
    "home_summary": home_query.home_summary,
    "worklist": work_query.worklist,
    "task_detail": work_query.task_detail,
    "outbox": outbox_query.outbox,
    "retry_now": retrying.retry_now,
    "export_outgoing": exporting.export_outgoing,
    "colleagues": colleague_query.colleagues,
    "hand_over": giving.hand_over,
    "case_view": case_query.case_view,
    "item_of": item_query.item_of,
    "start_case": starting.start_case,
    "load_facts": facts.load_facts,
    "save_draft": saving.save_draft,
    "open_draft": opening.open_draft,
    "drop_draft": drop.drop_draft,
    "jot": jotting.jot,
    "read_jotting": reading_jotting.read_jotting,
    "accept_case": accept.accept_case,
    "void_case": voiding.void_case,
    "conflict_view": conflict_query.conflict_view,
    "answer_hold": answering_hold.answer_hold,
    "take_over": taking.take_over,
    "tell_citizen": telling.tell_citizen,
    "reveal_person": revealing.reveal_person,
    "reveal_phone": revealing_phone.reveal_phone,
    "log_access": log.log_access,
    "flush_access": log.flush_access,
    "check_date": date_check.check_date,
    "chain_head": chain_query.chain_head,
    "day_close": day_query.day_close,
    "close_day": closing.close_day,
    "request_print": requesting.request_print,
    "answer_paper": answering.answer_paper,
    "papers_in_doubt": paper_query.papers_in_doubt,
    "papers_waiting": paper_query.papers_waiting,
    "verify_receipt": verifying.verify_receipt,
    "print_notice": noticing.print_notice,
    "settings": setting_query.settings,
    "open_camera": looking.open_camera,
}
"""Field of Services -> the use-case whose first argument is the counter; a test compares signatures."""


def bind(counter: Counter) -> Services:
    """Every use-case with this counter; those that print with the profile's printers."""
    printer = choose_printer(counter.profile, counter.identity.station.code)
    test_page = partial(trying.print_test_page, counter, printer=printer)
    return Services(
        counter=counter,
        run_print_job=partial(
            printing.run_print_job,
            counter,
            printer=printer,
            find_roll=partial(choose_roll, counter.profile),
        ),
        print_day_close=partial(day_printing.print_day_close, counter, printer=printer),
        print_slip=partial(slipping.print_slip, counter, printer=printer),
        print_test_page=test_page,
        print_told=partial(telling_all.print_told, counter, printer=printer),
        confirm_date=lambda at_ms, changed: date_check.confirm_date(
            counter, at_ms, changed=changed
        ),
        checkup=make_checkup(
            Pc(counter.profile, counter.clock.under, counter), print_test_page=test_page
        ),
        **{name: partial(use_case, counter) for name, use_case in BOUND.items()},
    )
