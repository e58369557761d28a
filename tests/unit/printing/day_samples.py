"""Days for the sheet: the ordinary one, and the worst there is."""

import datetime as dt
from dataclasses import replace

from counter_app.domain.case.state import LABELS
from counter_app.domain.day_close import causes
from counter_app.domain.day_close.facts import DayFacts
from counter_app.domain.day_close.reckon import reckon
from counter_app.kernel import masking
from counter_app.services.queries.day_close import NEVER, Closed, DayReading
from counter_app.services.queries.other_pcs import OtherCase, OtherPc
from counter_app.store.other_closes import OtherClose
from tests.unit.domain.day_close.made import ITEMS, Made
from tests.unit.printing.samples import LONG_NAME, RARE

NAMES = {
    "resident-enrolment": "城乡居民参保登记",
    "offsite-filing": "异地就医备案",
    "manual-reimbursement": "医疗费用手工报销",
}
CLERKS = (("0312", "李敏"), ("0315", "周建国"), ("0318", LONG_NAME))
PEOPLE = ("王秀兰", "赵国强", RARE[:2], RARE, LONG_NAME, "𠅤㛃", "丁")


def dress(facts: DayFacts) -> DayFacts:
    """Items and people with their names."""
    cases = {
        case_id: replace(
            case,
            item_name=NAMES[case.item],
            who=masking.name(PEOPLE[at % len(PEOPLE)]),
            tail=f"{at:03}X",
        )
        for at, (case_id, case) in enumerate(facts.cases.items())
    }
    return replace(facts, cases=cases)


def reading(facts: DayFacts, clerk: str = "", closed: Closed = NEVER, **more: object) -> DayReading:
    whole = reckon(facts)
    plain = DayReading(
        close=reckon(facts, clerk),
        names=CLERKS,
        station_cases=tuple((g.key, g.counts.cases) for g in whole.by_clerk),
        closed=closed,
        since=0,
        is_today=True,
        net="online",
        net_words="在线",
        confirmed_words="今天 16:58",
        others=(),
        drafts=0,
        waiting=0,
        pack="示范县 2026.1",
        invented=True,
    )
    return replace(plain, **more)


ONCE = Closed(1, 24, 1_795_424_700_000, "李敏")


def plain_day() -> DayFacts:
    made = Made()
    for at in range(23):
        made.case(CLERKS[at % 2][0], ITEMS[0 if at < 12 else at % 3], copies=int(at == 4))
    made.case(cause=causes.NOT_SENT)
    return dress(made.confirmed_to(23))


def equal_day() -> DayFacts:
    made = Made()
    for at in range(5):
        made.case(CLERKS[at % 2][0], ITEMS[at % 3], voided=at == 3)
    return dress(made.facts())


def other_pc(letter: str, count: int, closed: OtherClose | None = None) -> OtherPc:
    """A PC of the station with so many cases at the centre."""
    made = [
        OtherCase(
            case_id=f"{letter}{at}",
            case_no=f"990101104000-261123-{letter}-{at + 1:04}-Y",
            item_name=list(NAMES.values())[at % 3],
            who=masking.name(PEOPLE[at % len(PEOPLE)]),
            tail=f"{at:03}X",
            clerk_name=LONG_NAME if at % 4 == 3 else "孙丽",
            state=tuple(LABELS.values())[at % len(LABELS)],
        )
        for at in range(count)
    ]
    return OtherPc(letter, dt.date(2026, 11, 23), tuple(made), closed, more=closed is not None)


def worst_day() -> DayReading:
    """Sixty cases of three clerks, twelve differences, another PC, no network, closed before."""
    made = Made()
    wrong = [
        c
        for c in causes.CAUSES
        if c not in {causes.NOT_COUNTED, causes.QUARANTINED, causes.NO_RECORD}
    ]
    plan = [*wrong, causes.NOT_OUT, causes.NOT_SENT, causes.RETURNED]
    for at in range(60):
        cause = plan[at // 5] if at % 5 == 0 else ""
        made.case(CLERKS[at % 3][0], ITEMS[at % 3], cause, copies=at % 4 == 1, voided=at % 9 == 2)
    others = (
        other_pc("B", 14),
        other_pc("C", 2, OtherClose("C", "", 3, 1, 9, ONCE.at, 12)),
        other_pc("D", 1),
    )
    later = {"since": 7, "others": others, "net": "offline", "net_words": "离线 14:05 起"}
    return reading(dress(made.facts()), closed=replace(ONCE, times=2), **later)
