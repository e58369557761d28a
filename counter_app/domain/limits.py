"""Limits of a station PC: what warns, and what holds new acceptances where the centre says so.

Every number is a parameter of the `control` feed. `warn.<limit>` has a default of this program (an
operational figure, no policy); `hold.<limit>` has none: without it nothing is ever held. Sending,
exporting, printing, mending and the day's close are held by nothing.

    offline_hours    hours without an exchange with the centre
    unsent_entries   entries not at the centre yet
    disk_free_mb     free megabytes under the data folder (fewer than)
    clock_minutes    minutes the PC's clock is off the centre's
    pack_days        days since the last day the policy pack holds for (warns alone)
    packs_unused     packs that came and can't be used, as one whose parent is missing (warns alone)
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from counter_app.domain.policy.pack import Pack
from counter_app.kernel import dates

DEFAULTS: Mapping[str, int] = {
    "warn.offline_hours": 72,
    "warn.unsent_entries": 200,
    "warn.disk_free_mb": 1024,
    "warn.clock_minutes": 5,
    "warn.pack_days": 1,
    "warn.packs_unused": 1,
}
"""What warns where the centre sets nothing else."""
HOURS_A_DAY, HOUR_MS, MINUTE_MS = 24, 3_600_000, 60_000
DOES_GO_ON = "照常受理、打印和日结"
_HELD = "县里定了到这个数先不收新的。补传、导出、打印、日结照常；来人可先收纸单，放开后补录，或请改天再来。"
_ORDER = (
    "disk_free_mb",
    "clock_minutes",
    "offline_hours",
    "unsent_entries",
    "pack_days",
    "packs_unused",
)
"""The gravest first."""
_HOLD = _ORDER[: _ORDER.index("pack_days")]
"""An old pack costs the estimate, never the acceptance."""


@dataclass(frozen=True, slots=True)
class StationFacts:
    """What is measured. `offline_ms` since the last good exchange; None where something is unknown."""

    on: dt.date
    offline_ms: int = 0
    unsent: int = 0
    free_mb: int | None = None
    skew_ms: int = 0
    pack: str = ""
    pack_until: dt.date | None = None
    packs_unused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit that is passed: what happened, what it means and what to press; `holds` new acceptances."""

    code: str
    title: str
    text: str
    holds: bool = False


def limits(facts: StationFacts, parameters: Mapping[str, str]) -> tuple[Limit, ...]:
    """Every limit that is passed, those that hold first, then the gravest."""
    found = []
    for code in _ORDER:
        measured = _measured(code, facts)
        if measured is None:
            continue
        holds = code in _HOLD and _passed(code, measured, _number(parameters, f"hold.{code}"))
        if holds or _passed(code, measured, _number(parameters, f"warn.{code}")):
            title, text = _words(code, facts)
            held = Limit(code, "县里要求先停新受理", f"{title}，{_HELD}", holds=True)
            found.append(held if holds else Limit(code, title, text))
    return tuple(sorted(found, key=lambda limit: not limit.holds))


def may_hold(parameters: Mapping[str, str]) -> bool:
    """Whether the centre holds anything at all."""
    return any(_number(parameters, f"hold.{code}") is not None for code in _HOLD)


def pack_until(pack: Pack | None) -> dt.date | None:
    """The last day for which the pack says anything; None where some of it has no end."""
    if pack is None or not pack.parameters:
        return None
    ends = [parameter.ends for parameter in pack.parameters]
    return max((day for day in ends if day), default=None) if all(ends) else None


def _number(parameters: Mapping[str, str], key: str) -> int | None:
    """The centre's figure, else the default; what is no positive whole number counts as not said."""
    said = parameters.get(key, "").strip()
    if said.isascii() and said.isdigit() and int(said) > 0:
        return int(said)
    return DEFAULTS.get(key)


def _measured(code: str, facts: StationFacts) -> int | None:
    past = (facts.on - facts.pack_until).days if facts.pack_until else None
    return {
        "disk_free_mb": facts.free_mb,
        "clock_minutes": abs(facts.skew_ms) // MINUTE_MS,
        "offline_hours": facts.offline_ms // HOUR_MS,
        "unsent_entries": facts.unsent,
        "pack_days": past,
        "packs_unused": len(facts.packs_unused),
    }[code]


def _passed(code: str, measured: int, at: int | None) -> bool:
    if at is None:
        return False
    return measured < at if code == "disk_free_mb" else measured >= at


def _words(code: str, facts: StationFacts) -> tuple[str, str]:
    until = dates.month_day(facts.pack_until) if facts.pack_until else ""
    return {
        "disk_free_mb": (
            f"磁盘只剩 {facts.free_mb} MB",
            f"眼下{DOES_GO_ON}；再满下去会存不进新业务。请管理员清掉不用的大文件，数据文件夹不要动。",
        ),
        "clock_minutes": (
            f"这台电脑的时间{'慢' if facts.skew_ms > 0 else '快'}了 {_span(abs(facts.skew_ms))}",
            "照常受理、打印和上传，中心按自己的时间核对。请管理员校准时间。",
        ),
        "offline_hours": (
            f"{_span(facts.offline_ms)}没连上中心",
            f"{DOES_GO_ON}，都存在本机，没有丢。先查网线；着急的到待发页按 F7 导出到 U 盘送县里。",
        ),
        "unsent_entries": (
            f"{facts.unsent} 件还没到中心",
            f"{DOES_GO_ON}，都存在本机，没有丢。到待发页按 F5 再试，或按 F7 导出到 U 盘送县里。",
        ),
        "pack_days": (
            f"规则包只到 {until}",
            f"{facts.pack} 没有这以后的规定：金额和日期估不出来，要跟来人说清。照常受理；连上网会自己下新的。",
        ),
        "packs_unused": (
            f"{len(facts.packs_unused)} 份规则包收到了但没有用",
            f"{'；'.join(facts.packs_unused)}。照常受理，别的规则包照用；告诉县医保中心补发。",
        ),
    }[code]


def _span(ms: int) -> str:
    hours = ms // HOUR_MS
    if hours >= 2 * HOURS_A_DAY:
        return f"{hours // HOURS_A_DAY} 天"
    return f"{hours} 小时" if hours else f"{ms // MINUTE_MS} 分钟"
