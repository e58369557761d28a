"""What is wrong with whose costs, when and where; beyond single fields."""

import datetime as dt
from collections.abc import Iterator

from counter_app.catalog.applicant import own_applicant
from counter_app.catalog.facts import Facts
from counter_app.domain.claim_deadline import claim_deadline
from counter_app.domain.person.model import Person, Standing
from counter_app.domain.person.names import NameMatch, compare
from counter_app.forms.answers import Answers
from counter_app.forms.kinds.choice import YES
from counter_app.items.manual_reimbursement import filed
from counter_app.items.manual_reimbursement.form_visit import (
    DEAD,
    EMERGENCY,
    INPATIENT,
    NEWBORN,
    NOT_NETWORKED,
    PLAIN,
    WARD,
)
from counter_app.kernel import dates
from counter_app.kernel.problems import Level, Problem

_TRAUMA = "苏医保发〔2022〕75号 附件7"
_CAUSES = "苏医保发〔2022〕75号 第二十六条"
_AS_FILED = "苏医保发〔2022〕75号 第七至十三条"
_PAYABLE = "苏医保发〔2022〕75号 第十七至十九条"
_CITY = 4
"""Digits of an area's code that name the city."""


def visit_problems(answers: Answers, facts: Facts) -> Iterator[Problem]:
    """All that is wrong with whom, when, where and how."""
    yield from person_problems(answers, facts)
    yield from day_problems(answers, facts)
    yield from place_problems(answers, facts)
    yield from trauma_problems(answers)


def person_problems(answers: Answers, facts: Facts) -> Iterator[Problem]:
    """Whether the insured is on the list, and who may come for them."""
    certno = answers.get("certno")
    person = facts.people.get(certno)
    if certno and person is None:
        text = (
            "本机名单上没有这个人，参保情况看不到，试算不一定对。请核对号码；"
            "号码对的照常受理，由中心核参保"
        )
        yield Problem("not_listed", "certno", text, Level.WARN)
    if person is not None:
        yield from _listed(answers, person, facts)
    own = bool(certno) and certno == answers.get("appl_certno")
    if answers.get("claim_for") == DEAD and own_applicant(answers):
        text = "申请人填的是去世的本人。请填来办的继承人的姓名和证件号"
        yield Problem("dead_applicant", own_applicant(answers), text)
    if answers.get("claim_for") == WARD and own:
        text = "选了监护人来办，申请人填的却是参保人自己。请填监护人的姓名和证件号"
        yield Problem("ward_applicant", "appl_certno", text)


def _listed(answers: Answers, person: Person, facts: Facts) -> Iterator[Problem]:
    if facts.scope and person.area not in facts.scope:
        text = "这个人在别的镇参保，本站没有权限。请他到那边的服务站办，或由中心转过来"
        yield Problem("out_of_scope", "certno", text)
    if compare(answers.get("psn_name"), person.name, person.former_names) is NameMatch.OTHER:
        text = f"姓名和名单上的“{person.name}”不一样，可能找错了人。请照证件核对"
        yield Problem("name_differs", "psn_name", text)
    dead = person.standing is Standing.DECEASED
    if dead and answers.get("claim_for") not in {"", DEAD}:
        text = "名单上参保人已去世，报下来的钱归继承人。请选“本人已去世，继承人来办”"
        yield Problem("deceased", "claim_for", text)
    yield from _cover(answers, person)


def _cover(answers: Answers, person: Person) -> Iterator[Problem]:
    day = dates.iso(answers.get("begndate"))
    if day is None:
        return
    year = person.year(day.year)
    if year.elsewhere:
        text = (
            f"{day.year} 年度名单上另有参保：{year.elsewhere}，费用可能该由那边报。"
            "请问清在用哪一个；照常受理由中心核定"
        )
        yield Problem("covered_elsewhere", "begndate", text, Level.WARN)
    if year.cover_from is not None and day < year.cover_from:
        text = (
            f"待遇从 {dates.full(year.cover_from)} 起，这次就诊在那以前，可能报不了。"
            "请告诉本人；要报的照常受理，由中心核定"
        )
        yield Problem("before_cover", "begndate", text, Level.WARN)
    elif year.cover_to is not None and day > year.cover_to:
        text = f"待遇到 {dates.full(year.cover_to)} 止，这次就诊在那以后，可能报不了。请告诉本人"
        yield Problem("after_cover", "begndate", text, Level.WARN)
    elif year.cover_from is None and year.paid is None and year.paid_known:
        text = (
            f"{day.year} 年度没有缴费记录，可能报不了。请问清是不是在别处参保；照常受理由中心核定"
        )
        yield Problem("no_cover", "begndate", text, Level.WARN)


