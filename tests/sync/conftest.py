"""The real centre, once for the folder and only for the tests that ask for it."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sync import real


@pytest.fixture(scope="session")
def town() -> Iterator[real.Town]:
    # not below pytest's own folder: the database may run as another user, who must get there
    with (
        tempfile.TemporaryDirectory(prefix="sync-") as folder,
        real.serving(Path(folder)) as served,
    ):
        yield served
