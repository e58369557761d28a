"""The examination in the clerk's words: a line for every part, the head over them, everything of one part."""

from dataclasses import dataclass

from counter_app.doctor.finding import Fact, Finding, Step, Verdict
from counter_app.kernel.clock import from_ms
from ui.rounds import Round

ICONS = {
    Verdict.FINE: ("circle-check", "ok"),
    Verdict.LOOK: ("triangle-alert", "warn"),
    Verdict.STOP: ("circle-alert", "bad"),
    Verdict.ABSENT: ("circle", "ink3"),
}
WAITS = ("circle", "line2")
NETWORK, PAGE_PRINTER, CAMERA = "network", "page_printer", "camera"
STEPS, TEST_PAGE, PICTURE, AGAIN = "steps", "test_page", "picture", "again"
BUNDLE, RENEW = "bundle", "renew"
RENEWED = "reference_damaged"
"""Code of a fault that fetching the lists anew mends."""
_OWN = {
    NETWORK: (STEPS, "查看五步"),
    PAGE_PRINTER: (TEST_PAGE, "打测试页"),
    CAMERA: (PICTURE, "看画面"),
}
_NUMBERS = "零一二三四五六七八九十"
NAMED = 3
"""More wrong parts than these are counted, not named."""
_WORDS = {
    "free_mb": "还空着（MB）",
    "write_ms": "存一次（毫秒）",
    "station_mb": "业务库（MB）",
    "reference_mb": "名单库（MB）",
    "pages": "坏了的页",
    "device": "本机编号",
    "rtt_ms": "来回（毫秒）",
    "loss_percent": "丢失（%）",
    "offset_ms": "中心的时间减本机的（毫秒）",
    "min_app": "中心要求的程序版本",
    "epoch": "中心的纪元",
    "reached": "走到哪一步",
    "pending": "待发（件）",
    "oldest_hours": "最早的（小时前）",
    "lists": "名单（份）",
    "id": "编号",
    "digest": "摘要",
    "entries": "记录（条）",
    "at": "第几号",
    "files": "文件（个）",
    "available_mb": "还能用（MB）",
    "total_mb": "一共（MB）",
    "app": "程序",
    "schema": "数据格式",
    "knows": "程序认得的格式",
    "python": "Python",
    "system": "系统",
    "libc": "系统库",
    "queue": "打印队列",
    "jobs": "队列里（件）",
    "waiting": "等着打（张）",
    "length": "收到（字）",
    "ms": "用时（毫秒）",
    "width": "宽",
    "height": "高",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the list; `does` is what Enter does, "" for nothing."""

    key: str
    title: str
    icon: str = "circle"
    tone: str = "line2"
    says: str = ""
    says_tone: str = "ink2"
    under: str = ""
    action: str = ""
    at: str = ""
    does: str = ""
    spins: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """What the examination comes to."""

    title: str
    text: str
    tone: str = "ink"


def line(
    part: tuple[str, str], now: Round, *, slow: bool, can: frozenset[str], note: str = ""
) -> Line:
    """One row; `slow` once a look takes long enough to be shown, `note` what its action came to."""
    key, title = part
    found = now.found.get(key)
    looked_at = key in now.looking and slow
    if found is None:
        if looked_at:
            return Line(key, title, "loader-circle", "accent", "正在查", "ink3", spins=True)
        return Line(key, title, *WAITS)
    icon, tone = ICONS[found.verdict]
    does, action = act(found, can)
    says_tone = "ink" if found.wrong else "ink2"
    if looked_at:
        icon, tone, says_tone = "loader-circle", "accent", "ink3"
    return Line(
        key,
        title,
        icon,
        tone,
        found.says,
        says_tone,
        note or _under(found),
        action,
        f"{from_ms(found.at_ms):%H:%M}" if found.at_ms else "",
        does,
        looked_at,
    )


def act(found: Finding, can: frozenset[str]) -> tuple[str, str]:
    """(what Enter does, its word) for a part; ("", "") where nothing can be done from here."""
    does, word = _OWN.get(found.part, ("", ""))
    if does == STEPS and found.steps:
        word = f"查看{_number(len(found.steps))}步"
    sound = found.verdict in {Verdict.FINE, Verdict.LOOK}
    possible = bool(found.steps) if does == STEPS else does in can and sound
    if possible and found.action in {"", word}:
        return does, word
    if not found.wrong:
        return "", ""
    own = found.action if found.action not in {"", word} else ""
    if found.code == RENEWED:
        return RENEW, own
    if own and found.key == "F7":
        return BUNDLE, own
    return AGAIN, own or "再查"


def head(now: Round, count: int) -> Head:
    """Title and second line over the list of so many parts."""
    if now.running:
        left = len(now.looking)
        return Head("正在查…", f"查完 {count - left} 项，共 {count} 项。可以接着办" if left else "")
    if not now.found:
        return Head("还没有查过", "按 F5 全部查一遍")
    wrong = now.wrong
    if now.stopped:
        return Head("现在存不了东西，先别受理", f"{_named(wrong)}。照下面写的做，再按 F5", "bad")
    safe = "没有影响数据安全的问题。" if now.safe else ""
    if wrong:
        goes_on = "" if now.unseen else "能正常办理。"
        title = f"{goes_on}{len(wrong)} 处需要留意"
        return Head(title, f"{_named(wrong)}。{safe}")
    absent = sum(f.verdict is Verdict.ABSENT for f in now.found.values())
    rest = f"{absent} 项没有装或没有查。" if absent else ""
    title = "查过的都正常" if now.unseen else "都正常，照常办"
    return Head(title, f"查了 {len(now.found) - absent} 项。{rest}{safe}")


def step_words(step: Step) -> str:
    """A step with how long it took."""
    return f"{step.says}，{step.ms} 毫秒" if step.ms else step.says


def fact_words(facts: dict[str, Fact]) -> tuple[tuple[str, str], ...]:
    """Figures for the administrator: (what, how much)."""
    return tuple((_WORDS.get(name, name), _value(value)) for name, value in facts.items())


def _value(value: Fact) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return f"{value:,.1f}" if isinstance(value, float) else str(value)


def _under(found: Finding) -> str:
    if not found.wrong:
        return ""
    return "。".join(words.rstrip("。") for words in (found.means, found.advice) if words)


def _named(wrong: tuple[Finding, ...]) -> str:
    names = "、".join(found.title for found in wrong[:NAMED])
    return f"{names}等 {len(wrong)} 处" if len(wrong) > NAMED else names


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else f" {count} "
