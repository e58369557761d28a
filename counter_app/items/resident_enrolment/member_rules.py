"""Rules about one member: who they are, whether they may be enrolled, and for which year."""

from collections.abc import Iterator

from counter_app.catalog.applicant import CERT_RESIDENT
from counter_app.catalog.facts import Facts
from counter_app.domain.enrolment.duplicate import which_stays
from counter_app.domain.enrolment.season import season_on
from counter_app.domain.enrolment.waiting import Start, broken_years, newborn_days
from counter_app.domain.person.model import Person, Standing
from counter_app.domain.person.names import NameMatch, compare
from counter_app.forms.answers import Row
from counter_app.items.resident_enrolment import member
from counter_app.items.resident_enrolment.start import covered
from counter_app.kernel import dates, resident_id
from counter_app.kernel.problems import Level, Problem


def check(index: int, row: Row, facts: Facts) -> Iterator[Problem]:
    """All problems of the member in row `index`."""
    at = f"members[{index}]."
    person = facts.people.get(row.get("certno", "")) if row.get("certno") else None
    yield from _identity(at, row, person, facts)
    yield from _name(at, row, person)
    yield from _years(at, row, facts)
    yield from _already(at, row, person, facts)
    yield from _how(at, row, person)
    yield from _repaid(at, row, facts)
    yield from _newborn(at, row, facts)
    yield from _guardian(at, row, facts)
    yield from _subsidy(at, row, person, facts)


def _identity(at: str, row: Row, person: Person | None, facts: Facts) -> Iterator[Problem]:
    born = dates.iso(row.get("brdy", ""))
    if born and born > facts.on:
        yield Problem("born_later", at + "brdy", "出生日期在受理日期之后。请照证件核对")
    number = resident_id.parse(row.get("certno", "")) if _resident(row) else None
    if number and born and number.birth != born:
        yield Problem(
            "birth_differs",
            at + "brdy",
            "出生日期和证件号里的不一样。请照证件核对，两处有一处看错了",
        )
    if number and row.get("gend") in {"1", "2"} and number.sex != row.get("gend"):
        yield Problem("sex_differs", at + "gend", "性别和证件号第 17 位对不上。请照证件核对")
    if person is None:
        return
    if person.standing is Standing.DECEASED:
        when = f"（{dates.full(person.deceased_on)}）" if person.deceased_on else ""
        text = f"名单上这个人已去世{when}，不能登记。人在眼前的话是名单错了：请打县医保中心电话，先挂起"
        yield Problem("deceased", at + "certno", text)
    if facts.scope and person.area not in facts.scope:
        text = "这个人在别的镇参保，本站没有权限。请他到那边的服务站办，或由中心转过来"
        yield Problem("out_of_scope", at + "certno", text)


def _resident(row: Row) -> bool:
    return row.get("psn_cert_type", CERT_RESIDENT) == CERT_RESIDENT


def _name(at: str, row: Row, person: Person | None) -> Iterator[Problem]:
    if person is None or not row.get("psn_name"):
        return
    match = compare(row["psn_name"], person.name, person.former_names)
    if match is NameMatch.SAME:
        return
    if row.get("name_answer") in {"variant", "former"}:
        yield Problem(
            "name_answered",
            at + "psn_name",
            f"姓名和名单上的“{person.name}”不同，已写明原因",
            Level.WARN,
        )
        return
    hint = {NameMatch.VARIANT: "像是异体字", NameMatch.FORMER: "名单上有这个曾用名"}.get(
        match, "可能找错了人"
    )
    text = f"证件上的姓名和名单上的“{person.name}”不一样，{hint}。请选是异体字还是曾用名；找错了人就移出重找"
    yield Problem("name_differs", at + "psn_name", text)


def _years(at: str, row: Row, facts: Facts) -> Iterator[Problem]:
    season = season_on(facts.pack, facts.on)
    allowed = {facts.on.year, season.year} | _birth_year(row, facts)
    for year in member.years(row):
        if year not in allowed:
            words = "、".join(str(y) for y in sorted(allowed))
            yield Problem(
                "year",
                at + "years",
                f"现在能登记的年度是 {words}，没有 {year}。往年的补缴由中心核定",
            )


def _birth_year(row: Row, facts: Facts) -> set[int]:
    """A newborn within its days is enrolled for the year of birth, also when the year has turned."""
    born = dates.iso(row.get("brdy", ""))
    limit = facts.pack.number("newborn.days", facts.on) if facts.pack else None
    if member.start_of(row) is not Start.NEWBORN or born is None or limit is None:
        return set()
    return {born.year} if 0 <= newborn_days(born, facts.on) <= limit else set()


