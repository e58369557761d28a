"""Runs the frozen program the way a clerk's account would: nobody's rights, a home with Chinese and a blank in it."""

import os
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

NOBODY = 65534
SECONDS = 120


class Failed(Exception):
    """A check found something else than it should."""


@dataclass(frozen=True, slots=True)
class Program:
    """The frozen program and the account it runs in.

    Attributes:
        file: what is started.
        scratch: our folder; the home and the temporary folder are in it.
        display: an X display; "" draws into memory.
    """

    file: Path
    scratch: Path
    display: str = ""

    @property
    def home(self) -> Path:
        """The clerk's home folder."""
        return self.scratch / "张 三的家"

    @property
    def data(self) -> Path:
        """The program's data folder in it."""
        return self.home / ".local" / "share" / "counter-app"

    @property
    def temporary(self) -> Path:
        """Where temporary files would go."""
        return self.scratch / "temporary"

    def prepare(self) -> None:
        """Make the folders, and give them to the account."""
        for folder in (self.home, self.temporary):
            folder.mkdir(parents=True, exist_ok=True)
        self.scratch.chmod(0o755)
        self.give(self.home)
        self.give(self.temporary)

    def give(self, folder: Path) -> None:
        """A folder and all in it now belong to the account."""
        if os.geteuid() == 0:
            for path in (folder, *folder.rglob("*")):
                os.chown(path, NOBODY, NOBODY)

    def environment(self) -> dict[str, str]:
        """Nothing of ours but what a desktop session has."""
        return {
            "HOME": str(self.home),
            "TMPDIR": str(self.temporary),
            "PATH": "/usr/bin:/bin",
            "LANG": "C.UTF-8",
            **({"DISPLAY": self.display} if self.display else {"QT_QPA_PLATFORM": "offscreen"}),
        }

    def run(
        self, *words: object, said: str = "", offline: bool = False
    ) -> subprocess.CompletedProcess[str]:
        """Run it to its end.

        Args:
            words: its arguments.
            said: what it reads from standard input.
            offline: without any network, where we have the right to arrange that.
        """
        return subprocess.run(
            [*as_clerk(offline=offline), *self.command(*words)],
            input=said,
            capture_output=True,
            text=True,
            check=False,
            timeout=SECONDS,
            env=self.environment(),
            cwd=self.home,
        )

    def start(self, *words: object, offline: bool = False) -> "subprocess.Popen[str]":
        """Start it and go on; its output goes to a pipe."""
        return subprocess.Popen(
            [*as_clerk(offline=offline), *self.command(*words)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=self.environment(),
            cwd=self.home,
        )

    def command(self, *words: object) -> list[str]:
        """Its command line."""
        return [str(self.file), *map(str, words)]


def as_clerk(*, offline: bool) -> list[str]:
    """What goes before the command: leave the network, give up root; nothing where we are not root."""
    if os.geteuid() != 0:
        return []
    apart = ["unshare", "--net"] if offline and _may_leave_network() else []
    ids = f"--reuid={NOBODY} --regid={NOBODY} --clear-groups".split()
    return [*apart, "setpriv", *ids]


def offline_words() -> str:
    """How `offline` was arranged, so that a report doesn't say more than was done."""
    if os.geteuid() == 0 and _may_leave_network():
        return "没有网络"
    return "没有权限断网，只是不连"


@cache
def _may_leave_network() -> bool:
    return subprocess.run(["unshare", "--net", "true"], check=False).returncode == 0
