"""What a filing brings: where and until when, what the pack says of the ratio, what must be told."""

from counter_app.catalog.facts import Facts
from counter_app.catalog.filings import CANCEL, FILING
from counter_app.catalog.outcome import Hold, Line, Outcome
from counter_app.domain.calendar.promise import Promise
from counter_app.domain.filing import period
from counter_app.domain.filing.category import LABELS, PROVISION, REASONS, Category
from counter_app.domain.policy.pack import FACT_GRADES, Parameter
from counter_app.forms.answers import Answers
from counter_app.items.offsite_filing import request
from counter_app.items.offsite_filing.form import CHANGE, IN_HOSPITAL, LEFT
from counter_app.kernel import dates

_TERM = ("从哪天起", "有效到")
_UNKNOWN = "由县医保中心核定后告诉本人"
"""What a paper says where the pack is silent; what the pack lacks is said on the screen (`missing`)."""
_SAID_AS_IT_IS = FACT_GRADES | {"invented"}
"""An invented pack says 示例数据 on every sheet; what is below B otherwise is 仅供参考."""


def outcome(answers: Answers, facts: Facts) -> Outcome:
    """Consequences; unfinished answers simply bring less."""
    lines = _lines(answers, facts)
    used = _used(answers, facts)
    return Outcome(
        subjects=(),
        total=None,
        lines=lines,
        told=_told(answers, facts),
        effects=(),
        firm=all(p.grade in _SAID_AS_IT_IS for p in used),
        missing=tuple(f"规则包里没有{what}" for what in _missing(answers, facts)),
        promise=Promise((facts.pack.text("filing.promise", facts.on) or "") if facts.pack else ""),
        holds=_holds(answers, facts),
        receipt=_receipt(answers, lines),
    )


def _used(answers: Answers, facts: Facts) -> tuple[Parameter, ...]:
    which = request.kind(answers)
    if facts.pack is None or which is None:
        return ()
    keys = [f"filing.validity.{which.value}_months"]
    if request.promised(answers):
        keys += [period.PROMISE_MONTHS, period.KEEP_YEARS]
    found = [facts.pack.find(key, facts.on) for key in keys]
    found.append(period.benefit(facts.pack, which, facts.on))
    return tuple(p for p in found if p is not None)


def _missing(answers: Answers, facts: Facts) -> list[str]:
    which = request.kind(answers)
    if which is None or which is Category.EMERGENCY:
        return []
    found = []
    if not period.benefit(facts.pack, which, facts.on):
        found.append(f"{LABELS[which]}的报销比例")
    if which in {Category.REFERRAL, Category.OTHER} and not request.until(answers, facts):
        found.append(f"{LABELS[which]}的有效期")
    if request.promised(answers) and not _changeable(facts).day:
        found.append("承诺办理后多久能变更")
    return found


def _lines(answers: Answers, facts: Facts) -> tuple[Line, ...]:
    which = request.kind(answers)
    if request.cancels(answers):
        return _cancel_lines(answers)
    if which is None or which is Category.EMERGENCY or not request.places(answers):
        return ()
    first = request.begins(answers)
    lines = [
        Line("备案类别", LABELS[which], f"{PROVISION} 第七至十三条"),
        Line("就医地", request.place_words(answers, facts), f"{PROVISION} 第十二条"),
        Line("从哪天起", dates.full(first) if first else "还没填"),
        Line("有效到", request.until_words(answers, facts), request.least(answers, facts).source),
        _benefit(which, facts),
        *_promise_lines(answers, facts),
    ]
    if answers.get("fil_words") or answers.get("fil_case"):
        old = answers.get("fil_words") or answers.get("fil_case")
        lines.append(Line("原来的备案", f"{old}，这件办成就结束", tone="warn"))
    return tuple(lines)


def _cancel_lines(answers: Answers) -> tuple[Line, ...]:
    old = answers.get("fil_words") or answers.get("fil_case")
    lines = [Line("取消备案", old or "中心按本人的有效备案取消")]
    if answers.get("cancel_rea"):
        lines.append(Line("原因", answers.get("cancel_rea")))
    return tuple(lines)


