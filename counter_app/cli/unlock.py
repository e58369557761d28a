"""Opening a profile at the command line: its lock, and a clerk's passphrase from the terminal."""

import getpass
import sys
from pathlib import Path

from counter_app.kernel.clock import Clock
from counter_app.services.list_clerks import list_clerks
from counter_app.services.log_in import Denied, LoggedIn, log_in, prove_passphrase

_DENIED = {
    "wrong": "口令不对，没有打开。请再试；忘了口令请县里给一次性码",
    "wait": "错得太多，要等一会儿才能再试",
    "unknown": "这台电脑上没有这个工号的口令。请核对工号，或请县里给一次性码",
}
NOBODY = "这台电脑还没有经办设过口令，没有发送。请先打开窗口启用"
NOTHING = "没有给口令，没有打开。请在终端里输，或用标准输入给一行"
WHICH = "本机有几位经办，请用 --clerk 写明工号"


def unlock(folder: Path, clock: Clock, clerk: str, *, only_prove: bool = False) -> LoggedIn | str:
    """Who logged in with the right passphrase, or why not, in words for the terminal.

    With `only_prove` neither database is opened, so that a damaged one can be examined.

    Raises:
        EnvironmentFault: the account is closed, the profile damaged, or the disk refuses.
    """
    clerks = list_clerks(folder)
    if clerks.state != "ready":
        return NOBODY
    who = clerk or (clerks.slots[0].clerk if len(clerks.slots) == 1 else "")
    if not who:
        return WHICH
    phrase = passphrase()
    if not phrase:
        # nobody typed: a script without a passphrase must not use up the clerk's tries
        return NOTHING
    door = prove_passphrase if only_prove else log_in
    into = door(folder, clock, who, phrase)
    return _DENIED[into.why] if isinstance(into, Denied) else into


def passphrase() -> str:
    """From the terminal unseen, or a line of standard input where a program calls; "" for none."""
    if sys.stdin is None:
        return ""
    if sys.stdin.isatty():
        return getpass.getpass("口令：")
    return sys.stdin.readline().rstrip("\r\n")
