"""What a hold is called, and what each answer to it means for this citizen, in the clerk's words."""

from collections.abc import Mapping
from dataclasses import dataclass

from counter_app.kernel import dates
from counter_app.kernel.money import format_yuan
from counter_app.wire.conflict import NEEDS_REASON, Answer, Conflict, Weight, answerable

DUP_ENROL, DUP_BILL, FIELD = "DUP_ENROL", "DUP_BILL", "FIELD_CONFLICT"
STALE, PACK_OLD = "STALE_PERSON", "PACK_OLD"
MONEY = frozenset({STALE, PACK_OLD})
_CLAIM = "manual-reimbursement"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: the digit's words, what it means, whether a sentence of why goes with it."""

    answer: Answer
    label: str
    means: str
    reason: bool


@dataclass(frozen=True, slots=True)
class Held:
    """What the words depend on. `who` and `others` as lists show people; `people` how many there are."""

    code: str
    item: str
    who: str
    people: int
    bills: int
    conflict: Conflict


def title(held: Held) -> str:
    """The question in at most twenty characters."""
    asked = [s.label for s in held.conflict.sides if s.weight is Weight.ASK]
    field = asked[0] if len(set(asked)) == 1 else "几项资料"
    return {
        DUP_ENROL: f"两边都登记了{_about(held)}",
        DUP_BILL: "这张票别处报过了",
        FIELD: f"{held.who}的{field}别处刚改过",
        STALE: "名单变了，中心算的数不一样",
        PACK_OLD: "规则换了，中心算的数不一样",
    }.get(held.code, "中心要您定")


def why(held: Held, text: str) -> str:
    """Why it stopped here."""
    where = _where(held)
    return {
        DUP_ENROL: f"同一人同一年度只留一件登记，{where}先办了。系统不替人做主。",
        DUP_BILL: f"同一张票据只报一次，{where}先报了。系统不替人做主。",
        FIELD: "这件填好以后，同一项在别处改成了另一个值。系统不替人做主。",
        STALE: "中心的名单比填这件时新。按现在的名单重算，告诉本人的数就变了。",
        PACK_OLD: "填这件以后规则包换了。中心按现行的一份重算，告诉本人的数就变了。",
    }.get(held.code, f"{text.rstrip('。')}。")


def choices(held: Held) -> tuple[Choice, ...]:
    """What may be answered, in the order of the digits."""
    told = _MEANS.get(held.code, _OTHERWISE)
    found = []
    for answer in answerable(held.code, held.conflict.questions):
        label, means = told[answer]
        words = means.format(**_values(held))
        found.append(Choice(answer, label, words, answer in NEEDS_REASON - {Answer.AMEND}))
    return tuple(found)


_MEND = "打开表改，写明缘由再报，中心重新看一遍。"
_MONEY: Mapping[Answer, tuple[str, str]] = {
    Answer.THEIRS: (
        "照中心的数办",
        "先把新的数告诉本人：{figures}。本人同意才选这个；回执上的数跟着改，请补打一张。",
    ),
    Answer.WITHDRAW: ("本人不同意，撤回这件", "{freed}编号留着不再用。"),
    Answer.AMEND: ("改好再报", "打开表，按现在的名单和规则重算；资料填错了的在表里改。"),
}
_MEANS: Mapping[str, Mapping[Answer, tuple[str, str]]] = {
    DUP_ENROL: {
        Answer.MINE: (
            "留本站这件",
            "{about}按本站的登记算。{where}那一件停掉，那边会收到通知，要写一句为什么。",
        ),
        Answer.WITHDRAW: (
            "照那边的，撤回这件",
            "{about}照{where}的登记，不用再来。本站这件撤回{together}。",
        ),
        Answer.AMEND: ("改好再报", "打开登记表，去掉这个人或改年度，{mend}"),
    },
    DUP_BILL: {
        Answer.MINE: (
            "由本站这件报",
            "这张票算在本站这件里。{where}那一件不再算它，没有别的票就停用；那边会收到通知。",
        ),
        Answer.BOTH: (
            "两张不是同一张票",
            "两件都先留着，县医保中心核对两边的票据原件再定。核好以前这件不付，写一句凭什么。",
        ),
        Answer.WITHDRAW: (
            "照那边的，撤回这件",
            "本人从{where}那一件报。本站这件撤回{together}。",
        ),
        Answer.AMEND: ("改好再报", "票录错了的改号码，多录的去掉，{mend}"),
    },
    FIELD: {
        Answer.MINE: (
            "以这次填的为准",
            "名单改成本站填的，别处刚改的就不算了。要写一句凭什么。",
        ),
        Answer.THEIRS: ("照中心现在的", "问到的这一项不改了{rest}。"),
        Answer.AMEND: ("改好再报", _MEND),
    },
    STALE: _MONEY,
    PACK_OLD: _MONEY,
}
_OTHERWISE: Mapping[Answer, tuple[str, str]] = {
    Answer.MINE: ("问清了，照这件办", "写明问到了什么，中心按答复再看一遍。"),
    Answer.WITHDRAW: ("不办了，撤回这件", "{freed}编号留着不再用。"),
    Answer.AMEND: ("改好再报", _MEND),
}


def _values(held: Held) -> dict[str, str]:
    return {
        "about": _about(held),
        "where": _where(held),
        "figures": _figures(held.conflict),
        "freed": _freed(held),
        "together": _together(held),
        "rest": _rest(held.conflict),
        "mend": "写明缘由再报，中心重新看一遍。",
    }


def _about(held: Held) -> str:
    """The person the question is about, as the first side names it."""
    side = next((s for s in held.conflict.sides if s.about), None)
    return side.about.partition(" ")[0] if side else held.who


def _where(held: Held) -> str:
    other = next(iter(held.conflict.others), None)
    if other is None:
        return "别的服务站"
    on = dates.iso(other.on)
    return f"{other.station} {dates.month_day(on)}" if on else other.station


def _figures(conflict: Conflict) -> str:
    told = []
    for side in conflict.sides:
        if side.kind != "fen" or side.weight is not Weight.ASK:
            continue
        old, new = (format_yuan(int(v)) if v else "由中心核定" for v in (side.mine, side.server))
        told.append(f"{side.label} {old} 改为 {new}")
    return "，".join(told[:2]) or "见左边"


def _freed(held: Held) -> str:
    if held.code in MONEY and held.item == _CLAIM:
        return "票据都放开，可以另报。"
    return "这一件不再算数，以后可以另办。"


def _together(held: Held) -> str:
    if held.code == DUP_ENROL and held.people > 1:
        return f"，另外 {held.people - 1} 人也一起撤；只去掉一个人的选改好再报"
    if held.code == DUP_BILL and held.bills > 1:
        return f"，另外 {held.bills - 1} 张票也放开；只去掉一张的选改好再报"
    return "，编号留着不再用"


def _rest(conflict: Conflict) -> str:
    more = any(s.weight is not Weight.ASK for s in conflict.sides)
    return "，其余的照这次改" if more else "，这一件撤回"
