"""A disk that fills up at any page: nothing half written, the draft still there, plain words."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from counter_app.bootstrap import Services
from counter_app.kernel.errors import EnvironmentFault
from counter_app.services.accept_case import AcceptCase, CaseAccepted
from counter_app.services.save_draft import Draft
from counter_app.store import access, journal
from counter_app.store.station_tables import metadata
from counter_app.store.transaction import read
from tests.fakes import people, station

pytestmark = pytest.mark.fault
ITEM = "resident-enrolment"


def pages(services: Services) -> int:
    with read(services.counter.station) as tx:
        return int(tx.exec_driver_sql("PRAGMA page_count").scalar_one())


def allow(services: Services, limit: int) -> None:
    """The file may not grow beyond so many pages, whichever connection writes."""
    engine = services.counter.station
    engine.dispose()

    @sa.event.listens_for(engine, "connect")
    def bound(connection: object, _: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {limit}")


def counts(services: Services) -> dict[str, int]:
    with read(services.counter.station) as tx:
        return {
            t.name: int(tx.exec_driver_sql(f'SELECT count(*) FROM "{t.name}"').scalar_one())
            for t in metadata.sorted_tables
        }


def try_accept(services: Services, command: AcceptCase) -> CaseAccepted | EnvironmentFault:
    try:
        done = services.accept_case(command)
    except EnvironmentFault as fault:
        return fault
    assert isinstance(done, CaseAccepted), done
    return done


def test_a_case_on_a_full_disk_comes_to_nothing_and_can_be_repeated(tmp_path: Path) -> None:
    services = station.make_services(tmp_path)
    for certno in (people.HEAD[0], people.SON[0]):  # the pages in use have no room for a third
        answers = station.ready(services, str(certno))
        assert isinstance(try_accept(services, AcceptCase("d0", ITEM, answers)), CaseAccepted)
    answers = station.ready(services, str(people.MOTHER[0]))
    services.save_draft(Draft("d1", ITEM, answers))
    before, first = counts(services), pages(services)
    refused = 0
    for extra in range(40):
        allow(services, first + extra)
        services.log_access("open", f"01:{people.MOTHER[0]}", "")
        end = try_accept(services, AcceptCase("d1", ITEM, answers))
        if isinstance(end, CaseAccepted):
            break
        refused += 1
        assert end.code == "disk_full"
        assert "没有丢" in end.text
        assert "腾出空间" in end.advice
        assert counts(services) == before
        assert services.open_draft("d1") is not None
    assert refused > 0
    after = counts(services)
    assert (after["case_file"], after["journal"], after["print_job"], after["draft"]) == (
        3,
        3,
        6,
        0,
    )
    with read(services.counter.station) as tx:
        assert journal.broken_at(tx) is None
        assert access.broken_at(tx) is None
        # every look-up that waited through the refusals is written once
        assert len(access.rows(tx)) == refused + 1


def test_a_draft_on_a_full_disk_keeps_the_one_before(tmp_path: Path) -> None:
    services = station.make_services(tmp_path)
    answers = station.ready(services, str(people.HEAD[0]))
    services.save_draft(Draft("d1", ITEM, answers))
    allow(services, pages(services))
    grown = answers
    for n in range(300):
        grown = grown.add_row("materials", {"matl_id": f"m{n}", "matl_name": "纸" * 60})
    with pytest.raises(EnvironmentFault) as caught:
        services.save_draft(Draft("d1", ITEM, grown))
    assert caught.value.code == "disk_full"
    kept = services.open_draft("d1")
    assert kept is not None
    assert kept.answers == answers
