"""Off-site filings across two stations of one township: seen, ended, brought back, and broken promises."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from counter_app.bootstrap import Services
from counter_app.catalog import filings
from counter_app.catalog.item import judge
from counter_app.catalog.registry import item
from counter_app.central.ops import cases as central_cases
from counter_app.central.ops import filings as central_filings
from counter_app.central.tables import decision
from counter_app.forms.answers import Answers
from counter_app.kernel.problems import Level
from counter_app.services.accept_case import AcceptCase, CaseAccepted
from counter_app.services.load_facts import load_facts
from counter_app.services.save_draft import Draft
from counter_app.services.void_case import VoidCase
from counter_app.store import roster
from counter_app.store.reference_tables import person as table
from counter_app.store.transaction import read
from counter_app.sync.cycle import run_once
from tests.sync import desk, real
from tests.sync.stations import village

ITEM = item("offsite-filing")
YEAR = 2026
LONG = {
    "fil_cat": "residing",
    "rloc_admdvs": "320500",
    "resout_addr": "姑苏区平江街道",
    "proof_by": "paper",
}


@pytest.fixture(scope="module")
def pcs(
    town: real.Town, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Services, Services]]:
    """A PC of the township's station and one of a village's station in the same township."""
    folder = tmp_path_factory.mktemp("filings")
    first = real.station_pc(town, folder / "a")
    second = real.station_pc(village(town), folder / "b")
    yield first, second
    for services in (first, second):
        services.counter.station.dispose()
        services.counter.reference.dispose()


def answers(services: Services, who: tuple[str, str], **values: str) -> Answers:
    filled = services.start_case("offsite-filing", who[0], (who[1],))
    for name, value in values.items():
        filled = filled.put(name, value)
    facts = load_facts(services.counter, ITEM.asks(filled))
    filled = ITEM.fill(filled, facts)
    rows = tuple({"matl_id": m.id, "orig": "returned"} for m in ITEM.materials(filled))
    return Answers(filled.values, {**filled.rows, "materials": rows})


def accept(services: Services, who: tuple[str, str], **values: str) -> CaseAccepted:
    filled = answers(services, who, **values)
    services.save_draft(Draft("d", "offsite-filing", filled))
    done = services.accept_case(AcceptCase("d", "offsite-filing", filled))
    assert isinstance(done, CaseAccepted), [p for p in done.problems if p.level is Level.STOP]
    return done


def codes_at(services: Services, who: tuple[str, str], **values: str) -> set[str]:
    filled = answers(services, who, **values)
    facts = load_facts(services.counter, ITEM.asks(filled))
    return {p.code for p in judge(ITEM, filled, facts).problems}


def known(services: Services, who: tuple[str, str]) -> filings.Filing | None:
    subject = f"01:{who[1]}"
    filled = services.start_case("offsite-filing", who[0], (who[1],))
    facts = load_facts(services.counter, ITEM.asks(filled))
    return filings.in_force(facts.held, subject, facts.on)


def sync(*services: Services) -> None:
    for _ in range(2):
        for one in services:
            report = run_once(one.counter)
            assert report.ok, report


def test_filed_at_one_station_seen_and_ended_at_another(
    town: real.Town, pcs: tuple[Services, Services]
) -> None:
    first, second = pcs
    who = covered(first, 0)
    old = accept(first, who, **LONG)
    sync(first, second)
    assert desk.state(first, old.case_id) == "accepted"
    seen = known(second, who)
    assert seen is not None
    assert (seen.case_no, seen.places_words) == (old.case_no, "江苏省苏州市")
    assert seen.station_name == "示范县青禾镇便民服务中心"
    elsewhere = LONG | {"rloc_admdvs": "330100"}
    assert "overlap" in codes_at(second, who, **elsewhere)
    new = accept(second, who, **elsewhere)
    sync(second, first)
    after = known(first, who)
    assert after is not None
    assert (after.case_no, after.station_name) == (new.case_no, "杨桥村服务点")
    assert second.void_case(VoidCase(new.case_id, "wrong_content", "录错了地方")) == ()
    sync(second, first)
    with town.centre.engine.begin() as tx:
        query = sa.select(decision.c.body).where(decision.c.case_id == new.case_id)
        words = list(tx.execute(query.order_by(decision.c.id)).scalars())
    assert "恢复原样" in words[-1]
    assert "参保登记" not in words[-1]
    back = known(first, who)
    assert back is not None
    assert back.case_no == old.case_no


def test_a_cancel_ends_it_everywhere(pcs: tuple[Services, Services]) -> None:
    first, second = pcs
    who = covered(first, 1)
    accept(first, who, **LONG)
    sync(first, second)
    accept(second, who, act="cancel", begndate="")
    assert known(second, who) is None
    sync(second, first)
    assert known(first, who) is None


def test_an_early_change_typed_without_knowing_comes_back(
    pcs: tuple[Services, Services],
) -> None:
    first, second = pcs
    who = covered(first, 2)
    promised = accept(first, who, **(LONG | {"proof_by": "promise", "keep_at": "二号柜"}))
    assert run_once(first.counter).ok
    # the second station has not asked since: it cannot know, so it takes the case
    blind = accept(second, who, **(LONG | {"rloc_admdvs": "330100"}))
    sync(second)
    assert desk.state(second, blind.case_id) == "rejected"
    (task,) = [t for t in second.worklist() if t.case_id == blind.case_id]
    assert task.kind == "rejected"
    stored = repr(desk.open_task(second.counter, blind.case_id))
    assert "满 6 个月才能变更" in stored
    # a filing is no enrolment: nothing of the season is promised meanwhile
    assert "先不算办成" in stored
    assert "集中缴费" not in stored
    seen = known(second, who)
    assert seen is not None
    assert seen.case_no == promised.case_no
    assert "promise_early" in codes_at(second, who, act="cancel", begndate="")


def test_a_broken_promise_is_known_at_every_station(
    town: real.Town, pcs: tuple[Services, Services]
) -> None:
    first, second = pcs
    who = covered(first, 3)
    filed = accept(first, who, **(LONG | {"proof_by": "promise", "keep_at": "二号柜"}))
    sync(first, second)
    with town.centre.engine.begin() as tx:
        row = central_cases.find_by_number(tx, filed.case_no)
        assert row is not None
        assert central_filings.break_promise(tx, row, "实际没有在外居住")
    sync(first, second)
    for services in (first, second):
        assert "promise_broken" in codes_at(services, who, **(LONG | {"proof_by": "promise"}))
        assert "promise_broken" not in codes_at(services, who, **LONG)


def covered(services: Services, place: int) -> tuple[str, str]:
    """(household, number) of somebody living and covered this year, another one for each place."""
    with read(services.counter.reference) as tx:
        query = sa.select(table.c.certno).where(table.c.standing == "living", table.c.tel != "")
        numbers = list(tx.execute(query.order_by(table.c.certno)).scalars())
        people = roster.people(tx, numbers)
    found = [
        (one.household, one.certno)
        for one in people.values()
        if one.psn_cert_type == "01" and one.year(YEAR).paid and not one.year(YEAR).elsewhere
    ]
    return sorted(found)[place * 7]
