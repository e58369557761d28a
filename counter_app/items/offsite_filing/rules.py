"""What keeps a filing from being accepted, or must be said; beyond single fields."""

from collections.abc import Iterator

from counter_app.catalog.applicant import agent_problems, paper_problems
from counter_app.catalog.facts import Facts
from counter_app.catalog.filings import broke_promise
from counter_app.domain.filing import decide, period
from counter_app.domain.filing.category import PROVISION, Category
from counter_app.domain.filing.decide import in_time
from counter_app.domain.filing.place import city_of, is_city_or_province, own_place
from counter_app.forms.answers import Answers
from counter_app.items.offsite_filing import person_rules, request
from counter_app.items.offsite_filing.form import CHANGE, IN_HOSPITAL, LEFT
from counter_app.items.offsite_filing.materials import materials
from counter_app.kernel import dates
from counter_app.kernel.problems import Level, Problem


def check(answers: Answers, facts: Facts) -> tuple[Problem, ...]:
    """All problems of the case."""
    found = [
        *person_rules.check(answers, facts),
        *_emergency(answers),
        *_places(answers, facts),
        *_period(answers, facts),
        *_admission(answers, facts),
        *_old(answers, facts),
        *_promise(answers, facts),
        *agent_problems(answers),
        *paper_problems(answers, materials(answers)),
    ]
    if facts.pack is None:
        text = "本机没有规则包，照常受理；有效期、可变更的日子和报销比例由中心核定，单子上不写"
        found.append(Problem("no_pack", "", text, Level.WARN))
    return tuple(found)


def _emergency(answers: Answers) -> Iterator[Problem]:
    if request.kind(answers) is Category.EMERGENCY:
        text = (
            "急诊抢救视同已备案，不用办。请告诉家属：跟医院说是急诊，由医院按急诊上传，出院直接结算；"
            "没能直接结算的，带票据来办手工报销"
        )
        yield Problem("emergency", "fil_cat", text, source=f"{PROVISION} 第七至十三条")


def _places(answers: Answers, facts: Facts) -> Iterator[Problem]:
    regions = facts.tables.get("admdvs", {})
    person = facts.people.get(answers.get("certno"))
    source = f"{PROVISION} 第十二条"
    if _too_many(answers, facts) == "one":
        text = "本地一次只能备案一个就医地。请只留一个，换地方再来变更"
        yield Problem("one_place", "rloc_admdvs", text)
    seen: set[str] = set()
    for at, code in request.places(answers):
        if not is_city_or_province(code):
            city = city_of(code, regions)
            name, whole = regions.get(code, code), regions.get(city, city)
            text = f"{name}是县区。异地就医备案到市或省就行，请改选{whole}（{city}）"
            yield Problem("county", at, text, source=source)
        elif person is not None and own_place(code, person.area):
            text = "这是参保地本市，在本市看病不用备案。请问清楚要去哪里看病"
            yield Problem("own_place", at, text, source=source)
        if code in seen:
            text = (
                f"{regions.get(code, code)}上面已经填过了，一个地方填一次。请改成别的，或删掉这一行"
            )
            yield Problem("place_twice", at, text)
        seen.add(code)


def _period(answers: Answers, facts: Facts) -> Iterator[Problem]:
    first, typed = request.begins(answers), dates.iso(answers.get("enddate"))
    if first is None or request.kind(answers) is None:
        return
    if first < facts.on and answers.get("adm_stas") != IN_HOSPITAL:
        text = (
            "起始日期在受理日以前。只有正在住院、还没出院结算的能补办；没住院的请从今天起，"
            "已经出院的那一次带票据办手工报销"
        )
        yield Problem("backdated", "begndate", text, source=f"{PROVISION} 第十八、二十五条")
    least = request.least(answers, facts)
    if request.until(answers, facts) is None:
        return
    if typed is not None and typed < first:
        text = "有效到的日期比起始日期还早，两个填反了。请核对"
        yield Problem("upside_down", "enddate", text)
    elif typed is not None and least.day is not None and typed < least.day:
        text = (
            f"有效期不少于 {least.months} 个月，最早到 {dates.full(least.day)}。"
            "请改成这一天或以后，或空着按规定算"
        )
        yield Problem("too_short", "enddate", text, source=least.source)
    yield from _over_the_year(answers, facts)


