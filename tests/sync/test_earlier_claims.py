"""A person's earlier claims of the year are known at the window: its own at once, others' after a sync."""

from collections.abc import Iterator

import pytest

from counter_app.bootstrap import Services
from counter_app.catalog import earlier
from counter_app.catalog.earlier import History
from counter_app.catalog.registry import item
from counter_app.central import basis, high_cost, settled
from counter_app.central.ops import cases, holds
from counter_app.central.ops.bench import Bench
from counter_app.central.township.rows import QINGHE
from counter_app.domain.settlement.settle import Settlement
from counter_app.forms.answers import Answers
from counter_app.kernel import resident_id
from counter_app.kernel.clock import today
from counter_app.services.load_facts import load_facts
from counter_app.services.read_frozen import read_frozen
from counter_app.services.void_case import VoidCase
from tests.fakes import claims
from tests.sync import desk, real, stations
from tests.sync.stations import Both, accept, claiming, number, sync

CLAIM = claims.ITEM.id


@pytest.fixture(scope="module")
def pcs(town: real.Town, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    with stations.both(town, tmp_path_factory.mktemp("earlier")) as made:
        yield made


@pytest.fixture(scope="module")
def people(town: real.Town) -> Iterator[str]:
    return (certno for _, certno in stations.free_people(town))


def year_of(services: Services, certno: str) -> History:
    facts = load_facts(services.counter, claims.ITEM.asks(Answers({"certno": certno})))
    return earlier.history(facts.held, f"01:{certno}", facts.on.year)


def recorded(town: real.Town, certno: str, year: int, serious: str) -> None:
    row = {"kind": "inpatient", "on": f"{year}-01-05", "level": "secondary", "full": "1"}
    row |= {"deductible": "50000", "serious_base": serious}
    plain = {"certno": certno, "area": QINGHE.area, "year": year, "as_of": f"{year}-02-01"}
    with town.centre.engine.begin() as tx:
        settled.put(tx, [settled.record_of({**plain, "settled": [row]})])
    number(town)


def test_own_claims_count_before_they_are_sent_and_others_after_a_sync(
    town: real.Town, pcs: Both, people: Iterator[str]
) -> None:
    certno = next(people)
    year = load_facts(pcs.here.counter, claims.ITEM.asks(Answers())).on.year
    recorded(town, certno, year, "850000")
    sync(pcs.here, pcs.there)
    first = accept(pcs.here, CLAIM, claiming(pcs.here, certno, 9601))
    mine = year_of(pcs.here, certno)
    assert mine.counted == (first.case_no,)
    assert [past.unsent for past in mine.year.before] == [False, True]
    assert mine.year.known
    assert year_of(pcs.there, certno).counted == ()
    sync(pcs.here, pcs.there)
    theirs = year_of(pcs.there, certno)
    assert theirs.counted == (first.case_no,)
    assert [past.unsent for past in theirs.year.before] == [False, False]

    second = accept(pcs.there, CLAIM, claiming(pcs.there, certno, 9602))
    sync(pcs.there, pcs.here)
    # arithmetic: 8500.00 + 2370.00 + 2370.00 − 11000.00 = 2240.00; × 60% = 1344.00
    assert desk.state(pcs.there, second.case_id) == "accepted"
    frozen = read_frozen(pcs.there.counter, second.case_id)
    said = frozen.outcome.settlement if frozen else None
    assert isinstance(said, Settlement)
    assert said.hifmi_pay == 134400

    assert pcs.here.void_case(VoidCase(first.case_id, "wrong_person", "找错了人")) == ()
    assert year_of(pcs.here, certno).counted == (second.case_no,)
    sync(pcs.here, pcs.there)
    assert year_of(pcs.there, certno).counted == (second.case_no,)


def test_a_claim_that_is_held_counts_at_neither(
    town: real.Town, pcs: Both, people: Iterator[str]
) -> None:
    certno = next(people)
    sync(pcs.here, pcs.there)
    first = accept(pcs.there, CLAIM, claiming(pcs.there, certno, 9611))
    sync(pcs.there)
    second = accept(pcs.here, CLAIM, claiming(pcs.here, certno, 9611))
    sync(pcs.here, pcs.there)
    assert desk.state(pcs.here, second.case_id) == "held"
    for services in pcs:
        assert year_of(services, certno).counted == (first.case_no,)


def renumbered(town: real.Town, pcs: Both, household: str, certno: str) -> str:
    """The county grants a correction of the number that this window took; the new number."""
    first = certno[:14] + f"{(int(certno[14:17]) + 2) % 1000:03}"
    new = first + resident_id.check_character(first)
    answers = stations.changing(pcs.here, household, certno, certno=new)
    answers = answers.put("changes[0].chg_proof", "户口簿")
    wanted = item(stations.CHANGE).materials(answers)
    seen = tuple({"matl_id": m.id, "matl_name": m.name, "orig": "returned"} for m in wanted)
    answers = Answers(answers.values, {**answers.rows, "materials": seen})
    done = accept(pcs.here, stations.CHANGE, answers)
    sync(pcs.here)
    with town.centre.engine.begin() as tx:
        waiting = cases.find(tx, done.case_id)
        assert waiting is not None
        Bench.open(town.centre, tx).grant(waiting, "证明核过")
    number(town)
    town.met.add(new)
    return new


def test_a_new_certificate_number_keeps_the_year_at_every_station(
    town: real.Town, pcs: Both
) -> None:
    household, certno = next(stations.free_people(town))
    year = load_facts(pcs.here.counter, claims.ITEM.asks(Answers())).on.year
    recorded(town, certno, year, "850000")
    sync(pcs.here, pcs.there)
    first = accept(pcs.here, CLAIM, claiming(pcs.here, certno, 9621))
    sync(pcs.here, pcs.there)
    # one more under the old number lies unsent here while the county changes it
    answers = claiming(pcs.there, certno, 9622)
    new = renumbered(town, pcs, household, certno)
    late = accept(pcs.there, CLAIM, answers)
    sync(pcs.here)
    mine = year_of(pcs.here, new)
    assert mine.counted == (first.case_no,)
    assert [past.unsent for past in mine.year.before] == [False, False]
    assert mine.year.known
    sync(pcs.there, pcs.here)
    assert desk.state(pcs.there, late.case_id) == "accepted"
    for services in pcs:
        assert set(year_of(services, new).counted) == {first.case_no, late.case_no}
    # under the old number each has its own as it was written, and nobody else's any more
    old = [year_of(services, certno).counted for services in pcs]
    assert old == [(first.case_no,), (late.case_no,)]
    # what is voided here counts no more, whatever the centre still shows
    assert pcs.here.void_case(VoidCase(first.case_id, "wrong_person", "找错了人")) == ()
    assert year_of(pcs.here, new).counted == (late.case_no,)
    sync(pcs.here, pcs.there)
    with town.centre.engine.begin() as tx:
        asked = claims.ITEM.asks(Answers({"certno": new}))
        held = [o.held for o in holds.alike(tx, asked.holds)]
    assert [h.case_no for h in held if h.kind == earlier.CLAIM] == [late.case_no]


def test_the_card_counts_what_another_station_and_another_number_left(
    town: real.Town, pcs: Both
) -> None:
    household, certno = next(stations.free_people(town))
    year = load_facts(pcs.here.counter, claims.ITEM.asks(Answers())).on.year
    recorded(town, certno, year, "850000")
    sync(pcs.here, pcs.there)
    for services, serial in ((pcs.here, 9631), (pcs.there, 9632)):
        accept(services, CLAIM, claiming(services, certno, serial))
        sync(pcs.there, pcs.here)

    def said(services: Services, number: str) -> str:
        card = services.household_card(household)
        assert card is not None
        [words] = [m.high_cost for m in card.members if m.certno == number]
        return words[0] if words else ""

    pack = stations.put_pack(town, ('value = "10000.00"', 'value = "4000.00"'))
    assert pack
    sync(pcs.here, pcs.there)
    # arithmetic: 10000.00 − 6630.00 = 3370.00 at the one; at the other 1344.00 less, 2026.00
    # the record's own settlement doesn't say what it left
    where = "在本站报销的 1 件、别的站报销的 1 件和医院直接结算的 1 次"
    words = f"{where}，自己至少负担 5,396.00 元"
    for services in pcs:
        assert words in said(services, certno)
    new = renumbered(town, pcs, household, certno)
    sync(pcs.here, pcs.there)
    for services in pcs:
        assert words in said(services, new)
    with town.centre.engine.begin() as tx:
        on = today(town.clock)
        county = high_cost.watched(tx, basis.load(tx), year, on).people
    assert [o.own_share for o in county if o.tail == new[-4:]] == ["5,396.00"]
