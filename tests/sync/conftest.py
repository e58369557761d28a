"""The real centre, for as many files as its station has letters, and only where a test asks for it."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.sync import real

_ROOM = 14
"""More PCs than any one file enrols; a station has letters for 26."""


@pytest.fixture(scope="session")
def a_town() -> Iterator[Callable[[], real.Town]]:
    """The centre of the last file while its station has room, else another one."""
    towns: list[real.Town] = []
    with ExitStack() as stack:

        def found() -> real.Town:
            if not towns or towns[-1].codes > 26 - _ROOM:
                # not below pytest's own folder: the database may run as another user
                folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="sync-"))
                towns.append(stack.enter_context(real.serving(Path(folder))))
            return towns[-1]

        yield found


@pytest.fixture(scope="module")
def town(a_town: Callable[[], real.Town]) -> real.Town:
    return a_town()
