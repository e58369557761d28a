"""What a person's claims of a year have cost before: from claims that live, and from the year's record.

Every claim holds, under its insured's subject key, what later ones must know of it; a void, a return
or a withdrawal lets that go like everything else it held. The record of a year is what hospitals
settled directly, as the platform gave it to the centre (feed `filings`, kind `year_record`). Station
and centre gather both by this one module, so that they differ only where they know different claims.
"""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import NamedTuple

from counter_app.catalog.facts import Held
from counter_app.catalog.likened import ALIKE, Stay, is_stay
from counter_app.catalog.outcome import Hold
from counter_app.domain.high_cost.lines import Spent
from counter_app.domain.settlement.kind import Kind, Level
from counter_app.domain.settlement.past import Past, YearSoFar
from counter_app.kernel import dates
from counter_app.kernel.money import Fen

CLAIM = "claim"
"""Kind of a hold: what later claims of the same person must know of this one."""
RECORD = "year_record"
"""Kind of a feed row: what hospitals settled directly for a person in a year."""
AFTER, RECORDED, UNSURE, SETTLED = "after", "recorded", "unsure", "settled"
OWN, TOTAL = "own", "total"
"""In a hold's data: numbers of the cases it counted, the day of the record it counted, no certain
figure; in a record's: the single settlements as JSON; in each of these and in a hold's data the
person's own share and the whole bill."""
_YES = "1"
_SUPPLEMENTS = ("large_base", "large_paid", "civil_base", "civil_paid")
_PAID = ("deductible", "basic_paid", "serious_base", "aid_base", "aid_paid", *_SUPPLEMENTS)
_AMOUNTS = (*_PAID, TOTAL)
_PAYABLE = (*_AMOUNTS, "level", "disease", "full", "joined")
"""What a settlement says better than the claim that it is."""


@dataclass(frozen=True, slots=True)
class History:
    """A year before a claim.

    Attributes:
        year: as the settlement asks for it.
        counted: numbers of the cases in it that this county's stations took.
        unsure: those that stand but whose figures nobody could say; they are not in it.
        as_of: the day the record of direct settlements reaches to, None where there is none.
        likened: claims that a settlement without a number is, by all that is known of it.
        own: a settlement without a number is the very stay that is claimed; it is not in the year.
    """

    year: YearSoFar
    counted: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    as_of: dt.date | None = None
    likened: tuple[str, ...] = ()
    own: bool = False


def asked(subject: str) -> frozenset[tuple[str, str]]:
    """What an item asks for to know a person's earlier claims (`Asked.holds`)."""
    return frozenset({(CLAIM, subject), (RECORD, subject)}) if subject else frozenset()


def holds(
    subject: str, on: dt.date, pasts: Iterable[Past], before: History, own: Fen | None = None
) -> tuple[Hold, ...]:
    """What a claim holds for those after it; without a certain figure (no `pasts`) that it was made.

    `own` is the share that is certainly the person's, out of scope included; of a stay in two parts
    the later one tells it.
    """
    told = {AFTER: " ".join(before.counted)}
    if before.as_of is not None:
        told[RECORDED] = before.as_of.isoformat()
    made = [written(past) for past in pasts] or [{"on": on.isoformat(), UNSURE: _YES}]
    if own is not None:
        made[-1] |= {OWN: str(own)}
    return tuple(Hold(CLAIM, subject, "", one | told, exclusive=False) for one in made)


