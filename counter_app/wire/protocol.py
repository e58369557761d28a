"""Which versions of the protocol are spoken: N to N-2 (SYNC §11). Entries are taken in any of them."""

CURRENT = 1
SPOKEN = (1,)
"""Newest first; a version stays here for at least 24 months after its successor came."""


def common(theirs: tuple[int, ...]) -> int | None:
    """The newest version both speak; a centre that names none is of the first."""
    return next((number for number in SPOKEN if number in (theirs or (1,))), None)


def speaks(said: str) -> bool:
    """Whether a request's X-Proto is one of ours; none said is the first."""
    return not said or (said.isascii() and said.isdigit() and int(said) in SPOKEN)
