"""`counter-app bench frozen`: the frozen program's start beside the source's, and its sizes.

Both are whole processes up to a passphrase box that took a key, in turn, nine times.
"""

import argparse
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from counter_app.cli.bench import figures
from counter_app.cli.bench.gate_profile import make_gate
from installers import freeze, sizes

TARGET_RATIO = 1.3
ENVIRONMENT = 3
SOURCE = (sys.executable, "-m", "ui.app")


def run(args: argparse.Namespace) -> int:
    """Measure and print; 0 where the targets are kept, 1 where not, 3 where nothing was frozen."""
    program = freeze.PROGRAM / "counter-app"
    if not program.is_file():
        sys.stderr.write("还没有冻结的程序，没有量。先运行 make package，再来量\n")
        return ENVIRONMENT
    frozen, source = [], []
    with tempfile.TemporaryDirectory(prefix="counter-bench-") as folder:
        profile = make_gate(Path(folder) / "profile", secrets.token_hex(8))
        for number in range(figures.ROUNDS + 1):
            ours = ready_ms((str(program),), profile)
            floor = ready_ms(SOURCE, profile)
            if number:  # the first round warms up
                frozen.append(ours)
                source.append(floor)
    result = measured(statistics.median(frozen), statistics.median(source))
    figures.show(result, as_json=args.json)
    return 0 if result["ok"] else 1


def measured(frozen_ms: float, source_ms: float) -> dict[str, object]:
    """The figures, each beside its target."""
    ratio = round(frozen_ms / source_ms, 2)
    package = next(iter(freeze.BUILD.glob("*.deb")), None)
    return {
        "name": "frozen",
        "start_ms": round(frozen_ms),
        "source_start_ms": round(source_ms),
        "ratio": ratio,
        "target_ratio": TARGET_RATIO,
        "installed_mb": round(sizes.megabytes(freeze.PROGRAM), 1),
        "gate_installed_mb": sizes.INSTALLED.gate_mb,
        "target_installed_mb": sizes.INSTALLED.aim_mb,
        "deb_mb": round(sizes.megabytes(package), 1) if package else None,
        "gate_deb_mb": sizes.PACKAGE.gate_mb,
        "target_deb_mb": sizes.PACKAGE.aim_mb,
        "rounds": figures.ROUNDS,
        "ok": ratio <= TARGET_RATIO,
    }


def ready_ms(command: tuple[str, ...], profile: Path) -> float:
    """From exec to a box that takes typing.

    Raises:
        RuntimeError: the program said something else.
    """
    env = dict(os.environ)
    if not env.get("DISPLAY"):
        env["QT_QPA_PLATFORM"] = "offscreen"
    words = [*command, "bench", "ready", "--profile", str(profile)]
    began = time.perf_counter()
    with subprocess.Popen(words, stdout=subprocess.PIPE, env=env, text=True) as process:
        line = process.stdout.readline() if process.stdout else ""
        took = (time.perf_counter() - began) * 1000
        process.kill()
    if line.strip() != "ready":
        raise RuntimeError(f"{command[0]} said {line!r}")
    return took
