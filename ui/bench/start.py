"""`counter-app bench start`: exec to a log-in box that takes typing, beside an empty window's first paint.

Both are whole processes, in turn, nine times; the medians and their ratio are reported.
"""

import argparse
import json
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from counter_app.cli.bench.gate_profile import make_gate

RUNS = 9
TARGET = 2.0
_EMPTY = "ui.bench.empty_window"
_LOGIN = "ui.bench.login_window"


def run(args: argparse.Namespace) -> int:
    """Measure and print; exit 0 whether reached or not: a figure is a figure."""
    with tempfile.TemporaryDirectory(prefix="counter-bench-") as folder:
        profile = make_gate(Path(folder) / "profile", secrets.token_hex(8))
        floor, ours = [], []
        for number in range(RUNS + 1):
            empty = _once(_EMPTY)
            login = _once(_LOGIN, str(profile))
            if number:
                floor.append(empty)
                ours.append(login)
    result = {
        "name": "start",
        "login_ms": round(statistics.median(ours)),
        "floor_empty_window_ms": round(statistics.median(floor)),
        "ratio": round(statistics.median(ours) / statistics.median(floor), 2),
        "target_ratio": TARGET,
        "runs": RUNS,
    }
    sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n" if args.json else _words(result))
    return 0


def _words(result: dict[str, object]) -> str:
    ours, floor = result["login_ms"], result["floor_empty_window_ms"]
    return f"登录框可输入 {ours} ms，空窗口首绘 {floor} ms，比值 {result['ratio']}（目标 ≤ {TARGET}）\n"


def _once(module: str, *words: str) -> float:
    env = dict(os.environ)
    if not env.get("DISPLAY"):
        env["QT_QPA_PLATFORM"] = "offscreen"
    began = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", module, *words], stdout=subprocess.PIPE, env=env, text=True
    ) as process:
        line = process.stdout.readline() if process.stdout else ""
        took = (time.perf_counter() - began) * 1000
        process.kill()
    if line.strip() != "ready":
        raise RuntimeError(f"{module} said {line!r}")
    return took
