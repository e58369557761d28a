"""Answer the stations until SIGTERM."""

import argparse
from pathlib import Path

from counter_app.central.commands.session import opened
from counter_app.central.serve_centre import serve


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("--port", type=int, default=0, help="0: any free one")
    parser.add_argument("--ready", type=Path, help="file to write port, url and pid to")


def run(given: argparse.Namespace) -> None:
    """Serve."""
    serve(opened(given.data), given.port, given.ready)
