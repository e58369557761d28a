"""Number changes beside the servers until SIGTERM; waits while another process does it."""

import argparse
import signal
from time import sleep

from counter_app.central.commands.session import opened
from counter_app.central.number_changes import Sequencer

_LOOK_S = 0.2


def arguments(_: argparse.ArgumentParser) -> None:
    """What the command takes."""


def run(given: argparse.Namespace) -> None:
    """Lead or wait."""
    centre = opened(given.data)
    told: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda got, _: told.append(got))
    sequencer = Sequencer(centre)
    sequencer.start()
    while not told:
        sleep(_LOOK_S)
    sequencer.stop()
    centre.engine.dispose()
