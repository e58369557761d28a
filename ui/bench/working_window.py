"""The measured side of `bench memory`: the program's own window, worked by hands, its memory after each stage."""

import json
import sys
from pathlib import Path

import msgspec
from PySide6.QtCore import QTimer

from ui.app import Opened
from ui.demo.channel import ChildChannel
from ui.demo.driver import Driver, NotSeen
from ui.demo.gate_hands import GateHands
from ui.demo.hands import Hands
from ui.demo.window import SIZE


class Told(msgspec.Struct, frozen=True):
    """What the clerk types: passphrase, keys to look up, numbers of those who are served."""

    passphrase: str
    keys: tuple[str, ...]
    served: tuple[str, ...]


class Silent(ChildChannel):
    """Nobody at the other end: this window asks for nothing."""

    def __init__(self) -> None:
        """No thread that listens."""

    def say(self, message: dict[str, object]) -> None:
        """Into the air."""

    def heard(self) -> None:
        """Nothing comes."""
        return


def resident_mb() -> float:
    """What of this process lies in memory."""
    status = Path("/proc/self/status").read_text("utf-8")
    line = next(ln for ln in status.splitlines() if ln.startswith("VmRSS:"))
    return round(int(line.split()[1]) / 1000, 1)


def main(profile: Path, out: Path, told: Told) -> int:
    """Open the window, work, print the figures as one JSON line; 1 where something did not come."""
    opened = Opened(profile)
    opened.show()
    opened.window.resize(*SIZE)
    stages: dict[str, float] = {}
    ended = ["cut short"]

    def play() -> None:
        driver = Driver(opened.window, out, Silent())
        hands = Hands(opened.window, driver)
        gate = GateHands(opened.window, driver)
        try:
            _work(hands, gate, stages, told)
            ended.clear()
        except NotSeen as missing:
            sys.stderr.write(f"{missing}\n")
        finally:
            opened.window.close()
            opened.app.quit()

    QTimer.singleShot(0, play)
    opened.app.exec()
    opened.close()
    sys.stdout.write(json.dumps(stages) + "\n")
    return len(ended)


def _work(hands: Hands, gate: GateHands, stages: dict[str, float], told: Told) -> None:
    driver = hands.driver
    driver.need("登录页", lambda: gate.on("LogInView") and bool(gate.state().people))
    stages["gate"] = resident_mb()
    gate.log_in(told.passphrase)
    driver.need("进来了", gate.working, 30)
    hands.come_home()
    stages["home"] = resident_mb()
    for key in told.keys:
        hands.services.find(key)
    hands.look_up(told.keys[-1])
    stages["searched"] = resident_mb()
    for certno in told.served:
        hands.serve_single(certno)
    stages["served"] = resident_mb()


if __name__ == "__main__":
    sys.exit(
        main(Path(sys.argv[1]), Path(sys.argv[2]), msgspec.json.decode(sys.stdin.read(), type=Told))
    )