def _already(at: str, row: Row, person: Person | None, facts: Facts) -> Iterator[Problem]:
    subject = member.key(row)
    for year in member.years(row):
        known = facts.enrolled.get((subject, year)) if subject else None
        if known is not None:
            where = "本站" if known.station_name == "" else known.station_name
            when = f"{dates.full(known.on)} " if known.on else ""
            text = f"{year} 年度已在{where}登记过，{when}编号 {known.case_no}。不用再办；要改请打开那一件"
            yield Problem("enrolled", at + "years", text)
        elif person is not None and person.year(year).registered_on:
            text = (
                f"{year} 年度名单上已登记（{person.year(year).registered_on}）。不用再办，缴费就行"
            )
            yield Problem("enrolled", at + "years", text)
        if person is not None and person.year(year).elsewhere:
            yield Problem(
                "duplicate_cover",
                at + "years",
                _duplicate(year, person.year(year).elsewhere, facts),
                Level.WARN,
                "医保办函〔2021〕11号（经办规程，办事指南引）",
            )


def _duplicate(year: int, other: str, facts: Facts) -> str:
    stays = which_stays(other, facts.pack, facts.on)
    return f"{year} 年度有{other}。同一年只能保留一种，请先告知本人：{stays}"


def _how(at: str, row: Row, person: Person | None) -> Iterator[Problem]:
    begins = member.start_of(row)
    wanted = member.years(row)
    if person is None or not wanted or begins is None:
        if begins in {Start.CONTINUED, Start.RESUMED} and row.get("certno") and person is None:
            text = "本镇名单上没有这个证件号，续保、恢复都要中心核对。新来的请选新参保或迁入"
            yield Problem("not_on_roster", at + "start", text, Level.WARN)
        return
    before = covered(person, wanted[0] - 1)
    if begins is Start.CONTINUED and not before:
        text = f"名单上 {wanted[0] - 1} 年度没有参保，不是续保。请选断保后恢复，等待期才算得对"
        yield Problem("not_continued", at + "start", text)
    if begins is Start.RESUMED and before:
        text = f"名单上 {wanted[0] - 1} 年度有参保，没有断。请选续保"
        yield Problem("not_broken", at + "start", text)


def _repaid(at: str, row: Row, facts: Facts) -> Iterator[Problem]:
    count, asked = member.repaid(row), member.question(row, facts)
    broken = len(broken_years(asked, facts.pack)) if asked else 0
    if count > broken:
        text = f"名单上断了 {broken} 年，补缴不能多过断的年数。请照名单改；名单不对的先挂起，打县医保中心电话"
        yield Problem("repaid_more", at + "repaid", text)


def _newborn(at: str, row: Row, facts: Facts) -> Iterator[Problem]:
    born = dates.iso(row.get("brdy", ""))
    if member.start_of(row) is not Start.NEWBORN or born is None or born > facts.on:
        return
    limit = facts.pack.number("newborn.days", facts.on) if facts.pack else None
    days = newborn_days(born, facts.on)
    if limit is not None and days > limit:
        text = f"出生 {days} 天了，过了 {limit} 天，不按新生儿。请改选新参保；待遇起算由中心核定"
        yield Problem("newborn_late", at + "start", text)
    mother = resident_id.parse(row.get("mother_certno", ""))
    if mother and dates.age_on(mother.birth, born) < 12:
        yield Problem(
            "mother_young",
            at + "mother_certno",
            "按证件号，母亲生这个孩子时不到 12 岁。请核对母亲证件",
        )
    if mother and mother.sex != "2":
        yield Problem(
            "mother_sex", at + "mother_certno", "按证件号，填的这位是男性。请填母亲的证件号"
        )


def _guardian(at: str, row: Row, facts: Facts) -> Iterator[Problem]:
    guardian = resident_id.parse(row.get("guardian_certno", ""))
    born = dates.iso(row.get("brdy", ""))
    if guardian is None or born is None:
        return
    if guardian.birth >= born:
        text = "监护人比孩子还小，多半填反了。请核对监护人的证件号"
        yield Problem("guardian_younger", at + "guardian_certno", text)
    elif dates.age_on(guardian.birth, facts.on) < 18:
        text = "监护人不满 18 岁，不能做监护人。请填成年的监护人"
        yield Problem("guardian_minor", at + "guardian_certno", text)


def _subsidy(at: str, row: Row, person: Person | None, facts: Facts) -> Iterator[Problem]:
    code = row.get("mat_idet_code", "0") or "0"
    if code == "0":
        return
    until = dates.iso(row.get("idet_until", ""))
    if until and until < facts.on:
        text = f"资助身份 {until} 就到期了，不能按资助算。请看新的证明，或改填 0 按全额缴"
        yield Problem("identity_over", at + "idet_until", text)
    if person is not None and person.identity != code:
        text = "资助身份和核定名单上的不一样。照证明受理，由中心核对；不一致会退回"
        yield Problem("identity_differs", at + "mat_idet_code", text, Level.WARN)
