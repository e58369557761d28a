"""Several packs at the station: the one in force, and the one for the year after it."""

from pathlib import Path

from counter_app.services.load_facts import following, in_force
from counter_app.store import reference
from counter_app.store.transaction import read, write
from tests.fakes import station

COLUMNS = ("id", "text", "digest", "sig", "in_force")


def test_the_pack_of_the_year_after_is_the_nearest_of_its_region(tmp_path: Path) -> None:
    services = station.make_services(tmp_path)
    text = station.pack_text()
    with read(services.counter.reference) as tx:
        now = in_force(tx)
        assert now is not None
        assert following(tx, now) is None
    given = []
    for version, region in (("2028.1", ""), ("2027.1", ""), ("2025.3", ""), ("2027.1", "990102")):
        made = text.replace(now.version, version)
        made = made.replace('region = "990101"', f'region = "{region}"') if region else made
        given.append([f"{region}{version}", made, f"{region}{version}", "", False])
    with write(services.counter.reference) as tx:
        reference.apply_rows(tx, "policy", COLUMNS, given)
    with read(services.counter.reference) as tx:
        assert in_force(tx) == now
        later = following(tx, now)
        assert later is not None
        assert (later.region, later.version) == (now.region, "2027.1")
        assert following(tx, None) is None
