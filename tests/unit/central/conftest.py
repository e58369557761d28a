"""One real PostgreSQL with a small 示范县 for the whole folder."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from counter_app.central import centre as making
from counter_app.central import demo, feeds, postgres
from counter_app.central.centre import Centre
from counter_app.central.commands.init import begin
from tests.fakes.clock import FakeClock
from tests.unit.central import rig

if TYPE_CHECKING:
    from pathlib import Path


class Town:
    """The centre and what `init` told of it."""

    def __init__(self, centre: Centre, told: dict) -> None:
        self.centre = centre
        self.told = told

    def star(self, group: str, name: str = "") -> str:
        people = self.told["stars"][group]["people"]
        return people[name] if name else next(iter(people.values()))


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder: Path = tmp_path_factory.mktemp("centre")
    making.make(folder, "")
    centre = making.open_centre(folder, FakeClock())
    postgres.migrate(centre.engine)
    with centre.engine.begin() as tx:
        begin(tx)
        told = demo.fill(centre, tx, 600, 7)
    with centre.engine.begin() as tx:
        feeds.number(tx)
    yield Town(centre, told)
    centre.engine.dispose()
    postgres.stop(folder)


@pytest.fixture
def pc(town: Town) -> rig.Pc:
    """A newly enrolled PC of a station with room."""
    return rig.enrolled(town.centre)
