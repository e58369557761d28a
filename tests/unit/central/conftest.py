"""One real PostgreSQL with a small 示范县 for the whole folder."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from counter_app.central import centre as making
from counter_app.central import demo, feeds, postgres, stations
from counter_app.central.centre import Centre
from counter_app.central.commands.init import begin
from counter_app.central.demo import FIRST
from tests.fakes.clock import FakeClock
from tests.fakes.scratch_database import unsynced
from tests.unit.central import rig

_ROOM = 20


class Town:
    """The centre and what `init` told of it; every call of `someone` gives another resident."""

    def __init__(self, centre: Centre, told: dict) -> None:
        self.centre = centre
        self.told = told
        self._plain = rig.plain_residents(centre)
        self._given = 0

    def star(self, group: str, name: str = "") -> str:
        people = self.told["stars"][group]["people"]
        return people[name] if name else next(iter(people.values()))

    def someone(self) -> str:
        """A grown-up covered so far and not yet registered for the season."""
        return self._plain.pop()

    def station_with_room(self) -> str:
        """Its own station for every twenty PCs: one has 26 letters. All are of 青禾镇."""
        code = f"{FIRST[:9]}{self._given // _ROOM + 1:03}"
        if self._given % _ROOM == 0:
            with self.centre.engine.begin() as tx:
                first = stations.find_station(tx, FIRST)
                assert first is not None
                stations.add_station(tx, msgspec.structs.replace(first, code=code))
                stations.add_clerk(tx, code, "0312", "李敏", "accept")
        self._given += 1
        return code


@pytest.fixture(scope="session")
def town() -> Iterator[Town]:
    # not below pytest's own folder: the database may run as another user, who must get there
    with tempfile.TemporaryDirectory(prefix="central-") as folder:
        yield from opened(Path(folder))


def opened(folder: Path) -> Iterator[Town]:
    making.make(folder, "")
    centre = making.open_centre(folder, FakeClock())
    unsynced(centre.engine)
    postgres.migrate(centre.engine)
    with centre.engine.begin() as tx:
        begin(tx)
        told = demo.fill(centre, tx, 4000, 7)
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
    """A PC of its own, for whatever breaks a chain."""
    return rig.enrolled(town.centre, town.station_with_room())
