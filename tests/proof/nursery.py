"""A warm process whose children die: `python -m tests.proof.nursery WHO FOLDER STEP [NOTES]`.

Each child is a fork of this process that opens a copy of the prepared PC and runs a round over a real
socket; it is killed, or its call on the disk fails. Then the files it left are opened and taken up
again, and everything is compared with a round that nothing befell. A line of JSON for each.
"""

import dataclasses
import json
import os
import signal
import socketserver
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import httpx

from counter_app.kernel.errors import EnvironmentFault
from tests.proof import naive, places, tracer, trial
from tests.proof.dying_centre import centre_kills
from tests.proof.far import Far
from tests.proof.tracer import EIO, ENOSPC, Ended, Stop
from tests.proof.trial import Outcome, Pc, say
from tests.proof.wire import _CONTEXT, Asked
from tests.sync import real

OK, FAULT, BUG = 0, 3, 70


@dataclasses.dataclass
class Bench:
    """The prepared PC, a folder for copies, and the way a child reaches the centre."""

    pc: Pc
    folder: Path
    url: str
    once: trial.Round = trial.plain_round

    def child(self, statement: int) -> Callable[[], int]:
        """What a child does; it kills itself before a statement (0: never)."""

        def act() -> int:
            return _round(self, statement)

        return act


def _round(bench: Bench, statement: int) -> int:
    try:
        counter = bench.pc.opener(bench.folder)
        identity = dataclasses.replace(counter.identity, centre_url=bench.url)
        counter = dataclasses.replace(counter, identity=identity)
        with trial.at_statement(statement, lambda: os.kill(os.getpid(), signal.SIGKILL)) as seen:
            report = bench.once(counter, httpx.HTTPTransport(verify=_CONTEXT))
            trial.close(counter)
        bench.folder.with_name("seen").write_text(str(len(seen)))
    except EnvironmentFault:
        # the disk refused even the opening
        return FAULT
    return OK if report.ok else FAULT


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


@contextmanager
def served(far: Far) -> Iterator[str]:
    """The centre's endpoints behind a socket on loopback."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def log_message(self, *_: object) -> None:
            pass

        def answer(self) -> None:
            size = int(self.headers.get("Content-Length", 0))
            body = self.rfile.read(size)
            if len(body) != size:
                return
            headers = {name.lower(): value for name, value in self.headers.items()}
            done = far.handle(Asked(self.command, self.path, headers, body))
            self.send_response(done.status)
            self.send_header("Content-Type", done.kind)
            self.send_header("Content-Length", str(len(done.body)))
            self.end_headers()
            self.wfile.write(done.body)

        def handle(self) -> None:
            try:
                super().handle()
            except OSError:
                # the other end was killed
                self.close_connection = True

    for method in ("GET", "POST"):
        setattr(Handler, f"do_{method}", Handler.answer)
    with _Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def taken_up(bench: Bench, what: str, struck: bool, folder: Path | None = None) -> Outcome:
    """Open what the child left, and go on."""
    counter = bench.pc.opener(folder or bench.folder)
    kept = bench.pc.far.kept(counter.identity.dev, counter.identity.station.code)
    sofar = Outcome(what, struck, trial.wrong_now(counter, kept))
    done = trial.recover(bench.pc, counter, sofar, None, bench.once)
    trial.close(counter)
    return done


def lay_out(bench: Bench) -> None:
    bench.pc.far.reset()
    trial.close(bench.pc.copied(bench.folder))


def recorded(bench: Bench) -> tuple[list[Stop], int]:
    """The calls of a round that nothing befalls, and how many statements it has."""
    lay_out(bench)
    ended = tracer.run(bench.child(0), bench.folder, lambda _, __: "go")
    assert ended.code == OK, ended
    return ended.stops, int(bench.folder.with_name("seen").read_text())


def strike(bench: Bench, kind: str, k: int) -> tuple[Ended, Path | None]:
    """A child held at its k-th call; `power` keeps only what was synced before."""
    lay_out(bench)
    synced: dict[str, int] = {}
    after = bench.folder.with_name("after")

    def verdict(number: int, stop: Stop) -> str | int:
        if kind == "enospc" and number >= k and stop.writes:
            return ENOSPC
        if number == k:
            if kind == "power":
                _power_cut(bench.folder, after, synced)
            return {"eio": EIO, "enospc": "go"}.get(kind, "kill")
        if stop.call in {"fsync", "fdatasync"} and (bench.folder / stop.name).is_file():
            synced[stop.name] = (bench.folder / stop.name).stat().st_size
        return "go"

    ended = tracer.run(bench.child(0), bench.folder, verdict)
    return ended, after if kind == "power" else None


def _power_cut(folder: Path, after: Path, synced: dict[str, int]) -> None:
    """The databases and logs as the disk has them: a log that was never synced ends where it last was."""
    trial.copy_files(folder, after)
    for name, size in synced.items():
        path = after / name
        if name.endswith("-wal") and path.exists() and path.stat().st_size > size:
            os.truncate(path, size)


def station_kills(bench: Bench, step: int) -> None:
    """SIGKILL, power cut and refusing disk at every `step`-th call and statement of a round."""
    trial.clean(bench.pc, bench.folder)
    stops, statements = recorded(bench)
    counts = {
        name: sum(1 for s in stops if s.call == name) for name in sorted(tracer.CALLS.values())
    }
    sys.stdout.write(json.dumps({"calls": counts, "statements": statements}) + "\n")
    for k in range(1, statements + 1, step):
        lay_out(bench)
        ended = tracer.run(bench.child(k), bench.folder, lambda _, __: "go")
        say("kill", f"statement {k}", taken_up(bench, "", ended.killed), ended.code)
    for k in range(1, len(stops) + 1, step):
        stop = stops[k - 1]
        for kind in ("kill", "power", "enospc", "eio"):
            if kind in {"enospc", "eio"} and not stop.writes:
                continue
            ended, after = strike(bench, kind, k)
            struck = ended.killed if kind in {"kill", "power"} else len(ended.stops) >= k
            done = taken_up(bench, "", struck, after)
            say(kind, f"{k} {stop.call} {stop.name}", done, ended.code)


def main(which: str, base: str, step: str, notes: str = "2") -> int:
    """`model`, `naive` (ids made at send time) or `real`: who dies is the station; `centre`: the centre."""
    reason = tracer.able()
    if reason:
        sys.stdout.write(json.dumps({"skip": reason}) + "\n")
        return 0
    folder = Path(base)
    if which in {"model", "naive"}:
        pc = places.model_pc(folder, int(notes))
        once = naive.new_id_per_try if which == "naive" else trial.plain_round
        with served(pc.far) as url:
            station_kills(Bench(pc, folder / "pc", url, once), int(step))
        return 0
    with tempfile.TemporaryDirectory(prefix="sync-") as made, real.serving(Path(made)) as town:
        pc = places.real_pc(town, folder, int(notes))
        if which == "centre":
            centre_kills(pc, folder / "pc", int(step))
            return 0
        with served(pc.far) as url:
            station_kills(Bench(pc, folder / "pc", url), int(step))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
