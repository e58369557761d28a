"""A claim as the settlement asks for it: the stay, the bill's scope, the person and their year."""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from counter_app.domain.settlement.kind import Kind, Level
from counter_app.domain.settlement.past import Past, YearSoFar
from counter_app.domain.settlement.scope import Scope, ScopeRange
from counter_app.kernel.money import Fen

NO_IDENTITY = frozenset({"", "0"})
"""mat_idet_code of somebody without a subsidised identity."""


class Offsite(StrEnum):
    """Where the treatment was, as far as benefits differ; the middle part of the pack's keys (§3)."""

    LOCAL = "local"
    LONG_TERM = "long_term"
    """安置退休, 长期居住, 常驻工作: filed."""
    REFERRAL = "referral"
    EMERGENCY = "emergency"
    """急诊抢救: taken as filed."""
    TEMPORARY = "temporary"
    """其他临时外出就医: filed."""
    UNFILED = "unfiled"

    @property
    def words(self) -> str:
        """异地转诊."""
        return _STATES[self]


@dataclass(frozen=True, slots=True)
class SettledBasic:
    """Basic insurance as the hospital settled it already: what it paid, what is left within scope."""

    paid: Fen
    own_in_scope: Fen


@dataclass(frozen=True, slots=True)
class Days:
    """The days a parameter may go by besides the day of discharge or visit; None where not known."""

    admission: dt.date | None = None
    settlement: dt.date | None = None
    payment: dt.date | None = None


@dataclass(frozen=True, slots=True)
class IdentitySpan:
    """A subsidised identity with its days, both included; None is open."""

    code: str
    begins: dt.date | None = None
    ends: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One stay or one out-patient claim.

    Attributes:
        kind: in-patient, out-patient, chronic or two-disease.
        level: the institution's.
        scope: exact, or a range.
        on: the day of discharge or visit; it decides where a parameter doesn't name another.
        offsite: filing state.
        identity: mat_idet_code, "" or "0" for none.
        year: what the year has cost before.
        settled: basic insurance paid at the hospital already; only what follows is worked out.
        days: the other days a parameter may go by.
        identities: all identities around the stay, where it changed; then `identity` isn't looked at.
        age: completed years, None unknown.
        psn_type: the platform's code, "" unknown.
        hospital: its code, for deductibles by hospital.
        disease: opsp_dise_code or the pack's own word, for chronic and two-disease claims.
        designated: whether the institution is a designated one; None unknown, not asked.
        continues: the stay this one is a transfer from.
        last_year: what the year of admission had cost before, for a stay over the year's end.
        before_new_year: fen in scope up to 31 December of such a stay, None not told apart.
        admitted: of the second part of a split stay, whose days begin with the year: when the stay began.
        taken: deductible of this very stay that was taken already, in its part of the year before.
        cap_raised: fen by which the serious-illness cap is raised (enrolment incentives).
    """

    kind: Kind
    level: Level
    scope: Scope | ScopeRange
    on: dt.date
    offsite: Offsite = Offsite.LOCAL
    identity: str = ""
    year: YearSoFar = field(default_factory=YearSoFar)
    settled: SettledBasic | None = None
    days: Days = field(default_factory=Days)
    identities: tuple[IdentitySpan, ...] = ()
    age: int | None = None
    psn_type: str = ""
    hospital: str = ""
    disease: str = ""
    designated: bool | None = None
    continues: Past | None = None
    last_year: YearSoFar = field(default_factory=YearSoFar)
    before_new_year: Fen | None = None
    taken: Fen = 0
    cap_raised: Fen = 0
    admitted: dt.date | None = None

    def day(self, by: str) -> dt.date | None:
        """The day that decides for a parameter by its `effective_by`, None where it isn't known."""
        if by == "admission" and self.kind is Kind.INPATIENT:
            return self.days.admission
        if by == "settlement":
            return self.days.settlement
        return self.days.payment if by == "payment" else self.on


def level_of(hosp_lv: str) -> Level | None:
    """The level by hosp_lv (1–4, 12 三级; 5–7, 13 二级; 8–10, 14 一级; 11 无等级), else None."""
    return _BY_CODE.get(hosp_lv.lstrip("0"))


_STATES = {
    Offsite.LOCAL: "本地就医",
    Offsite.LONG_TERM: "异地长期备案",
    Offsite.REFERRAL: "异地转诊",
    Offsite.EMERGENCY: "异地急诊抢救",
    Offsite.TEMPORARY: "异地临时外出就医",
    Offsite.UNFILED: "异地没有备案",
}
_BY_CODE = (
    dict.fromkeys(("1", "2", "3", "4", "12"), Level.TERTIARY)
    | dict.fromkeys(("5", "6", "7", "13"), Level.SECONDARY)
    | dict.fromkeys(("8", "9", "10", "14"), Level.PRIMARY)
    | {"11": Level.UNRATED}
)
__all__ = [
    "NO_IDENTITY",
    "Claim",
    "Days",
    "IdentitySpan",
    "Kind",
    "Level",
    "Offsite",
    "Past",
    "SettledBasic",
    "YearSoFar",
    "level_of",
]
