"""Whether the payer printed on a bill can be the patient: name exact, number by its visible digits."""

from counter_app.domain.person.names import plain
from counter_app.kernel.cleaning import half_width

_STAR = "*"
_SAME = str.maketrans({"＊": _STAR, "×": _STAR, "●": _STAR, "•": _STAR})
_SHORTEST = 4
"""Jiangsu prints only the last four."""


def same_name(printed: str, names: tuple[str, ...]) -> bool:
    """Whether the printed name is exactly one of them; widths, dots and blanks don't matter."""
    return plain(printed) in {plain(name) for name in names if name}


def number_fits(printed: str, certno: str) -> bool | None:
    """Whether the visible digits are the number's; None where too few are visible to tell.

    Masks as bills carry them: first 6, stars, last 4; or the last 4 alone.
    """
    shown = "".join(half_width(printed).split()).translate(_SAME)
    # an x before the last place is a mask; only the check digit can be X
    shown = shown[:-1].upper().replace("X", _STAR) + shown[-1:].upper()
    head, star, rest = shown.partition(_STAR)
    tail = rest.rpartition(_STAR)[2]
    if not star:
        return certno.endswith(shown) if len(shown) >= _SHORTEST else None
    if len(head) + len(tail) < _SHORTEST:
        return None
    if len(shown) == len(certno):
        return all(s in {_STAR, c} for s, c in zip(shown, certno, strict=True))
    return certno.startswith(head) and certno.endswith(tail)
