"""Design tokens: the only place with colour values and sizes (logical px at 100 %)."""

from collections.abc import Mapping
from dataclasses import dataclass

Colours = Mapping[str, str]

_NAMES = [
    "bg",
    "surface",
    "sunken",
    "hover",
    "line",
    "line2",
    "fline",
    "ink",
    "ink2",
    "ink3",
    "accent",
    "accent_hover",
    "accent_press",
    "accent_s",
    "accent_l",
    "on",
    "ok",
    "ok_s",
    "ok_l",
    "warn",
    "warn_s",
    "warn_l",
    "bad",
    "bad_s",
    "bad_l",
    "fund_basic",
    "fund_serious",
    "fund_aid",
    "fund_large",
    "fund_civil",
    "own",
    "deduction",
    "panel",
    "panel_mark",
    "panel_ink",
    "panel_ink2",
    "scrim",
]


def _scheme(values: str) -> Colours:
    return dict(zip(_NAMES, ("#" + v for v in values.split()), strict=True))


LIGHT = _scheme(
    "F4F3EF FFFFFF FAF9F6 F0EEE8 E4E1D9 CFCBC0 8B887F 1C2127 4A515A 646A73 1B57A6 164A8F 113B74 "
    "E8F0FA AFC8E8 FFFFFF 156B44 E4F3EB A6D3BC 875000 FCF1DC E3C183 B0271B FCEBE8 EBB1AA "
    "1B57A6 2A8793 7361B5 A8642A A04A7D 8F8B80 8F8B80 153F7B 1A4A8D FFFFFF CDDBEF 1C2127"
)
DARK = _scheme(
    "14171B 1D2126 22272D 2A3037 31373F 454D57 808A95 ECEFF2 BDC4CC 9BA4AE 86B4F2 A0C5F7 6C9FE3 "
    "1D2E46 3B5B88 0B1A2C 74CDA0 1A3328 356B51 E8B961 392D16 72591F F5968B 40211E 7F3E38 "
    "6FA3EA 58B5C0 A795E6 DDA26C DB8FBC 7A8490 69727D 1D2E46 26405F ECEFF2 BDC4CC 000000"
)
HIGH_CONTRAST = _scheme(
    "000000 000000 000000 1F1F1F 8C8C8C FFFFFF FFFFFF FFFFFF FFFFFF E0E0E0 FFD94A FFE680 E6BF1F "
    "2B2500 FFD94A 000000 7CF5AE 00240F 7CF5AE FFC56B 2B1C00 FFC56B FFA79C 330905 FFA79C "
    "FFD94A 6FE3F2 D7B8FF FFB27A FFA6DC BFBFBF BFBFBF 000000 1F1F1F FFFFFF FFFFFF 000000"
)
SCHEMES: Mapping[str, Colours] = {"light": LIGHT, "dark": DARK, "contrast": HIGH_CONTRAST}

SIZES = (0.9, 1.0, 1.15, 1.3, 1.5)
"""Print sizes the clerk may choose."""

FAMILIES = ("Noto Sans SC", "HanaMinB")


@dataclass(frozen=True, slots=True)
class Type:
    """A text role's size and weight."""

    size: int
    weight: int

    @property
    def line(self) -> float:
        """Height of one line."""
        return self.size * (1.25 if self.size >= 22 else 1.5)


ROLES: Mapping[str, Type] = {
    "amount": Type(34, 600),
    "figure": Type(30, 600),
    "name": Type(26, 600),
    "title": Type(22, 600),
    "code": Type(22, 500),
    "scan": Type(20, 400),
    "form_title": Type(18, 600),
    "section": Type(17, 600),
    "input": Type(16, 400),
    "body": Type(15, 400),
    "body_strong": Type(15, 500),
    "body_head": Type(15, 600),
    "second": Type(14, 400),
    "second_strong": Type(14, 500),
    "note": Type(13, 400),
    "head": Type(13, 500),
    "chip": Type(13, 500),
    "cap": Type(12, 500),
}

CHIP, CONTROL_RADIUS, CARD_RADIUS, SCAN_RADIUS, OVERLAY_RADIUS = 4, 6, 8, 10, 12
CONTROL, PRIMARY, IN_ROW, SCAN, CHIP_HEIGHT, CAP_HEIGHT = 36, 40, 30, 64, 24, 20
HEAD, ROW, ROW_TWO = 30, 40, 59
TOP_BAR, KEY_BAR, KEY_BAR_PRIMARY, BAND, SECTION_BAR, RAIL = 54, 44, 56, 66, 48, 76