def _benefit(which: Category, facts: Facts) -> Line:
    found = period.benefit(facts.pack, which, facts.on)
    if found is None:
        return Line("报销比例", _UNKNOWN, tone="warn")
    words = found.value if found.grade in _SAID_AS_IT_IS else f"{found.value}（仅供参考）"
    return Line("报销比例", words, found.source)


def _promise_lines(answers: Answers, facts: Facts) -> list[Line]:
    if not request.promised(answers):
        return []
    change, keep = _changeable(facts), _keep(answers, facts)
    where = answers.get("keep_at") or "还没填放在哪里"
    until = f"至少存到 {dates.full(keep.day)}" if keep.day else "存到什么时候由县医保中心定"
    return [
        Line("可变更", f"{dates.full(change.day)} 起" if change.day else _UNKNOWN, change.source),
        Line("承诺书", f"{answers.get('prom_signer')}当面签字；{where}；{until}", keep.source),
    ]


def _changeable(facts: Facts) -> period.Term:
    """From when this filing by promise may be changed: months from the day it is taken."""
    return period.changeable(facts.pack, facts.on, facts.on)


def _keep(answers: Answers, facts: Facts) -> period.Term:
    signed = dates.iso(answers.get("prom_date"))
    return period.keep_until(facts.pack, signed or facts.on, facts.on)


def _receipt(answers: Answers, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    if not lines:
        return ()
    first, last = (next((x.value for x in lines if x.label == n), "") for n in _TERM)
    when = (Line("有效期", f"{first} 起，{last}" if "，" in last else f"{first} 到 {last}"),)
    kept = tuple(x for x in lines if x.label not in _TERM and x.label != "备案类别")
    who = Line("谁", answers.get("psn_name"))
    return (who, kept[0], *(when if first else ()), *kept[1:])


def _told(answers: Answers, facts: Facts) -> tuple[str, ...]:
    if request.cancels(answers):
        return ("取消以后再去外地看病，要重新备案；急诊抢救不用备案。",)
    which = request.kind(answers)
    if which is None or which is Category.EMERGENCY:
        return ()
    words = [f"有效期内看病不限次数，住院中间到期也照算；急诊抢救不用备案。{PROVISION} 第十三条。"]
    if request.promised(answers):
        change = _changeable(facts)
        day = f"{dates.full(change.day)} 起" if change.day else "满规定的月数以后"
        words.append(
            f"凭承诺书办的，{day}才能变更、取消；不真实要担法律和信用责任，联网结算会停。{PROVISION} 附件1。"
        )
    if answers.get("adm_stas") == IN_HOSPITAL:
        words.append(f"这次住院出院结算以前补办的，出院时可以直接结算。{PROVISION} 第二十五条。")
    if answers.get("adm_stas") == LEFT:
        words.append(f"已经出院的那一次不能直接结算，带票据来办手工报销。{PROVISION} 第十八条。")
    if answers.get("fil_case") or answers.get("act") == CHANGE:
        words.append("这件办成，原备案就结束。")
    return tuple(words)


def _holds(answers: Answers, facts: Facts) -> tuple[Hold, ...]:
    who = request.subject(answers)
    which = request.kind(answers)
    if not who:
        return ()
    old = request.old_cases(answers, facts)
    if request.cancels(answers):
        data = {"ends": old, "words": answers.get("fil_words")}
        return (Hold(CANCEL, who, data=data, exclusive=False, place="fil_case"),)
    if which is None or which is Category.EMERGENCY or not request.places(answers):
        return ()
    first, last = request.begins(answers), request.until(answers, facts)
    data = {
        "category": which.value,
        "category_words": LABELS[which],
        "rloc_rea": REASONS[which].rloc_rea,
        "memo": REASONS[which].memo,
        "places": " ".join(code for _, code in request.places(answers)),
        "places_words": request.place_words(answers, facts),
        "begins": first.isoformat() if first else "",
        "until": last.isoformat() if last else "",
        "promised": "1" if request.promised(answers) else "",
        "promise": answers.get("prom_ver") if request.promised(answers) else "",
        "ends": old,
    }
    return (Hold(FILING, who, data=data, exclusive=False, place="rloc_admdvs"),)
