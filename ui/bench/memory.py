"""`counter-app bench memory`: what the working window takes with a township of a million people.

A process of its own opens the program's window on a profile with that roster, logs in by typing, looks
people up by every kind of key, and serves several of them from the scan box to the printed sheets, so
that fonts, previews and database caches are all in it. Resident memory is read from the system after
each stage; the highest counts.
"""

import argparse
import json
import secrets
import sys
import tempfile
from itertools import islice
from pathlib import Path

import msgspec

from counter_app.bootstrap import open_counter
from counter_app.cli.bench import crowd, figures, synthetic
from counter_app.cli.bench.gate_profile import make_gate
from counter_app.devices.choose_printer import DEMO
from counter_app.kernel.clock import SystemClock
from counter_app.services.context import Clerk
from counter_app.services.log_in import Denied, log_in
from ui.bench.apart import window_apart

PEOPLE = 1_000_000
TARGET_MB = 250.0
SECONDS = 300
LOOKED_UP, SERVED = 60, 6
CLERK = "0312"
_ADULT = ("1950", "2005")
_WINDOW = "ui.bench.working_window"


def run(args: argparse.Namespace) -> int:
    """Measure and print; 0 where the target is kept, 1 where not, 3 where the system tells nothing."""
    if not Path("/proc/self/status").exists():
        sys.stderr.write("这个系统没有 /proc，量不了内存。请在 Linux 上量。\n")
        return 3
    people = getattr(args, "people", None) or PEOPLE
    with tempfile.TemporaryDirectory(prefix="counter-bench-") as folder:
        passphrase = secrets.token_hex(8)
        profile = make_profile(Path(folder), passphrase, people)
        stages = measure(profile, errands(passphrase, people), Path(folder) / "out")
    most = max(stages.values())
    result = {
        "name": "memory",
        "people": people,
        "rss_mb": stages,
        "most_mb": most,
        "target_mb": TARGET_MB,
        "ok": most <= TARGET_MB,
    }
    figures.show(result, as_json=args.json)
    return 0 if most <= TARGET_MB else 1


def make_profile(folder: Path, passphrase: str, people: int) -> Path:
    """An enrolled profile of the invented station with so many people, printing into a folder."""
    profile = make_gate(folder / "profile", passphrase)
    answer = log_in(profile, SystemClock(), CLERK, passphrase)
    if isinstance(answer, Denied):
        raise RuntimeError(answer.why)
    clerk = Clerk(answer.slot.clerk, answer.slot.name, answer.slot.rights)
    counter = open_counter(profile, answer.data_key, clerk)
    synthetic.fill(counter.reference, 1)
    crowd.fill(counter, people)
    counter.station.dispose()
    counter.reference.dispose()
    printer = {"printer_folder": str(folder / "paper")}
    (profile / DEMO).write_text(json.dumps(printer), "utf-8")
    return profile


def errands(passphrase: str, people: int) -> dict[str, object]:
    """What the clerk types: keys of every kind, and adults far from each other who are served."""
    far = (crowd.somebody(number * 7_919 % people) for number in range(people))
    keys = [
        crowd.somebody(number * 104_729 % people).key(
            crowd.KINDS[number % len(crowd.KINDS)], number
        )
        for number in range(LOOKED_UP)
    ]
    adults = (who.certno for who in far if _ADULT[0] <= who.certno[6:10] <= _ADULT[1])
    return {"passphrase": passphrase, "keys": keys, "served": list(islice(adults, SERVED))}


def measure(profile: Path, told: dict[str, object], out: Path) -> dict[str, float]:
    """Megabytes resident after each stage of a window in a process of its own.

    Raises:
        RuntimeError: the window did not come through.
    """
    places = (profile, out)
    return msgspec.convert(
        window_apart(_WINDOW, places, json.dumps(told), SECONDS), dict[str, float]
    )