def history(
    held: Iterable[Held], subject: str, year: int, case_no: str = "", stay: Stay | None = None
) -> History:
    """The year as far as it is known here, without the case itself and those that counted it already.

    A claim the record has is taken from there: that is what was paid. A settlement likened to a claim
    may say less than the claim: what it doesn't say is taken of the claim. `stay` is the case's own:
    a settlement that is this very stay is no earlier one.
    """
    mine = [h for h in held if h.key == subject]
    record = _record(mine, year)
    direct, claims = _direct(record), [h for h in mine if h.kind == CLAIM]
    own = _own(direct or (), claims, stay, case_no)
    others, claims = _as_paid([d for d in direct or () if d is not own], claims)
    sure, unsure = _told_apart([
        h
        for h in claims
        if h.case_no not in {past.case_no for past in others if past.case_no}
        and case_no not in h.data.get(AFTER, "").split()
        and h.data.get("on", "").startswith(f"{year}-")
    ])
    found = (*(past for past in others if not case_no or past.case_no != case_no), *sure)
    known = direct is not None and not unsure
    told = record.data if record is not None and direct is not None else {}
    life = told.get("life_paid", "") if known else ""
    return History(
        YearSoFar(known=known, before=found, life_paid=int(life) if life.isdecimal() else None),
        tuple(dict.fromkeys(past.case_no for past in sure)),
        unsure,
        dates.iso(told.get("as_of", "")),
        _likened(direct or (), claims),
        own is not None,
    )


class _Direct(NamedTuple):
    """A settlement of a record, as it was given and as it counts."""

    row: Mapping[str, str]
    past: Past


def _direct(record: Held | None) -> tuple[_Direct, ...] | None:
    """None where there is no record, or one that can't be read."""
    text = record.data.get(SETTLED, "") if record is not None else ""
    pasts = read_settled(text) if record is not None else None
    return None if pasts is None else tuple(map(_Direct, json.loads(text or "[]"), pasts))


def _own(
    direct: Iterable[_Direct], claims: Iterable[Held], stay: Stay | None, case_no: str
) -> _Direct | None:
    """The settlement that is the very stay which is claimed."""
    living = {h.case_no for h in claims}
    mine = (d for d in direct if stay and is_stay(d.row, stay, case_no, living))
    return next(mine, None)


def _as_paid(direct: Iterable[_Direct], claims: list[Held]) -> tuple[list[Past], list[Held]]:
    """The settlements that count by themselves, and the claims, with what settlements like them say.

    A claim's figures are what the window said, those of a settlement what was paid: they go before.
    """
    sure = {(h.case_no, h.data.get("on")) for h in claims if _past(h) is not None}
    paid = {
        key: {name: said for name in _PAYABLE if (said := d.row.get(name))}
        for d in direct
        if ALIKE in d.row and (key := (d.past.case_no, d.row.get("on"))) in sure
    }
    told = [
        replace(h, data={**h.data, **paid.get((h.case_no, h.data.get("on")), {})}) for h in claims
    ]
    return [d.past for d in direct if (d.past.case_no, d.row.get("on")) not in paid], told


def _likened(direct: Iterable[_Direct], claims: Iterable[Held]) -> tuple[str, ...]:
    """Only of claims that are known here: of one that is void meanwhile nothing needs to be said."""
    here = {h.case_no for h in claims}
    return tuple(d.past.case_no for d in direct if ALIKE in d.row and d.past.case_no in here)


def claimed_years(held: Iterable[Held], subject: str, years: range) -> frozenset[int] | None:
    """Which of the years had a claim; None where one of them has none and no record to its end: nobody can say."""
    mine = [h for h in held if h.key == subject]
    found: set[int] = set()
    for year in years:
        record = _record(mine, year)
        settled = read_settled(record.data.get(SETTLED, "")) if record is not None else None
        claims = any(h.kind == CLAIM and h.data.get("on", "").startswith(f"{year}-") for h in mine)
        if not claims and not settled and (settled is None or not _whole(record, year)):
            return None
        if settled or claims:
            found.add(year)
    return frozenset(found)


def _whole(record: Held | None, year: int) -> bool:
    """Whether the record reaches to the year's end: before it, no claim says nothing of the rest."""
    as_of = dates.iso(record.data.get("as_of", "")) if record is not None else None
    return as_of is not None and as_of >= dt.date(year, 12, 31)


