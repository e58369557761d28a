"""Invented content for sheets: the ordinary case and the worst one."""

import datetime as dt
from dataclasses import replace

from counter_app.catalog.facts import Facts
from counter_app.catalog.registry import item
from counter_app.forms.answers import Answers
from counter_app.printing.form_sheet import FormData, form
from counter_app.printing.marks import Copy, Imprint
from counter_app.printing.receipt import MemberLine, PaperLine, ReceiptData
from counter_app.wire import receipt_code
from tests.fakes import people, station

RARE = "䶮㛃𬭎𫍯𠅤㑇𬎆𤧛𫖯㙱堃犇龑昶"
LONG_NAME = "阿卜杜热合曼·买买提依明·吐尔逊江"
LONG_ADDRESS = (
    "示范县青禾镇杨桥村第十二村民小组红旗渠东岸老供销社后院安置房七号楼三单元六〇二室"
    "（原杨桥小学旧址东侧第二排，门口有两棵槐树）"
)
CASE_NO = "990101104000-261123-B-0025-8"
PRIVATE = bytes(range(32))
IMPRINT = Imprint(
    station="示范县青禾镇便民服务中心",
    window="2号窗口",
    phone="0000-1234567",
    printed_at="2026-11-23 14:38:09",
    printed_by="李敏",
    pc="qinghe-02",
    pack="示范县 2026.1",
    invented=True,
    firm=False,
)
COPY = replace(IMPRINT, copy=Copy(2, "2026-11-25 09:12", "周建国"), late="补录")
CODE = receipt_code.write(
    receipt_code.ReceiptCode(
        CASE_NO, "resident-enrolment", "赵*新", "20261123", 132000, "0123456789abcdef", "qinghe-02"
    ),
    PRIVATE,
)
_MEMBERS = (
    MemberLine("李桂香", "990101********0021", "续保·低保", "2027", "120.00", "2027-01-01"),
    MemberLine("赵立新", "990101********1231", "断保后恢复", "2027", "400.00", "等 4 个月"),
    MemberLine("赵䶮", "出生证 R99****2345", "新生儿", "2026、2027", "800.00", "2026-10-18"),
)
_TOLD = (
    "赵立新断保 2 年：固定等 3 个月，变动等 1 个月；今天缴清，2027年3月24日 起享受。"
    "补缴 1 年少等 1 个月。国办发〔2024〕38号；首年不计按规则包 示范县 2026.1。"
)
RECEIPT = ReceiptData(
    case_no=CASE_NO,
    item="城乡居民参保登记（3 人）",
    short_item="城乡居民参保登记（3 人）",
    applicant="赵立新",
    applicant_certno="990101********1231",
    accepted="2026年11月23日 14:38",
    accepted_day="2026年11月23日 周一",
    clerk="李敏（2号窗口，工号 0312）",
    promised="即时，2026年11月23日",
    phone="0000-1234567（周一至周五 8:30–17:30）",
    members=_MEMBERS,
    total="1,320.00",
    pay="缴清后才享受；到税务部门缴，窗口不收钱。12月31日 前缴。",
    pay_where="去缴费，一共 1,320.00 元。税务部门收，窗口不收钱。",
    pay_by="2026年12月31日 前缴清",
    papers=(PaperLine("低保证（李桂香）", "原件看过", "复印 1 份", "复印件留站，原件已退"),) * 3,
    told=_TOLD,
    code=CODE,
    imprint=IMPRINT,
)


def worst_receipt() -> ReceiptData:
    """Twelve members with long and rare names, thirteen papers, everybody waits; a late second print."""
    names = (LONG_NAME, RARE[:7], RARE[7:])
    members = tuple(
        MemberLine(
            names[i % 3],
            f"990101********{i:04d}",
            "断保后恢复·重度残疾人",
            "2026、2027",
            "12,800.00",
            "由中心核定",
        )
        for i in range(12)
    )
    papers = (
        PaperLine(
            f"资助身份证明（{LONG_NAME}）", "没看原件", "复印 12 份", "复印件留站，原件还没带来"
        ),
    ) * 13
    return replace(
        RECEIPT,
        applicant=LONG_NAME,
        item="城乡居民参保登记（12 人）",
        members=members,
        papers=papers,
        told=_TOLD * 12,
        imprint=COPY,
    )


def facts(day: dt.date = dt.date(2026, 11, 23)) -> Facts:
    return Facts(on=day, pack=station.demo_pack(), tables=station.code_tables())


def member(serial: int, name: str) -> dict[str, str]:
    birth = dt.date(2015, 3, 4)
    return {
        "start": "new",
        "psn_cert_type": "01",
        "certno": people.number(birth, serial),
        "psn_name": name,
        "gend": "1" if serial % 2 else "2",
        "brdy": birth.isoformat(),
        "naty": "1",
        "patn_rlts": "20",
        "psn_type": "1403",
        "years": "2026,2027",
        "mat_idet_code": "2303",
        "idet_no": f"DB{serial:04d}",
        "idet_until": "2027-06-30",
        "guardian_name": RARE[serial % 7 : serial % 7 + 4],
        "guardian_certno": people.number(dt.date(1980, 1, 2), serial),
        "guardian_rlts": "父亲",
        "mother_name": LONG_NAME,
        "mother_certno": people.number(dt.date(1981, 1, 2), serial),
    }


def answers(count: int) -> Answers:
    """An enrolment of that many members, each entry as long or rare as it may get."""
    head = {
        "hh_head_name": LONG_NAME,
        "hh_head_certno": people.number(dt.date(1950, 5, 6), 7),
        "resd_addr": LONG_ADDRESS,
        "live_addr": LONG_ADDRESS,
        "hukou": "农业",
        "tel": "13900000418",
        "present": "agent",
        "agnter_name": LONG_NAME,
    }
    names = (LONG_NAME, RARE[:7], RARE[7:], "赵立新")
    rows = tuple(member(i + 1, names[i % 4]) for i in range(count))
    return Answers(head, {"members": rows})


def form_pdf(filled: Answers | None, imprint: Imprint = IMPRINT) -> bytes:
    known = facts()
    sheet = item("resident-enrolment").sheet(filled, known)
    if filled is None:
        blank = Imprint("", "", "", "", "", "")
        return form(FormData(sheet, known.context, blank))
    return form(FormData(sheet, known.context, imprint, CASE_NO, CODE))


def ordinary() -> Answers:
    """Two members as they come every day."""
    filled = answers(2)
    values = {
        **filled.values,
        "hh_head_name": "赵国强",
        "resd_addr": "示范县青禾镇杨桥村 3 组",
        "live_addr": "",
        "agnter_name": "",
        "present": "self",
    }
    rows = tuple(
        {**row, "psn_name": "赵立新", "mother_name": "孙瑾"} for row in filled.section("members")
    )
    return Answers(values, {"members": rows})
