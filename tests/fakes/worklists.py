"""A worklist with something of every kind on it."""

import msgspec

from counter_app.bootstrap import Services
from counter_app.services.accept_case import AcceptCase, CaseAccepted
from counter_app.services.context import Counter
from counter_app.services.save_draft import Draft
from counter_app.store import cases, print_jobs, tasks
from counter_app.store.tasks import TaskRow
from counter_app.store.transaction import write
from counter_app.wire.messages import DecisionBody
from tests.fakes import people, station


def accepted(services: Services, *certnos: str) -> CaseAccepted:
    answers = station.ready(services, *certnos)
    result = services.accept_case(AcceptCase("", "resident-enrolment", answers))
    assert isinstance(result, CaseAccepted), result
    return result


def decide(counter: Counter, case: CaseAccepted, kind: str, until: str = "") -> None:
    """The centre's decision as the sync leaves it."""
    body = DecisionBody(
        case_no=case.case_no,
        case_id=case.case_id,
        rev=1,
        kind=kind,
        code="MATERIAL" if kind == "rejected" else "DUP_ENROL",
        text="低保证号不符" if kind == "rejected" else "柳林镇站同日登记了同一人同一年度",
        points=(
            ("低保证号 0719 应为 0791", "照证改好再报", "参保登记材料核对"),
            ("委托书没签名", "代办人来补签", ""),
        ),
        who_comes="代办人来补签一次；证号照复印件改，不用来",
        meanwhile="登记有效，先按 400.00 计；改好后按 120.00",
        until=until,
        phone="0000-7654321",
    )
    now = counter.clock.now_ms()
    text = msgspec.json.encode(body).decode("utf-8")
    with write(counter.station) as tx:
        cases.set_state(tx, case.case_id, kind)
        tasks.put(
            tx, TaskRow(f"t-{case.case_id}", case.case_id, kind, text, now, until, "", "", "")
        )
        words = "中心退回" if kind == "rejected" else "中心要裁决"
        cases.remember(tx, case.case_id, now, words)


def fail_print(counter: Counter, case: CaseAccepted) -> None:
    now = counter.clock.now_ms()
    with write(counter.station) as tx:
        print_jobs.move(tx, case.jobs[0], print_jobs.FAILED, now, "打印机缺纸，装纸后再打")


def printed(counter: Counter, case: CaseAccepted) -> None:
    with write(counter.station) as tx:
        for job in case.jobs:
            print_jobs.move(tx, job, print_jobs.PRINTED, counter.clock.now_ms())


def full(services: Services) -> dict[str, CaseAccepted]:
    """One rejected and overdue, one rejected in time, one held, one unprinted, two drafts."""
    counter = services.counter
    made = {
        "overdue": accepted(services, str(people.HEAD[0])),
        "rejected": accepted(services, str(people.MOTHER[0])),
        "held": accepted(services, str(people.SON[0])),
    }
    decide(counter, made["overdue"], "rejected", "2026-11-22")
    decide(counter, made["rejected"], "rejected", "2026-11-27")
    decide(counter, made["held"], "held")
    fail_print(counter, made["held"])
    answers = station.ready(services, str(people.SON[0]))
    services.save_draft(
        Draft("parked", "resident-enrolment", answers, words="去车上取户口簿", parked=True)
    )
    services.save_draft(Draft("half", "resident-enrolment", answers))
    return made
