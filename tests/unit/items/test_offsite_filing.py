"""Off-site filing: sheets, what is said without a pack, agents, and which filing is in force."""

import datetime as dt
import json
from dataclasses import replace

import pytest

from counter_app.catalog import filings
from counter_app.catalog.facts import Facts, Held
from counter_app.catalog.item import judge
from counter_app.catalog.registry import item
from counter_app.catalog.sheet import places
from counter_app.forms.answers import Answers
from counter_app.kernel.problems import Level
from counter_app.printing.form_sheet import FormData, form
from tests.fakes.station import ROOT, code_tables, demo_pack
from tests.unit.printing import pages, samples
from tests.unit.printing.test_sheets import crossing

ITEM = item("offsite-filing")
REGIONS = json.loads((ROOT / "resources" / "codes" / "regions.json").read_text("utf-8"))["regions"]
FACTS = Facts(
    on=dt.date(2026, 11, 24), pack=demo_pack(), tables={**code_tables(), "admdvs": REGIONS}
)
CERTNO = "990101199911051231"
LETTER = ITEM.more[0]
WORST = Answers(
    {
        "act": "change",
        "fil_cat": "residing",
        "psn_name": samples.RARE,
        "certno": CERTNO,
        "gend": "1",
        "rloc_admdvs": "513200",
        "resout_addr": samples.LONG_ADDRESS,
        "begndate": "2026-11-24",
        "tel": "13900000418",
        "tel2": "0512-12345678",
        "adm_stas": "in",
        "adm_date": "2026-11-24",
        "proof_by": "promise",
        "prom_ver": "苏医保发〔2022〕75号 附件1",
        "prom_signer": samples.LONG_NAME,
        "prom_date": "2026-11-24",
        "keep_at": "二号柜 2026 异地备案 第 1 册 从上往下第三层靠窗那一格",
        "fil_case": "990101104001-260302-A-0007-K",
        "fil_words": "四川省阿坝藏族羌族自治州（异地长期居住），2026年3月2日在示范县青禾镇便民服务中心办",
        "present": "agent",
        "appl_name": samples.RARE,
        "appl_certno": CERTNO,
        "agnter_name": samples.LONG_NAME,
        "agnter_tel": "13900000419",
    },
    {
        "more_places": tuple(
            {"rloc_admdvs": code, "resout_addr": samples.LONG_ADDRESS}
            for code in ("433100", "533300", "460000")
        ),
        "materials": ({"matl_id": "id", "orig": "returned", "copies": "2"},),
    },
)


@pytest.mark.parametrize("filled", [None, WORST], ids=["blank", "worst"])
@pytest.mark.parametrize("draw", [ITEM.sheet, LETTER.sheet], ids=["form", "letter"])
def test_sheets_stay_on_the_page_and_nothing_crosses(draw: object, filled: Answers | None) -> None:
    pdf = form(FormData(draw(filled, FACTS), FACTS.context, samples.IMPRINT))
    for number in range(len(pages.texts(pdf))):
        found = pages.glyphs(pdf, number)
        assert found
        for glyph in found:
            assert min(glyph.left, 210 - glyph.right, glyph.top, 297 - glyph.bottom) >= 5, glyph
        assert crossing(found) == []


def test_the_form_carries_its_answers_and_rare_names() -> None:
    words = pages.text(form(FormData(ITEM.sheet(WORST, FACTS), FACTS.context, samples.IMPRINT)))
    for wanted in (samples.RARE, samples.LONG_NAME, "怒江", "第1册", "0007-K", CERTNO):
        assert wanted in words, wanted
    assert places(ITEM.sheet(None, FACTS))


def test_the_letter_says_what_the_provision_gives() -> None:
    words = pages.text(form(FormData(LETTER.sheet(WORST, FACTS), FACTS.context, samples.IMPRINT)))
    for wanted in (
        "六个月以上",
        "联网",
        "不能用承诺代替",
        "满六个月",
        "信用",
        "真实意思",
        "不少于两年",
    ):
        assert wanted in words
    assert samples.RARE in words
    assert "附件1" in words
    blank = pages.text(form(FormData(LETTER.sheet(None, FACTS), FACTS.context, samples.IMPRINT)))
    assert CERTNO not in blank


