"""How a day's close is worded, the same on the screen, on paper and at the command line."""

from counter_app.domain.case.state import LABELS, CaseState
from counter_app.domain.day_close.causes import CENTRE, NOT_SENT
from counter_app.domain.day_close.facts import Chain
from counter_app.domain.day_close.line import Line
from counter_app.domain.day_close.reckon import DayClose, Difference
from counter_app.kernel import dates
from counter_app.kernel.clock import from_ms
from counter_app.services.queries.day_close import DayReading

SHORT = 16


def short_head(head: str) -> str:
    """6F2A 91C4 D8E0 7B35, — before the first entry."""
    if not head.strip("0"):
        return "—"
    first = head[:SHORT].upper()
    return " ".join(first[at : at + 4] for at in range(0, SHORT, 4))


def day_said(reading: DayReading) -> str:
    """2026年11月23日 周一."""
    day = reading.close.day
    return f"{dates.full(day)} {dates.weekday(day)}"


def scope_said(reading: DayReading) -> str:
    """全站, 本机 where the station has other PCs, or the clerk's name."""
    clerk = reading.close.clerk
    return f"经办 {reading.name(clerk)}" if clerk else whole_said(reading)


def whole_said(reading: DayReading) -> str:
    """What all clerks together are: this PC only, where others of the station did something too."""
    return "本机" if reading.others else "全站"


def which_said(reading: DayReading) -> str:
    """第 2 次日结 17:05, or that it was not closed yet."""
    closed = reading.closed
    if not closed.times:
        return "还没有日结"
    later = f"，结后又有 {reading.since} 笔" if reading.since else ""
    at = from_ms(closed.at)
    when = (
        f"{at:%H:%M}"
        if at.date() == reading.close.day
        else f"{dates.month_day(at.date())} {at:%H:%M}"
    )
    return f"第 {closed.times} 次日结 {when}{later}"


def conclusion(reading: DayReading) -> str:
    """What the day comes to, in a line."""
    close = reading.close
    if close.chain.verdict == "differs":
        return "两边的链头对不上，请打县医保中心电话"
    if close.differences:
        cases = len({d.line.case_id for d in close.differences})
        return f"差 {cases} 件，下面逐件写明"
    where = "这台电脑" if reading.others else ""
    return f"{where}三处相等，没有差异" if close.lines else f"{where}这一天没有业务"


def chain_said(chain: Chain) -> str:
    """How the two ends stand to each other."""
    return {
        "empty": "这台电脑还没有业务",
        "untold": "中心还没有确认过",
        "equal": f"到第 {chain.n} 号，两边一字不差",
        "behind": f"中心确认到第 {chain.centre_n} 号，还有 {chain.n - chain.centre_n} 号没确认",
        "differs": f"第 {chain.centre_n} 号两边对不上",
    }[chain.verdict]


def proof_said(chain: Chain) -> str:
    """What that means."""
    if chain.verdict == "differs":
        return "本机和中心的记录不一样。业务都在，不用重办；不要重装，请打县医保中心电话。"
    if not chain.centre_n or not chain.n:
        return "中心确认以后，这里有中心的链头，两边可以对。"
    return f"这串字对得上，就证明前面 {chain.centre_n} 号一件不少、一字未改。"


def column_notes(close: DayClose) -> tuple[str, str, str]:
    """What stands under the three figures."""
    notes = [f"副本 {close.total.copies} 张，不另计"] if close.total.copies else []
    if close.without_paper:
        notes.append(f"作废没出纸 {close.without_paper} 件")
    amended = sum(bool(row.amended) and not row.accepted for row in close.lines)
    records = [f"作废 {close.total.voided} 件"] if close.total.voided else []
    if amended:
        records.append(f"改以前的 {amended} 件")
    chain = close.chain
    told = f"确认到第 {chain.centre_n} 号" if chain.centre_n else "还没有确认"
    return "，".join(notes) or "没有补打", "，".join(records) or "没有作废", told


COLUMNS = ("发出回执", "本机业务", "中心已确认")


def detail(difference: Difference) -> str:
    """What the data add to a cause: how often it was tried, up to where the centre has confirmed."""
    row = difference.line
    if difference.cause == NOT_SENT:
        tried = f"试了 {row.tries} 次，没有丢" if row.tries else "存在本机，没有丢"
        return f"{from_ms(row.at):%H:%M} 存的，{tried}"
    return difference.said.advice


def side_said(difference: Difference) -> str:
    """Which column lacks it."""
    return COLUMNS[2] if difference.said.side == CENTRE else COLUMNS[0]


def paper_said(row: Line) -> str:
    """The receipt of a line in two words."""
    if row.paper:
        return "差"
    if not row.came_out:
        return "不用出"
    return "已收回" if row.voided else "已出"


def centre_said(row: Line) -> str:
    """The centre's word on a line."""
    if row.centre:
        return "差"
    return LABELS[CaseState(row.state)] if row.state else "已确认"
