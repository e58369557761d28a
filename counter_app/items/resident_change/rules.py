"""What keeps a change from being accepted, or must be said; beyond single fields."""

import datetime as dt
from collections.abc import Iterator

from counter_app.catalog.applicant import agent_problems, own_applicant, paper_problems
from counter_app.catalog.facts import Facts
from counter_app.domain.person.model import Person, Standing
from counter_app.domain.person.names import NameMatch, compare
from counter_app.forms.answers import Answers, path
from counter_app.items.resident_change.changes import problem_of, same_as_before
from counter_app.items.resident_change.form import (
    CHANGES,
    CORRECT,
    DIED,
    EMPLOYEE,
    ENDED,
    KEY,
    STOP,
)
from counter_app.items.resident_change.materials import GUIDE, materials
from counter_app.items.resident_change.outcome import paid_ahead
from counter_app.kernel import dates
from counter_app.kernel.problems import Level, Problem

_TELL = "参保管理经办规程（医保办函〔2021〕11号，转引，未见原文）：停保前告知本人"


def check(answers: Answers, facts: Facts) -> tuple[Problem, ...]:
    """All problems of the case."""
    person = facts.people.get(answers.get("certno"))
    found = [
        *_person(answers, person, facts),
        *(_stop(answers, person, facts) if answers.get("act") == STOP else ()),
        *(_changes(answers, facts) if answers.get("act") == CORRECT else ()),
        *agent_problems(answers),
        *paper_problems(answers, materials(answers)),
    ]
    return tuple(found)


def _person(answers: Answers, person: Person | None, facts: Facts) -> Iterator[Problem]:
    if not answers.get("certno"):
        return
    if person is None:
        text = "本镇名单上没有这个证件号，没有可停可改的参保。请核对号码；在外地参保的到参保地办"
        yield Problem("not_listed", "certno", text)
        return
    if facts.scope and person.area not in facts.scope:
        text = "这个人在别的镇参保，本站没有权限。请他到那边的服务站办，或由中心转过来"
        yield Problem("out_of_scope", "certno", text)
    if compare(answers.get("psn_name"), person.name, person.former_names) is NameMatch.OTHER:
        text = f"姓名和名单上的“{person.name}”不一样，可能找错了人。号码对、名字改过的，选更正姓名"
        yield Problem("name_differs", "psn_name", text)


def _stop(answers: Answers, person: Person | None, facts: Facts) -> Iterator[Problem]:
    died = answers.get("stop_rea") == DIED
    if person is not None and person.standing is Standing.DECEASED:
        when = f"（{dates.full(person.deceased_on)}）" if person.deceased_on else ""
        text = f"名单上这个人已去世{when}，参保已经停了，不用再办"
        yield Problem("already_stopped", "certno", text)
    if person is not None and person.standing is Standing.MOVED:
        text = "名单上这个人已迁走，参保已经停了，不用再办"
        yield Problem("already_stopped", "certno", text)
    if died and answers.get("psn_insu_stas") not in {"", ENDED}:
        text = "去世的只能终止，不能暂停。请选终止参保"
        yield Problem("death_ends", "psn_insu_stas", text)
    if died and answers.get("present") == "self":
        own = own_applicant(answers)
        if own:
            text = "申请人填的是去世的本人。请填来办的家属的姓名和证件号"
            yield Problem("dead_applicant", own, text)
    if answers.get("told") == "0":
        text = "还没告诉本人，不能停。请当面或打电话告诉他：停了以后居民医保不再报销；说好了再勾"
        yield Problem("not_told", "told", text, source=_TELL)
    yield from _stop_day(answers, person, facts)


def _stop_day(answers: Answers, person: Person | None, facts: Facts) -> Iterator[Problem]:
    day = dates.iso(answers.get("stop_on"))
    if day is None:
        return
    if day > facts.on:
        text = "日期在今天之后。还没到那天的不能先停，本人这段时间要能报销；请到那天再办"
        yield Problem("stop_later", "stop_on", text)
    if person is not None and day < person.birth:
        yield Problem("before_birth", "stop_on", "日期在本人出生以前。请照证件核对")
    elif person is not None:
        yield from _since(person, day, facts.on)
    years = paid_ahead(answers, facts)
    if years:
        text = f"{years} 年度已缴费。停了以后钱能不能退，请本人问税务部门，窗口不收也不退"
        yield Problem("paid_ahead", "stop_on", text, Level.WARN)
    elif answers.get("stop_rea") == EMPLOYEE:
        text = "职工医保是不是真的参上了，离线查不到。中心会再查；没参上的不会停"
        if not facts.online:
            yield Problem("employee_unseen", "stop_rea", text, Level.WARN)


def _since(person: Person, day: dt.date, on: dt.date) -> Iterator[Problem]:
    """A day years back ends cover that was lived with since: mostly a slip of the year."""
    lived = sorted(y.year for y in person.years if y.cover_from and day.year < y.year <= on.year)
    if lived:
        named = "、".join(str(year) for year in lived)
        text = (
            f"从 {dates.full(day)} 停，{named} 年度的待遇也一起没有了。请再核对日期；"
            "没错就照常受理，这段时间报过的医药费由中心核"
        )
        yield Problem("stop_long_ago", "stop_on", text, Level.WARN)


def _changes(answers: Answers, facts: Facts) -> Iterator[Problem]:
    rows = answers.section(CHANGES.id)
    if not rows:
        text = "还没填更正哪一项。按 Insert 加一行"
        yield Problem("no_change", CHANGES.id, text)
    seen: set[str] = set()
    for index, row in enumerate(rows):
        item = row.get("chg_item", "")
        if item and item in seen:
            text = "这一项上面已经有一行了。一项只留一行，多的删掉"
            yield Problem("twice", path(CHANGES.id, index, "chg_item"), text)
        seen.add(item)
        at = path(CHANGES.id, index, "chg_after")
        found = problem_of(row, answers, facts)
        if found:
            yield Problem(found[0], at, found[1])
        elif same_as_before(row):
            yield Problem("unchanged", at, "更正后和更正前一样，没有要改的。请核对，或删掉这一行")
    if seen & set(KEY):
        text = "姓名、证件号、性别、出生日期由县中心核对证明后才改；回执先给本人，改好前照旧"
        yield Problem("county_decides", CHANGES.id, text, Level.WARN, source=GUIDE)