def test_without_a_pack_the_case_is_taken_and_says_what_is_missing() -> None:
    facts = replace(FACTS, pack=None)
    verdict = judge(ITEM, WORST, facts)
    assert "no_pack" in {p.code for p in verdict.problems if p.level is Level.WARN}
    assert len(verdict.outcome.missing) == 2
    said = "".join(line.value for line in verdict.outcome.receipt)
    assert "由县医保中心核定后告诉本人" in said
    assert "2027" not in said


def test_a_parameter_of_low_grade_is_said_as_a_hint_only() -> None:
    weak = tuple(
        replace(p, grade="C") if p.key == "filing.benefit.long" else p
        for p in demo_pack().parameters
    )
    outcome = ITEM.outcome(WORST, replace(FACTS, pack=replace(demo_pack(), parameters=weak)))
    assert outcome.firm is False
    assert any("仅供参考" in line.value for line in outcome.receipt)
    assert ITEM.outcome(WORST, FACTS).firm is True


def test_an_agent_without_authority_is_refused() -> None:
    answers = WORST.put("agnter_auth", "0").put("agnter_ids", "0")
    codes = {p.code for p in judge(ITEM, answers, FACTS).problems}
    assert {"no_authority", "no_originals"} <= codes
    assert [m.id for m in ITEM.materials(WORST)] == ["id", "agent_id", "agent_auth"]


def test_the_known_filing_is_filled_in_and_taken_out_for_somebody_else() -> None:
    held = one("filing", "A", dt.date(2026, 3, 2))
    facts = replace(FACTS, held=(held,))
    answers = Answers({"act": "new", "certno": CERTNO})
    filled = ITEM.fill(answers, facts)
    assert filled.get("fil_case") == "A"
    assert "杨桥村服务点" in filled.get("fil_words")
    assert ITEM.fill(filled, facts) is filled
    other = ITEM.fill(filled.put("certno", "990101198001010015"), facts)
    assert (other.get("fil_case"), other.get("fil_words")) == ("", "")


def one(kind: str, case_no: str, on: dt.date, **data: str) -> Held:
    return Held(kind, f"01:{CERTNO}", "", data, case_no, "杨桥村服务点", on)


def test_the_newest_filing_is_in_force_until_cancelled_or_run_out() -> None:
    first = one("filing", "A", dt.date(2026, 3, 2))
    second = one("filing", "B", dt.date(2026, 3, 2), ends="A")
    subject, on = f"01:{CERTNO}", FACTS.on

    def number(*held: Held) -> str:
        known = filings.in_force(held, subject, on)
        return known.case_no if known else ""

    assert number(first) == "A"
    # the same day at two stations: which one ends which is written, not guessed by order
    assert number(second, first) == "B"
    assert number(first, second) == "B"
    assert number(first, one("filing_end", "C", on, ends="A")) == ""
    assert (
        number(first, one("filing", "E", on, ends="X A"), one("filing_end", "C", on, ends="E"))
        == ""
    )
    assert number(first, one("filing_end", "C", on, ends="X")) == "A"
    assert number(one("filing", "D", on, until="2026-11-24")) == "D"
    assert number(one("filing", "D", on, until="2026-11-23")) == ""
    assert filings.in_force((first,), "01:somebody", on) is None


def test_a_filing_ends_what_the_window_knew_and_what_another_station_filed_meanwhile() -> None:
    """The window knew A; at the centre B is in force since: neither may stay beside the new one."""
    answers = WORST.put("fil_case", "A")
    meanwhile = one("filing", "B", dt.date(2026, 11, 23), ends="A")
    (hold,) = judge(ITEM, answers, replace(FACTS, held=(meanwhile,))).outcome.holds
    assert hold.data["ends"] == "A B"
