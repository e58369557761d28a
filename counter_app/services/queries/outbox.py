"""What waits to be sent, why, and when it is tried next."""

from dataclasses import dataclass

from counter_app.domain.case.state import EntryKind
from counter_app.kernel import masking
from counter_app.kernel.clock import from_ms, today
from counter_app.services.context import Counter
from counter_app.services.queries import moments
from counter_app.store import cases, journal
from counter_app.store.transaction import read
from counter_app.wire.header import read_header

WHY = {
    "": "等着发送",
    "network": "没有网络",
    "portal": "网络要先登录：打开的是网页，不是中心",
    "auth": "中心不认这台电脑，请打县医保中心电话",
    "revoked": "中心停用了这台电脑，业务已收存，请打县医保中心电话",
    "clock": "这台电脑的时间差太多，正按中心的时间重发",
    "server": "中心那边有毛病，会自动再试",
    "disk_full": "本机磁盘满了，中心的答复存不进来。请腾出空间，会自动再试",
    "not_writable": "数据文件夹写不进去，中心的答复存不进来。请管理员放开写权限",
    "database_busy": "数据文件正被占用，会自动再试",
    "disk_error": "读写磁盘出了毛病，会自动再试；再出现请打县医保中心电话",
    "database_damaged": "本机的数据文件打不开，可能坏了。先不要重装，打县医保中心电话",
    "profile_damaged": "本机存的登记资料读不出来。不要重装，打县医保中心电话",
    "refused": "中心没有接受这个请求，请打县医保中心电话",
    "version": "程序要升级；已办的照常上传",
}
_KINDS = {
    EntryKind.SUBMIT: "",
    EntryKind.AMEND: "（改好再报）",
    EntryKind.ANSWER: "（答复）",
    EntryKind.VOID: "（作废）",
    EntryKind.NOTE: "（记事）",
}


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """An entry not yet on the server."""

    n: int
    title: str
    masked_name: str
    tail: str
    why: str
    next_words: str
    saved_words: str
    tries: int
    case_id: str = ""
    note: str = ""
    """What stands in smaller type below the cause."""
    next_note: str = ""


def outbox(counter: Counter) -> tuple[OutboxRow, ...]:
    """Entries still to be sent, oldest first."""
    found = []
    with read(counter.station) as tx:
        for entry in reversed(journal.entries(tx, only_pending=True)):
            row = cases.get(tx, entry.subj)
            found.append(
                OutboxRow(
                    n=entry.n,
                    title=(row.summary if row else entry.kind)
                    + _KINDS.get(EntryKind(entry.kind), ""),
                    masked_name=masking.name(row.applicant) if row else "",
                    tail=masking.tail(row.applicant_certno) if row else "",
                    why=WHY.get(counter.network.why, WHY["network"]),
                    next_words=_next(counter, entry),
                    saved_words=_saved(counter, entry),
                    tries=entry.tries,
                    case_id=row.case_id if row else "",
                    note=f"试了 {entry.tries} 次，没有丢" if entry.tries else "",
                    next_note="F5 现在就试",
                )
            )
    return tuple(found)


def _saved(counter: Counter, entry: journal.EntryRow) -> str:
    at = from_ms(read_header(entry.header).typed_at)
    if at.date() == today(counter.clock):
        return f"{at:%H:%M}"
    return f"{moments.day_said(counter.clock, at.date())} {at:%H:%M}"


def _next(counter: Counter, entry: journal.EntryRow) -> str:
    if entry.next_at > counter.clock.now_ms():
        return f"{from_ms(entry.next_at):%H:%M:%S} 自动再试"
    return "马上发送" if counter.network.online else "有网自动发送"
