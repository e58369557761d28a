"""Home: how it stands with the centre, today's figures, the season."""

import datetime as dt
from collections import Counter as Counted
from dataclasses import dataclass

from counter_app.catalog.registry import items
from counter_app.domain.enrolment.season import season_on
from counter_app.domain.limits import Limit
from counter_app.domain.policy.pack import Pack
from counter_app.kernel import dates
from counter_app.kernel.clock import from_ms, moment, today
from counter_app.services.context import Counter
from counter_app.services.load_facts import in_force
from counter_app.services.queries.limits import limits
from counter_app.store import cases, journal, reference, roster
from counter_app.store.transaction import read


@dataclass(frozen=True, slots=True)
class HomeSummary:
    """What the shell and the home screen show. Times are words; `net` online, offline or clock."""

    net: str
    net_words: str
    pending: int
    newest: int
    confirmed_to: int
    confirmed_words: str
    today_words: str
    accepted: int
    done: int
    voided: int
    by_item: tuple[tuple[str, int], ...]
    season: str
    pack_label: str
    invented: bool
    people: int
    limit: Limit | None = None
    """The gravest limit that is passed."""


def home_summary(counter: Counter) -> HomeSummary:
    """Read everything home shows, of this whole station."""
    now = moment(counter.clock)
    with read(counter.station) as tx:
        rows = cases.on_day(tx, today(counter.clock).isoformat())
        pending, tip, acked = (
            journal.pending_count(tx),
            journal.tip(tx).n,
            journal.acked_through(tx),
        )
    with read(counter.reference) as tx:
        pack = in_force(tx, now.date())
        cursor = reference.get_cursor(tx, f"decisions.{counter.identity.station.code}")
        people = roster.count(tx)
    net, net_words = net_state(counter)
    return HomeSummary(
        net=net,
        net_words=net_words,
        pending=pending,
        newest=tip,
        confirmed_to=acked,
        confirmed_words=_moment(cursor.pulled_at) if cursor else "",
        today_words=f"{dates.month_day(now.date())} {dates.weekday(now.date())}",
        accepted=sum(r.state != "voided" for r in rows),
        done=sum(r.state == "accepted" for r in rows),
        voided=sum(r.state == "voided" for r in rows),
        by_item=_by_item(rows),
        season=_season(pack, now.date()),
        pack_label=pack.label if pack else "没有规则包",
        invented=bool(pack and pack.invented),
        people=people,
        limit=next(iter(limits(counter)), None),
    )


def _by_item(rows: list[cases.CaseRow]) -> tuple[tuple[str, int], ...]:
    names = {item.id: item.name for item in items().values()}
    counted = Counted(names.get(row.item, row.item) for row in rows if row.state != "voided")
    return tuple(counted.items())


def _season(pack: Pack | None, day: dt.date) -> str:
    season = season_on(pack, day)
    if not (season.in_season and season.end):
        return ""
    left = (season.end - day).days
    return f"{season.year} 年度居民参保 {dates.month_day(season.end)} 截止，还有 {left} 天。"


def net_state(counter: Counter) -> tuple[str, str]:
    """The status chip: (state, words)."""
    network = counter.network
    if network.why == "clock":
        return "clock", "时间不准"
    if network.online:
        return "online", "在线"
    return "offline", f"离线 {from_ms(network.since):%H:%M} 起" if network.since else "还没连上"


def _moment(ms: int) -> str:
    at = from_ms(ms)
    return f"{dates.month_day(at.date())} {at:%H:%M}"
