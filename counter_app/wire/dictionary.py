"""The shipped dictionaries of entries: what one claim shares with every other is not sent again (SYNC §12).

They were trained on synthetic entries (tests/proof/train_dictionary.py) and never change under their name; a
better one comes under another, and the centre keeps all. Under `ops-2` the headers travel lean (`wire.lean`).
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import zstandard

NAME = "ops-2"
KNOWN = (NAME, "ops-1")
"""What can be read, the best first."""
LEAN = frozenset({NAME})
"""Under which headers are left without what the batch says anyway."""
HEADER = "X-Dict"
SLOW, QUICK = 19, 9
_SMALL = 64 * 1024
_FOLDER = Path(__file__).resolve().parents[2] / "resources" / "wire"


def best(offered: Iterable[str]) -> str:
    """The best of those both know; "" where there is none."""
    there = set(offered)
    return next((name for name in KNOWN if name in there), "")


def level(size: int) -> int:
    """How hard so many bytes are packed: batches only grow on a line that bears a sixth more bytes."""
    return SLOW if size <= _SMALL else QUICK


@cache
def load(name: str = NAME) -> zstandard.ZstdCompressionDict | None:
    """The dictionary, None where nobody knows it."""
    if name not in KNOWN:
        return None
    return zstandard.ZstdCompressionDict((_FOLDER / f"{name}.zdict").read_bytes())
