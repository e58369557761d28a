"""Rulings that ask somebody: held, with both sides, what the rule is called, and what is asked."""

from collections.abc import Iterable, Iterator

from msgspec import structs

from counter_app.central.ops import before, changes, enrolments, holds
from counter_app.central.ops.changes import Clash
from counter_app.central.ops.ruling import Point, Ruling
from counter_app.central.ops.sides import FEN, Comparing, Matter, of_bill, of_enrolment, of_people
from counter_app.domain.enrolment.season import season_on
from counter_app.kernel import dates, masking
from counter_app.kernel.money import Fen, format_yuan
from counter_app.wire.conflict import Conflict, OtherCase, Side, Weight, question
from counter_app.wire.estimate_said import EndSaid, EstimateSaid, paid_ends, to_said

DUP_ENROL, DUP_BILL = "DUP_ENROL", "DUP_BILL"
CHECK = "CHECK"
PACK_OLD, STALE_PERSON = "PACK_OLD", "STALE_PERSON"
FIELD_CONFLICT = "FIELD_CONFLICT"
EVERYTHING = frozenset({DUP_ENROL, DUP_BILL, CHECK, PACK_OLD, STALE_PERSON, FIELD_CONFLICT})
"""What a word of the county's clerk settles, and every hold the centre comes to by itself."""
_ASK = "打电话问清就行，不用来；说不清的本人带身份证来"
_MONEY = "MONEY"
_ONE_YEAR = ("同一人同一年度只留一件登记", "中心参保登记库")
_ONE_BILL = ("同一张票据只报一次", "中心票据库")
_ROSTER = ("改的是名单上当时那个值", "中心参保名单")
_NEWER = "中心的名单比窗口的新"
_BY_RULES = "钱按现行名单和规则包算"


def of_other_enrolment(other: enrolments.Other) -> str:
    """The question of one enrolment that stands in the way."""
    return question(DUP_ENROL, other.case_no, str(other.id))


def of_other_bill(other: holds.Other) -> str:
    """The question of one bill somebody else has."""
    return question(DUP_BILL, other.held.case_no, str(other.id))


def of_clash(clash: Clash) -> str:
    """The question of one field."""
    return question(FIELD_CONFLICT, clash.change.certno, clash.change.what, clash.now)


def doubled(matter: Matter, others: list[enrolments.Other]) -> Ruling:
    """The same person and year is enrolled elsewhere; both are named."""
    points = tuple(_double_point(other) for other in others)
    until = "裁决以前那边的登记照旧有效，这一件先不算登记；不要重复缴费"
    text = f"{others[0].name} {others[0].year} 年度在{others[0].station_name}已登记过"
    asked = Conflict(
        rule=_ONE_YEAR[0],
        source=_ONE_YEAR[1],
        sides=tuple(side for other in others for side in of_enrolment(matter, other)),
        others=tuple(OtherCase(o.station_name, o.case_no, o.on) for o in others),
        questions=tuple(of_other_enrolment(o) for o in others),
    )
    return Ruling("held", DUP_ENROL, text, points, _ASK, until, conflict=asked)


def used_up(matter: Matter, used: list[holds.Other]) -> Ruling:
    """Another living case has claimed the same bill; both are named."""
    points = tuple(_used_point(other) for other in used)
    first = used[0].held
    text = f"{first.data.get('words', '')}在{first.station_name}报过了"
    until = "弄清以前，这一件先不付；那一件照旧"
    asked = Conflict(
        rule=_ONE_BILL[0],
        source=_ONE_BILL[1],
        sides=tuple(side for other in used for side in of_bill(matter, other)),
        others=tuple(
            OtherCase(
                o.held.station_name, o.held.case_no, o.held.on.isoformat() if o.held.on else ""
            )
            for o in used
        ),
        questions=tuple(of_other_bill(o) for o in used),
    )
    return Ruling("held", DUP_BILL, text, points, _ASK, until, conflict=asked)


def clashed(matter: Matter, clashes: list[Clash]) -> Ruling:
    """Fields that were changed elsewhere meanwhile."""
    points = tuple(_clash_point(clash) for clash in clashes)
    asked = Conflict(
        rule=_ROSTER[0],
        source=_ROSTER[1],
        sides=(*(_clash_side(matter, clash) for clash in clashes), *_unclashed(matter, clashes)),
        questions=tuple(of_clash(clash) for clash in clashes),
    )
    until = "弄清以前，名单照中心现在的"
    return Ruling("held", FIELD_CONFLICT, points[0][0], points, _ASK, until, conflict=asked)


