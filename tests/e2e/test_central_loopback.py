"""The centre as a process of its own: TLS, commands beside it, a clean end."""

import json
import signal
import ssl
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import httpx
import msgspec
import pytest

from counter_app.kernel.clock import SystemClock
from counter_app.wire import batch, header, keys
from counter_app.wire import request_signature as signed
from counter_app.wire.case_body import NoteBody
from counter_app.wire.messages import EnrolReply, EnrolRequest, Hello, Manifest, OpsReply

STATION = "990101104000"
NO_CHECK_TIME = 0x200000
pytestmark = pytest.mark.e2e


def central(folder: Path, *words: str) -> dict:
    command = [sys.executable, "-m", "counter_app.central.command", words[0], "--data", str(folder)]
    done = subprocess.run([*command, *words[1:]], capture_output=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


class Served:
    """A running centre with what `init` printed."""

    def __init__(self, folder: Path, told: dict, ready: dict) -> None:
        self.folder, self.told, self.pid = folder, told, int(ready["pid"])
        context = ssl.create_default_context(cafile=told["ca"])
        context.verify_flags |= NO_CHECK_TIME
        self.http = httpx.Client(base_url=ready["url"], verify=context, timeout=20)
        self.sign, self.seal = keys.new_signing_key(), keys.new_sealing_key()
        self.dev = ""

    def enrol(self, code: str) -> EnrolReply:
        asked = EnrolRequest(
            code=code,
            sign_key=keys.text(keys.signing_public(self.sign)),
            seal_key=keys.text(keys.sealing_public(self.seal)),
            escrow="",
            machine="test",
        )
        first = self._enrol(asked)
        escrow = keys.text(keys.seal(keys.raw(first.centre_seal_key), bytes(32)))
        done = self._enrol(msgspec.structs.replace(asked, escrow=escrow))
        assert done.cert is not None
        self.dev = json.loads(done.cert.text)["dev"]
        return done

    def _enrol(self, asked: EnrolRequest) -> EnrolReply:
        done = self.http.post("/sync/v1/enrol", content=msgspec.json.encode(asked))
        return msgspec.json.decode(done.raise_for_status().content, type=EnrolReply)

    def get(self, target: str) -> bytes:
        now = SystemClock().now_ms()
        headers = signed.headers("GET", target, b"", now, (self.dev, self.sign))
        return self.http.get(target, headers=headers).raise_for_status().content

    def note(self) -> tuple[OpsReply, str]:
        body = header.seal_body(msgspec.to_builtins(NoteBody(what="day_closed")))
        written = header.header_text(
            header.Header(
                kind="note",
                id="01900000-0000-7000-8000-000000000001",
                dev=self.dev,
                ep=1,
                n=1,
                prev=header.GENESIS,
                body_sha=header.body_sha(body),
                subj="",
                base=0,
                pack="",
                accepted_on="2026-11-23",
                typed_at=0,
                clock="ok",
                skew=0,
                clerk="0312",
                access_head="",
            )
        )
        head = header.head_of(written)
        data = batch.pack_ops([header.Op(written, body)])
        sig = keys.text(keys.sign(self.sign, header.head_message(self.dev, 1, 1, head)))
        headers = {
            "X-Device": self.dev,
            "Content-Digest": signed.digest(data),
            "X-Chain": f"1.1.{head}",
            "X-Chain-Sig": sig,
        }
        done = self.http.post("/sync/v1/ops", content=data, headers=headers).raise_for_status()
        return msgspec.json.decode(done.content, type=OpsReply), head


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    # not below pytest's own folder: the database may run as another user, who must get there
    with tempfile.TemporaryDirectory(prefix="central-") as folder:
        yield from serving(Path(folder))


def serving(folder: Path) -> Iterator[Served]:
    data, ready = folder / "data", folder / "ready.json"
    told = central(data, "init", "--demo", "--residents", "300")
    command = [sys.executable, "-m", "counter_app.central.command", "serve", "--data", str(data)]
    process = subprocess.Popen([*command, "--ready", str(ready)])
    until = monotonic() + 30
    while not ready.exists() and monotonic() < until:
        assert process.poll() is None
        sleep(0.05)
    centre = Served(data, told, json.loads(ready.read_text("utf-8")))
    yield centre
    centre.http.close()
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0
    assert not (data / "pg" / "postmaster.pid").exists()


def test_a_pc_enrols_is_filled_and_sends(served: Served) -> None:
    done = served.enrol(served.told["codes"][STATION][0])
    assert (done.state, done.clerk_name) == ("enrolled", "李敏")
    feed = f"persons.{STATION[:9]}"
    manifest = msgspec.json.decode(served.get(f"/sync/v1/boot/{feed}"), type=Manifest)
    _, lines = batch.unpack_frame(served.get(f"/sync/v1/frame/{manifest.frames[0].sha256}"))
    assert len(lines) == 300
    data = served.get("/sync/v1/feed/policy?after=0&limit=10")
    _, packs = batch.unpack_frame(data[4:])
    assert len(packs) == 1
    reply, head = served.note()
    assert [r.r for r in reply.results] == ["received"]
    assert central(served.folder, "head", "--device", served.dev) == {
        "dev": served.dev,
        "ep": 1,
        "n_contig": 1,
        "head": head,
        "entries": 1,
    }


def test_commands_beside_a_running_centre_reach_the_feeds(served: Served) -> None:
    if not served.dev:
        served.enrol(served.told["codes"][STATION][1])
    before = hello(served).feeds[f"clerks.{STATION}"]
    central(served.folder, "clerk", "add", "0399", "--station", STATION, "--name", "林秀云")
    assert hello(served).feeds[f"clerks.{STATION}"] > before
    assert central(served.folder, "decide", "--auto", "off") == {"auto": "off"}
    code = central(served.folder, "clerk", "code", "0399", "--station", STATION)["code"]
    assert len(code) == 19
    listed = central(served.folder, "device", "list")["devices"]
    own = next(row for row in listed if row["dev"] == served.dev)
    assert own["station"] == STATION
    assert "sign_key" not in own


def hello(served: Served) -> Hello:
    return msgspec.json.decode(served.get("/sync/v1/hello"), type=Hello)


def test_keys_are_their_owners_alone(served: Served) -> None:
    for name in ("centre.keys.json", "server.key"):
        assert (served.folder / name).stat().st_mode & 0o777 == 0o600


def test_a_second_init_spoils_nothing(served: Served) -> None:
    again = central(served.folder, "init")
    assert again["sign_key"] == served.told["sign_key"]
    command = [sys.executable, "-m", "counter_app.central.command", "init", "--demo", "--data"]
    done = subprocess.run([*command, str(served.folder)], capture_output=True, check=False)
    assert done.returncode == 2
    assert "示范县" in done.stderr.decode()


def test_a_restore_beside_a_running_centre_begins_an_epoch(served: Served) -> None:
    if not served.dev:
        served.enrol(served.told["codes"][STATION][2])
    backup = served.folder.parent / "centre.backup"
    assert central(served.folder, "backup", str(backup))["bytes"] > 10_000
    before = hello(served)
    central(served.folder, "clerk", "add", "0377", "--station", STATION, "--name", "丁三")
    feed = f"clerks.{STATION}"
    assert hello(served).feeds[feed] > before.feeds[feed]
    fresh = central(served.folder, "restore", str(backup))["epoch"]
    until = monotonic() + 10
    while monotonic() < until:
        # connections of before answer 503 once
        target = "/sync/v1/hello"
        headers = signed.headers(
            "GET", target, b"", SystemClock().now_ms(), (served.dev, served.sign)
        )
        if served.http.get(target, headers=headers).status_code == 200:
            break
    after = hello(served)
    assert after.epoch == fresh != before.epoch
    assert after.feeds[feed] == before.feeds[feed]
    central(served.folder, "clerk", "add", "0378", "--station", STATION, "--name", "丁四")
    assert hello(served).feeds[feed] > before.feeds[feed]
