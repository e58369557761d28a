"""One real PostgreSQL with a small 示范县 for the whole folder."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.central import centre as making
from counter_app.central import demo, feeds, postgres
from counter_app.central.centre import Centre
from counter_app.central.commands.init import begin
from tests.fakes.clock import FakeClock
from tests.unit.central import rig


class Town:
    """The centre and what `init` told of it; every call of `someone` gives another resident."""

    def __init__(self, centre: Centre, told: dict) -> None:
        self.centre = centre
        self.told = told
        self._plain = rig.plain_residents(centre)

    def star(self, group: str, name: str = "") -> str:
        people = self.told["stars"][group]["people"]
        return people[name] if name else next(iter(people.values()))

    def someone(self) -> str:
        """A grown-up covered so far and not yet registered for the season."""
        return self._plain.pop()


@pytest.fixture(scope="session")
def town() -> Iterator[Town]:
    # not below pytest's own folder: the database may run as another user, who must get there
    with tempfile.TemporaryDirectory(prefix="central-") as folder:
        yield from opened(Path(folder))


def opened(folder: Path) -> Iterator[Town]:
    making.make(folder, "")
    centre = making.open_centre(folder, FakeClock())
    postgres.migrate(centre.engine)
    with centre.engine.begin() as tx:
        begin(tx)
        told = demo.fill(centre, tx, 2400, 7)
    with centre.engine.begin() as tx:
        feeds.number(tx)
    yield Town(centre, told)
    centre.engine.dispose()
    postgres.stop(folder)


@pytest.fixture(scope="session")
def pc(town: Town) -> rig.Pc:
    """A PC of 青禾镇 for whatever leaves its chain whole."""
    return rig.enrolled(town.centre)


@pytest.fixture
def fresh(town: Town) -> rig.Pc:
    """A PC of its own, for whatever breaks a chain (a station has 26 letters)."""
    return rig.enrolled(town.centre)
