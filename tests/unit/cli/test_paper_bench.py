"""The floor of the paper bench is drawn from the very strings of the form."""

from pathlib import Path

from counter_app.cli.bench import paper, synthetic
from counter_app.printing import fonts
from tests.unit.printing import pages, samples


def test_the_floor_draws_the_same_strings_in_the_same_fonts(tmp_path: Path) -> None:
    services = synthetic.make(tmp_path, 1)
    drawn = paper._form(services, 0)()
    strings = paper.written(drawn)
    assert len(strings[0]) > 200
    assert {w.font for w in strings[0]} == set(fonts.FILES.values())
    paper.register_bare()
    floor = paper.bare(strings)
    assert pages.text(floor) == pages.text(drawn)
    # the floor embeds as many glyphs as the form: it is no lighter for want of fonts
    assert len(floor) > 0.8 * len(drawn)


def test_rare_characters_are_part_of_the_floor() -> None:
    strings = paper.written(samples.form_pdf(samples.answers(2)))
    assert fonts.RARE in {w.font for page in strings for w in page}


def test_every_household_has_a_code_of_its_own(tmp_path: Path) -> None:
    services = synthetic.make(tmp_path, 2)
    assert paper._form(services, 0)() != paper._form(services, 1)()
