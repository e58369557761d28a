"""Held cases as the centre's decisions leave them at a station, one of every kind."""

import msgspec

from counter_app.services.accept_case import CaseAccepted
from counter_app.services.context import Counter
from counter_app.store import cases, tasks
from counter_app.store.tasks import TaskRow
from counter_app.store.transaction import write
from counter_app.wire.conflict import Conflict, OtherCase, Side, Weight, question
from counter_app.wire.messages import DecisionBody

OURS, THEIRS = "示范县青禾镇便民服务中心", "示范县柳林镇便民服务中心"
OTHER_NO = "990101105000-261123-A-0031-X"
ASK, DIFFERS, SAME = Weight.ASK, Weight.DIFFERS, Weight.SAME
_OTHER = (OtherCase(THEIRS, OTHER_NO, "2026-11-20"),)


def _both(case_no: str, about: str) -> tuple[Side, ...]:
    """Where, when and under which number the two cases were taken."""
    days = ("2026年11月23日", "2026年11月20日")
    return (
        Side("station", "在哪儿办的", "", OURS, THEIRS, ASK, "", about),
        Side("accepted_on", "哪天受理", "", *days, DIFFERS, "", about),
        Side("case_no", "编号", "", case_no, OTHER_NO, DIFFERS, "", about),
    )


def enrolled_twice(case_no: str, who: str = "赵*强") -> Conflict:
    about = f"{who} 2027 年度"
    return Conflict(
        rule="同一人同一年度只留一件登记",
        source="中心参保登记库",
        sides=(
            Side("years", "参保年度", "没有登记", "2027", "2027", SAME, "", about),
            *_both(case_no, about),
            Side("psn_type", "人员类别", "", "成年居民", "成年居民", SAME, "", about),
            Side("mat_idet_code", "身份类别", "无", "低保对象", "无", ASK, "", about),
            Side("own", "个人应缴", "", "12000", "40000", ASK, "fen", about),
        ),
        others=_OTHER,
        questions=(question("DUP_ENROL", OTHER_NO, "1"),),
    )


def billed_twice(case_no: str) -> Conflict:
    about = "票据 99060226 0000000104 2,600.00 元"
    return Conflict(
        rule="同一张票据只报一次",
        source="中心票据库",
        sides=(
            *_both(case_no, about),
            Side("psn_name", "给谁报", "", "赵*强", "不是这个人", ASK, "", about),
            Side("date", "开票日期", "", "2026年10月28日", "2026年10月28日", SAME, "", about),
            Side("amount", "票面金额", "", "2,600.00", "2,600.00", SAME, "", about),
        ),
        others=_OTHER,
        questions=(question("DUP_BILL", OTHER_NO, "1"),),
    )


def field_changed(who: str = "赵*强") -> Conflict:
    since = f"2026年11月22日 {THEIRS}改的"
    return Conflict(
        rule="改的是名单上当时那个值",
        source="中心参保名单",
        sides=(
            Side(
                "tel", "联系电话", "139****0418", "138****2201", "159****8830", ASK, "", who, since
            ),
            Side("addr", "住址", "青禾镇杨桥村", "青禾镇柳𬭎街", "青禾镇杨桥村", DIFFERS, "", who),
        ),
        questions=(question("FIELD_CONFLICT", who, "tel", "159"),),
    )


_ROWS = (
    ("offsite", "转外先行自付", "1234567800", "0", "示范县办法第九条"),
    ("deductible", "起付线", "50000", "100000", "示范县办法第十一条"),
    ("basic", "基本医保", "66300000", "61200050", "示范县办法第十二条"),
    ("serious_1", "大病保险第一档", "12345678", "23456789", "示范县大病办法第五条"),
    ("aid", "医疗救助", "", "98765432", "示范县救助办法第三条"),
)


