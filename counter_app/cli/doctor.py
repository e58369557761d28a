"""`counter-app doctor [--clerk ID] [--json] [--bundle DIR]`: what is wrong with this PC, without a window."""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from counter_app import __version__
from counter_app.bootstrap import resources
from counter_app.cli.unlock import unlock
from counter_app.doctor import words
from counter_app.doctor.bundle import make_bundle
from counter_app.doctor.examine import examine
from counter_app.doctor.finding import Examination
from counter_app.doctor.open_files import close_files, open_files
from counter_app.doctor.parts import PARTS
from counter_app.doctor.patient import OpenFiles, Patient
from counter_app.kernel.clock import SystemClock
from counter_app.kernel.errors import EnvironmentFault
from counter_app.services.context import Identity
from counter_app.services.find_profile import find_profile
from counter_app.services.hold_profile import hold_profile
from counter_app.services.read_identity import read_identity

FINE, LOOK, STOP = 0, 1, 3
_MINE, _OTHERS, _UNTOLD = "mine", "others", "untold"


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the word and its arguments."""
    parser = subparsers.add_parser("doctor", help="查这台电脑哪里不对，说出怎么办")
    parser.add_argument("--json", action="store_true", help="打印一个 JSON 对象")
    parser.add_argument("--profile", type=Path, help="数据文件夹")
    parser.add_argument("--clerk", nargs="?", const="", help="连加密的数据一起查，要这位经办的口令")
    parser.add_argument("--bundle", type=Path, help="把求助包存进这个文件夹")


def run(args: argparse.Namespace) -> int:
    """Examine and say; 0 all well, 1 something to look at, 3 nothing can be accepted.

    Raises:
        EnvironmentFault: the bundle can't be written.
    """
    folder = find_profile(args.profile)
    with _held(folder) as lock, _opened(folder, args.clerk, lock) as files:
        patient = Patient(
            folder,
            SystemClock(),
            resources(),
            __version__,
            _identity(folder),
            files,
            holds_lock=lock == _MINE,
            locked_out=lock == _OTHERS,
        )
        examination = examine(patient, PARTS)
        if args.bundle is not None:
            sys.stderr.write(f"求助包在 {make_bundle(patient, examination, args.bundle)}\n")
    _print(examination, as_json=args.json)
    return STOP if examination.stopped else LOOK if examination.wrong else FINE


@contextmanager
def _held(folder: Path) -> Iterator[str]:
    """The profile's lock for as long as it is looked at; a folder that is not there is not made."""
    try:
        lock = hold_profile(folder) if folder.is_dir() else None
    except EnvironmentFault:
        # the disk's own line says why
        yield _UNTOLD
        return
    try:
        yield _MINE if lock is not None else _OTHERS if folder.is_dir() else _UNTOLD
    finally:
        if lock is not None:
            lock.release()


@contextmanager
def _opened(folder: Path, clerk: str | None, lock: str) -> Iterator[OpenFiles | None]:
    """The databases, where a clerk is named, the passphrase is right and no other window has them."""
    files = None
    if clerk is not None and lock == _OTHERS:
        sys.stderr.write("窗口正开着，口令没有用，加密的数据没查：请在那个窗口里按设备自检\n")
    if clerk is not None and lock == _MINE:
        try:
            into = unlock(folder, SystemClock(), clerk, only_prove=True)
        except EnvironmentFault as fault:
            into = f"{fault.text}。{fault.advice}"
        if isinstance(into, str):
            sys.stderr.write(f"没有登录，加密的数据没查：{into}\n")
        else:
            files = open_files(folder, into.data_key)
    try:
        yield files
    finally:
        if files is not None:
            close_files(files)


def _identity(folder: Path) -> Identity | None:
    try:
        return read_identity(folder)
    except EnvironmentFault:
        return None


def _print(examination: Examination, *, as_json: bool) -> None:
    if as_json:
        said = json.dumps(words.plain(examination), ensure_ascii=False)
    else:
        said = "\n".join(words.lines(examination))
    sys.stdout.write(said + "\n")
    sys.stdout.flush()
