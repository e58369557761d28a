"""Institutions for the code field, and in the facts an item asks for."""

from pathlib import Path

from counter_app.catalog.item import Asked
from counter_app.services.load_facts import load_facts
from counter_app.services.queries.hospitals import hospitals
from counter_app.store import reference
from counter_app.store.transaction import write
from tests.fakes import station
from tests.unit.store.test_beyond import HOSPITALS, ROWS


def test_typing_as_an_input_method_leaves_it_finds_them(tmp_path: Path) -> None:
    counter = station.make_counter(tmp_path)
    assert hospitals(counter, "示范") == ()
    with write(counter.reference) as tx:
        reference.apply_rows(tx, "hospitals", HOSPITALS, ROWS)
    assert [h.name for h in hospitals(counter, " ｓｆｘｒ ")] == ["示范县人民医院"]
    assert hospitals(counter, "\u202e") == ()


def test_facts_know_the_institution_an_item_asks_for_and_the_table(tmp_path: Path) -> None:
    counter = station.make_counter(tmp_path)
    assert "hospitals" not in load_facts(counter, Asked()).tables
    with write(counter.reference) as tx:
        reference.apply_rows(tx, "hospitals", HOSPITALS, ROWS)
    facts = load_facts(counter, Asked(hospital="H99030100001"))
    assert facts.hospitals["H99030100001"].level == "2"
    assert facts.tables["hospitals"]["H99010100001"] == "示范县人民医院"
    assert load_facts(counter, Asked(hospital="H99010199999")).hospitals == {}
