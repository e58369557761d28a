"""No PC of one station reads or writes anything of another's, by guessing ids either."""

import msgspec
import pytest
import sqlalchemy as sa

from counter_app.central import boots, devices, feeds, stations
from counter_app.central.demo import SECOND
from counter_app.central.tables import case_file, change, frame
from counter_app.kernel import ids
from counter_app.kernel.clock import today
from counter_app.wire.case_body import NoteBody, VoidBody
from counter_app.wire.messages import Hello
from tests.unit.central import rig
from tests.unit.central.conftest import Town

OURS = {
    "clerks": rig.FIRST,
    "cases": rig.FIRST,
    "decisions": rig.FIRST,
    "persons": rig.FIRST[:9],
    "households": rig.FIRST[:9],
    "filings": rig.FIRST[:9],
}
OTHER = f"{SECOND[:9]}009"
"""A station of its own in 柳林镇: other tests read what the feeds of its first one say."""
THEIRS = [f"{f}.{OTHER if code == rig.FIRST else SECOND[:9]}" for f, code in OURS.items()]
TRICKS = [
    "persons.",
    "persons",
    "persons.99010110",
    "persons.%",
    "persons.990101104.990101105",
    f"PERSONS.{SECOND[:9]}",
    "bills.990102",
    "bills.",
    f"persons.{SECOND[:9]} ",
    f"persons.{rig.FIRST[:9]},persons.{SECOND[:9]}",
]


@pytest.fixture(scope="module")
def theirs(town: Town) -> rig.Pc:
    """A PC of 柳林镇."""
    with town.centre.engine.begin() as tx:
        first = stations.find_station(tx, SECOND)
        assert first is not None
        stations.add_station(tx, msgspec.structs.replace(first, code=OTHER))
        stations.add_clerk(tx, OTHER, "0312", "何建平", "accept")
    return rig.enrolled(town.centre, OTHER)


@pytest.fixture(scope="module")
def their_case(town: Town, theirs: rig.Pc) -> tuple[str, str]:
    """Id and number of a case of theirs."""
    case_id, body, op = theirs.submit(town.someone())
    assert theirs.results(op) == ["accepted"]
    return case_id, body.case_no


@pytest.mark.parametrize("feed", THEIRS + TRICKS)
@pytest.mark.parametrize("call", ["feed", "boot"])
def test_another_stations_feeds_are_closed(pc: rig.Pc, feed: str, call: str) -> None:
    named = {"name": feed, "after": "0", "limit": ""}
    done = pc.get(f"/sync/v1/{call}/{feed}", named)
    assert (done.status, b'"scope"' in done.body) == (403, True)


def test_every_feed_that_exists_is_one_stations_areas_or_everybodys(
    town: Town, pc: rig.Pc, theirs: rig.Pc, their_case: tuple[str, str]
) -> None:
    """Feeds added later fall under this too: what two stations share is named here."""
    everybody = {"codes", "policy", "control", "keys", "hospitals", f"bills.{pc.station[:6]}"}
    with town.centre.engine.begin() as tx:
        one, other = devices.find(tx, pc.dev), devices.find(tx, theirs.dev)
        there = set(tx.execute(sa.select(change.c.feed).distinct()).scalars())
    assert one is not None
    assert other is not None
    assert set(one.feeds) & set(other.feeds) == everybody
    for feed in set(one.feeds) - everybody:
        assert feed.partition(".")[2] in {pc.station, pc.station[:9]}
    assert {feeds.family(f) for f in there} <= set(feeds.COLUMNS)
    hello = msgspec.json.decode(pc.get("/sync/v1/hello").body, type=Hello)
    assert set(hello.feeds) == set(one.feeds)


def test_frames_of_another_area_cannot_be_fetched_by_their_hash(town: Town, pc: rig.Pc) -> None:
    with town.centre.engine.begin() as tx:
        for feed in THEIRS:
            boots.manifest(tx, feed)
        query = sa.select(frame.c.feed, frame.c.sha256).where(frame.c.feed.in_(THEIRS))
        found = [tuple(row) for row in tx.execute(query)]
    assert {feed for feed, _ in found} >= {f"persons.{SECOND[:9]}", f"households.{SECOND[:9]}"}
    for _, sha in found:
        for guess in (sha, sha.upper(), f"{sha} "):
            done = pc.get(f"/sync/v1/frame/{sha}", {"sha": guess})
            assert (done.status, done.body.count(b"no_such_frame")) == (404, 1)


