"""The headless side of `counter-app`: words that need no window, run before PySide6 is imported."""

import argparse
import importlib
import importlib.util
import io
import sys
from typing import Protocol, cast

from counter_app import __version__
from counter_app.kernel.errors import EnvironmentFault

WORDS = {
    "form": "counter_app.cli.form",
    "items": "counter_app.cli.items",
    "enrol": "counter_app.cli.enrol",
    "sync": "counter_app.cli.sync",
    "courier": "counter_app.cli.courier",
    "scan": "counter_app.cli.scan",
    "settle": "counter_app.cli.settle",
    "pack": "counter_app.cli.pack",
    "doctor": "counter_app.cli.doctor",
    "dayclose": "counter_app.cli.dayclose",
    "journal": "counter_app.cli.journal",
    "backup": "counter_app.cli.backup",
    "restore": "counter_app.cli.restore",
    "bench": "counter_app.cli.bench.word",
}
"""Word -> module with add(subparsers) and run(args)."""

DONE, PROBLEMS, USAGE, ENVIRONMENT = 0, 1, 2, 3


class Subcommand(Protocol):
    """What a module of this package offers."""

    def add(self, subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
        """Declare the word and its arguments."""
        ...

    def run(self, args: argparse.Namespace) -> int:
        """Do it; the exit code."""
        ...


def main(argv: list[str]) -> int:
    """Run a headless word; exit codes 0 done, 1 problems, 2 used wrongly, 3 the environment is at fault."""
    _say_whatever_can_be_said()
    parser = argparse.ArgumentParser("counter-app", description="医保基层窗口")
    parser.add_argument("--version", action="version", version=__version__)
    subparsers = parser.add_subparsers(dest="word", required=True)
    wanted = [argv[0]] if argv and argv[0] in WORDS else [w for w in WORDS if _here(w)]
    if not _here(wanted[0]):
        sys.stderr.write("安装的程序里没有这一项：演示和测量要用源代码。办业务不受影响\n")
        return ENVIRONMENT
    modules = {word: cast("Subcommand", importlib.import_module(WORDS[word])) for word in wanted}
    for module in modules.values():
        module.add(subparsers)
    args = parser.parse_args(argv)
    try:
        return modules[args.word].run(args)
    except EnvironmentFault as fault:
        sys.stderr.write(f"{fault.text}。{fault.advice}\n")
        return ENVIRONMENT


def _say_whatever_can_be_said() -> None:
    """A rare character a terminal of GBK has not becomes a question mark, not an end without an answer."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _here(word: str) -> bool:
    """Whether the word's package is in this program; the frozen one has no benchmarks."""
    return importlib.util.find_spec(WORDS[word].rpartition(".")[0]) is not None
