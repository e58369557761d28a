"""The shipped dictionary of entries: what one claim shares with every other is not sent again (SYNC §12).

It was trained on synthetic entries (tests/proof/train_dictionary.py) and never changes under its name; a
better one comes under another, and the centre keeps both.
"""

from functools import cache
from pathlib import Path

import zstandard

NAME = "ops-1"
HEADER = "X-Dict"
LEVEL = 19
"""Slow for much, nothing for a batch of entries."""
_FOLDER = Path(__file__).resolve().parents[2] / "resources" / "wire"


@cache
def load(name: str = NAME) -> zstandard.ZstdCompressionDict | None:
    """The dictionary, None where nobody knows it."""
    if name != NAME:
        return None
    return zstandard.ZstdCompressionDict((_FOLDER / f"{NAME}.zdict").read_bytes())
