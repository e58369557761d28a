"""The sheet of a day's close: what it must say, and what the worst day does to it."""

from pathlib import Path

import pytest

from counter_app.kernel import masking
from counter_app.printing.marks import Copy
from counter_app.services.draw_day_close import draw_day_close
from tests.fakes import station
from tests.unit.printing import day_samples as days
from tests.unit.printing import pages
from tests.unit.printing.test_sheets import crossing


@pytest.fixture
def counter(tmp_path: Path) -> station.Counter:
    return station.make_counter(tmp_path)


def test_it_says_everything_there_is_to_sign(counter: station.Counter) -> None:
    reading = days.reading(days.plain_day(), closed=days.ONCE)
    words = pages.text(draw_day_close(counter, reading))
    chain = reading.close.chain
    for wanted in (
        "QH-RJ-01",
        "日结单",
        "2026年11月23日周一·全站·第1次日结17:05",
        "990101104000-261123-B-RJ-00-1",
        "24发出回执副本1张，不另计24本机业务",
        "差1件，下面逐件写明",
        "中心确认到第23号，还有1号没确认",
        chain.head,
        chain.centre_head,
        "没到中心",
        "有网自动发送",
        "合计",
        "周建国",
        "经办",
        "复核",
        "日期",
        "示例数据",
    ):
        assert wanted in words, wanted
    assert "核对用" not in words


def test_a_clerks_own_sheet_leaves_the_others_out(counter: station.Counter) -> None:
    reading = days.reading(days.equal_day(), "0312", days.ONCE)
    words = pages.text(draw_day_close(counter, reading))
    assert "经办李敏" in words
    assert "周建国" not in words
    assert "RJ-0312-1" in words
    assert "三处相等，没有差异" in words


def test_before_it_is_closed_it_says_so_and_a_second_paper_says_copy(
    counter: station.Counter,
) -> None:
    plain = pages.text(draw_day_close(counter, days.reading(days.equal_day())))
    assert "核对用" in plain
    assert "还没有日结" in plain
    again = Copy(2, "2026-11-23 17:20", "李敏")
    copied = draw_day_close(counter, days.reading(days.equal_day(), closed=days.ONCE), again)
    assert "副本" in pages.text(copied)
    assert "第2次打印" in pages.text(copied)


def test_the_worst_day_repeats_its_heads_and_keeps_the_signatures_with_rows(
    counter: station.Counter,
) -> None:
    reading = days.worst_day()
    pdf = draw_day_close(counter, reading)
    texts = ["".join(t.split()) for t in pages.texts(pdf)]
    assert len(texts) >= 3
    for number, text in enumerate(texts):
        last = number == len(texts) - 1
        assert ("接下页" in text) == (not last)
        assert ("接上页" in text) == (number > 0)
        assert f"第{number + 1}页共{len(texts)}页" in text
    whole = "".join(texts)
    for row in reading.close.lines:
        assert row.case_no in whole
    assert whole.count("复核") == 1
    assert any("接上页号编号事项本人、尾号经办回执中心" in text for text in texts)
    assert "接上页编号事项本人、尾号经办中心" in texts[-1]
    assert "结后又有7笔" in whole
    assert (
        "B机14件，还没有日结，或者还没上报；C机2件，17:05日结，差12处，结后又办过；D机1件，"
        in whole
    )
    assert "一共77件" in whole
    assert "离线14:05起" in whole


def test_only_masked_names_stand_on_it(counter: station.Counter) -> None:
    words = pages.text(draw_day_close(counter, days.worst_day()))
    for name in days.PEOPLE:
        if len(name) > 1 and name != days.LONG_NAME:
            assert name not in words
    # the clerk of that name signs with it whole; as a citizen it stands masked
    assert masking.name(days.LONG_NAME) in words


def test_no_two_texts_lie_on_each_other(counter: station.Counter) -> None:
    pdf = draw_day_close(counter, days.worst_day())
    for number in range(len(pages.texts(pdf))):
        assert crossing(pages.glyphs(pdf, number)) == []


def test_an_empty_day_is_a_sheet_too(counter: station.Counter) -> None:
    words = pages.text(draw_day_close(counter, days.reading(days.Made().facts())))
    assert "这一天没有业务" in words
    assert "这台电脑还没有业务" in words