def entries_on(case: tuple[str, str], pc: rig.Pc, certno: str) -> dict[str, object]:
    """Everything a PC could write about a case, as (kind, body)."""
    number, _ = case[1], case[0]
    answers = rig.enrolment(pc.centre, certno)
    own_no = ids.case_number(pc.station, today(pc.centre.clock), pc.dev[-1], 9_000 + pc.n)
    body = rig.case_body(pc, own_no, answers, rev=2)
    return {
        "case.submit": rig.case_body(pc, own_no, answers),
        "case.amend": body,
        "answer": msgspec.structs.replace(body, reply="留本站"),
        "case.void": VoidBody(case_no=number, reason="doubled", words="试"),
        "case.withdraw": VoidBody(case_no=number, reason="doubled", words="试"),
    }


def state(town: Town, case_id: str) -> tuple[object, ...]:
    query = sa.select(case_file).where(case_file.c.case_id == case_id)
    with town.centre.engine.begin() as tx:
        return tuple(tx.execute(query).one())


@pytest.mark.parametrize(
    "kind", ["case.submit", "case.amend", "answer", "case.void", "case.withdraw"]
)
def test_another_stations_case_cannot_be_written(
    town: Town, pc: rig.Pc, their_case: tuple[str, str], kind: str
) -> None:
    before = state(town, their_case[0])
    body = entries_on(their_case, pc, town.someone())[kind]
    assert pc.results(pc.write(kind, their_case[0], body, base=1)) == ["rejected:SCOPE"]
    assert state(town, their_case[0]) == before
    assert their_case[1] not in told(pc)


def told(pc: rig.Pc) -> str:
    """Everything the station's own feeds say."""
    rows = pc.pull(f"cases.{pc.station}") + pc.pull(f"decisions.{pc.station}")
    return str([row for row in rows if "case.void" not in str(row) and "withdraw" not in str(row)])


def test_a_case_cannot_be_made_under_another_stations_number_or_area(
    town: Town, pc: rig.Pc
) -> None:
    answers = rig.enrolment(town.centre, town.someone())
    strange = ids.case_number(OTHER, today(town.centre.clock), "A", 77)
    own = ids.case_number(pc.station, today(town.centre.clock), pc.dev[-1], 8_888)
    for number, more in (
        (strange, {}),
        (strange.lower().replace("-", ""), {}),
        (own, {"station": OTHER}),
        (own, {"area": SECOND[:9]}),
    ):
        body = rig.case_body(pc, number, answers, **more)
        case_id = ids.uuid7(town.centre.clock.now_ms())
        assert pc.results(pc.write("case.submit", case_id, body)) == ["rejected:SCOPE"]


def test_a_note_or_a_torn_body_on_their_case_tells_nothing_of_it(
    town: Town, pc: rig.Pc, their_case: tuple[str, str]
) -> None:
    """Neither its status nor its number, which the sender could not know."""
    case_id, number = their_case
    op = pc.write("note", case_id, NoteBody(what="taken_over", case_no=""))
    torn = pc.write("case.amend", case_id, NoteBody(what="half"), base=1)
    assert pc.results(op, torn) == ["received", "rejected:SCHEMA"]
    mine = [row for row in pc.pull(f"cases.{pc.station}") if row[1] == op.header]
    assert [row[3] for row in mine] == ["received"]
    assert number not in told(pc)
    assert pc.decisions(case_id)[-1].case_no == ""


def test_one_stations_pc_cannot_speak_for_another(town: Town, pc: rig.Pc, theirs: rig.Pc) -> None:
    foreign = theirs.write("note", "nobody", NoteBody(what="day_closed"))
    own = pc.write("note", "x", NoteBody(what="day_closed"))
    assert pc.results(foreign, own) == ["rejected:SCHEMA", "received"]
    assert pc.send(foreign, dev=theirs.dev).status == 401
    assert theirs.results(foreign) == ["received"]
