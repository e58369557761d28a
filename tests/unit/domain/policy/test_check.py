"""Every fault of a pack is named with file, line and field, in plain words."""

import pytest

from counter_app.domain.policy.check import check
from counter_app.domain.policy.rows import Codes
from counter_app.domain.policy.vocabulary import SHAPES, Unit, examples, known
from counter_app.domain.policy.written import Fault, Written, read

CODES = Codes(frozenset({"0", "2303", "2304"}), frozenset({"1401"}), frozenset({"410100"}))
HEAD = {"region": '"410100"', "region_name": '"试市"', "version": '"1"', "invented": "false"}


def row(key: str, value: str, **more: str) -> str:
    shape = known(key)
    fields = {"key": f'"{key}"', "value": f'"{value}"', "source": '"试"', "grade": '"A"'}
    fields |= {"unit": f'"{shape.shape.unit if shape else "yuan"}"', "begins": "2026-01-01"}
    fields |= {k: v if k in {"begins", "ends"} else f'"{v}"' for k, v in more.items()}
    return "[[parameter]]\n" + "".join(f"{k} = {v}\n" for k, v in fields.items() if v != '""')


def text(*rows: str, **head: str) -> str:
    fields = {**HEAD, **head}
    return "[pack]\n" + "".join(f"{k} = {v}\n" for k, v in fields.items() if v) + "".join(rows)


def written(plain: str, file: str = "410100/2026.toml") -> Written:
    found = read(file, plain)
    assert isinstance(found, Written), found
    return found


def faults(*rows: str, **head: str) -> tuple[Fault, ...]:
    return check([written(text(*rows, **head))], CODES)


GOOD = row("inpatient.cap", "150000.00")
BANDS = [
    row("serious.band.1.to", "50000.00"),
    row("serious.band.1.ratio", "0.60"),
    row("serious.band.2.to", "none"),
    row("serious.band.2.ratio", "0.70"),
]


def test_a_right_pack_has_no_fault() -> None:
    assert faults(GOOD, *BANDS) == ()
    assert faults(row("group.child.below_age", "18"), row("inpatient.child.ratio", "0.8")) == ()
    assert faults(row("inpatient.2303.ratio", "0.8")) == ()
    assert faults(row("group.child.below_age", "18"), row("group.old.from_age", "60")) == ()
    assert faults(row("chronic.dialysis.cap", "69000.00")) == ()
    assert faults(row("waiting.exempt", "anything goes")) == ()


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("inpatient.ratio.secondary", "70", "比例写成了 70，是不是 0.7？"),
        ("inpatient.ratio.secondary", "7", "比例写成了 7，是不是 0.7？"),
        ("inpatient.ratio.secondary", "1.01", "比例写成了 1.01，是不是 0.101？"),
        ("inpatient.ratio.secondary", "700", "比例写成了 700。"),
        ("inpatient.ratio.secondary", "-0.1", "比例 -0.1 是负数"),
        ("inpatient.ratio.secondary", "七成", "不是比例"),
        ("inpatient.ratio.secondary", "1e-1", "不是比例"),
        ("inpatient.cap", "-1.00", "是负数"),
        ("inpatient.cap", "99999999999.00", "大得不像话"),
        ("inpatient.cap", "不限", "不是金额"),
        ("inpatient.deductible", "none", "不是金额"),
        ("waiting.fixed_months", "3.5", "不是整数"),
        ("waiting.fixed_months", "121", "应当在 0 到 120 之间"),
        ("enrolment.2026.begin", "2026-13-01", "不是日期"),
        ("serious.band_basis", "gross", "不认识，只能是 total、excess"),
        ("inpatient.cap_counts", "inpatient dental", "“dental”不认识"),
        ("payment.where", " ", "空着"),
        ("group.child.psn_type", "1401 9999", "没有 9999 这个人员类别代码"),
    ],
)
def test_a_wrong_value_is_placed_and_explained(key: str, value: str, words: str) -> None:
    (found,) = faults(row("filing.promise_months", "6"), row(key, value, begins="2027-01-01"))[-1:]
    assert words in found.text
    assert found.field == "value"
    assert found.words.startswith("410100/2026.toml 第 ")
    assert (found.line, found.file) == (15, "410100/2026.toml")