def _deadline(field: str, answers: Answers, facts: Facts) -> Iterator[Problem]:
    """Late is for the county to judge: it knows who had a reason."""
    treated = dates.iso(answers.get(field))
    if treated is None or treated > facts.on:
        return
    last = claim_deadline(facts.pack, treated)
    if last is None or facts.on <= last.on:
        return
    text = (
        f"报销期限到 {dates.full(last.on)}，已经过了，可能不给报。请问清为什么来晚，"
        "告诉本人；照常受理，由中心核定"
    )
    yield Problem("too_late", field, text, Level.WARN, source=last.source)


def day_problems(answers: Answers, facts: Facts) -> Iterator[Problem]:
    """Dates in the future, upside down, over the year's end, around birth and death."""
    begin, end = dates.iso(answers.get("begndate")), dates.iso(answers.get("enddate"))
    inpatient = answers.get("claim_kind") == INPATIENT
    if begin is not None and begin > facts.on:
        text = "日期在今天之后，还没有发生的费用不能报。请照票据核对"
        yield Problem("visit_later", "begndate", text)
    if inpatient and end is not None:
        if end > facts.on:
            text = "出院日期在今天之后。还没出院的不能手工报销，出院结账后再来；填的先挂起"
            yield Problem("discharge_later", "enddate", text)
        if begin is not None and end < begin:
            text = "出院日期在入院日期以前，有一个填反了。请照出院小结核对"
            yield Problem("upside_down", "enddate", text)
        elif begin is not None and end.year != begin.year:
            yield _two_years(begin, end, answers)
    yield from _deadline("enddate" if inpatient else "begndate", answers, facts)
    yield from _life(answers, facts, begin)


def _two_years(begin: dt.date, end: dt.date, answers: Answers) -> Problem:
    text = f"住院跨了 {begin.year} 和 {end.year} 两个年度，两个年度都要参保。"
    if answers.get("crossing") == "split":
        text += "规则包分年算：在费用里填上年年底以前花的，照医院分年的清单"
        return Problem("years_split", "enddate", text, Level.WARN)
    text += "试算按出院那天的规则，费用怎么分年由中心定"
    return Problem("two_years", "enddate", text, Level.WARN)


def _life(answers: Answers, facts: Facts, begin: dt.date | None) -> Iterator[Problem]:
    kind = answers.get("claim_for")
    death, birth = dates.iso(answers.get("death_on")), dates.iso(answers.get("nwb_brdy"))
    if kind == DEAD and death is not None:
        if death > facts.on:
            yield Problem("death_later", "death_on", "去世日期在今天之后。请照证明核对")
        if begin is not None and begin > death:
            text = "就诊日期在去世以后，有一个填错了。请照票据和证明核对"
            yield Problem("after_death", "begndate", text)
    if kind == NEWBORN and birth is not None:
        if birth > facts.on:
            yield Problem("birth_later", "nwb_brdy", "出生日期在今天之后。请照出生医学证明核对")
        if begin is not None and begin < birth:
            text = "就诊日期在孩子出生以前。母亲自己的费用，前面选“参保人本人”另办一件"
            yield Problem("before_birth", "begndate", text)


