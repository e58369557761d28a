"""`counter-app bench sync-bytes`: what a list and one claim cost on the wire, and what a cut line wastes (G3, G7)."""

import argparse
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx

from counter_app.cli.bench import claims, figures, synthetic
from counter_app.cli.bench.sync_lists import Centre, lists, way_down
from counter_app.services.context import Counter
from counter_app.sync.faults import SyncFault

PEOPLE = 20_000
CUT = 64 * 1024
CLAIMS = 12
WASTE, STREAM, BOOT, CLAIM = 1.25, 75.0, 62.0, 450
_MOST_TRIES = 1000


class CutLine(httpx.BaseTransport):
    """A wire that breaks after every so many bytes of replies, wherever that is."""

    def __init__(self, far: httpx.BaseTransport, every: int) -> None:
        self._far = far
        self._every = every
        self.sent = self.cuts = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The reply as far as the line lives."""
        whole = self._far.handle_request(request)
        return httpx.Response(whole.status_code, stream=Cut(self, whole.read()))

    def carry(self, body: bytes) -> Iterator[bytes]:
        """As much as goes through before the next cut."""
        left = self._every - self.sent % self._every
        part = body[:left]
        self.sent += len(part)
        yield part
        if len(body) >= left:
            self.cuts += 1
            raise httpx.ReadError("cut")


class Cut(httpx.SyncByteStream):
    """A reply that is cut on its way."""

    def __init__(self, line: CutLine, body: bytes) -> None:
        self._line, self._body = line, body

    def __iter__(self) -> Iterator[bytes]:
        return self._line.carry(self._body)


def run(args: argparse.Namespace) -> int:
    """Measure and print; 0 where all targets are kept, else 1."""
    result = measure(PEOPLE, CUT)
    figures.show(result, as_json=args.json)
    return 0 if result["ok"] else 1


def measure(count: int, every: int) -> dict[str, object]:
    """The figures for a first filling of so many people and as many that come later."""
    people = lists(count, count)
    first, then = Centre(people.before, []), Centre(people.before, people.coming)
    with tempfile.TemporaryDirectory(prefix="counter-bench-") as made:
        counter = synthetic.make(Path(made), 0).counter
        filling, coming = CutLine(first, every), CutLine(then, every)
        tries = _until_whole(counter, filling) + _until_whole(counter, coming)
        counter.close()
    useful = first.boot_bytes + then.page_bytes
    sent = filling.sent + coming.sent
    claim = round(statistics.mean(claims.bytes_of_one(CLAIMS)))
    stream, boot = then.page_bytes / count, first.boot_bytes / count
    return {
        "name": "sync-bytes",
        "people": count,
        "cut_every": every,
        "cuts": filling.cuts + coming.cuts,
        "tries": tries,
        "sent": sent,
        "useful": useful,
        "ratio": round(sent / useful, 3),
        "filling": round(filling.sent / first.boot_bytes, 3),
        "coming": round(coming.sent / then.page_bytes, 3),
        "bytes_streamed": round(stream, 1),
        "bytes_boot": round(boot, 1),
        "bytes_claim": claim,
        "target": WASTE,
        "ok": sent / useful <= WASTE and stream <= STREAM and boot <= BOOT and claim <= CLAIM,
    }


def _until_whole(counter: Counter, line: CutLine) -> int:
    """Try as a round does, again and again; how often."""
    for tries in range(1, _MOST_TRIES):
        try:
            way_down(counter, line)
        except SyncFault:
            continue
        return tries
    raise RuntimeError("the list never came in whole")
