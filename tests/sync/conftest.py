"""The real centre, once for a few files and only for the tests that ask for it."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.sync import real


@contextmanager
def _served() -> Iterator[real.Town]:
    # not below pytest's own folder: the database may run as another user, who must get there
    with (
        tempfile.TemporaryDirectory(prefix="sync-") as folder,
        real.serving(Path(folder)) as served,
    ):
        yield served


@pytest.fixture(scope="session")
def shared_town() -> Iterator[real.Town]:
    with _served() as served:
        yield served


@pytest.fixture(scope="session")
def second_town() -> Iterator[real.Town]:
    """A station has letters for 26 PCs; the files that take most of them have a centre of their own."""
    with _served() as served:
        yield served


@pytest.fixture(scope="module")
def town(request: pytest.FixtureRequest) -> real.Town:
    own = request.module.__name__.rpartition(".")[2] in {"test_restore", "test_conflicts"}
    found = request.getfixturevalue("second_town" if own else "shared_town")
    assert isinstance(found, real.Town)
    return found
