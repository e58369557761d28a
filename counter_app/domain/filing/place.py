"""Where a filing may go: a city or a province, never a county or a hospital (JS-YD art.12)."""

from collections.abc import Mapping

_OUTSIDE_CITIES = "90"
"""GB/T 2260: counties and cities right under the province (仙桃, 石河子) stand beside the cities."""

_MUNICIPALITIES = frozenset({"11", "12", "31", "50"})
"""GB/T 2260: 北京, 天津, 上海, 重庆."""


def is_city_or_province(code: str) -> bool:
    """Whether a region code names a city or a province."""
    return len(code) == 6 and (code.endswith("00") or code[2:4] == _OUTSIDE_CITIES)


def own_place(code: str, insured: str) -> bool:
    """Whether the place is the insured's own city; `insured` begins with the insured area's code.

    A municipality is a city and a province in one; a county-level city right under its province has
    no other city above it.
    """
    if len(code) != 6:
        return False
    if code[2:] == "0000":
        return code[:2] in _MUNICIPALITIES and code[:2] == insured[:2]
    if code[2:4] == _OUTSIDE_CITIES:
        return code == insured[:6]
    return code.endswith("00") and code[:4] == insured[:4]


def city_of(code: str, regions: Mapping[str, str]) -> str:
    """The code to file to instead of a county's: its city, or its province where no city has a code."""
    city, province = f"{code[:4]}00", f"{code[:2]}0000"
    return city if city in regions else province
