"""What an item's rules may know besides the answers: the same record at the counter and at the centre."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from counter_app.domain.calendar.promise import Promise
from counter_app.domain.calendar.working_days import Stop, WorkCalendar
from counter_app.domain.person.model import Household, Person
from counter_app.domain.policy.pack import Pack
from counter_app.domain.policy.shelf import Shelf
from counter_app.domain.settlement.settle import NoEstimate, Settlement, SettlementRange
from counter_app.forms.kinds.kind import KindContext, Tables


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A running enrolment of a subject in a year: where it was taken and under what number."""

    case_no: str
    station: str
    station_name: str
    on: dt.date | None


@dataclass(frozen=True, slots=True)
class Hospital:
    """A designated institution; `level` is the platform's `hosp_lv` code, "" where unknown."""

    code: str
    name: str
    level: str
    admdvs: str


@dataclass(frozen=True, slots=True)
class Held:
    """What another living case holds (`catalog.outcome.Hold`): whose, where and since when."""

    kind: str
    key: str
    near: str
    data: Mapping[str, str]
    case_no: str
    station_name: str
    on: dt.date | None
    unsent: bool = False
    """Taken at this station and not at the centre yet."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The world at acceptance.

    Attributes:
        on: the legal date of acceptance (`accepted_on`).
        pack: the policy pack that decides: of the day the item goes by, else of acceptance; None
            where there is none for that day.
        accepting: the pack of the day of acceptance, None where there is none or `pack` is it.
        packs: all packs side by side, for what goes by another day; empty where nobody knows others.
        later: the pack for the year after it, None where the centre gave none yet.
        people: roster by certificate number, as far as this case names them.
        households: by household number, likewise.
        enrolled: active enrolments by (subject key, year), this case's own left out.
        held: what other living cases hold of what this one asks for: bills by key or near key,
            off-site filings and earlier claims by subject.
        listed: keys of bills that the county's list probably has: a warning, never a proof.
        hospitals: designated institutions by code, those this case names.
        scope: areas this station may act for; empty means no limit (the centre).
        online: whether the centre could be asked; offline silence proves nothing.
        said: the estimate an accepted revision gave at the window, so that a reprint shows the same;
            None while a case is made, and at the centre, which works it out anew.
        promise: the time an accepted revision promised, likewise.
        stops: while what was missing had been asked for, the office's clock stood still.
        case_no: of the case that is judged, "" while it has none.
        as_of: when the roster was last brought up to date, in words for the clerk.
    """

    on: dt.date
    pack: Pack | None = None
    people: Mapping[str, Person] = field(default_factory=dict)
    households: Mapping[str, Household] = field(default_factory=dict)
    enrolled: Mapping[tuple[str, int], Enrolled] = field(default_factory=dict)
    held: tuple[Held, ...] = ()
    listed: frozenset[str] = frozenset()
    hospitals: Mapping[str, Hospital] = field(default_factory=dict)
    tables: Tables = field(default_factory=dict)
    calendar: WorkCalendar = field(default_factory=lambda: WorkCalendar(frozenset()))
    scope: frozenset[str] = frozenset()
    online: bool = True
    said: Settlement | SettlementRange | NoEstimate | None = None
    promise: Promise | None = None
    stops: tuple[Stop, ...] = ()
    case_no: str = ""
    as_of: str = ""
    later: Pack | None = None
    accepting: Pack | None = None
    packs: Shelf = field(default_factory=Shelf)

    @property
    def office(self) -> Pack | None:
        """The pack for what the window itself does: promised days, whose account, seasons."""
        return self.accepting or self.pack

    @property
    def context(self) -> KindContext:
        """What field kinds look at."""
        return KindContext(self.on, self.tables)


def with_packs(facts: Facts, packs: Shelf, decided_on: dt.date | None) -> Facts:
    """The facts with the pack of the deciding day (None: that of acceptance) and its neighbours."""
    pack, accepting = packs.on(decided_on or facts.on), packs.on(facts.on)
    other = accepting if accepting is not pack else None
    return replace(facts, pack=pack, accepting=other, later=packs.after(pack), packs=packs)
