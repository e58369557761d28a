"""The measured side of `bench sync-stall`: the program's own window, logged in, with a clock in its event loop."""

import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import Qt, QTimer

from counter_app.cli.bench.upload_town import filled
from ui.app import Opened
from ui.bench.working_window import Silent
from ui.demo.driver import Driver, NotSeen
from ui.demo.gate_hands import GateHands
from ui.demo.hands import Hands
from ui.demo.window import SIZE

STROKE_MS, SETTLE_MS, LOOK_MS, AFTER_MS = 5, 300, 250, 1500
"""Between strokes; from the log-in to the first; between looks whether the list is in; and watched after it."""


class Strokes:
    """Milliseconds between one stroke of the event loop and the next."""

    def __init__(self) -> None:
        self.gaps: list[float] = []
        self._last = 0.0
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._strike)

    def start(self) -> None:
        """From now on."""
        self._last = time.perf_counter()
        self._timer.start(STROKE_MS)

    def _strike(self) -> None:
        now = time.perf_counter()
        self.gaps.append((now - self._last) * 1000)
        self._last = now


def main(profile: Path, out: Path, phrase: str) -> int:
    """Log in, watch until the list is in, print the gaps as one JSON line; 1 where it never came."""
    opened = Opened(profile)
    opened.show()
    opened.window.resize(*SIZE)
    strokes, look = Strokes(), QTimer()
    ended = ["cut short"]

    def play() -> None:
        driver = Driver(opened.window, out, Silent())
        gate = GateHands(opened.window, driver)
        try:
            driver.need("登录页", lambda: gate.on("LogInView") and bool(gate.state().people))
            gate.log_in(phrase)
            driver.need("进来了", gate.working, 30)
            # building the workplace is the log-in's time, not the list's
            driver.settle(SETTLE_MS)
            strokes.start()
        except NotSeen as missing:
            sys.stderr.write(f"{missing}\n")
            opened.app.quit()
            return
        hands = Hands(opened.window, driver)
        look.timeout.connect(lambda: whole(hands))
        look.start(LOOK_MS)

    def whole(hands: Hands) -> None:
        if filled(hands.services):
            look.stop()
            ended.clear()
            QTimer.singleShot(AFTER_MS, opened.app.quit)

    QTimer.singleShot(0, play)
    opened.app.exec()
    opened.close()
    sys.stdout.write(json.dumps({"gaps_ms": strokes.gaps}) + "\n")
    return len(ended)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.stdin.read().strip()))
