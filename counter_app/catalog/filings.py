"""Which off-site filing of a person is in force, from what living cases hold.

A newer filing ends the older, a cancel ends the one it names; neither deletes anything. So a void of
the newer one brings the older back by itself, at every station and at the centre alike.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from counter_app.catalog.facts import Held
from counter_app.domain.filing.decide import holds_for
from counter_app.kernel import dates

FILING = "filing"
CANCEL = "filing_end"
BROKEN = "broken_promise"
"""A promise that was found untrue; the county's clerk writes it."""
KINDS = (FILING, CANCEL, BROKEN)


@dataclass(frozen=True, slots=True)
class Filing:
    """A filing as its case wrote it; `places` are codes, `ends` None for a long-term one."""

    category: str
    category_words: str
    places: tuple[str, ...]
    places_words: str
    begins: dt.date | None
    ends: dt.date | None
    promised: bool
    case_no: str
    station_name: str
    on: dt.date | None

    @property
    def words(self) -> str:
        """江苏省苏州市（异地长期居住），2026年3月2日在青禾镇便民服务中心办."""
        when = f"{dates.full(self.on)}" if self.on else ""
        return f"{self.places_words}（{self.category_words}），{when}在{self.station_name}办"


def asked(subject: str) -> frozenset[tuple[str, str]]:
    """What an item asks for to know a person's filings (`Asked.holds`)."""
    return frozenset((kind, subject) for kind in KINDS) if subject else frozenset()


def in_force(held: Iterable[Held], subject: str, on: dt.date) -> Filing | None:
    """The person's filing on the day; one not begun yet counts, one run out doesn't."""
    mine = [h for h in held if h.key == subject]
    ended = {case for h in mine if h.kind in {FILING, CANCEL} for case in ends(h)}
    filings = [h for h in mine if h.kind == FILING and h.case_no not in ended]
    filings.sort(key=lambda h: h.on or dt.date.min)
    if not filings:
        return None
    newest = read(filings[-1])
    return newest if newest.ends is None or newest.ends >= on else None


def on_day(held: Iterable[Held], subject: str, day: dt.date) -> Filing | None:
    """The filing a treatment begun on the day rests on: begun, not run out, not ended by that day.

    One that was cancelled or replaced after the day still held then.
    """
    mine = [h for h in held if h.key == subject and h.kind in {FILING, CANCEL}]
    ended = {case for h in mine if (_first_day(h) or day) <= day for case in ends(h)}
    filings = [h for h in mine if h.kind == FILING and h.case_no not in ended]
    filings.sort(key=lambda h: h.on or dt.date.min)
    for found in map(read, reversed(filings)):
        if holds_for(found.begins or day, found.ends, day):
            return found
    return None


def _first_day(held: Held) -> dt.date | None:
    """From when a filing or a cancel counts."""
    return dates.iso(held.data.get("begins", "")) or held.on


def ends(held: Held) -> frozenset[str]:
    """Numbers of the filings that a newer one or a cancel ends."""
    return frozenset(held.data.get("ends", "").split())


def broke_promise(held: Iterable[Held], subject: str) -> Held | None:
    """The record of a promise the person didn't keep, if one is known."""
    return next((h for h in held if h.kind == BROKEN and h.key == subject), None)


def read(held: Held) -> Filing:
    """A filing from what its case holds."""
    data = held.data
    return Filing(
        category=data.get("category", ""),
        category_words=data.get("category_words", ""),
        places=tuple(data.get("places", "").split()),
        places_words=data.get("places_words", ""),
        begins=dates.iso(data.get("begins", "")),
        ends=dates.iso(data.get("until", "")),
        promised=data.get("promised", "") == "1",
        case_no=held.case_no,
        station_name=held.station_name,
        on=held.on,
    )
