"""A line that breaks again and again: every piece that came is used, and a small page gets through."""

from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa

from counter_app.cli.bench import sync_bytes, synthetic
from counter_app.cli.bench.sync_lists import FEED, PAGE, Centre, lists, way_down
from counter_app.services.context import Counter
from counter_app.store import meta, reference
from counter_app.store.reference_tables import person
from counter_app.store.transaction import read, write
from counter_app.sync.desk import Report
from counter_app.sync.faults import SyncFault
from counter_app.sync.pull import ROWS

PEOPLE = lists(3000, 1500)
FIRST, THEN = Centre(PEOPLE.before, []), Centre(PEOPLE.before, PEOPLE.coming)


@pytest.fixture
def counter(tmp_path: Path) -> Counter:
    return synthetic.make(tmp_path, 0).counter


def count(counter: Counter) -> int:
    with read(counter.reference) as tx:
        return int(tx.execute(sa.select(sa.func.count()).select_from(person)).scalar_one())


def until_whole(counter: Counter, line: httpx.BaseTransport) -> int:
    for tries in range(1, 200):
        try:
            way_down(counter, line)
        except SyncFault:
            continue
        return tries
    raise AssertionError("never whole")


def test_a_frame_goes_on_from_where_it_was_cut(counter: Counter) -> None:
    line = sync_bytes.CutLine(FIRST, 7000)
    assert until_whole(counter, line) > 5
    assert count(counter) == 3000
    # nothing came twice but what a cut left in no hand at all
    assert line.sent <= FIRST.boot_bytes * 1.05
    with read(counter.reference) as tx:
        assert tx.exec_driver_sql("SELECT count(*) FROM spool").scalar_one() == 0


def test_a_page_that_never_gets_through_is_made_smaller(counter: Counter) -> None:
    way_down(counter, FIRST)
    line = sync_bytes.CutLine(THEN, THEN.page_bytes // 2)
    assert until_whole(counter, line) > 1
    assert count(counter) == 4500
    with read(counter.station) as tx:
        assert int(meta.get(tx, ROWS)) < PAGE
    assert line.sent < THEN.page_bytes * 3


class Portal(httpx.BaseTransport):
    """Somebody else's page in a frame's place, cut."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if "/frame/" not in request.url.path:
            return FIRST.handle_request(request)
        page = httpx.Response(200, content=b"<html>log in first</html>" * 9)
        cut = sync_bytes.CutLine(FIRST, 100)
        return httpx.Response(200, stream=sync_bytes.Cut(cut, page.read()))


def test_what_came_of_somebody_elses_page_is_thrown_away(counter: Counter) -> None:
    with pytest.raises(SyncFault):
        way_down(counter, Portal())
    with pytest.raises(SyncFault, match="frame_changed"):
        way_down(counter, FIRST)
    way_down(counter, FIRST)
    assert count(counter) == 3000


def test_a_piece_larger_than_the_frame_is_no_piece(counter: Counter) -> None:
    sha = next(iter(FIRST.shas()))
    with write(counter.reference) as tx:
        reference.spool_part(tx, FEED, sha, b"x" * 10_000_000)
    assert until_whole(counter, FIRST) == 2
    assert count(counter) == 3000


def test_a_round_that_brought_something_has_moved() -> None:
    assert not Report(why="network").moved
    assert Report(why="network", kept=1).moved
    assert Report(why="network", rows={"codes": 2}).moved
