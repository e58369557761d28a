"""A pack with 大额 and 公务员补助 on the printed estimate (decision 024); no shipped pack has them.

The arithmetic was written before it was run: 120,000 in scope of 140,000, secondary, the demonstration's
basic insurance and serious illness between the two invented supplements.
"""

import pytest

from counter_app.domain.settlement.settle import Settlement
from counter_app.items.manual_reimbursement import trial
from counter_app.items.manual_reimbursement.claim import estimate
from counter_app.printing.form_sheet import FormData, form
from counter_app.printing.marks import Imprint
from tests.fakes import claims
from tests.unit.domain.packs import pack_with
from tests.unit.domain.settlement.test_supplements import section
from tests.unit.printing import pages
from tests.unit.printing.test_sheets import crossing

IMPRINT = Imprint(
    "示范县青禾镇便民服务中心", "2号窗口", "0000-1234567", "2026-11-23 10:00", "李敏", ""
)


def printed(**more: str) -> tuple[Settlement, bytes]:
    rules = {
        **section("large_amount", after="basic"),
        **section("civil_servant", after="aid"),
        **more,
    }
    facts = claims.facts(pack=pack_with(rules))
    values = {"scope_by": "typed", "inscp_scp_amt": "120000.00"}
    answers = claims.answers(values, {"bills": [claims.bill(1, "140000.00")]}, "returned", facts)
    result = estimate(answers, facts)
    assert isinstance(result, Settlement), result
    return result, form(FormData(trial.sheet(answers, facts), facts.context, IMPRINT))


@pytest.fixture(scope="module")
def both() -> tuple[Settlement, bytes]:
    return printed()


def test_every_step_of_both_is_in_the_table(both: tuple[Settlement, bytes]) -> None:
    result, pdf = both
    # basic (120,000 − 500) × 78 % = 93,210; own in scope 26,790
    # large (20,000 − 5,000) × 50 % + 6,790 × 80 % = 12,932; left 13,858
    # serious (13,858 − 11,000) × 60 % = 1,714.80; left 12,143.20
    # civil (12,143.20 − 5,000) × 50 % = 3,571.60; left 8,571.60, and 20,000 out of scope
    paid = (result.hifp_pay, result.hifob_pay, result.hifmi_pay, result.cvlserv_pay)
    assert paid == (9_321_000, 1_293_200, 171_480, 357_160)
    assert result.psn_part_amt == 2_857_160
    words = pages.text(pdf)
    for row in result.rows:
        for said in (row.name, row.formula, row.source):
            assert "".join(said.split()) in words, row.key
    for amount in ("12,932.00", "3,571.60", "7,500.00", "5,432.00", "111,428.40", "28,571.60"):
        assert amount in words
    assert words.index("大额补助12,932.00") < words.index("公务员补助3,571.60")
    assert "140,000.00=报销合计111,428.40+个人负担28,571.60" in words


def test_nothing_of_it_crosses_or_leaves_the_page(both: tuple[Settlement, bytes]) -> None:
    _, pdf = both
    for number in range(len(pages.texts(pdf))):
        found = pages.glyphs(pdf, number)
        assert crossing(found) == []
        assert all(g.left >= 5 and g.right <= 205 and 5 <= g.top <= 292 for g in found)


def test_a_fund_that_pays_nothing_has_no_line_in_the_result(both: tuple[Settlement, bytes]) -> None:
    _, pdf = printed(**section("civil_servant", after="aid", deductible="20000.00"))
    assert "公务员补助0.00" not in pages.text(pdf)
    assert "公务员补助3,571.60" in pages.text(both[1])


@pytest.mark.parametrize("ratio", ["0.88", None])
def test_the_estimate_says_by_which_person_type_it_was_made(ratio: str | None) -> None:
    rules = {"group.pupil.psn_type": "1403 1404", "inpatient.pupil.ratio.secondary": ratio}
    facts = claims.facts(pack=pack_with(rules))
    values = {"scope_by": "typed", "inscp_scp_amt": "9000.00", "psn_type": "1404"}
    answers = claims.answers(values, None, "returned", facts)
    pdf = form(FormData(trial.sheet(answers, facts), facts.context, IMPRINT))
    assert ("城乡居民医保（大学生）" in pages.text(pdf)) is bool(ratio)
