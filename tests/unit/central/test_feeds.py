"""Feeds and first fillings: nothing is missed, nothing leaves its scope."""

import threading

import msgspec
import sqlalchemy as sa

from counter_app.central import feeds
from counter_app.central.feeds import Pending
from counter_app.central.tables import change
from counter_app.wire import batch
from counter_app.wire import request_signature as signed
from counter_app.wire.canonical import sha256
from counter_app.wire.messages import ErrorReply, Hello, Manifest
from tests.unit.central import rig
from tests.unit.central.conftest import Town

WRITERS, EACH = 4, 40


def test_a_poller_behind_four_writers_misses_nothing(town: Town, pc: rig.Pc) -> None:
    names = [f"load{w}.{i}" for w in range(WRITERS) for i in range(EACH)]
    seen: dict[str, int] = {}
    writing = [threading.Thread(target=write_rows, args=(town, w)) for w in range(WRITERS)]
    for thread in writing:
        thread.start()
    after = max(newest(pc, "control"), 0)
    begun = after
    while True:
        alive = any(thread.is_alive() for thread in writing)
        rig.number_all(town.centre)
        for seq, key in poll(town, after):
            assert seq > after
            after = seq
            seen[key] = seq
        if not alive and set(names) <= set(seen):
            break
        assert alive or seen, "the poller found nothing"
    for thread in writing:
        thread.join()
    assert sorted(seen[n] for n in names) == sorted({seen[n] for n in names})
    assert min(seen.values()) > begun


def write_rows(town: Town, writer: int) -> None:
    for i in range(EACH):
        with town.centre.engine.begin() as tx:
            feeds.publish(tx, [Pending("control", [f"load{writer}.{i}", "x"])])
            tx.exec_driver_sql(f"select pg_sleep({(writer + i) % 4 / 1000})")


def newest(pc: rig.Pc, feed: str) -> int:
    hello = msgspec.json.decode(pc.get("/sync/v1/hello").body, type=Hello)
    return hello.feeds[feed]


def poll(town: Town, after: int) -> list[tuple[int, str]]:
    query = (
        sa
        .select(change.c.seq, change.c.key)
        .where(change.c.feed == "control", change.c.seq > after)
        .order_by(change.c.seq)
        .limit(7)
    )
    with town.centre.engine.begin() as tx:
        return [(seq, key) for seq, key in tx.execute(query)]


def test_numbers_are_dense_and_only_the_newest_row_stays(town: Town) -> None:
    rig.number_all(town.centre)
    before = head(town)
    for value in ("a", "b"):
        with town.centre.engine.begin() as tx:
            feeds.publish(tx, [Pending("control", [f"dense{i}", value]) for i in range(5)])
        assert rig.number_all(town.centre) == 5
    assert head(town) == before + 10
    query = sa.select(change.c.seq).where(change.c.key.startswith("dense")).order_by("seq")
    with town.centre.engine.begin() as tx:
        assert list(tx.execute(query).scalars()) == list(range(before + 6, before + 11))


def head(town: Town) -> int:
    with town.centre.engine.begin() as tx:
        return tx.exec_driver_sql("select head from sequencer").scalar_one()


def test_a_filling_and_the_feed_after_it_are_everything(town: Town, pc: rig.Pc) -> None:
    feed = f"persons.{pc.station[:9]}"
    manifest = msgspec.json.decode(
        pc.get(f"/sync/v1/boot/{feed}", {"name": feed}).body, type=Manifest
    )
    rows: dict[str, list[object]] = {}
    for ref in manifest.frames:
        done = pc.get(f"/sync/v1/frame/{ref.sha256}", {"sha": ref.sha256})
        assert (sha256(done.body).hex(), len(done.body)) == (ref.sha256, ref.bytes)
        at, lines = batch.unpack_frame(done.body)
        assert (at.cols, at.to) == (feeds.COLUMNS["persons"], manifest.seq)
        assert len(lines) == ref.rows <= 2000
        rows |= {str(r[0]): r for r in batch.decode_rows(lines)}
    for row in pc.pull(feed, manifest.seq):
        if row[0] is None:
            rows.pop(str(row[1]), None)
        else:
            rows[str(row[0])] = row
    whole = {str(r[0]): r for r in pc.pull(feed) if r[0] is not None}
    assert rows == whole
    assert len(whole) >= 600


def test_a_frame_can_be_taken_from_an_offset_on(pc: rig.Pc) -> None:
    feed = f"households.{pc.station[:9]}"
    done = pc.get(f"/sync/v1/boot/{feed}", {"name": feed})
    ref = msgspec.json.decode(done.body, type=Manifest).frames[0]
    named = {"sha": ref.sha256}
    whole = pc.get(f"/sync/v1/frame/{ref.sha256}", named).body
    rest = pc.get(f"/sync/v1/frame/{ref.sha256}", named, Range="bytes=100-")
    assert (rest.status, rest.body) == (206, whole[100:])
    assert rest.headers["Content-Range"] == f"bytes 100-{len(whole) - 1}/{len(whole)}"


def test_pages_of_one_feed_join_without_overlap(pc: rig.Pc) -> None:
    whole = pc.pull("codes")
    assert pc.pull("codes", limit="50") == whole
    assert len(whole) > 200


def test_other_stations_feeds_are_refused(pc: rig.Pc) -> None:
    for feed in ("persons.990101105", "cases.990101105000", "decisions.990101105000", "x"):
        for call in ("feed", "boot"):
            done = pc.get(f"/sync/v1/{call}/{feed}", {"name": feed, "after": "", "limit": ""})
            assert done.status == 403


def test_a_cursor_from_a_lost_future_must_boot_again(pc: rig.Pc) -> None:
    named = {"name": "codes", "after": "999999999", "limit": ""}
    done = pc.get("/sync/v1/feed/codes?after=999999999", named)
    assert done.status == 410
    assert msgspec.json.decode(done.body, type=ErrorReply).code == "cursor_gone"


def test_a_clock_a_day_off_is_told_the_time(town: Town, pc: rig.Pc) -> None:
    then = town.centre.clock.now_ms() - 2 * signed.TOLERANCE_MS
    target = "/sync/v1/hello"
    headers = signed.headers("GET", target, b"", then, (pc.dev, pc.sign_private))
    done = pc.get(target, None, **headers)
    told = msgspec.json.decode(done.body, type=ErrorReply)
    assert (done.status, told.code, told.time_ms) == (401, "clock", town.centre.clock.now_ms())


def test_a_request_signed_for_another_call_is_refused(pc: rig.Pc) -> None:
    now = pc.centre.clock.now_ms()
    headers = signed.headers("GET", "/sync/v1/other", b"", now, (pc.dev, pc.sign_private))
    done = pc.get("/sync/v1/hello", None, **headers)
    assert msgspec.json.decode(done.body, type=ErrorReply).code == "signature"


def test_a_frame_holds_a_million_characters_at_most_and_no_row_is_lost() -> None:
    rows: list[list[object]] = [[f"base:{n}", "base 40 x", "A" * 65_536] for n in range(40)]
    parts = list(feeds._cut(rows))
    assert [row for part in parts for row in part] == rows
    assert len(parts) > 1
    assert all(sum(len(str(c)) for row in part for c in row) <= 1_000_000 for part in parts)
    alone: list[list[object]] = [["x", "y", "A" * 2_000_000]]
    assert list(feeds._cut([*alone, *alone])) == [alone, alone]
