"""Where a filing may go: a city or a province, never a county or a hospital (JS-YD art.12)."""

from collections.abc import Mapping

_OUTSIDE_CITIES = "90"
"""GB/T 2260: counties and cities right under the province (仙桃, 石河子) stand beside the cities."""


def is_city_or_province(code: str) -> bool:
    """Whether a region code names a city or a province."""
    return len(code) == 6 and (code.endswith("00") or code[2:4] == _OUTSIDE_CITIES)


def own_place(code: str, insured: str) -> bool:
    """Whether the place is the insured's own city; `insured` begins with the insured area's code."""
    return len(code) == 6 and code[2:] != "0000" and code[:4] == insured[:4] and code.endswith("00")


def city_of(code: str, regions: Mapping[str, str]) -> str:
    """The code to file to instead of a county's: its city, or its province where no city has a code."""
    city, province = f"{code[:4]}00", f"{code[:2]}0000"
    return city if city in regions else province