@pytest.mark.parametrize(
    ("rows", "field", "words"),
    [
        ([row("inpatient.raito", "0.7")], "key", "没有 inpatient.raito 这个参数，是不是"),
        ([row("qqqq", "0.7")], "key", "没有 qqqq 这个参数"),
        ([row("aid.0.ratio", "0.7")], "key", "没有 0 这个人员身份代码"),
        ([row("aid.9999.ratio", "0.7")], "key", "没有 9999 这个人员身份代码"),
        ([row("inpatient.9999.ratio", "0.7")], "key", "没有 9999 这个人员身份代码"),
        ([row("inpatient.elder.ratio", "0.7")], "key", "没有写 elder 是哪些人"),
        ([row("inpatient.cap", "1.00", unit="ratio")], "unit", "单位是 yuan_or_none"),
        ([row("inpatient.cap", "1.00", source="")], "source", "没有写 source"),
        ([row("inpatient.cap", "1.00", grade="Z")], "grade", "可信等级 Z 不认识"),
        ([row("inpatient.cap", "1.00", grade="invented")], "grade", "不能有虚构的数"),
        ([row("inpatient.cap", "1.00", effective_by="birth")], "effective_by", "“birth”不认识"),
        ([row("inpatient.cap", "1.00", begins="1")], "begins", "不是日期"),
        ([row("inpatient.cap", "1.00", ends="2025-01-01")], "ends", "日期写反了"),
        ([row("inpatient.cap", "1.00", colour="red")], "colour", "没有 colour 这一项"),
        ([GOOD, GOOD], "begins", "同一天写了两遍"),
        ([GOOD, row("inpatient.cap", "2.00", begins="2027-01-01")], "begins", "互相矛盾"),
        (
            [row("inpatient.cap", "1.00", ends="2026-12-31"), row("inpatient.cap", "2.00", begins="2027-01-02")],
            "begins", "在 2027-01-01 到 2027-01-01 之间空着",
        ),
        ([*BANDS[:2]], "value", "最后一段"),
        ([BANDS[0], BANDS[1], BANDS[3]], "value", "最后一段"),
        ([BANDS[2], BANDS[3]], "key", "缺第 1 段"),
        ([*BANDS[1:], row("serious.band.1.to", "none")], "value", "也只有最后一段写 none"),
        (
            [*BANDS[:2], BANDS[3], row("serious.band.2.to", "50000.00"),
             row("serious.band.3.to", "none"), row("serious.band.3.ratio", "0.1")],
            "value", "和上一段重叠",
        ),
        ([BANDS[0], *BANDS[2:]], "key", "没有 serious.band.1.ratio"),
        (
            [row("inpatient.ratio", "0.7"), row("inpatient.band.1.to", "none"), row("inpatient.band.1.ratio.primary", "0.7")],
            "key", "只能写一个",
        ),
        (
            [row("serious.2303.deductible", "1.00"), row("serious.2303.deductible_factor", "0.5")],
            "key", "只能写一个",
        ),
        (
            [row("serious.2303.added_points", "0.05"), row("serious.2303.band.1.ratio", "0.5")],
            "key", "只能写一样",
        ),
        ([GOOD, row("inpatient.cap_stay", "150000.01")], "value", "比管得更久的封顶线还高"),
        ([row("offsite.referral.k", "0.10"), row("offsite.referral.k_most", "0.05")], "value", "上级最多准 0.05"),
        (
            [row("contribution.2026.person", "390.00"), row("contribution.2026.person_least", "400.00")],
            "value", "上级最少要 400.00",
        ),
        ([row("group.child.from_age", "18"), row("group.child.below_age", "18")], "value", "年龄上下写反了"),
        ([row("group.child.below_age", "18"), row("group.young.below_age", "28")], "value", "年龄重叠"),
        ([row("enrolment.2026.begin", "2026-02-01"), row("enrolment.2026.end", "2026-01-01")], "value", "日期写反了"),
        (
            [row("contribution.2026.person", "400.00"), row("contribution.2026.own.2303", "401.00")],
            "value", "缴得还多",
        ),
    ],
)  # fmt: skip
def test_what_contradicts_is_placed_and_explained(rows: list[str], field: str, words: str) -> None:
    found = faults(*rows)
    assert any(f.field == field and words in f.text and f.line for f in found), found


SUPPLEMENT = {
    "kinds": "inpatient", "who": "all", "after": "basic", "base": "own", "counted": "year",
    "deductible": "0.00", "band_basis": "total", "band.1.to": "none", "band.1.ratio": "0.5", "cap": "none",
}  # fmt: skip


def section(stem: str, **changes: str) -> list[str]:
    said = {**SUPPLEMENT, **changes}
    return [row(f"{stem}.{key}", value) for key, value in said.items() if value]


