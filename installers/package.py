"""`make package`: freeze, smoke test with a centre run from source, wrap into a .deb; every figure is printed.

Use: python -m installers.package
"""

import io
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from installers import complete, deb, freeze

ROOT = Path(__file__).resolve().parent.parent
THINGS = freeze.BUILD / "things"
STATION, CLERK = "990101104000", "0312"
RESIDENTS, SEED = 300, 7


@dataclass(frozen=True, slots=True)
class Running:
    """A centre that answers, and one unused activation code."""

    url: str
    ca: Path
    code: str


def main() -> int:
    """All of it; 0 where every gate is kept and every check passed."""
    # in order with what the processes started here say
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)
    frozen = max(freeze.main(), complete.main())
    with centre() as running:
        words = ("installers.make_things", str(THINGS), str(running.ca))
        subprocess.run([sys.executable, "-m", *words], check=True, cwd=ROOT)
        smoked = subprocess.run(
            [
                *(sys.executable, "-m", "installers.smoke"),
                *(str(freeze.PROGRAM / "counter-app"), str(THINGS)),
                *("--centre", running.url, "--ca", str(running.ca), "--code", running.code),
            ],
            check=False,
            cwd=ROOT,
        ).returncode
    packed = deb.main()
    return max(frozen, smoked, packed)


@contextmanager
def centre() -> Iterator[Running]:
    """The invented county's centre on loopback, run from source."""
    from ui.demo.centre import CentreProcess

    with tempfile.TemporaryDirectory(prefix="counter-centre-") as folder:
        process = CentreProcess(Path(folder))
        told = process.init(RESIDENTS, SEED)
        words = ("--data", folder, "--station", STATION, "--clerk", CLERK, "--approved")
        code = str(process.call("device", "code", *words)["code"])
        process.start()
        try:
            yield Running(process.url, Path(str(told["ca"])), code)
        finally:
            process.stop()


if __name__ == "__main__":
    sys.exit(main())
