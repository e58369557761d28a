"""Tokens: every pair of colours that carries words or shapes can be read."""

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QApplication

from counter_app.bootstrap import resources
from ui.theme import SCHEMES, font, px, scheme, use
from ui.theme.tokens import ROLES
from ui.widgets.icons import icon

WORDS = [
    ("ink", "surface"),
    ("ink", "bg"),
    ("ink2", "bg"),
    ("ink2", "surface"),
    ("ink2", "hover"),
    ("ink3", "surface"),
    ("ink3", "bg"),
    ("ink3", "sunken"),
    ("ink3", "hover"),
    ("ink3", "accent_s"),
    ("on", "accent"),
    ("on", "accent_hover"),
    ("on", "accent_press"),
    ("accent", "surface"),
    ("accent", "accent_s"),
    ("ok", "ok_s"),
    ("warn", "warn_s"),
    ("bad", "bad_s"),
    ("bad", "surface"),
    ("warn", "surface"),
    ("ink2", "warn_s"),
    ("ink2", "bad_s"),
    ("panel_ink", "panel"),
    ("panel_ink2", "panel"),
    ("panel_ink2", "panel_mark"),
]
SHAPES = [
    ("fline", "surface"),
    ("accent", "bg"),
    ("fund_basic", "surface"),
    ("fund_serious", "surface"),
    ("fund_aid", "surface"),
    ("fund_large", "surface"),
    ("fund_civil", "surface"),
]


def luminance(rgb: str) -> float:
    parts = [int(rgb[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", list(SCHEMES))
@pytest.mark.parametrize("pair", WORDS, ids="-on-".join)
def test_words_can_be_read(name: str, pair: tuple[str, str]) -> None:
    one, ground = (SCHEMES[name][token] for token in pair)
    assert contrast(one, ground) >= 4.5


@pytest.mark.parametrize("name", list(SCHEMES))
@pytest.mark.parametrize("pair", SHAPES, ids="-on-".join)
def test_shapes_can_be_seen(name: str, pair: tuple[str, str]) -> None:
    one, ground = (SCHEMES[name][token] for token in pair)
    assert contrast(one, ground) >= 3.0


def test_the_measured_values_of_the_design_still_hold() -> None:
    light = SCHEMES["light"]
    assert round(contrast(light["ink"], light["surface"]), 1) == 16.2
    assert round(contrast(light["ink3"], light["hover"]), 1) == 4.7
    assert round(contrast(SCHEMES["dark"]["bad"], SCHEMES["dark"]["bad_s"]), 1) == 6.6


@pytest.mark.gui
def test_scale_multiplies_sizes_and_a_change_is_undone(qapp: QApplication) -> None:
    use(qapp, "dark", 1.5)
    assert (scheme(), px(36), font("body").pixelSize()) == ("dark", 54, 22)
    use(qapp)
    assert (scheme(), px(36), font("body").pixelSize()) == ("light", 36, 15)


@pytest.mark.gui
def test_every_weight_is_a_real_face_and_digits_have_one_width(qapp: QApplication) -> None:
    from ui.theme import text_width

    for role in ROLES:
        widths = {round(text_width(digit, role), 3) for digit in "0123456789"}
        assert len(widths) == 1, role
    regular, medium = text_width("0" * 10, "body"), text_width("0" * 10, "body_strong")
    assert medium > regular, "weight 500 fell back to the regular face"


@pytest.mark.gui
def test_every_icon_draws_something_in_its_colour(qapp: QApplication) -> None:
    for path in sorted((resources() / "icons").glob("*.svg")):
        image = icon(path.stem, 20, "bad", 2.0).toImage()
        assert (image.width(), image.height()) == (40, 40)
        seen = bytes(QByteArray(bytes(image.constBits())))
        assert any(seen), f"{path.stem} is empty"