def money(matter: Matter) -> Ruling | None:
    """Figures given to the citizen that the roster and the rules in force don't give."""
    owed = tuple(_owed(matter))
    outcome, said = matter.verdict.outcome, matter.body.estimate
    ours = to_said(outcome.settlement)
    points = tuple(_money_point(side) for side in owed) + _estimate_points(said, ours)
    if not points:
        return None
    asked = Conflict(
        rule=_BY_RULES,
        source=matter.facts.pack.label if matter.facts.pack else "",
        sides=(
            *owed,
            *_estimates(said, ours),
            *before.sides(matter),
            *of_people(matter),
            *_packs(matter),
        ),
        questions=(question(_MONEY, *(s.server for s in owed), str(paid_ends(ours))),),
    )
    old = _pack_is_old(matter)
    why = "窗口用的规则包不是现行的一份" if old else before.words(matter) or _NEWER
    text = f"{'应缴金额' if not said else '预计报销'}不一样：{why}"
    code = PACK_OLD if old else STALE_PERSON
    return Ruling("held", code, text, points, _ASK, meanwhile(matter), conflict=asked)


def _pack_is_old(matter: Matter) -> bool:
    pack = matter.facts.pack
    return matter.row.pack != (f"{pack.id}@{pack.digest}" if pack else "")


def checked(matter: Matter, points: tuple[Point, ...]) -> Ruling:
    """A rule of a demonstration wants to know more."""
    words = (words for one in points for words in one)
    asked = Conflict(rule=points[0][0], source=points[0][2], questions=(question(CHECK, *words),))
    text, until = points[0][0], meanwhile(matter)
    return Ruling("held", CHECK, text, points, _ASK, until, conflict=asked)


def meanwhile(matter: Matter) -> str:
    """What holds for the citizen until the case is mended."""
    season = season_on(matter.facts.office, matter.facts.on)
    text = "改好再报以前，这一件先不算登记"
    if season.in_season and season.end:
        text += f"；{season.year} 年度集中缴费到 {dates.full(season.end)}，赶在这以前改好就不影响"
    return text


def _double_point(other: enrolments.Other) -> Point:
    on = dates.iso(other.on)
    when = f"{dates.full(on)} " if on else ""
    what = f"{other.name} {other.year} 年度{when}已在{other.station_name}登记，编号 {other.case_no}"
    mend = "问清本人在哪边参保：留本站，写明缘由再报，中心停掉那一件；留那边，撤回这一件"
    return what, mend, f"{_ONE_YEAR[0]}（{_ONE_YEAR[1]}）"


def _used_point(other: holds.Other) -> Point:
    held = other.held
    when = f"{dates.full(held.on)} " if held.on else ""
    words = held.data.get("words", "")
    what = f"{words} {when}已在{held.station_name}报过，编号 {held.case_no}"
    mend = "票录错了，改好再报；两件里该由这一件报的，写明缘由再报，中心停掉那一件的这张票"
    return what, mend, f"{_ONE_BILL[0]}（{_ONE_BILL[1]}）"


def _clash_point(clash: Clash) -> Point:
    change = clash.change
    values = (change.before, clash.now, change.after)
    words = [f"“{text}”" if (text := changes.shown(change.what, v)) else "空" for v in values]
    what = (
        f"{changes.LABELS[change.what]}别处刚改过：窗口看到的是{words[0]}，中心现在是{words[1]}，"
        f"这一件要改成{words[2]}"
    )
    mend = "问清本人以哪个为准：以这次为准，写明缘由再报；照中心的不改，这一项就不改了"
    return what, mend, _ROSTER[1]


def _clash_side(matter: Matter, clash: Clash) -> Side:
    change = clash.change
    station, on = changes.last_changed(matter.tx, change.certno, change.what)
    day = dates.iso(on)
    since = f"{dates.full(day) if day else ''} {station}改的".strip() if station else ""
    base, mine, server = (
        changes.shown(change.what, v) for v in (change.before, change.after, clash.now)
    )
    if mine == server:
        since = f"{since}，遮住的几位不一样".lstrip("，")
    about, label = masking.name(change.name), changes.LABELS[change.what]
    return Side(change.what, label, base, mine, server, Weight.ASK, "", about, since)


def _unclashed(matter: Matter, clashes: Iterable[Clash]) -> Iterator[Side]:
    """What the case changes besides, which nobody else touched."""
    asked = {clash.change for clash in clashes}
    for change in matter.verdict.outcome.changes:
        if change in asked or change.what not in changes.LABELS:
            continue
        base, mine = (changes.shown(change.what, v) for v in (change.before, change.after))
        values = (base, mine, base)
        name = (change.what, changes.LABELS[change.what])
        yield Comparing(masking.name(change.name)).side(name, values, Weight.DIFFERS)


