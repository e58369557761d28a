"""The benchmark's invented people are real rows: every kind of key finds them."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from counter_app.cli.bench import crowd, synthetic
from counter_app.kernel import resident_id


@pytest.mark.parametrize("kind", crowd.KINDS)
def test_somebody_is_found_by_every_kind_of_key(tmp_path: Path, kind: str) -> None:
    services = synthetic.make(tmp_path, 1)
    crowd.fill(services.counter, 60)
    who = crowd.somebody(41)
    whole = who.key(kind, {"id_number": 17, "phone": 6, "last_four": 0}.get(kind, len(who.py) - 1))
    assert who.certno in {hit.certno for hit in services.find(whole).people}
    assert crowd.bare_ms(services.counter, kind, whole) >= 0
    with services.counter.reference.connect() as connection:
        names = {i["name"] for i in sa.inspect(connection).get_indexes("person")}
    assert {"ix_person_name", "ix_person_py", "ix_person_id4", "ix_person_tel"} <= names


def test_the_numbers_are_well_formed_and_belong_to_nobody() -> None:
    numbers = {crowd.somebody(n).certno for n in range(5000)}
    assert len(numbers) == 5000
    assert all(n.startswith("990101") and resident_id.fault(n) is None for n in numbers)
