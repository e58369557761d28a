"""Which of the station's limits are passed now, and whether one of them holds new acceptances."""

import shutil

from counter_app.domain import limits as rules
from counter_app.kernel.clock import today
from counter_app.services.context import Counter
from counter_app.services.load_facts import shelf
from counter_app.store import journal, reference
from counter_app.store.transaction import read

_MB = 1_000_000
DOUBTFUL = "doubtful"


def limits(counter: Counter) -> tuple[rules.Limit, ...]:
    """Passed limits, the gravest first."""
    with read(counter.reference) as tx:
        parameters = reference.controls(tx)
    return rules.limits(_facts(counter), parameters)


def holding(counter: Counter) -> rules.Limit | None:
    """The limit at which the centre wants no new acceptances; nothing is measured where it set none."""
    with read(counter.reference) as tx:
        parameters = reference.controls(tx)
    if not rules.may_hold(parameters):
        return None
    passed = rules.limits(_facts(counter), parameters)
    return next((limit for limit in passed if limit.holds), None)


def _facts(counter: Counter) -> rules.StationFacts:
    with read(counter.station) as tx:
        unsent = journal.pending_count(tx)
    with read(counter.reference) as tx:
        packs = shelf(tx)
        looked = reference.get_cursor(tx, f"decisions.{counter.identity.station.code}")
    pack = packs.on(today(counter.clock))
    heard = looked.pulled_at if looked else 0
    # a date nobody vouches for must not make days out of hours
    unknown = counter.network.online or not heard or counter.clock.state() == DOUBTFUL
    away = 0 if unknown else counter.clock.now_ms() - heard
    return rules.StationFacts(
        on=today(counter.clock),
        offline_ms=max(0, away),
        unsent=unsent,
        free_mb=_free_mb(counter),
        skew_ms=counter.network.skew_ms,
        pack=pack.label if pack else "",
        pack_until=rules.pack_until(pack),
        packs_unused=packs.faults,
    )


def _free_mb(counter: Counter) -> int | None:
    try:
        return shutil.disk_usage(counter.profile).free // _MB
    except OSError:
        return None
