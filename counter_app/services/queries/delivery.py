"""How far the work of this PC is on its way, for a screen nobody has logged in at: counts, never content."""

from dataclasses import dataclass
from pathlib import Path

from counter_app.services.context import Counter
from counter_app.services.queries.outbox_words import WHY
from counter_app.store import journal, outgoing
from counter_app.store.transaction import read

_BECAUSE = {
    "network": "没有网络",
    "portal": "网络要先登录，打开的是网页",
    "clock": "这台电脑的时间差太多",
    "server": "中心那边有毛病",
    "auth": "中心不认这台电脑",
    "revoked": "中心停用了这台电脑",
    "disk_full": "本机磁盘满了",
    "not_writable": "数据文件夹写不进去",
    "version": "程序要升级",
}
"""In one line, where nobody can do much about it yet; the outbox says more."""
_ELSE = "这台电脑上出了毛病"
_NOTHING_SAID = frozenset({"", "elsewhere"})
_REVOKED = frozenset({"revoked", "expired", "forked"})


@dataclass(frozen=True, slots=True)
class Delivery:
    """One quiet line and its tone: `ok`, `net` (under way), or `warn`; text "" where there is nothing to say."""

    text: str = ""
    tone: str = "ok"


def delivery(folder: Path, why: str = "", code: str = "", pending: int = 0) -> Delivery:
    """Of the sealed files, by their names.

    Args:
        folder: the profile, which nobody has opened.
        why: why the last round came to nothing, "" where it went well or none has run.
        code: the centre's word on this PC, as it gave it.
        pending: how many files the last round left: a receipt may be of an epoch the centre lost.

    Raises:
        EnvironmentFault: the folder can't be read.
    """
    there = outgoing.listed(folder)
    broken = sum(one.refused for one in there)
    waiting = max(pending, sum(not (one.receipt or one.refused) for one in there))
    if waiting:
        return line(waiting, why)
    if code in _REVOKED:
        return Delivery(WHY["revoked"], "warn")
    if broken:
        words = f"{broken} 条没送成：封好的文件坏了，没有丢。登录后会重新封好再送"
        return Delivery(words, "warn")
    # no more than the files say: an entry cut off between its commit and its file waits for a log-in
    return Delivery("封好待送的都到中心了") if there else Delivery()


def delivery_of(counter: Counter) -> Delivery:
    """Of an opened profile, whose sync goes on while the window is locked.

    Raises:
        EnvironmentFault: the database can't be read.
    """
    with read(counter.station) as tx:
        waiting = journal.pending_count(tx)
    if not waiting:
        return Delivery("已办的业务都到中心了")
    network = counter.network
    why = "" if network.online or not network.since else network.why or "network"
    return line(waiting, why)


def line(waiting: int, why: str) -> Delivery:
    """So many entries are on their way, or why they are not."""
    if why in _NOTHING_SAID:
        return Delivery(f"{waiting} 条已办的正在送往中心，不用登录", "net")
    because = _BECAUSE.get(why, _ELSE)
    return Delivery(f"{waiting} 条已办的还没到中心：{because}。会自动再送，没有丢", "warn")
