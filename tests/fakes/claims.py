"""Claims for reimbursement: an invented person, invented bills, and the world around them."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence

from counter_app.catalog.facts import Facts, Held, Hospital
from counter_app.catalog.registry import item
from counter_app.domain.person.model import Person, Standing, YearFacts
from counter_app.domain.policy.pack import Pack
from counter_app.forms.answers import Answers
from counter_app.services.load_facts import work_calendar
from tests.fakes.people import AREA, number
from tests.fakes.station import code_tables, demo_pack

ITEM = item("manual-reimbursement")
DAY = dt.date(2026, 11, 23)
BORN = dt.date(1954, 2, 14)
CERTNO = number(BORN, 4)
CHILD = number(dt.date(1980, 5, 5), 45)
HOSPITALS = {
    h.code: h
    for h in (
        Hospital("H99010100001", "示范县人民医院", "5", "990101"),
        Hospital("H99010100007", "示范县青禾镇中心卫生院", "8", "990101"),
        Hospital("H99010000001", "示范市第一人民医院", "2", "990100"),
        Hospital("H99030100001", "外地肿瘤医院（虚构）", "2", "990301"),
    )
}


def person(identity: str = "0", **more: object) -> Person:
    """王秀兰, whose cover runs through 2026."""
    years = (YearFacts(2026, paid=40000, paid_known=True, cover_from=dt.date(2026, 1, 1)),)
    made: dict[str, object] = {"identity": identity, "years": years, "tel": "13900000418", **more}
    return Person("01", CERTNO, "王秀兰", "2", "1", BORN, AREA, "杨桥村", "h1", "02", **made)


def facts(who: Person | None = None, **more: object) -> Facts:
    """The world of a claim; `pack` None means there is none."""
    found = who or person()
    made: dict[str, object] = {
        "on": DAY,
        "pack": demo_pack(),
        "people": {found.certno: found},
        "hospitals": HOSPITALS,
        "tables": {**code_tables(), "hospitals": {c: h.name for c, h in HOSPITALS.items()}},
        "calendar": work_calendar(),
        "scope": frozenset({AREA}),
        **more,
    }
    return Facts(**made)


def bill(serial: int, amount: str, **more: str) -> dict[str, str]:
    """A fiscal e-bill of the invented county."""
    made = {
        "elecSetlCertType": "1",
        "elecSetlCertCode": "99060226",
        "elecSetlCertNo": f"{serial:010d}",
        "elecSetlCertChkcode": "a3f09c",
        "billDate": "2026-10-28",
        "billAmt": amount,
        **more,
    }
    return {k: v for k, v in made.items() if v}


def answers(
    values: Mapping[str, str] | None = None,
    rows: Mapping[str, Sequence[Mapping[str, str]]] | None = None,
    papers: str = "returned",
    world: Facts | None = None,
) -> Answers:
    """A whole in-patient claim of one bill with what is given changed; papers seen unless said otherwise."""
    made = {
        "claim_kind": "inpatient",
        "claim_for": "own",
        "psn_name": "王秀兰",
        "certno": CERTNO,
        "tel": "13900000418",
        "manl_reim_rea": "local",
        "local_rea": "医院系统停电，没能刷卡",
        "fixmedins_code": "H99010100001",
        "offsite": "local",
        "begndate": "2026-10-09",
        "enddate": "2026-10-28",
        "diag_name": "肺部感染",
        "ipt_type": "1",
        "trum_flag": "0",
        "scope_by": "unknown",
        "acct_holder": "insured",
        "acctname": "王秀兰",
        "bank_name": "示范农村商业银行青禾支行（虚构）",
        "bankacct": "6200000000000000001",
        "present": "self",
        "appl_name": "王秀兰",
        "appl_certno": CERTNO,
        **(values or {}),
    }
    told = {k: v for k, v in made.items() if v}
    given = {s: tuple(dict(r) for r in found) for s, found in (rows or {}).items()}
    blank: dict[str, tuple[dict[str, str], ...]] = {
        "bills": (bill(1, "10000.00"),),
        "fees": (),
        "lines": (),
        "materials": (),
    }
    typed = ITEM.fill(Answers(told, {**blank, **given}), world or facts())
    if not papers:
        return typed
    seen = tuple(
        {"matl_id": m.id, "matl_name": m.name, "orig": papers} for m in ITEM.materials(typed)
    )
    return Answers(typed.values, {**typed.rows, "materials": seen})


def held(key: str, near: str = "", kind: str = "bill") -> Held:
    """What another station's living case holds."""
    return Held(
        kind, key, near, {"words": "票据"}, "990101104000-261116-A-0031-X", "示范县柳林镇便民服务中心", dt.date(2026, 11, 16)
    )  # fmt: skip


def filing(no: str = "F1", on: dt.date = dt.date(2026, 3, 2), **data: str) -> Held:
    """An off-site filing of 王秀兰 to the city of the invented hospital elsewhere."""
    made = {"category": "residing", "category_words": "异地长期居住", "places": "990300", "places_words": "外地市", "begins": on.isoformat(), **data}  # fmt: skip
    return Held("filing", f"01:{CERTNO}", "", made, no, "示范县柳林镇便民服务中心", on)


def earlier(no: str, **data: str) -> Held:
    """An earlier claim of 王秀兰, as its case holds it."""
    return Held("claim", f"01:{CERTNO}", "", data, no, "示范县柳林镇便民服务中心", None)


def record(
    settled: Sequence[Mapping[str, str]], year: int = 2026, as_of: str = "2026-11-01"
) -> Held:
    """What hospitals settled directly for 王秀兰 in a year, up to a day."""
    data = {"year": str(year), "as_of": as_of, "settled": json.dumps(list(settled))}
    return Held("year_record", f"01:{CERTNO}", "", data, "", "", dt.date.fromisoformat(as_of))


def no_pack() -> Pack | None:
    """A county whose pack never came."""
    return None


def dead() -> Person:
    """王秀兰, who died in October."""
    return person(standing=Standing.DECEASED, deceased_on=dt.date(2026, 10, 30))
