"""The day's close: three columns, every difference by name, sums that agree."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.case.state import CaseState, EntryKind
from counter_app.domain.day_close import causes, facts
from counter_app.domain.day_close.facts import Chain, PaperFact
from counter_app.domain.day_close.reckon import Counts, DayClose, reckon
from counter_app.store import print_jobs
from tests.unit.domain.day_close.made import BEGIN, CLERKS, END, ITEMS, Made, blocked, head

CUT = {causes.NOT_COUNTED, causes.QUARANTINED}
"""Only at the end of the chain: what the centre does not count, nothing after it is counted either."""
ANYWHERE = sorted(set(causes.CAUSES) - CUT)

one_case = st.tuples(
    st.sampled_from(CLERKS),
    st.sampled_from(ITEMS),
    st.sampled_from(["", "", "", *ANYWHERE]),
    st.integers(0, 2),
    st.booleans(),
)
days = st.lists(one_case | st.none(), max_size=14)


def made_of(cases: list[tuple[str, str, str, int, bool] | None]) -> tuple[Made, dict[str, str]]:
    """A day, and what must be named about which case."""
    made, planted = Made(), {}
    for case in cases:
        if case is None:
            made.note()
            continue
        clerk, item, cause, copies, voided = case
        voided = voided and cause == ""
        case_id = made.case(clerk, item, cause, copies=copies, voided=voided)
        if cause == causes.NO_RECORD:
            made.cases[case_id + "-"] = replace(_stranger(made, clerk, item), case_id=case_id + "-")
        if cause:
            planted[case_id] = cause
    return made, planted


def _stranger(made: Made, clerk: str, item: str) -> facts.CaseFact:
    """Fills the number that a case without a record leaves free."""
    return facts.CaseFact("", "", item, item, "", "", clerk, CaseState.ACCEPTED)


def of(
    cases: list[tuple[str, str, str, int, bool] | None],
) -> tuple[DayClose, Made, dict[str, str]]:
    made, planted = made_of(cases)
    return reckon(made.facts()), made, planted


@given(days)
def test_three_columns_are_equal_exactly_when_nothing_is_named(cases) -> None:
    day, _, planted = of(cases)
    assert (len(set(day.columns)) == 1) == (not day.differences)
    assert bool(planted) == bool(day.differences)


@given(days)
def test_every_planted_difference_is_named_and_no_other(cases) -> None:
    day, _, planted = of(cases)
    assert {d.line.case_id: d.cause for d in day.differences} == planted
    assert len(day.differences) == len(planted)


@given(days)
def test_every_case_of_the_day_is_counted_exactly_once(cases) -> None:
    day, made, _ = of(cases)
    ids = [row.case_id for row in day.lines]
    assert len(ids) == len(set(ids)) == day.total.cases == day.columns[1]
    wanted = {e.case_id for e in made.entries if e.kind != EntryKind.NOTE} | made.typed
    assert set(ids) == wanted


@given(days)
def test_the_clerks_and_the_items_add_up_to_the_station(cases) -> None:
    day, made, _ = of(cases)
    alone = [reckon(made.facts(), clerk) for clerk in CLERKS]
    assert sum((d.total for d in alone), Counts()) == day.total
    assert sum((g.counts for g in day.by_clerk), Counts()) == day.total
    assert sum((g.counts for g in day.by_item), Counts()) == day.total
    assert sum(len(d.differences) for d in alone) == len(day.differences)
    for place in range(3):
        assert sum(d.columns[place] for d in alone) == day.columns[place]
    for group in day.by_clerk:
        assert reckon(made.facts(), group.key).total == group.counts


@given(days, st.integers(0, 20))
def test_confirmed_up_to_n_the_centre_accounts_for_nothing_beyond(cases, n: int) -> None:
    made, _ = made_of(cases)
    n = min(n, len(made.entries))
    day = reckon(made.confirmed_to(n))
    late = {e.case_id for e in made.entries if e.n > n and e.kind != EntryKind.NOTE}
    assert all(row.centre for row in day.lines if row.case_id in late)
    assert day.chain.verdict in {"empty", "untold", "equal", "behind"}


@pytest.mark.parametrize("cause", sorted(causes.CAUSES))
def test_each_kind_is_named_by_case_number_with_what_to_do(cause: str) -> None:
    made = Made()
    made.case(CLERKS[0])
    wrong = made.case(CLERKS[1], cause=cause)
    n = len(made.entries)
    day = reckon(made.confirmed_to(n - 1) if cause in CUT else made.facts())
    (found,) = day.differences
    assert (found.line.case_id, found.cause) == (wrong, cause)
    assert found.line.case_no == ("" if cause == causes.NO_RECORD else made.cases[wrong].case_no)
    assert found.said.words
    assert found.said.advice
    missing = (1, 2, 2) if found.said.side == causes.PAPER else (2, 2, 1)
    assert day.columns == missing
    assert not day.equal


def test_words_are_those_of_the_house() -> None:
    for cause in causes.CAUSES.values():
        said = cause.words + cause.advice
        assert not any(word in said for word in ("错误", "失败", "异常", "非法", "!", "！"))


def test_a_copy_is_counted_to_who_asked_and_never_as_a_receipt() -> None:
    made = Made()
    case_id = made.case(CLERKS[0], copies=1)
    made.papers.append(
        PaperFact(case_id, ITEMS[0], "printed", made.at + 500, made.at + 505, CLERKS[2])
    )
    day = reckon(made.facts())
    assert (day.total.issued, day.total.copies) == (1, 2)
    assert reckon(made.facts(), CLERKS[2]).total == Counts(copies=1)
    assert day.columns == (1, 1, 1)


def test_a_copy_of_an_older_case_is_a_copy_of_today() -> None:
    made = Made()
    case_id = made.case()
    old = made.cases[case_id]
    yesterday = BEGIN - 3_600_000
    made.entries.clear()
    made.typed.clear()
    made.papers[:] = [
        PaperFact(old.case_id, old.item, "printed", yesterday, yesterday, "0312"),
        PaperFact(old.case_id, old.item, "printed", BEGIN + 9, BEGIN + 9, "0315"),
        PaperFact(old.case_id, old.item, "printed", END, END, "0315"),
    ]
    day = reckon(made.facts())
    assert day.lines == ()
    assert day.total == Counts(copies=1)
    assert day.by_item[0].name == old.item_name


def test_a_void_before_any_paper_needs_none() -> None:
    made = Made()
    case_id = made.case(voided=True)
    blocked(made, case_id)
    day = reckon(made.facts())
    assert day.columns == (1, 1, 1)
    assert day.without_paper == 1
    assert (day.total.accepted, day.total.voided, day.total.issued) == (1, 1, 0)


def test_after_an_amendment_the_new_receipt_counts() -> None:
    made = Made()
    case_id = made.case()
    made.enter(EntryKind.AMEND, case_id, CLERKS[1])
    late = PaperFact(case_id, ITEMS[0], "failed", made.at + 3, made.at + 3, CLERKS[1])
    made.papers.append(late)
    day = reckon(made.facts())
    assert [d.cause for d in day.differences] == [causes.NOT_OUT]
    assert (day.total.amended, day.lines[0].clerk) == (1, CLERKS[0])
    made.papers[-1] = replace(late, state="printed")
    assert reckon(made.facts()).equal


def test_a_receipt_in_doubt_names_its_job_so_that_it_can_be_answered() -> None:
    made = Made()
    made.case(cause=causes.IN_DOUBT)
    made.case()
    doubts = [row.doubt for row in reckon(made.facts()).lines]
    assert doubts == [made.papers[0].job_id, ""]


def test_closed_by_the_centre_asks_for_no_paper() -> None:
    made = Made()
    case_id = made.case(cause=causes.WAITING)
    blocked(made, case_id)
    made.cases[case_id] = replace(made.cases[case_id], state=CaseState.WITHDRAWN)
    assert reckon(made.facts()).equal


@pytest.mark.parametrize(
    ("chain", "verdict"),
    [
        (Chain(0, head(0), 0, head(0)), "empty"),
        (Chain(5, head(5), 0, head(0)), "untold"),
        (Chain(5, head(5), 5, head(5), head(5)), "equal"),
        (Chain(5, head(5), 3, head(3), head(3)), "behind"),
        (Chain(5, head(5), 3, head(9), head(3)), "differs"),
        (Chain(5, head(5), 5, head(9), head(5)), "differs"),
        (Chain(5, head(5), 7, head(7), ""), "differs"),
    ],
)
def test_the_two_chains(chain: Chain, verdict: str) -> None:
    assert chain.verdict == verdict
    day = reckon(Made().facts(chain))
    assert day.equal == (verdict != "differs")
    assert (day.first, day.last) == (None, None)


def test_first_and_last_entry_of_the_day_notes_included() -> None:
    made = Made()
    made.note()
    made.case()
    made.note()
    day = reckon(made.facts())
    assert day.first is not None
    assert day.last is not None
    assert (day.first.n, day.last.n, day.last.head) == (1, 3, head(3))


def test_the_states_of_paper_are_the_print_jobs_own() -> None:
    ours = (facts.QUEUED, facts.PRINTING, facts.PRINTED, facts.FAILED, facts.BLOCKED)
    assert ours == (
        print_jobs.QUEUED,
        print_jobs.PRINTING,
        print_jobs.PRINTED,
        print_jobs.FAILED,
        print_jobs.BLOCKED,
    )
