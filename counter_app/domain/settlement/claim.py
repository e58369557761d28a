"""A claim as the settlement asks for it: the stay, the bill's scope, the person and their year."""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from counter_app.domain.settlement.scope import Scope, ScopeRange
from counter_app.kernel.money import Fen

NO_IDENTITY = frozenset({"", "0"})
"""mat_idet_code of somebody without a subsidised identity."""


class Kind(StrEnum):
    """What is claimed: also the first part of the pack's keys."""

    INPATIENT = "inpatient"
    OUTPATIENT = "outpatient"


class Level(StrEnum):
    """The institution as deductibles and ratios tell them apart; the last part of the pack's keys.

    DEDC_HOSP_LV knows 1 一级及以下, 2 二级, 3 三级, 4 其他, 9 未定级; some cities also tell 乡镇 from
    一级 and the province's own hospitals from the other 三级 (FACTS §4.6).
    """

    TOWNSHIP = "township"
    PRIMARY = "primary"
    SECONDARY = "secondary"
    TERTIARY = "tertiary"
    PROVINCIAL = "provincial"
    UNRATED = "unrated"

    @property
    def words(self) -> str:
        """三级医院."""
        return _LEVELS[self]


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
class YearSoFar:
    """What the year has cost before this claim, in fen; `known` False: nobody could tell, taken as 0.

    Attributes:
        basic_paid: what basic insurance has paid, counted towards its cap.
        serious_base: the own share in scope that already counts towards serious illness.
        aid_paid: what medical aid has paid, counted towards its cap.
        known: whether the figures come from a record.
    """

    basic_paid: Fen = 0
    serious_base: Fen = 0
    aid_paid: Fen = 0
    known: bool = False


@dataclass(frozen=True, slots=True)
class SettledBasic:
    """Basic insurance as the hospital settled it already: what it paid, what is left within scope."""

    paid: Fen
    own_in_scope: Fen


@dataclass(frozen=True, slots=True)
class Claim:
    """One stay or one out-patient claim.

    Attributes:
        kind: in-patient or out-patient.
        level: the institution's.
        scope: exact, or a range.
        on: the day whose parameters decide.
        offsite: filing state.
        identity: mat_idet_code, "" or "0" for none.
        year: what the year has cost before.
        settled: basic insurance paid at the hospital already; only what follows is worked out.
    """

    kind: Kind
    level: Level
    scope: Scope | ScopeRange
    on: dt.date
    offsite: Offsite = Offsite.LOCAL
    identity: str = ""
    year: YearSoFar = field(default_factory=YearSoFar)
    settled: SettledBasic | None = None


def level_of(hosp_lv: str) -> Level | None:
    """The level by hosp_lv (1–4, 12 三级; 5–7, 13 二级; 8–10, 14 一级; 11 无等级), else None."""
    return _BY_CODE.get(hosp_lv.lstrip("0"))


_LEVELS = {
    Level.TOWNSHIP: "乡镇卫生院",
    Level.PRIMARY: "一级医院",
    Level.SECONDARY: "二级医院",
    Level.TERTIARY: "三级医院",
    Level.PROVINCIAL: "省级三级医院",
    Level.UNRATED: "没有等级的机构",
}
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
