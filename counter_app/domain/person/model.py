"""A person and a household as the roster gives them (FACTS §2 common blocks, §5)."""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from counter_app.kernel.money import Fen


class Standing(StrEnum):
    """What the roster says of the person."""

    LIVING = "living"
    DECEASED = "deceased"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class YearFacts:
    """Three separate facts of one person and one year; None where the feed says nothing.

    `paid` is in fen; `paid_known` tells whether the tax feed covers this person and year at all,
    since absence of a record alone is never 未缴费.
    """

    year: int
    registered_on: dt.date | None = None
    paid: Fen | None = None
    paid_known: bool = False
    cover_from: dt.date | None = None
    cover_to: dt.date | None = None
    elsewhere: str = ""
    """Other cover in the year in words, for example 职工医保."""


@dataclass(frozen=True, slots=True)
class Person:
    """One insured or insurable person. `key` = certificate type + number (DESIGN, decision 17)."""

    psn_cert_type: str
    certno: str
    name: str
    gend: str
    naty: str
    birth: dt.date
    area: str
    village: str
    household: str
    relation: str
    """Code `patn_rlts` to the household head."""
    tel: str = ""
    addr: str = ""
    standing: Standing = Standing.LIVING
    deceased_on: dt.date | None = None
    identity: str = "0"
    """Code `mat_idet_code`; "0" ordinary."""
    identity_no: str = ""
    identity_until: dt.date | None = None
    former_names: tuple[str, ...] = ()
    years: tuple[YearFacts, ...] = field(default=())

    @property
    def key(self) -> str:
        """The subject key of this person."""
        return subject_key(self.psn_cert_type, self.certno)

    def year(self, year: int) -> YearFacts:
        """The facts of one year; an empty record where the roster has none."""
        for facts in self.years:
            if facts.year == year:
                return facts
        return YearFacts(year)


@dataclass(frozen=True, slots=True)
class Household:
    """A household of the roster; `head` is the head's certificate number, may be empty."""

    number: str
    area: str
    village: str
    addr: str
    head: str
    head_name: str
    hukou: str = ""


def place_of(addr: str, village: str) -> str:
    """An address as far as the village, as it may be shown (UI, masking)."""
    before, found, _ = addr.partition(village) if village else ("", "", "")
    return before + found or village


def subject_key(cert_type: str, certno: str) -> str:
    """Certificate type + number, the key under which an enrolment is unique in a year."""
    return f"{cert_type}:{certno}"


def newborn_key(mother_certno: str, birth: dt.date, order: str) -> str:
    """The key of a child without certificate: mother, date of birth, order among siblings born."""
    return f"nb:{mother_certno}:{birth.isoformat()}:{order}"
