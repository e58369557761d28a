"""The real centre on a real PostgreSQL behind real TLS, and a wire to it that can be cut."""

import dataclasses
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import uvicorn

from counter_app.bootstrap import Services, bind, open_counter
from counter_app.central import centre as making
from counter_app.central import codes, demo, feeds, postgres, stations
from counter_app.central.centre import Centre
from counter_app.central.commands.init import begin
from counter_app.central.number_changes import Sequencer
from counter_app.central.serve_centre import listen
from counter_app.central.tls import make_certificates
from counter_app.central.web import make_app
from counter_app.kernel.clock import ShiftableClock, SystemClock
from counter_app.services.claim_profile import claim_profile
from counter_app.services.context import Clerk
from counter_app.services.enrol_device import EnrolDevice, Enrolled, enrol_device
from counter_app.services.log_in import LoggedIn, log_in
from counter_app.sync.cycle import run_once
from tests.fakes.clock import FakeClock
from tests.fakes.scratch_database import unsynced
from tests.unit.central.rig import plain_residents

PHRASE = "青禾镇的秋天来得早"


@dataclasses.dataclass
class Town:
    """The centre, where it answers, and what was told of its people."""

    centre: Centre
    url: str
    ca_pem: str
    told: dict
    clock: FakeClock
    plain: list[str] = dataclasses.field(default_factory=list)
    codes: int = 0
    """Activation codes given: the station has letters for 26 PCs."""
    met: set[str] = dataclasses.field(default_factory=set)
    """Numbers of people a test has had to itself."""

    def someone(self) -> tuple[str, str]:
        """(household, certificate number) of a resident no test has met yet."""
        self.plain = [
            who for who in self.plain or plain_residents(self.centre) if who not in self.met
        ]
        certno = self.plain.pop()
        self.met.add(certno)
        with self.centre.engine.begin() as tx:
            query = "select cells::json->>12 from change where key = %s and feed like 'persons.%%'"
            return str(tx.exec_driver_sql(query, (certno,)).scalar_one()), certno

    def code(self) -> str:
        self.codes += 1
        words = codes.new_code()
        until = self.clock.now_ms() + stations.DAY_MS
        with self.centre.engine.begin() as tx:
            place = (demo.FIRST, "0312")
            stations.allow_pc(tx, codes.digest(words), place, until, approved=True)
        return words

    def star(self, group: str, name: str) -> tuple[str, str]:
        """(household, certificate number)"""
        found = self.told["stars"][group]
        if name in found.get("people", {}):
            return found["household"], found["people"][name]
        return found[name]["household"], found[name]["certno"]


@contextmanager
def serving(folder: Path) -> Iterator[Town]:
    clock = FakeClock()
    making.make(folder, "")
    make_certificates(folder, clock)
    centre = making.open_centre(folder, clock)
    unsynced(centre.engine)
    postgres.migrate(centre.engine)
    with centre.engine.begin() as tx:
        begin(tx)
        told = demo.fill(centre, tx, 800, 7)
    with centre.engine.begin() as tx:
        feeds.number(tx)
    listening = listen(0)
    config = uvicorn.Config(
        make_app(centre),
        log_level="error",
        access_log=False,
        lifespan="off",
        ssl_certfile=str(folder / making.SERVER_CERT),
        ssl_keyfile=str(folder / making.SERVER_KEY),
        timeout_graceful_shutdown=2,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    sequencer = Sequencer(centre)
    sequencer.start()
    thread.start()
    url = f"https://127.0.0.1:{listening.getsockname()[1]}"
    try:
        yield Town(centre, url, (folder / making.CA).read_text("ascii"), told, clock)
    finally:
        server.should_exit = True
        thread.join(10)
        sequencer.stop()
        listening.close()
        centre.engine.dispose()
        postgres.stop(folder)


def enrol(town: Town, folder: Path) -> Clerk:
    """Enrol a PC and set its first passphrase."""
    result = enrol_device(folder, EnrolDevice(town.url, town.ca_pem, town.code(), "测试机"))
    assert isinstance(result, Enrolled), result
    clerk = Clerk(result.clerk, result.clerk_name, result.rights)
    assert claim_profile(folder, clerk, PHRASE) == ()
    return clerk


def opened(folder: Path, clerk: Clerk, url: str = "", clock: FakeClock | None = None) -> Services:
    """Log in and open; `url` another way to the same centre."""
    into = log_in(folder, SystemClock(), clerk.id, PHRASE)
    assert isinstance(into, LoggedIn)
    counter = open_counter(folder, into.data_key, clerk)
    identity = counter.identity
    if url:
        identity = dataclasses.replace(identity, centre_url=url)
    at = ShiftableClock(clock or FakeClock())
    return bind(dataclasses.replace(counter, clock=at, identity=identity))


def station_pc(town: Town, folder: Path) -> Services:
    """A PC enrolled, opened and filled."""
    services = opened(folder, enrol(town, folder))
    report = run_once(services.counter)
    assert report.ok, report
    return services


class CutWire:
    """A TCP proxy that passes all bytes up and, when told, drops the line after some bytes down."""

    def __init__(self, port: int) -> None:
        self._port = port
        # as quick as no wire at all: what is accepted here waits for no acknowledgement either
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.after: int | None = None
        self.cuts = 0
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self._listening.getsockname()[1]}"

    def close(self) -> None:
        self._listening.close()

    def _serve(self) -> None:
        while True:
            try:
                near, _ = self._listening.accept()
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", self._port))
            far.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self._pass, args=(near, far, False), daemon=True).start()
            threading.Thread(target=self._pass, args=(far, near, True), daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket, down: bool) -> None:
        passed = 0
        with suppress(OSError):
            while data := source.recv(4096):
                if down and self.after is not None and passed + len(data) > self.after:
                    target.sendall(data[: max(self.after - passed, 0)])
                    self.cuts += 1
                    break
                target.sendall(data)
                passed += len(data)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