def _owed(matter: Matter) -> Iterator[Side]:
    """Amounts said to people, where they are others now."""
    ours = {s.key: s for s in matter.verdict.outcome.subjects}
    for said in matter.body.said:
        now = ours.get(said.key)
        if said.own is None or now is None or now.own == said.own:
            continue
        server = "" if now.own is None else str(now.own)
        values = ("", str(said.own), server)
        yield Comparing(masking.name(now.name)).side(("own", "个人应缴"), values, kind=FEN)


def _money_point(side: Side) -> Point:
    now = "标准未知，由中心核定" if not side.server else f"{_yuan(side.server)} 元"
    what = f"{side.about}：窗口说应缴 {_yuan(side.mine)} 元，中心按现行名单和规则包是 {now}"
    return what, "告诉本人新的数，同意就写明再报；不同意撤回这一件", "中心现行名单和规则包"


def _yuan(fen: str) -> str:
    return format_yuan(int(fen))


def _estimate_points(said: EstimateSaid | None, ours: EstimateSaid | None) -> tuple[Point, ...]:
    """Figures given to the citizen that the rules in force don't give; no figure given, none to correct."""
    if said is None or not said.ends or paid_ends(said) == paid_ends(ours):
        return ()
    what = f"预计报销：窗口说 {_ends(said)}，中心按现行名单和规则包是 {_ends(ours)}"
    mend = "告诉本人新的数，同意就写明再报；不同意撤回这一件"
    return ((f"{what}{_first_step(said, ours)}", mend, "中心现行名单和规则包"),)


def _ends(said: EstimateSaid | None) -> str:
    ends = dict.fromkeys(format_yuan(paid) for paid, _ in paid_ends(said))
    return f"{' 至 '.join(ends)} 元" if ends else "算不出"


def _first_step(said: EstimateSaid, ours: EstimateSaid | None) -> str:
    """The step where the two begin to differ, as the trial sheet promises: ，差在起付线."""
    last = ours.ends[-1].rows if ours and ours.ends else ()
    known = {r.key: r.amount for r in last}
    for row in said.ends[-1].rows:
        if last and known.get(row.key) != row.amount:
            return f"，从“{row.name}”起不一样"
    return ""


def _estimates(said: EstimateSaid | None, ours: EstimateSaid | None) -> Iterator[Side]:
    """Both calculations: what the funds and the person pay, and every row that differs."""
    if said is None or not said.ends or paid_ends(said) == paid_ends(ours):
        return
    theirs = ours.ends if ours else ()
    for index, name in enumerate(
        ("最少", "最多") if max(len(said.ends), len(theirs)) > 1 else ("",)
    ):
        mine = said.ends[min(index, len(said.ends) - 1)]
        end = theirs[min(index, len(theirs) - 1)] if theirs else None
        group = Comparing(f"试算{name}")
        paid = ("", str(mine.fund_pay_sumamt), str(end.fund_pay_sumamt) if end else "")
        own = ("", str(mine.psn_part_amt), str(end.psn_part_amt) if end else "")
        yield group.side(("fund_pay_sumamt", "预计报销"), paid, kind=FEN)
        yield group.side(("psn_part_amt", "个人负担"), own, kind=FEN)
        yield from _rows(group, mine, end)


_TOTALS = frozenset({"fund_total", "own"})
"""Rows that say what the head of the estimate says."""


def _rows(group: Comparing, mine: EndSaid, end: EndSaid | None) -> Iterator[Side]:
    if end is None:
        return
    said: dict[str, Fen] = {r.key: r.amount for r in mine.rows}
    now = {r.key: r for r in end.rows}
    names = {r.key: r.name for r in (*mine.rows, *end.rows) if r.key not in _TOTALS}
    for key, name in names.items():
        server = str(now[key].amount) if key in now else ""
        values = ("", str(said[key]) if key in said else "", server)
        if values[1] != values[2]:
            side = group.side((key, name), values, Weight.DIFFERS, FEN)
            yield structs.replace(side, note=now[key].source if key in now else "")


def _packs(matter: Matter) -> Iterator[Side]:
    pack = matter.facts.pack
    used, now = matter.row.pack.partition("@")[0], pack.id if pack else ""
    yield Comparing("").side(("pack", "规则包"), (used, used, now), Weight.DIFFERS)
