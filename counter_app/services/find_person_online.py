"""Ask the centre for somebody who is not on this township's list (DESIGN, decision 15)."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from counter_app.kernel import dates
from counter_app.kernel.clock import today
from counter_app.kernel.problems import Problem
from counter_app.services.ask_centre import ask_centre
from counter_app.services.context import Counter
from counter_app.services.keep_person import keep_person
from counter_app.services.log_access import log_access
from counter_app.services.queries.find import PersonHit
from counter_app.sync import faults
from counter_app.wire.identify import FindReply, FindRequest, MaskedMatch

if TYPE_CHECKING:
    import httpx

SERVE = "窗口办理"
"""The usual purpose: the citizen stands at the window."""
_SEXES = {"1": "男", "2": "女"}


@dataclass(frozen=True, slots=True)
class FindOnline:
    """The command: a whole certificate number, or a whole name with the birth date."""

    certno: str = ""
    name: str = ""
    birth: dt.date | None = None
    purpose: str = SERVE

    def __repr__(self) -> str:
        return f"FindOnline({self.purpose})"


@dataclass(frozen=True, slots=True)
class FoundOnline:
    """Whom the centre knows; `message` where that is not one person who can be opened."""

    people: tuple[PersonHit, ...]
    message: str = ""


def find_person_online(
    counter: Counter, command: FindOnline, under: "httpx.BaseTransport | None" = None
) -> FoundOnline | Problem:
    """Ask, now or not at all; the look-up is in both logs, and a person found by number is kept here.

    Raises:
        EnvironmentFault: the disk refuses, or the pinned certificate cannot be read.
    """
    request = FindRequest(
        clerk=counter.clerk.id,
        purpose=command.purpose,
        certno=command.certno,
        name=command.name,
        birth=command.birth.isoformat() if command.birth else "",
    )
    way_on = (
        "别的镇的人要联网才查得到。网络好了再按 F5；"
        f"急的请打县医保中心电话 {counter.identity.station.county_phone}"
    )
    answer = ask_centre(counter, lambda client: client.find_person(request), way_on, under)
    found = answer if isinstance(answer, Problem) else _found(counter, command, answer)
    _log(counter, command, found)
    return found


def _found(counter: Counter, command: FindOnline, answer: FindReply) -> FoundOnline | Problem:
    if answer.person is not None:
        hit = keep_person(counter, answer.person, answer.household)
        if hit is None:
            return Problem(faults.SERVER, "", "中心的答复读不出来，没有存。请打县医保中心电话")
        return FoundOnline((hit,))
    if answer.matches:
        return FoundOnline(
            tuple(_match(counter, one, len(answer.matches)) for one in answer.matches),
            _more(answer),
        )
    if command.certno:
        words = "中心的名单上也没有这个证件号。请照证件核对；从没参过保的按 F7 新参保"
    else:
        words = "中心的名单上没有这个姓名和出生日期的人。请刷身份证，或按 F2 输证件号再问"
    return FoundOnline((), words)


def _more(answer: FindReply) -> str:
    seen = "不止这几位" if answer.more else f"中心有 {len(answer.matches)} 位"
    return f"{seen}。照下面问清是谁，要打开请刷身份证，或按 F2 输证件号：光凭姓名不给全号"


def _match(counter: Counter, one: MaskedMatch, count: int) -> PersonHit:
    born = dates.iso(one.birth)
    return PersonHit(
        certno="",
        household="",
        subject="",
        masked_name=one.name,
        sex=_SEXES.get(one.gend, ""),
        age=dates.age_on(born, today(counter.clock)) if born else 0,
        birth=one.birth,
        head=f"户主 {one.head}" if one.head else "没有户主记录",
        village=one.place,
        tail=one.tail,
        status="中心名单上",
        status_note="要证件号才能打开",
        tone="open",
        same_name=count,
        looks_alike=count,
        in_scope=True,
        beyond=True,
    )


def _log(counter: Counter, command: FindOnline, found: FoundOnline | Problem) -> None:
    how = "证件号" if command.certno else "姓名和出生日期"
    if isinstance(found, Problem):
        log_access(counter, "find_online", "", f"{command.purpose}，按{how}，没问到")
        return
    subject = found.people[0].subject if len(found.people) == 1 else ""
    why = f"{command.purpose}，按{how}，{len(found.people)} 人"
    log_access(counter, "find_online", subject, why)