def _over_the_year(answers: Answers, facts: Facts) -> Iterator[Problem]:
    last = request.until(answers, facts)
    person = facts.people.get(answers.get("certno"))
    if last is None or last.year <= facts.on.year or person is None:
        return
    year = last.year
    if person_rules.covered(person, year, facts) is True:
        return
    text = f"有效期跨到 {year} 年，名单上 {year} 年度还没参保缴费。请告诉本人：到时没参保，备案不起作用"
    yield Problem("over_the_year", "enddate", text, Level.WARN)


def _admission(answers: Answers, facts: Facts) -> Iterator[Problem]:
    first, admitted = request.begins(answers), dates.iso(answers.get("adm_date"))
    state = answers.get("adm_stas")
    if not request.files(answers):
        return
    if state == LEFT:
        text = "已经出院的这一次不能再补办，带票据办手工报销。这件备案管以后看病，照常受理"
        yield Problem("left", "adm_stas", text, Level.WARN, f"{PROVISION} 第十八条")
    if state == IN_HOSPITAL and admitted is not None:
        if admitted > facts.on:
            text = "入院日期还没到。还没住进去的不用补办，请把“住院了没有”空着"
            yield Problem("admission_later", "adm_date", text)
        elif in_time(facts.pack, admitted, facts.on, None, facts.on) is False:
            text = "本地规定入院以后不能补办这一次。出院带票据办手工报销；这件管以后看病的，起始日期请从今天填"
            yield Problem("too_late", "adm_date", text)
        elif first is not None and first < admitted:
            text = f"补办最早从入院那天起，就是 {dates.full(admitted)}。请改起始日期"
            yield Problem("before_admission", "begndate", text, source=f"{PROVISION} 第二十五条")
    referred = dates.iso(answers.get("refl_date"))
    if request.kind(answers) is Category.REFERRAL and referred and referred > facts.on:
        yield Problem("referral_later", "refl_date", "转诊日期还没到。请照转诊证明核对")


def _old(answers: Answers, facts: Facts) -> Iterator[Problem]:
    known = request.current(answers, facts)
    if known is None:
        if answers.get("act") != CHANGE and not request.cancels(answers):
            return
        if not answers.get("fil_case"):
            text = "没有查到这个人的有效备案，可能在别的渠道办过。请问清原来备案到哪里；照常受理，由中心核对"
            yield Problem("no_old", "fil_case", text, Level.WARN)
        return
    if known.promised and known.on is not None:
        term = period.changeable(facts.pack, known.on, facts.on)
        if term.day is None:
            text = f"原备案是凭承诺书办的：{known.words}。规则包没有给多久能变更，由中心核定"
            yield Problem("promise_months", "act", text, Level.WARN)
        elif facts.on < term.day:
            text = (
                f"原备案是凭承诺书办的：{known.words}，满 {term.months} 个月才能变更、取消，"
                f"就是 {dates.full(term.day)} 起。请本人到时再来；急诊抢救不受影响"
            )
            yield Problem("promise_early", "act", text, source=term.source)
    if request.files(answers) and answers.get("act") != CHANGE:
        text = f"已有一件有效备案：{known.words}，编号 {known.case_no}。这件办成，那件就结束"
        yield Problem("overlap", "rloc_admdvs", text, Level.WARN)


def _too_many(answers: Answers, facts: Facts) -> str:
    places, promised = len(request.places(answers)), request.promised(answers)
    return decide.many_places(facts.pack, places, facts.on, promised=promised)


def _promise(answers: Answers, facts: Facts) -> Iterator[Problem]:
    if not request.promised(answers):
        return
    if _too_many(answers, facts) == "proof":
        text = "备案几个地方的不能用承诺书，要看证明。请选“带了证明”，或只留一个就医地"
        yield Problem("promise_places", "proof_by", text, source=f"{PROVISION} 第十一条")
    broken = broke_promise(facts.held, request.subject(answers))
    if broken is not None:
        when = f"（{dates.full(broken.on)}，编号 {broken.case_no}）" if broken.on else ""
        text = f"这个人以前的承诺查实不真{when}，不能再凭承诺书办。请带证明来"
        yield Problem("promise_broken", "proof_by", text, source=f"{PROVISION} 附件1")
    signed = dates.iso(answers.get("prom_date"))
    if signed is not None and signed > facts.on:
        yield Problem("signed_later", "prom_date", "签字日期还没到。请照承诺书上的日期填")
