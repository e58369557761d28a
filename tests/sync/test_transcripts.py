"""Recorded exchanges of every released protocol version: old requests to today's centre, old replies to today's client.

`python -m tests.sync.test_transcripts` records today's version anew; do that only for a new version.
"""

import base64
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import msgspec
import pytest
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from counter_app.central import codes, stations
from counter_app.central.tables import device
from counter_app.sync.client import Chain, Client, Door
from counter_app.sync.pull_station import _header
from counter_app.wire import batch, keys, protocol
from counter_app.wire.header import Op
from counter_app.wire.messages import Hello, OpsReply
from tests.fakes.centre import URL
from tests.fakes.clock import FakeClock
from tests.proof import far, places, trial
from tests.proof.wire import Wire, serve
from tests.sync import real

STATION = "990101104099"
"""A station of its own, so that no other test's PC bears the recorded one's name."""
FOLDER = Path(__file__).parent / "transcripts"


def recorded() -> list[Path]:
    return sorted(FOLDER.glob("proto*.json"))


def told(path: Path) -> dict:
    return json.loads(path.read_text("utf-8"))


def raw(text: str) -> bytes:
    return base64.b64decode(text)


def parts(reply: bytes) -> tuple[int, bytes]:
    head, _, body = reply.partition(b"\r\n\r\n")
    return int(head.split(b" ", 2)[1]), body


@pytest.fixture
def known(town: real.Town, path: Path) -> Iterator[real.Town]:
    """The centre as it stood: the device that recorded is enrolled there."""
    row = told(path)["device"]
    with town.centre.engine.begin() as tx:
        known_station(tx)
        tx.execute(insert(device).values(**row).on_conflict_do_nothing())
    yield town
    with town.centre.engine.begin() as tx:
        for table in ("ingest", "chain", "chain_head", "device"):
            tx.exec_driver_sql(f"delete from {table} where dev = %s", (row["dev"],))


@pytest.mark.parametrize("path", recorded(), ids=lambda p: p.stem)
def test_todays_centre_answers_an_old_station(known: real.Town, path: Path) -> None:
    for exchange in told(path)["exchanges"]:
        reply = serve(lambda asked: far.handle(known.centre, asked), raw(exchange["up"]))
        status, body = parts(reply)
        # this centre never gave out numbers so high: it says so, as it said in every version
        gone = "/feed/" in exchange["label"] and b'"cursor_gone"' in body
        assert status == 200 or (status, gone) == (410, True), (exchange["label"], body)
        if "/hello" in exchange["label"]:
            assert msgspec.json.decode(body, type=Hello).time_ms
        if "/ops" in exchange["label"]:
            results = msgspec.json.decode(body, type=OpsReply).results
            before = msgspec.json.decode(parts(raw(exchange["down"]))[1], type=OpsReply).results
            assert [r.id for r in results] == [r.id for r in before]
            assert not [r for r in results if r.r.startswith(("id_reused", "device_forked"))]


@pytest.mark.parametrize("path", recorded(), ids=lambda p: p.stem)
def test_todays_client_reads_an_old_centre(path: Path) -> None:
    record = told(path)
    replies = [raw(exchange["down"]) for exchange in record["exchanges"]]

    def play(request: httpx.Request) -> httpx.Response:
        status, body = parts(replies.pop(0))
        return httpx.Response(status, content=body)

    door = Door(URL, "", record["device"]["dev"], keys.new_signing_key())
    with Client(door, FakeClock(), 0, httpx.MockTransport(play)) as client:
        for exchange in record["exchanges"]:
            read_by(client, exchange["label"])
    assert replies == []


def read_by(client: Client, label: str) -> None:
    if label.endswith("/hello"):
        hello = client.hello()
        assert hello.epoch
        assert protocol.common(hello.protos) == protocol.CURRENT
    elif label.endswith("/ops"):
        assert client.ops([Op("{}", None)], Chain(1, 1, "0" * 64)).results
    else:
        for data in client.feed("any", 0, 1):
            head, lines = batch.unpack_frame(data)
            for row in batch.decode_rows(lines):
                named = dict(zip(head.cols, row, strict=True))
                assert "header" not in named or _header(str(named["header"])).id


def test_every_spoken_version_is_recorded() -> None:
    assert [p.stem for p in recorded()] == [f"proto{n}" for n in sorted(protocol.SPOKEN)]


class _Apart(real.Town):
    """The same centre, whose next code is for a PC of the recorded station."""

    def code(self) -> str:
        words = codes.new_code()
        until = self.clock.now_ms() + stations.DAY_MS
        with self.centre.engine.begin() as tx:
            known_station(tx)
            stations.allow_pc(tx, codes.digest(words), (STATION, "0312"), until, approved=True)
        return words


def known_station(tx: sa.Connection) -> None:
    stations.add_station(
        tx,
        stations.StationRow(
            code=STATION,
            area=STATION[:9],
            name="录音站",
            phone="0000-1234599",
            hours="周一至周五",
            county="示范县医保中心",
            county_phone="0000-7654321",
        ),
    )
    stations.add_clerk(tx, STATION, "0312", "李敏", "accept")


def record() -> None:
    """A round of a PC with a case and notes against the real centre, byte for byte."""
    with (
        tempfile.TemporaryDirectory(prefix="sync-") as made,
        real.serving(Path(made) / "c") as town,
    ):
        pc = places.real_pc(_Apart(**vars(town)), Path(made) / "pc")
        counter = pc.copied(Path(made) / "run")
        wire = Wire(pc.far.handle)
        assert trial.plain_round(counter, wire.transport()).ok
        with town.centre.engine.begin() as tx:
            query = device.select().where(device.c.dev == counter.identity.dev)
            row = dict(tx.execute(query).mappings().one())
        trial.close(counter)
    exchanges = [
        {
            "label": e.label,
            "up": base64.b64encode(e.up).decode(),
            "down": base64.b64encode(e.down).decode(),
        }
        for e in wire.trace
    ]
    plain = {"device": row, "exchanges": exchanges}
    FOLDER.mkdir(exist_ok=True)
    text = json.dumps(plain, ensure_ascii=False, indent=1, default=str)
    (FOLDER / f"proto{protocol.CURRENT}.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(record())
