"""The first clerk sets a passphrase: the waiting data key gets its first slot."""

from pathlib import Path

from counter_app.kernel.problems import Problem
from counter_app.services.context import Clerk
from counter_app.services.enrol_device import first_clerk, unclaimed, unwrap_unclaimed
from counter_app.store import key_slots


def claim_profile(folder: Path, clerk: Clerk, passphrase: str) -> tuple[Problem, ...]:
    """Make the slot, or say why not; () when it is made, and then log-in works offline.

    Raises:
        EnvironmentFault: the profile is damaged or the disk refuses.
    """
    problems = check_passphrase(clerk.id, passphrase)
    if problems:
        return problems
    if not unclaimed(folder):
        return (Problem("claimed", "", "这台电脑已经有人设过口令。请直接登录，或请县里给一次性码"),)
    if first_clerk(folder)[0] not in {"", clerk.id}:
        return (Problem("other_clerk", "clerk", "县里指定的第一位经办不是这个工号。请核对工号"),)
    slot = key_slots.Slot(clerk.id, clerk.name, clerk.rights, 0, 0)
    key_slots.put(folder, slot, passphrase, unwrap_unclaimed(folder))
    return ()


def check_passphrase(clerk: str, passphrase: str) -> tuple[Problem, ...]:
    """What is wrong with a new passphrase."""
    if len(passphrase) < key_slots.SHORTEST:
        short = key_slots.SHORTEST - len(passphrase)
        return (Problem("short", "passphrase", f"口令至少 8 位，还差 {short} 位"),)
    if len(set(passphrase)) == 1:
        return (Problem("same", "passphrase", "口令不能全是同一个字。别人一猜就中，请换一个"),)
    if clerk and not passphrase.replace(clerk, ""):
        return (Problem("number", "passphrase", "口令不能就是工号。工号人人知道，请换一个"),)
    return ()
