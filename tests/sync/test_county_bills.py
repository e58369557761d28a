"""A bill another station claimed is warned of with no network; the centre decides when it is back."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.bootstrap import Services
from counter_app.catalog.item import judge
from counter_app.central import bills as central_bills
from counter_app.forms.answers import Answers
from counter_app.kernel.problems import Level
from counter_app.services.load_facts import load_facts
from counter_app.services.read_frozen import read_frozen
from counter_app.services.void_case import VoidCase
from counter_app.store import reference
from counter_app.store.reference_tables import bill
from counter_app.store.transaction import read, write
from tests.fakes import claims, station
from tests.fakes.people import HEAD
from tests.sync import desk, real, stations
from tests.sync.stations import Both, accept, claiming, sync

CLAIM = claims.ITEM.id
FEED = "bills.990101"


@pytest.fixture(scope="module")
def pcs(town: real.Town, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    with stations.both(town, tmp_path_factory.mktemp("bills")) as made:
        yield made


@pytest.fixture(scope="module")
def people(town: real.Town) -> Iterator[str]:
    return (certno for _, certno in stations.free_people(town))


def warned(services: Services, answers: Answers) -> list[Level]:
    facts = load_facts(services.counter, claims.ITEM.asks(answers))
    return [p.level for p in judge(claims.ITEM, answers, facts).problems if p.code == "listed"]


def rows(services: Services) -> dict[str, str]:
    with read(services.counter.reference) as tx:
        return {row.id: row.state for row in tx.execute(bill.select())}


def base(town: real.Town) -> central_bills.Base:
    with town.centre.engine.begin() as tx:
        [made] = central_bills.make_bases(tx)
    return made


def test_a_bill_claimed_elsewhere_is_taken_with_a_warning_and_the_centre_decides(
    pcs: Both, people: Iterator[str]
) -> None:
    mine, other = next(people), next(people)
    assert warned(pcs.here, claiming(pcs.here, mine, 7001)) == []
    accept(pcs.there, CLAIM, claiming(pcs.there, other, 7001))
    sync(pcs.there, pcs.here)
    twice = claiming(pcs.here, mine, 7001)
    assert warned(pcs.here, twice) == [Level.WARN]
    case = accept(pcs.here, CLAIM, twice)
    frozen = read_frozen(pcs.here.counter, case.case_id)
    assert frozen is not None
    [said] = [words for words in frozen.outcome.told if "全县名单" in words]
    assert "0000007001" in said
    sync(pcs.here)
    assert desk.state(pcs.here, case.case_id) == "held"


def test_own_bills_and_those_given_up_are_not_warned_of(pcs: Both, people: Iterator[str]) -> None:
    mine = next(people)
    answers = claiming(pcs.here, mine, 7101)
    case = accept(pcs.here, CLAIM, answers)
    sync(pcs.here)
    facts = load_facts(pcs.here.counter, claims.ITEM.asks(answers), case.case_id)
    assert facts.listed == frozenset()
    pcs.here.void_case(VoidCase(case.case_id, "wrong_person", "选错了人", ()))
    assert warned(pcs.here, answers) == []
    assert warned(pcs.there, claiming(pcs.there, mine, 7101)) == []
    sync(pcs.here, pcs.there)
    assert warned(pcs.there, claiming(pcs.there, mine, 7101)) == []


def test_a_filter_takes_the_place_of_the_rows_and_a_void_still_frees(
    town: real.Town, pcs: Both, people: Iterator[str]
) -> None:
    mine, other = next(people), next(people)
    kept = accept(pcs.here, CLAIM, claiming(pcs.here, mine, 7201, 7202))
    sync(pcs.here, pcs.there)
    made = base(town)
    assert made.bills >= 2
    assert made.replaced >= made.bills
    later = accept(pcs.here, CLAIM, claiming(pcs.here, mine, 7203))
    sync(pcs.here, pcs.there)
    assert min(rows(pcs.there).values()).startswith("base 1 ")
    assert list(rows(pcs.there).values()).count("taken") == 1
    for serial in (7201, 7202, 7203):
        assert warned(pcs.there, claiming(pcs.there, other, serial)) == [Level.WARN]
    assert warned(pcs.there, claiming(pcs.there, other, 7299)) == []
    for case in (kept, later):
        pcs.here.void_case(VoidCase(case.case_id, "wrong_person", "选错了人", ()))
    sync(pcs.here, pcs.there)
    for serial in (7201, 7202, 7203):
        assert warned(pcs.there, claiming(pcs.there, other, serial)) == []
    again = base(town)
    assert again.replaced == 4  # the filter's row, three let go
    sync(pcs.there)
    assert set(rows(pcs.there).values()) == {next(iter(rows(pcs.there).values()))}


def test_a_list_that_is_not_whole_warns_of_nothing_old(
    tmp_path: Path, unexpected_logs: list[logging.LogRecord]
) -> None:
    """And says so in the log: a false all-clear costs a question at the centre, no money."""
    services = station.make_services(tmp_path)
    columns = ("id", "state", "data")
    with write(services.counter.reference) as tx:
        reference.apply_rows(tx, FEED, columns, [["base:00001", "base 2 00", "AA=="]])
    assert warned(services, claiming(services, str(HEAD[0]), 7301)) == []
    assert ["not complete" in record.getMessage() for record in unexpected_logs] == [True]
    unexpected_logs.clear()
    services.counter.close()
