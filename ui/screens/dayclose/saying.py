"""What the day's close says: its button, banner, chip, and what is left before going home; without Qt."""

from counter_app.kernel import dates
from counter_app.services.queries import day_words, moments
from counter_app.services.queries.day_close import DayReading
from ui.ports import Primary
from ui.screens.dayclose.presenter import DayCloseState, Notice


def primary(state: DayCloseState) -> Primary | None:
    """The one button: what F9 does now."""
    reading = state.reading
    if reading is None:
        return None
    cases = len({d.line.case_id for d in reading.close.differences})
    words = f"先结，写明差 {cases} 件" if cases else "日结并打印"
    if reading.closed.times:
        words = f"再结，第 {reading.closed.times + 1} 次"
    return Primary("正在日结" if state.busy else words, enabled=not state.busy)


def banner(state: DayCloseState, now_ms: int, since: int) -> Notice | None:
    """What stands at the top: what just happened, a broken chain, or how far the centre has confirmed."""
    reading = state.reading
    if state.notice is not None or reading is None:
        return state.notice
    chain = reading.close.chain
    if chain.verdict == "differs":
        return Notice("bad", day_words.chain_said(chain), day_words.proof_said(chain))
    if reading.net == "online":
        return None
    told = f"中心确认到第 {chain.centre_n} 号" if chain.centre_n else "中心还没有确认过"
    kept = "照常日结，以后的有网自动发送，到时按 F5 再核对。"
    if reading.net == "clock":
        return Notice("warn", f"这台电脑的时间不准，{told}", kept)
    span = f"离线 {moments.lasted(now_ms - since)}" if since else "还没连上中心"
    return Notice("warn", f"{span}，{told}", kept)


def verdict(state: DayCloseState) -> tuple[str, str, str]:
    """The chip at the right of the title: words, tone, icon."""
    reading = state.reading
    if reading is None:
        return "正在算", "neutral", "loader-circle"
    close = reading.close
    if not close.equal:
        return "还不能平账", "bad", "circle-alert"
    if not close.lines:
        return "没有业务", "neutral", "circle"
    return "账平了", "ok", "circle-check"


def before_leaving(state: DayCloseState) -> tuple[tuple[str, str, str], ...]:
    """(tone, words, note) of what is left over when the clerks go home."""
    reading = state.reading
    if reading is None:
        return ()
    found = []
    closed = reading.closed
    if closed.times:
        late = f"以后又有 {reading.since} 笔，再结一次" if reading.since else f"{closed.by}结的"
        found.append(("warn" if reading.since else "ok", _closed_words(reading), late))
    else:
        whose = reading.name(reading.close.clerk) if reading.close.clerk else ""
        found.append(("warn", f"{whose}还没有日结", ""))
    if reading.is_today:
        if reading.drafts:
            found.append(("ok", f"草稿 {reading.drafts} 件，明天接着办", ""))
        if reading.waiting:
            found.append(("warn", f"有 {reading.waiting} 张单子没打好", "在工作台补打"))
        else:
            found.append(("ok", "打印机没有等着的纸", ""))
    for pc in reading.others:
        tone = "ok" if pc.settled else "warn"
        found.append((tone, f"{pc.name} 机受理 {len(pc.cases)} 件", pc.close_words))
    return tuple(found)


def _closed_words(reading: DayReading) -> str:
    return day_words.which_said(reading).partition("，")[0]


def day_title(state: DayCloseState) -> str:
    """2026年11月23日 周一."""
    return f"{dates.full(state.day)} {dates.weekday(state.day)}" if state.day else ""
