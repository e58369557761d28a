"""The lists from the centre: whether they were ever filled, and as of when they are."""

from counter_app.doctor.ages import DAY_MS, HOUR_MS, ago
from counter_app.doctor.clock import true_now_ms
from counter_app.doctor.finding import LOCKED, Fact, Finding, Seen, Verdict
from counter_app.doctor.part import Part
from counter_app.doctor.patient import Patient
from counter_app.store import reference
from counter_app.store.disagreements import differs_still
from counter_app.store.reference import Cursor
from counter_app.store.transaction import read

ID, TITLE = "feeds", "名单和政策"
OLD_DAYS = 7
"""Older than this, what is said at the window may have changed."""


def look(patient: Patient, seen: Seen) -> Finding:
    """The oldest of the lists decides."""
    found = patient.files.reference if patient.files else None
    if found is None or patient.identity is None:
        return Finding(ID, TITLE, Verdict.ABSENT, "登录、下载以后才能查", LOCKED)
    with read(found) as tx:
        cursors = reference.cursors(tx)
    # lists of an area this PC no longer serves stay as they are and count for nothing
    scopes = patient.identity.scopes
    ours = {"", patient.identity.station.code, *scopes, *(area[:6] for area in scopes)}
    lists = [c for c in cursors if c.boot_done and c.feed.partition(".")[2] in ours]
    people = {f"persons.{area}" for area in patient.identity.scopes}
    if not people & {c.feed for c in lists}:
        return Finding(
            ID,
            TITLE,
            Verdict.LOOK,
            "本镇名单还没下载过",
            "not_filled",
            "查不到人；可以照证件新登记，照常受理",
            "连上网会自己下载，头一次要几分钟",
        )
    return _differing(patient, lists) or _aged(patient, seen, lists)


def _differing(patient: Patient, lists: list[Cursor]) -> Finding | None:
    """A list that does not agree with the centre's, though it was fetched anew."""
    station = patient.files.station if patient.files else None
    if station is None:
        return None
    with read(station) as tx:
        bad = [c.feed for c in lists if differs_still(tx, c.feed)]
    if not bad:
        return None
    return Finding(
        ID,
        TITLE,
        Verdict.LOOK,
        f"有 {len(bad)} 份名单和中心的对不上",
        "feeds_differ",
        "照常受理；个别人的资料可能是旧的，和来人核对证件",
        "连上网会整份重新下载；明天还这样，打县医保中心电话",
        facts={"lists": len(lists), "differing": len(bad)},
    )


def _aged(patient: Patient, seen: Seen, lists: list[Cursor]) -> Finding:
    now, known = true_now_ms(patient, seen)
    age = now - min(c.pulled_at for c in lists)
    if not known:
        said = f"下载过 {len(lists)} 份；多久以前的说不准，先看时钟"
        return Finding(ID, TITLE, Verdict.ABSENT, said, "age_unknown")
    facts: dict[str, Fact] = {"lists": len(lists), "oldest_hours": round(age / HOUR_MS, 1)}
    if age < OLD_DAYS * DAY_MS:
        return Finding(ID, TITLE, Verdict.FINE, f"{ago(age)}前核对过，是新的", facts=facts)
    return Finding(
        ID,
        TITLE,
        Verdict.LOOK,
        f"已经 {ago(age)}没有和中心核对过",
        "feeds_old",
        "照常受理；缴费、新参保的人可能还没显示，跟来人说一声",
        "连上网会自己更新；连着网还这样，打县医保中心电话",
        facts=facts,
    )


PART = Part(ID, TITLE, look, seconds=4, needs=("database", "versions"), after=("network", "clock"))
