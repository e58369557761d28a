"""Rules about the insured: whether they are on the roster and covered this year."""

from collections.abc import Iterator

from counter_app.catalog.facts import Facts
from counter_app.domain.person.model import Person, Standing
from counter_app.domain.person.names import NameMatch, compare
from counter_app.forms.answers import Answers
from counter_app.items.offsite_filing import request
from counter_app.kernel import dates, resident_id
from counter_app.kernel.problems import Level, Problem

_WHERE = "江苏省医保经办服务办事指南（2022版）13–16：由参保地办"


def check(answers: Answers, facts: Facts) -> Iterator[Problem]:
    """All problems about the insured."""
    certno = answers.get("certno")
    if not certno:
        return
    yield from _sex(answers)
    person = facts.people.get(certno)
    if person is None:
        text = "本镇名单上没有这个证件号。备案在参保地办：请核对号码，在外地参保的到参保地的窗口或手机上办"
        yield Problem("not_listed", "certno", text, source=_WHERE)
        return
    if facts.scope and person.area not in facts.scope:
        text = "这个人在别的镇参保，本站没有权限。请他到那边的服务站办，或由中心转过来"
        yield Problem("out_of_scope", "certno", text)
    if compare(answers.get("psn_name"), person.name, person.former_names) is NameMatch.OTHER:
        text = f"姓名和名单上的“{person.name}”不一样，可能找错了人。请核对证件"
        yield Problem("name_differs", "psn_name", text)
    if person.standing is not Standing.LIVING:
        what = "已去世" if person.standing is Standing.DECEASED else "已迁走"
        text = f"名单上这个人{what}，不能备案。人在眼前的话是名单错了：请打县医保中心电话，先挂起"
        yield Problem("not_living_here", "certno", text)
    elif request.files(answers):
        yield from _cover(person, facts)


def covered(person: Person, year: int, facts: Facts) -> bool | None:
    """Whether the person has resident cover in the year; None where nobody can say yet."""
    known = person.year(year)
    if known.elsewhere:
        return False
    if known.paid or known.cover_from or (person.key, year) in facts.enrolled:
        return True
    return False if known.paid_known and not known.registered_on else None


def _cover(person: Person, facts: Facts) -> Iterator[Problem]:
    year = facts.on.year
    known, state = person.year(year), covered(person, year, facts)
    seen = f"（名单截至 {facts.as_of}）" if facts.as_of else ""
    if known.elsewhere:
        text = f"{year} 年度有{known.elsewhere}{seen}。备案要在那一边的参保地办，这里办了不起作用"
        yield Problem("elsewhere", "certno", text)
    elif state is False:
        text = (
            f"{year} 年度名单上没有参保{seen}，备案不起作用。请先办参保登记；刚缴了费的等名单更新"
        )
        yield Problem("not_covered", "certno", text)
    elif state is None:
        text = f"{year} 年度缴没缴费，本机还不知道{seen}。照常受理，由中心核对；没参保会退回"
        yield Problem("cover_unknown", "certno", text, Level.WARN)
    elif known.cover_from is not None and known.cover_from > facts.on:
        text = f"{dates.full(known.cover_from)} 起才享受待遇，备案从那以后才起作用。请告诉本人"
        yield Problem("cover_later", "certno", text, Level.WARN)


def _sex(answers: Answers) -> Iterator[Problem]:
    number = resident_id.parse(answers.get("certno"))
    if number and answers.get("gend") in {"1", "2"} and number.sex != answers.get("gend"):
        yield Problem("sex_differs", "gend", "性别和证件号第 17 位对不上。请照证件核对")
