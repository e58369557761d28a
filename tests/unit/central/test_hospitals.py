"""The invented institutions of 示范县, on their feed and in the centre's facts."""

import re

from counter_app.catalog.item import Asked
from counter_app.central import basis, hospitals
from counter_app.central.township.hospitals import INVENTED
from counter_app.kernel.clock import today
from tests.unit.central import rig
from tests.unit.central.conftest import Town

LEVELS = {str(n) for n in range(1, 15)}
"""Codes of hosp_lv (codes.yaml)."""


def test_the_invented_ones_have_the_form_of_codes_in_areas_that_are_nobodys() -> None:
    assert len({row.code for row in INVENTED}) == len(INVENTED)
    for row in INVENTED:
        assert re.fullmatch(r"H99\d{4}\d{5}", row.code), row
        assert row.code[1:7] == row.admdvs
        assert row.level in LEVELS
        assert row.networked in {"0", "1", "2"}
        assert row.name.startswith(("示范县", "示范市")) or "虚构" in row.name
    assert sum(row.admdvs == "990101" for row in INVENTED) == 12


def test_every_pc_gets_them_and_the_centre_knows_the_same(town: Town, pc: rig.Pc) -> None:
    rows = {str(row[0]): row for row in pc.pull("hospitals")}
    assert {row.code for row in INVENTED} <= set(rows)
    first = INVENTED[0]
    assert rows[first.code] == [
        first.code, first.name, "sfxrmyy", first.level, "990101", "1",
    ]  # fmt: skip
    with town.centre.engine.begin() as tx:
        known = basis.load(tx)
        on = today(town.centre.clock)
        facts = basis.facts(tx, known, Asked(hospital=first.code), on)
        nothing = basis.facts(tx, known, Asked(hospital="H00000000000"), on)
        assert hospitals.by_code(tx, "H00000000000") is None
    assert known.tables["hospitals"][first.code] == first.name
    assert facts.hospitals[first.code].level == first.level
    assert nothing.hospitals == {}