@pytest.mark.parametrize(
    ("rows", "field", "words"),
    [
        (section("large_amount", cap=""), "key", "还缺 large_amount.cap"),
        (section("large_amount", base="none"), "value", "只能是 over_cap、own"),
        (section("large_amount", after="large_amount"), "value", "只能是 basic"),
        (section("large_amount", after="civil_servant"), "value", "可规则包里没有 civil_servant"),
        (section("large_amount", who="all 2303"), "value", "就不能再写别的"),
        (section("large_amount", who="9999"), "value", "没有 9999 这个人员身份代码"),
        (section("large_amount", who="elder"), "value", "没有写 elder 是哪些人"),
        (section("large_amount", who=" "), "value", "空着"),
        (section("large_amount", base="over_cap"), "value", "没有封顶线，永远用不上"),
        (section("large_amount") + section("civil_servant"), "value", "没有写哪个先算"),
        (
            section("large_amount", after="civil_servant") + section("civil_servant", after="large_amount"),
            "value", "互相排在后面",
        ),
    ],
)  # fmt: skip
def test_a_supplement_says_everything_and_no_contradiction(
    rows: list[str], field: str, words: str
) -> None:
    found = faults(*rows)
    assert any(f.field == field and words in f.text and f.line for f in found), found


def test_a_whole_supplement_has_no_fault() -> None:
    assert faults(*section("large_amount", who="2303")) == ()
    assert faults(GOOD, *section("civil_servant", base="over_cap")) == ()
    chained = section("large_amount") + section("civil_servant", after="large_amount")
    assert faults(*chained) == ()


def test_a_real_pack_says_from_when() -> None:
    open_ended = row("inpatient.cap", "1.00", begins='""')
    assert "没有写从哪天起生效" in faults(open_ended)[0].text
    assert faults(open_ended, invented="true") == ()


@pytest.mark.parametrize(
    ("head", "field", "words"),
    [
        ({"version": ""}, "version", "没有写 version"),
        ({"invented": '"no"'}, "invented", "是不是虚构"),
        ({"year": "2026"}, "year", "没有 year 这一项"),
        ({"region": '"999999"'}, "region", "没有 999999 这个行政区划"),
        ({"region": '"000000"'}, "region", "文件却放在别的地区下"),
    ],
)
def test_the_head_is_checked(head: dict[str, str], field: str, words: str) -> None:
    found = faults(GOOD, **head)
    assert any(f.field == field and words in f.text for f in found), found


def test_strange_tables_and_no_parameters_are_said() -> None:
    found = check([written(text() + "[other]\n")], CODES)
    assert {f.text for f in found} == {"只能有 [pack] 和 [[parameter]]", "一个参数也没有"}
    assert found[0].words.startswith("410100/2026.toml other：")


def test_text_that_is_no_toml_says_the_line() -> None:
    found = read("x/y.toml", "[pack]\nregion = \n")
    assert isinstance(found, Fault)
    assert found.words == "x/y.toml 第 2 行：写法不对：引号、等号或方括号没有配好，或同一项写了两遍"
    ended = read("x/y.toml", '[pack]\nregion = "a')
    assert isinstance(ended, Fault)
    assert ended.line == 2


def test_a_parents_ceiling_binds_the_child_and_is_said_in_the_childs_file() -> None:
    child = written(text(row("offsite.referral.k", "0.10")))
    parent = written(
        text(row("offsite.referral.k_most", "0.05"), row("offsite.referral.k", "0.9")),
        "000000/2025.toml",
    )
    found = check([child, parent], CODES)
    assert [(f.file, f.field) for f in found] == [("410100/2026.toml", "value")]


def test_what_is_no_table_or_no_number_is_left_to_its_own_fault() -> None:
    assert isinstance(read("x/y.toml", "pack = 1\nparameter = 2\n"), Written)
    odd = [row("offsite.referral.k", "多"), row("offsite.referral.k_most", "0.05")]
    assert len(faults(*odd)) == 1
    ages = [row("group.child.below_age", "小"), row("group.old.from_age", "60")]
    assert [f.field for f in faults(*ages)] == ["value", "value"]


def test_every_shape_has_an_example_of_its_own() -> None:
    keys = list(examples())
    assert len(set(keys)) == len(keys) == len(SHAPES)
    for key, shape in zip(keys, SHAPES, strict=True):
        read_as = known(key)
        assert read_as is not None
        assert read_as.shape is shape
    assert {shape.unit for shape in SHAPES} == set(Unit)