def figures(code: str, rows: int = 3, *, span: bool = False) -> Conflict:
    """Both calculations; `span` gives both ends of a range."""
    sides = []
    for end in ("试算最少", "试算最多") if span else ("试算",):
        sides += [
            Side("fund_pay_sumamt", "预计报销", "", "66300000", "98765432", ASK, "fen", end),
            Side("psn_part_amt", "个人负担", "", "33700000", "1234568", ASK, "fen", end),
        ]
        sides += [
            Side(key, name, "", mine, server, DIFFERS, "fen", end, note)
            for key, name, mine, server, note in _ROWS[:rows]
        ]
    sides.append(Side("identity", "身份类别", "无", "无", "低保对象", DIFFERS, "", "赵*强"))
    pack = ("990101/2026.1", "990101/2026.1", "990101/2026.2")
    if code == "PACK_OLD":
        sides.append(Side("pack", "规则包", *pack, DIFFERS))
    asked = (question("MONEY", "98765432"),)
    return Conflict(
        rule="钱按现行名单和规则包算", source="示范县 2026.2", sides=tuple(sides), questions=asked
    )


def owed(code: str = "PACK_OLD") -> Conflict:
    """What is due for a year, said and now."""
    return Conflict(
        rule="钱按现行名单和规则包算",
        source="示范县 2026.2",
        sides=(
            Side("own", "个人应缴", "", "40000", "41000", ASK, "fen", "赵*强"),
            Side("pack", "规则包", "990101/2026.1", "990101/2026.1", "990101/2026.2", DIFFERS),
        ),
        questions=(question("MONEY", "41000", code),),
    )


LONG_ADDRESS = "示范县青禾镇柳树湾社区居民委员会第十二居民小组安居苑小区 18 号楼 3 单元 1702 室"


def worst() -> Conflict:
    """Twelve fields that differ, long addresses, rare characters, amounts of eight digits."""
    who = "阿*孜 2027 年度"
    since = f"2026年11月22日 {THEIRS}改的"
    moved = LONG_ADDRESS.replace("18 号楼", "21 号楼")
    sides = [
        Side("resd_addr", "户籍地址", LONG_ADDRESS, LONG_ADDRESS, moved, ASK, "", who, since),
        Side("live_addr", "常住地址", "", moved, LONG_ADDRESS, ASK, "", who, since),
        Side(
            "psn_name",
            "姓名",
            "𠅤㛃",
            "𠅤㛃䶮",
            "欧阳𬍛玥・额尔德木图・麦麦提图尔荪",
            ASK,
            "",
            who,
            since,
        ),
        Side("tel", "联系电话", "139****0418", "138****2201", "159****8830", ASK, "", who, since),
        Side("own", "个人应缴", "", "99999999", "12345678", ASK, "fen", who),
    ]
    sides += [
        Side(
            f"f{n}",
            label,
            "无",
            "低保对象（附证明）",
            "易返贫致贫人口和防止返贫监测对象",
            DIFFERS,
            "",
            who,
        )
        for n, label in enumerate((
            "身份类别",
            "人员类别",
            "与户主关系",
            "证明编号",
            "有效期到",
            "残疾等级",
            "民族",
        ))
    ]
    sides += [Side("years", "参保年度", "没有登记", "2027", "2027", SAME, "", who)]
    return Conflict(
        rule="同一人同一年度只留一件登记",
        source="中心参保登记库",
        sides=tuple(sides),
        others=_OTHER,
        questions=(question("DUP_ENROL", OTHER_NO, "9"),),
    )


def hold(
    counter: Counter, case: CaseAccepted, code: str, conflict: Conflict | None, **more: str
) -> None:
    """The centre holds the case, as the sync leaves it."""
    body = DecisionBody(
        case_no=case.case_no,
        case_id=case.case_id,
        rev=1,
        kind="held",
        code=code,
        text=more.get("text", f"赵国强 2027 年度在{THEIRS}已登记过"),
        points=(("赵国强 2027 年度已在别处登记", "问清本人在哪边参保", "中心参保登记库"),),
        who_comes="打电话问清就行，不用来；说不清的本人带身份证来",
        meanwhile="裁决以前那边的登记照旧有效，这一件先不算登记；不要重复缴费",
        until=more.get("until", "2026-12-02"),
        phone="0000-7654321",
        decided_at=counter.clock.now_ms() - 3_600_000,
        conflict=conflict,
    )
    text = msgspec.json.encode(body).decode("utf-8")
    with write(counter.station) as tx:
        cases.set_state(tx, case.case_id, "held")
        now, until = counter.clock.now_ms(), body.until
        row = TaskRow(f"t-{case.case_id}", case.case_id, "held", text, now, until, "", "", "")
        tasks.put(tx, row)
        cases.remember(tx, case.case_id, now, "中心要您定")
