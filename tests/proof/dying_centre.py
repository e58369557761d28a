"""The centre's process, or the database's behind it, killed at every statement of an exchange."""

import dataclasses
import json
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import httpx
import sqlalchemy as sa
import uvicorn

from counter_app.central.centre import Centre
from counter_app.central.web import make_app
from tests.proof import tracer, trial
from tests.proof.far import RealFar
from tests.proof.trial import Outcome, Pc, say
from tests.proof.wire import _CONTEXT

_QUICK = httpx.Timeout(20.0)


def centre_kills(pc: Pc, folder: Path, step: int) -> None:
    """Every `step`-th statement the centre makes while a PC runs a round; then the round again."""
    assert isinstance(pc.far, RealFar)
    trial.clean(pc, folder)
    listening = socket.create_server(("127.0.0.1", 0))
    listening.set_inheritable(True)
    count, stops = _recorded(pc, folder, listening)
    sys.stdout.write(json.dumps({"calls": stops, "statements": count}) + "\n")
    for k in range(1, count + 1, step):
        code = _one(pc, folder, listening, (k, _suicide))
        say("centre", f"statement {k}", _after(pc, folder, code == -signal.SIGKILL), code)
    for k in range(1, count + 1, step):
        _one(pc, folder, listening, (k, _kill_backend))
        _wait_for_database(pc.far.centre)
        say("database", f"statement {k}", _after(pc, folder, struck=True), 0)
    listening.close()


def _recorded(pc: Pc, folder: Path, listening: socket.socket) -> tuple[int, dict[str, int]]:
    """How many statements a round costs the centre, and which calls on files its process makes."""
    pc.far.reset()
    counter = pc.copied(folder)
    notes = folder.with_name("seen")
    stops: dict[str, int] = {}

    def note(_: int, stop: tracer.Stop) -> str:
        stops[stop.call] = stops.get(stop.call, 0) + 1
        return "go"

    pid = os.fork()
    if pid == 0:
        # the tracer is a process of its own, since this one plays the station
        ended = tracer.run(lambda: _serve(pc, listening, (0, _suicide), notes), Path("/"), note)
        notes.with_suffix(".calls").write_text(json.dumps(stops))
        os._exit(ended.code)
    _round(counter, listening)
    trial.close(counter)
    pids = notes.with_suffix(".pid").read_text()
    os.kill(int(pids), signal.SIGTERM)
    os.waitpid(pid, 0)
    return int(notes.read_text()), json.loads(notes.with_suffix(".calls").read_text())


Deadly = tuple[int, Callable[[sa.Connection], None]]


def _one(pc: Pc, folder: Path, listening: socket.socket, deadly: Deadly) -> int:
    """A round against a centre that dies at a statement; how its process ended."""
    pc.far.reset()
    counter = pc.copied(folder)
    pid = os.fork()
    if pid == 0:
        os._exit(_serve(pc, listening, deadly, folder.with_name("seen")))
    _round(counter, listening)
    trial.close(counter)
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status)


def _round(counter: trial.Counter, listening: socket.socket) -> None:
    url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    identity = dataclasses.replace(counter.identity, centre_url=url)
    # a dead centre's socket still takes connections that nobody will answer
    under = httpx.HTTPTransport(verify=_CONTEXT)
    trial.plain_round(dataclasses.replace(counter, identity=identity), under)


def _serve(pc: Pc, listening: socket.socket, deadly: Deadly, notes: Path) -> int:
    """The product's application in this fork, on connections of its own."""
    assert isinstance(pc.far, RealFar)
    engine = sa.create_engine(pc.far.centre.engine.url, hide_parameters=True)
    centre = dataclasses.replace(pc.far.centre, engine=engine)
    at, kill = deadly
    seen = 0

    def count(connection: sa.Connection, *_: object) -> None:
        nonlocal seen
        seen += 1
        if seen == at:
            kill(connection)

    sa.event.listen(engine, "before_cursor_execute", count)
    config = uvicorn.Config(
        make_app(centre), log_level="critical", lifespan="off", access_log=False
    )
    notes.with_suffix(".pid").write_text(str(os.getpid()))
    # uvicorn ends at the signal, and then raises it once more
    signal.signal(signal.SIGTERM, lambda *_: None)
    with suppress(SystemExit, KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[socket.socket(fileno=os.dup(listening.fileno()))])
    notes.write_text(str(seen))
    return 0


def _suicide(_: sa.Connection) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _kill_backend(connection: sa.Connection) -> None:
    """The database's process that serves this connection; the whole server then recovers."""
    os.kill(connection.connection.dbapi_connection.info.backend_pid, signal.SIGKILL)


def _after(pc: Pc, folder: Path, struck: bool) -> Outcome:
    counter = pc.opener(folder)
    kept = pc.far.kept(counter.identity.dev, counter.identity.station.code)
    done = trial.recover(pc, counter, Outcome("", struck, trial.wrong_now(counter, kept)))
    trial.close(counter)
    return done


def _wait_for_database(centre: Centre) -> None:
    """Until the server has recovered; the pool's old connections are all dead."""
    centre.engine.dispose()
    for _ in range(200):
        with suppress(sa.exc.OperationalError), centre.engine.connect() as tx:
            tx.exec_driver_sql("select 1")
            return
        # between two tries: the database recovers meanwhile
        time.sleep(0.05)
    raise TimeoutError("the database does not come back")
