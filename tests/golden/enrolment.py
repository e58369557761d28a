"""Golden cases of resident enrolment: from readable YAML to answers and facts."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from counter_app.catalog.facts import Enrolled, Facts
from counter_app.catalog.item import Verdict, judge
from counter_app.catalog.registry import item
from counter_app.domain.person.model import Person, Standing, YearFacts
from counter_app.forms.answers import Answers
from counter_app.kernel import dates
from tests.fakes.people import AREA, number
from tests.fakes.station import ROOT, code_tables, demo_pack
from tests.unit.domain.packs import pack_with

FOLDER = ROOT / "counter_app" / "items" / "resident_enrolment" / "golden"
ITEM = "resident-enrolment"
ADULTS = {
    "赵国强": number(dt.date(1971, 3, 9), 41),
    "李桂香": number(dt.date(1948, 2, 14), 2),
    "孙瑾": number(dt.date(2000, 5, 6), 342),
    "赵晴": number(dt.date(2018, 6, 1), 62),
    "赵小宝": number(dt.date(2026, 8, 25), 21),
    "孙小妹": number(dt.date(2009, 1, 1), 22),
}
"""Certificate numbers of those the cases name as guardian, mother or agent."""
UNKNOWN = "不知道"


@dataclass(frozen=True, slots=True)
class Case:
    file: str
    place: int
    plain: Mapping[str, object]

    @property
    def id(self) -> str:
        return f"{self.file}-{self.place}"

    @property
    def name(self) -> str:
        return f"{self.file}: {self.plain['name']}"


def cases() -> list[Case]:
    """All cases of the folder."""
    found: list[Case] = []
    for path in sorted(Path(FOLDER).glob("*.yaml")):
        plains = yaml.safe_load(path.read_text("utf-8"))
        found.extend(Case(path.stem, n, plain) for n, plain in enumerate(plains, 1))
    return found


def verdict(plain: Mapping[str, object]) -> Verdict:
    """What the item says of a case."""
    service, world = item(ITEM), facts(plain)
    typed = answers(plain)
    return judge(service, service.fill(typed, world) if service.fill else typed, world)


def certno(member: Mapping[str, object]) -> str:
    named = ADULTS.get(str(member.get("name", "")))
    serial = 41 if member["sex"] == "男" else 42
    return str(member.get("more", {}).get("certno") or named or number(member["born"], serial))


def row(member: Mapping[str, object], on: dt.date) -> dict[str, str]:
    """The member's row as the clerk would have left it."""
    born = member["born"]
    age = dates.age_on(born, on)
    made = {
        "start": str(member["how"]),
        "psn_cert_type": "01",
        "certno": certno(member),
        "psn_name": str(member.get("name", "")),
        "gend": {"男": "1", "女": "2"}[str(member["sex"])],
        "brdy": born.isoformat(),
        "naty": "1",
        "patn_rlts": "02",
        "psn_type": "1401" if age < 1 else "1403" if age < 18 else "15" if age < 60 else "16",
        "years": ",".join(str(y) for y in member["years"]),
    }
    made |= _identity(member) | _family(member)
    return {k: v for k, v in (made | member.get("more", {})).items() if v}


def _identity(member: Mapping[str, object]) -> dict[str, str]:
    if "identity" not in member:
        return {}
    until = str(member["until"])
    return {"mat_idet_code": str(member["identity"]), "idet_no": "DB0791", "idet_until": until}


def _family(member: Mapping[str, object]) -> dict[str, str]:
    made = {}
    if member["how"] == "newborn":
        made |= {"nwb_by": "cert", "mother_name": "孙瑾"}
    if "mother" in member:
        mother = str(member["mother"])
        made |= {"nwb_by": "mother", "mother_name": mother, "mother_certno": ADULTS[mother]}
        made |= {"certno": "", "psn_cert_type": "", "birth_order": str(member.get("order", ""))}
    if "guardian" in member:
        name = str(member["guardian"])
        made |= {"guardian_name": name, "guardian_certno": ADULTS[name], "guardian_rlts": "父亲"}
    return made


def answers(plain: Mapping[str, object]) -> Answers:
    """The whole case, its papers seen unless it says otherwise."""
    rows = tuple(row(m, plain["day"]) for m in plain["members"])
    applicant = str(plain.get("applicant", "赵国强"))
    values = {
        "tel": "13900000418",
        "present": "self",
        "appl_name": applicant,
        "appl_certno": ADULTS[applicant],
    }
    values |= plain.get("case", {})
    if values.get("agnter_certno") in ADULTS:
        values["agnter_certno"] = ADULTS[values["agnter_certno"]]
    made = Answers(values, {"members": rows, "materials": ()})
    orig = {"none": "none", "unseen": ""}.get(str(plain.get("papers", "")), "returned")
    for paper in item(ITEM).materials(made):
        seen = {"matl_id": paper.id, "matl_name": paper.name, "orig": orig}
        made = made.add_row("materials", {k: v for k, v in seen.items() if v})
    return made


def facts(plain: Mapping[str, object]) -> Facts:
    """The world of the case: roster, pack, what is enrolled already."""
    on = plain["day"]
    known = [m for m in plain["members"] if m.get("roster", True)]
    people = [person(m) for m in known]
    changed = plain.get("pack", {})
    pack = None if plain.get("no_pack") else pack_with(changed) if changed else demo_pack()
    taken = {
        (p.key, m["years"][0]): Enrolled(
            "990101104000-261120-B-0001-X", "", "" if m["enrolled"] == "本站" else m["enrolled"], on
        )
        for p, m in zip(people, known, strict=True)
        if "enrolled" in m
    }
    return Facts(
        on=on,
        pack=pack,
        people={p.certno: p for p in people},
        enrolled=taken,
        tables=code_tables(),
        scope=frozenset({AREA}),
    )


def person(member: Mapping[str, object]) -> Person:
    """The member as the roster has them."""
    deceased = member.get("deceased")
    covered = set(member.get("covered", ()))
    last = member.get("record_to", max(covered, default=0))
    named = set(range(min(covered, default=1), last + 1)) if covered else set()
    every = named | set(member.get("registered", ())) | set(member.get("elsewhere", ()))
    return Person(
        psn_cert_type="01",
        certno=certno(member),
        name=str(member.get("roster_name", member.get("name", ""))),
        gend={"男": "1", "女": "2"}[str(member["sex"])],
        naty="1",
        birth=member["born"],
        area=str(member.get("area", AREA)),
        village="杨桥村",
        household="9901011040000127",
        relation="02",
        standing=Standing.DECEASED if deceased else Standing.LIVING,
        deceased_on=deceased if isinstance(deceased, dt.date) else None,
        identity=str(member.get("roster_identity", member.get("identity", "0"))),
        former_names=tuple(member.get("former", ())),
        years=tuple(_year(y, member, covered) for y in sorted(every)),
    )


def _year(year: int, member: Mapping[str, object], covered: set[int]) -> YearFacts:
    return YearFacts(
        year,
        dt.date(year - 1, 11, 10) if year in member.get("registered", ()) else None,
        40000 if year in covered else None,
        True,
        dt.date(year, 1, 1) if year in covered else None,
        None,
        "职工医保" if year in member.get("elsewhere", ()) else "",
    )
