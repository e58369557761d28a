"""The PC's clock against the centre's, or against the journal where the centre cannot be asked."""

from counter_app.doctor import network
from counter_app.doctor.finding import Fact, Finding, Seen, Verdict
from counter_app.doctor.part import Part
from counter_app.doctor.patient import Patient
from counter_app.kernel.errors import EnvironmentFault
from counter_app.services.check_date import FAR_MS, HOUR_MS, SKEW_MS
from counter_app.store import journal
from counter_app.store.transaction import read

ID, TITLE = "clock", "时钟"
OFF, BEFORE_LAST, FAR_AFTER = "clock_off", "clock_before_last", "clock_far_after"
_SET_IT = "把电脑的日期和时间调对"
_DAY_MS = 24 * HOUR_MS
_UNITS = (
    (365.25 * _DAY_MS, 2, "年"),
    (_DAY_MS, 2, "天"),
    (HOUR_MS, 2, "小时"),
    (60_000, 2, "分钟"),
)
"""A unit's length, from how many of it on it is used, its name."""


def look(patient: Patient, seen: Seen) -> Finding:
    """Compare with whatever there is."""
    now = patient.clock.now_ms()
    offset = _offset(seen)
    if offset is not None:
        return _against_centre(offset)
    last = _last(patient)
    if not last:
        return Finding(ID, TITLE, Verdict.ABSENT, "没连上中心，没有可比的")
    return _against_journal(now, last)


def true_now_ms(patient: Patient, seen: Seen) -> tuple[int, bool]:
    """What time it is, and whether anybody vouches for it; ask after `network` and `clock`.

    The centre does where it was reached; else the journal, whose last entry the clock follows
    closely enough. Where nobody does, an age reckoned from it means nothing.
    """
    now = patient.clock.now_ms()
    offset = _offset(seen)
    if offset is not None:
        return now + offset, True
    own = seen.get(ID)
    return now, own is not None and own.verdict is Verdict.FINE


def span(ms: int) -> str:
    """How far apart two clocks are: 0.4 秒, 26 小时, 10 年."""
    for length, least, name in _UNITS:
        if ms >= least * length:
            return f"{round(ms / length)} {name}"
    return f"{ms / 1000:.1f} 秒"


def _offset(seen: Seen) -> int | None:
    """The centre's clock minus this PC's, None where it told nobody."""
    found = seen.get(network.ID)
    offset = found.facts.get("offset_ms") if found is not None else None
    return offset if isinstance(offset, int) else None


def _last(patient: Patient) -> int:
    """When the last entry was typed (wall ms), 0 where that cannot be known: others say why."""
    if patient.files is None or patient.files.station is None:
        return 0
    try:
        with read(patient.files.station) as tx:
            return journal.last_moment(tx)
    except (EnvironmentFault, ValueError):
        return 0


def _against_centre(offset: int) -> Finding:
    far = abs(offset)
    facts: dict[str, Fact] = {"offset_ms": offset}
    if far <= SKEW_MS:
        return Finding(ID, TITLE, Verdict.FINE, f"与中心相差 {span(far)}", facts=facts)
    return Finding(
        ID,
        TITLE,
        Verdict.STOP,
        f"这台电脑的时间{'快' if offset < 0 else '慢'}了 {span(far)}",
        OFF,
        "照常受理、打印和上传，中心按自己的时间核对",
        _SET_IT,
        "调好了，再查",
        "F5",
        facts=facts,
    )


def _against_journal(now: int, last: int) -> Finding:
    facts: dict[str, Fact] = {"since_last_ms": now - last}
    if now < last - HOUR_MS:
        code, says = BEFORE_LAST, f"时间比上一件业务还早 {span(last - now)}"
    elif now > last + FAR_MS:
        code, says = FAR_AFTER, f"时间离上一件业务有 {span(now - last)}，可能不准"
    else:
        says = "没连上中心，和上一件业务的时间接得上"
        return Finding(ID, TITLE, Verdict.FINE, says, facts=facts)
    return Finding(
        ID,
        TITLE,
        Verdict.LOOK,
        says,
        code,
        "照常受理和打印，登录时会请您核对日期",
        f"看日期和时间对不对；不对就{_SET_IT}",
        "调好了，再查",
        "F5",
        facts=facts,
    )


PART = Part(ID, TITLE, look, after=(network.ID,))