def _told_apart(others: list[Held]) -> tuple[list[Past], tuple[str, ...]]:
    sure: list[Past] = []
    unsure: dict[str, None] = {}
    for one in others:
        past = _past(one)
        if past is None:
            unsure[one.case_no] = None
        else:
            sure.append(replace(past, case_no=one.case_no, unsent=one.unsent))
    return sure, tuple(unsure)


def _past(claim: Held) -> Past | None:
    """What is certain of a claim."""
    return None if UNSURE in claim.data else read(claim.data)


def _record(mine: list[Held], year: int) -> Held | None:
    found = [h for h in mine if h.kind == RECORD and h.data.get("year") == str(year)]
    return max(found, key=lambda h: h.data.get("as_of", ""), default=None)


def written(past: Past) -> dict[str, str]:
    """An earlier claim as plain text by name, amounts in fen; `case_no` and `unsent` stay with the hold."""
    made = {"kind": str(past.kind), "on": past.on.isoformat(), "level": str(past.level)}
    made |= {"hospital": past.hospital, "disease": past.disease}
    made |= {name: str(getattr(past, name)) for name in _AMOUNTS}
    made |= {"full": _YES if past.deductible_full else "", "joined": _YES if past.joined else ""}
    return {name: value for name, value in made.items() if value not in {"", "0"}}


def read(data: Mapping[str, str]) -> Past | None:
    """An earlier claim as it was written; None where it is not of that shape."""
    on, kind = dates.iso(data.get("on", "")), data.get("kind", "")
    level = data.get("level", Level.UNRATED)
    amounts = {name: fen for name in _AMOUNTS if (fen := _fen(data.get(name, "0"))) is not None}
    whole = len(amounts) == len(_AMOUNTS)
    if on is None or kind not in set(Kind) or level not in set(Level) or not whole:
        return None
    return Past(
        kind=Kind(kind),
        on=on,
        level=Level(level),
        hospital=data.get("hospital", ""),
        disease=data.get("disease", ""),
        deductible_full=data.get("full") == _YES,
        joined=data.get("joined") == _YES,
        unsent=False,
        case_no=data.get("case_no", ""),
        **amounts,
    )


def read_settled(text: str) -> tuple[Past, ...] | None:
    """The single settlements of a record; None where one can't be read: then nothing of it counts."""
    try:
        rows = json.loads(text or "[]")
    except ValueError:
        return None
    if not isinstance(rows, list) or not all(map(_is_plain, rows)):
        return None
    found = [read(row) for row in rows]
    return tuple(past for past in found if past is not None) if None not in found else None


def _is_plain(row: object) -> bool:
    """Whether it is texts by name: an amount as a number would pass for one nobody knows."""
    return isinstance(row, dict) and all(isinstance(value, str) for value in row.values())


def own_shares(record: Mapping[str, str], claimed: AbstractSet[str]) -> tuple[Spent, ...]:
    """What each settlement of a record left to the person, without claims that are counted already.

    Args:
        record: the data of the row; one that can't be read says nothing.
        claimed: numbers of the cases that are counted by themselves.
    """
    if read_settled(record.get(SETTLED, "")) is None:
        return ()
    rows: list[dict[str, str]] = json.loads(record.get(SETTLED) or "[]")
    return tuple(
        Spent(on, _fen(row.get(OWN)))
        for row in rows
        if (on := dates.iso(row.get("on", ""))) and row.get("case_no", "") not in claimed
    )


def claimed_shares(claims: Iterable[Held]) -> dict[str, Spent]:
    """What each claim left to the person, by case number; of one that doesn't say, that nobody can tell."""
    found: dict[str, Spent] = {}
    for one in claims:
        on, own = dates.iso(one.data.get("on", "")), _fen(one.data.get(OWN))
        if one.kind == CLAIM and on is not None and (own is not None or one.case_no not in found):
            found[one.case_no] = Spent(on, own)
    return found


def _fen(text: object) -> Fen | None:
    """Whole fen, 0 or more."""
    return int(text) if isinstance(text, str) and text.isascii() and text.isdecimal() else None
