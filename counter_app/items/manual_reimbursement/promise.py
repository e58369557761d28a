"""QH-CN-02, 外伤无第三方责任承诺书 (苏医保发〔2022〕75号 附件7 [A]: its points as the fact book gives them)."""

from counter_app.catalog.facts import Facts
from counter_app.catalog.sheet import (
    Block,
    Cell,
    Comb,
    Grid,
    GridRow,
    Paragraph,
    Sheet,
    Signature,
    Text,
)
from counter_app.forms.answers import Answers
from counter_app.forms.kinds.choice import YES
from counter_app.items.manual_reimbursement.parties import patient
from counter_app.items.manual_reimbursement.printouts import label
from counter_app.kernel import dates

NUMBER, TITLE = "QH-CN-02", "外伤无第三方责任承诺书（A4）"
VERSION = "2026-1"
_SOURCE = "苏医保发〔2022〕75号 附件7（示范县照用其要点）"
_POINTS = (
    "一、这次受伤没有第三方责任，也不是工伤。以后查明有第三方责任或属于工伤的，全额退回医保基金已付的钱。",
    "二、同意医保经办机构通过数据共享查询有关情况，并同意把不实承诺报送信用信息系统。",
    "三、已知道：以欺诈、伪造证明材料等手段骗取医保待遇的，按《中华人民共和国刑法》第二百六十六条追究责任。",
)
_HK_MACAO_TAIWAN = ("81", "82", "83")
_BLANK = "        年    月    日    时，在                            ，"


def wanted(answers: Answers, _facts: Facts) -> bool:
    """Injured, nobody else responsible, and a promise in place of a proof."""
    return answers.get("trum_flag") == YES and answers.get("trum_proof") == "promise"


def sheet(answers: Answers | None, _facts: Facts) -> Sheet:
    """The letter, to be signed by hand; a near relative may sign with the own ID and telephone."""
    filled = answers or Answers()
    blocks: list[Block] = [Grid(_who(filled)), _words("受伤经过", 600, gap=4.0)]
    blocks.append(_words(_story(filled), 400, gap=1.0))
    blocks += [_words(point, 400, gap=3.0) for point in _POINTS]
    blocks.append(Paragraph(" ", 6))
    blocks.append(Grid((_signature(),)))
    return Sheet(
        number=NUMBER,
        version=VERSION,
        title="外伤无第三方责任承诺书",
        name="外伤承诺书",
        head_left=Text(""),
        head_right=Text(""),
        pages=(tuple(blocks),),
        notes=f"依据：{_SOURCE}。本人不能签的，由近亲属签，写明自己的证件号和电话。由本站留存。",
    )


def _words(text: str, weight: int, gap: float) -> Paragraph:
    return Paragraph(text, 11, weight, gap)


def _who(answers: Answers) -> tuple[GridRow, ...]:
    return (
        GridRow((
            label("承诺人", 24),
            Cell(Text(answers.get("appl_name")), 53),
            label("电话", 20),
            Cell(Text(answers.get("tel")), 80),
        )),
        GridRow((
            label("证件类型", 24),
            Cell(Text(_certificate(answers.get("appl_certno"))), 38),
            label("证件号码", 20),
            Cell(Comb(answers.get("appl_certno")), 95),
        )),
        GridRow((label("受伤的人", 24), Cell(Text(patient(answers)), 153))),
    )


def _certificate(certno: str) -> str:
    if not certno:
        return ""
    return "港澳台居民居住证" if certno.startswith(_HK_MACAO_TAIWAN) else "居民身份证"


def _story(answers: Answers) -> str:
    """The day, place and course of it; the hour is written by hand."""
    day = dates.iso(answers.get("trum_time"))
    if day is None:
        return _BLANK
    return f"{dates.full(day)}      时，在{answers.get('trum_site')}，{answers.get('trum_rea')}。"


def _signature() -> GridRow:
    words = "以上是我的真实意思，受伤经过属实。"
    return GridRow((Cell(Signature(words, "承诺人签名（捺印）"), 177),), height=34.0)
