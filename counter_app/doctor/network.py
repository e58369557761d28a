"""The way to the centre: one line for the clerk, five steps for who wants to know more."""

from functools import partial

from counter_app.doctor.finding import Fact, Finding, Seen, Step, Verdict
from counter_app.doctor.network_words import LABELS, WORDS, Words, fine, lossy, slow
from counter_app.doctor.part import Part
from counter_app.doctor.patient import Patient
from counter_app.sync.client import Door
from counter_app.sync.way import found
from counter_app.sync.way.found import Way
from counter_app.sync.way.walk import Means, walk

ID, TITLE = "network", "网络到中心"
SECONDS = 7.5
"""A second more than the walk takes at most."""
SLOW_MS = 1500
LOSS_PERCENT = 10
SLOW_CODE, LOSSY, SERVER_SLOW = "slow", "lossy", "server_slow"


def look(patient: Patient, _: Seen, by: Means | None = None) -> Finding:
    """Walk to the centre and say how far it goes."""
    who = patient.identity
    if who is None or not who.centre_url:
        return Finding(ID, TITLE, Verdict.ABSENT, "这台电脑还没有激活，没有中心可连")
    door = Door(who.centre_url, who.ca_pem, who.dev, who.sign_private)
    try:
        way = walk(door, patient.clock, by)
    except ValueError:
        return _finding("url", WORDS["url"])
    return judge(way)


def judge(way: Way) -> Finding:
    """What a way means."""
    code = way.code or _quality(way)
    if not code:
        words = Words(fine(_rtt(way)), verdict=Verdict.FINE)
    elif code == found.NO_ANSWER and way.reached not in {"", found.NAME}:
        words = WORDS["no_reply"]
    else:
        words = _measured(code, way) or WORDS[code]
    return _finding(code, words, way)


def _finding(code: str, words: Words, way: Way | None = None) -> Finding:
    return Finding(
        ID,
        TITLE,
        words.verdict,
        words.says,
        code,
        words.means,
        words.advice,
        "查看五步" if code and way else "",
        "Enter" if code and way else "",
        _steps(way, words) if way else (),
        _facts(way) if way else {},
    )


def _quality(way: Way) -> str:
    """What is wrong with a way that leads to the centre."""
    if _rtt(way) >= SLOW_MS:
        return SLOW_CODE
    if way.trips is not None and way.trips.loss_percent >= LOSS_PERCENT:
        return LOSSY
    return SERVER_SLOW if _reply_ms(way) - _rtt(way) >= SLOW_MS else ""


def _measured(code: str, way: Way) -> Words | None:
    loss = way.trips.loss_percent if way.trips else 0
    if code == SLOW_CODE:
        return Words(slow(_rtt(way), loss), "办事不受影响", "多半是无线信号弱，网线插上最稳")
    if code == LOSSY:
        return Words(lossy(loss), "办事不受影响", "多半是无线信号弱，网线插上最稳")
    if code == SERVER_SLOW:
        says = f"网络是好的，但中心回话要 {_reply_ms(way) / 1000:.1f} 秒"
        return Words(says, "办事不受影响，查人、解动态码要多等一会儿", "不用管，多半是中心一时忙")
    return None


def _rtt(way: Way) -> int:
    """Milliseconds; the first connect's where no other came back."""
    if way.trips is not None and way.trips.rtt_ms is not None:
        return way.trips.rtt_ms
    first = way.stage(found.CONNECT)
    return first.ms if first else 0


def _reply_ms(way: Way) -> int:
    stage = way.stage(found.LOG_IN)
    return stage.ms if stage else 0


def _steps(way: Way, words: Words) -> tuple[Step, ...]:
    return tuple(map(partial(_step, way, words), found.STAGES))


def _step(way: Way, words: Words, name: str) -> Step:
    stage = way.stage(name)
    label = LABELS[name]
    if stage is None:
        return Step(label, Verdict.ABSENT, "没走到")
    if stage.code:
        return Step(label, words.verdict, words.says, stage.ms)
    wrong = not way.code and _quality(way) in _AT[name]
    return Step(label, Verdict.LOOK if wrong else Verdict.FINE, _went(way, name), stage.ms)


_AT = {name: frozenset[str]() for name in found.STAGES} | {
    found.LOG_IN: frozenset({SERVER_SLOW}),
    found.SPEED: frozenset({SLOW_CODE, LOSSY}),
}
"""Where on the way a fault of quality belongs."""


def _went(way: Way, name: str) -> str:
    """What was seen at a step that went well."""
    if name == found.NAME:
        if not way.addresses:
            return "中心的地址本来就是数字，不用查"
        return f"查到 {way.addresses} 个地址"
    if name == found.SPEED and way.trips is not None:
        lost = f"丢 {way.trips.lost} 次" if way.trips.lost else "一次没丢"
        return f"{fine(_rtt(way)).partition('，')[2]}，{way.trips.tried} 次{lost}"
    return {
        found.CONNECT: "接上了",
        found.TLS: "证书对得上，是县里的中心",
        found.LOG_IN: "中心认得这台电脑",
    }[name]


def _facts(way: Way) -> dict[str, Fact]:
    facts: dict[str, Fact] = {"reached": way.reached}
    if way.trips is not None:
        facts |= {"rtt_ms": _rtt(way), "loss_percent": way.trips.loss_percent}
    if way.offset_ms is not None:
        facts["offset_ms"] = way.offset_ms
    if way.hello is not None:
        facts |= {"min_app": way.hello.min_app, "epoch": way.hello.epoch}
    return facts


PART = Part(ID, TITLE, look, SECONDS)