def place_problems(answers: Answers, facts: Facts) -> Iterator[Problem]:
    """Whether where it was, why it was paid in cash, and the filing go together."""
    offsite, reason = answers.get("offsite"), answers.get("manl_reim_rea")
    hospital = facts.hospitals.get(answers.get("fixmedins_code"))
    person = facts.people.get(answers.get("certno"))
    if hospital is not None and person is not None and offsite:
        near = hospital.admdvs[:_CITY] == person.area[:_CITY]
        if offsite == "local" and not near:
            text = f"{hospital.name}不在本市，前面选的是本地就医。请看清是哪一家，或改选异地"
            yield Problem("elsewhere", "offsite", text, Level.WARN)
        if offsite != "local" and hospital.admdvs == person.area[:6]:
            text = f"{hospital.name}就在本县，前面选的是异地。请看清是哪一家，或改选本地就医"
            yield Problem("not_elsewhere", "offsite", text, Level.WARN)
    if answers.get("fixmedins_name") and not answers.get("fixmedins_code"):
        text = (
            "这家医院不在名单上，是不是定点查不到；不是定点的，除抢救外可能不付。"
            "请先在名单上再找一次；照常受理由中心核定"
        )
        yield Problem("not_designated", "fixmedins_name", text, Level.WARN, source=_PAYABLE)
    if reason == NOT_NETWORKED and offsite in {"local", "unfiled"}:
        text = "原因选的是已备案，这里选的是没有异地备案，对不上。请问清再选"
        yield Problem("filing_differs", "offsite", text, Level.WARN, source=_CAUSES)
    if reason == EMERGENCY and offsite in {"long_term", "referral", "temporary"}:
        text = "原因选的是没来得及备案，这里选的是已备案，对不上。请问清再选"
        yield Problem("filing_differs", "offsite", text, Level.WARN, source=_CAUSES)
    if offsite == "emergency" and _ordinary(answers):
        text = (
            "选了异地急诊抢救，住院或门诊那里填的却是普通，对不上；急诊抢救才视同备案。"
            "请照病历和票据核对"
        )
        yield Problem("not_urgent", "offsite", text, Level.WARN, source=_AS_FILED)
    yield from _filing(answers, facts)


def _ordinary(answers: Answers) -> bool:
    """Whether the papers speak of no emergency (住院类型, 门诊急诊标志)."""
    if answers.get("claim_kind") == INPATIENT:
        return answers.get("ipt_type") in {"1", "3"}
    return answers.get("otp_kind") == PLAIN


def _filing(answers: Answers, facts: Facts) -> Iterator[Problem]:
    """What was chosen against the filing in force on the day, as far as one is known here."""
    chosen, found = answers.get("offsite"), filed.filing(answers, facts)
    if found is None:
        if chosen in filed.FILED and answers.get("begndate"):
            text = (
                "本机查不到就诊那天有效的异地备案（没办过、已取消、过了期或那天还没生效）。"
                "请问清在哪里办的；照常受理，由中心核备案"
            )
            yield Problem("filing_unknown", "offsite", text, Level.WARN)
        return
    hospital = facts.hospitals.get(answers.get("fixmedins_code"))
    if chosen in {*filed.FILED, "unfiled"} and hospital and not filed.covers(found, hospital):
        text = f"备案的地方是{found.words}，{hospital.name}不在那里。按没有备案还是补办，请问清再选"
        yield Problem("filing_place", "offsite", text, Level.WARN)
        return
    meant = filed.state(found)
    if chosen == "unfiled":
        text = f"就诊那天有备案：{found.words}，编号 {found.case_no}。请看清再选"
        yield Problem("filing_found", "offsite", text, Level.WARN)
    elif chosen in filed.FILED and meant is not None and chosen != meant:
        text = f"就诊那天的备案是{found.words}，这里选的是另一种，算出来的数不一样。请照备案选"
        yield Problem("filing_kind", "offsite", text, Level.WARN)


def trauma_problems(answers: Answers) -> Iterator[Problem]:
    """An injury: its day, and that somebody else may have to pay."""
    if answers.get("trum_flag") != YES:
        return
    hurt, begin = dates.iso(answers.get("trum_time")), dates.iso(answers.get("begndate"))
    if hurt is not None and begin is not None and hurt > begin:
        text = "受伤日期在就诊以后，有一个填错了。请问清再改"
        yield Problem("hurt_later", "trum_time", text)
    if answers.get("rel_ttp_flag") == YES:
        text = (
            "涉及第三方，该由第三方或工伤保险出的，医保不付。请带公安、法院等的证明，"
            "试算只作参考，由中心核定"
        )
        yield Problem("third_party", "rel_ttp_flag", text, Level.WARN, source=_TRAUMA)
