"""The real window of the tour, driven from inside: `python -m ui.demo.window --act NAME …`."""

import argparse
import sys
from pathlib import Path

from PySide6.QtCore import QTimer

from ui.app import Opened
from ui.demo import act_after, act_queue, act_second
from ui.demo.channel import ChildChannel
from ui.demo.driver import Driver, NotSeen
from ui.demo.gate_hands import GateHands
from ui.demo.hands import Hands
from ui.demo.stage import Stage

ACTS = {"queue": act_queue.run, "after_power_cut": act_after.run, "second_pc": act_second.run}
SIZE = (1366, 768)


def main(argv: list[str]) -> int:
    """Open the window, play the act, close it."""
    parser = argparse.ArgumentParser("ui.demo.window")
    parser.add_argument("--act", choices=sorted(ACTS), required=True)
    parser.add_argument("--profile", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--code", required=True)
    parser.add_argument("--main-line", action="store_true")
    args = parser.parse_args(argv)
    channel = ChildChannel()
    opened = Opened(args.profile)
    opened.show()
    opened.window.resize(*SIZE)

    ended = ["cut short"]

    def play() -> None:
        driver = Driver(opened.window, args.out, channel)
        gate = GateHands(opened.window, driver)
        hands = Hands(opened.window, driver)
        try:
            stars = driver.ask({"ask": "stars"})["stars"]
            ACTS[args.act](Stage(hands, gate, driver, stars, args.code, not args.main_line))
            ended.clear()
        except NotSeen as missing:
            sys.stderr.write(f"{args.act}: {missing}\n")
        finally:
            opened.window.close()
            opened.app.quit()

    QTimer.singleShot(0, play)
    opened.app.exec()
    opened.close()
    return len(ended)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
