"""`counter-app bench paper`: a warm form page beside reportlab drawing its strings, and a batch of forms.

The floor is read back from the form itself: every string at its place in its font and size, drawn on a
canvas of reportlab's with reportlab's own font objects, without rules, boxes and code. The batch is what a
day close or a group enrolment prints: a household, a code and a document each.
"""

import argparse
import io
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from counter_app.bootstrap import Services
from counter_app.catalog.registry import item
from counter_app.cli.bench import figures, synthetic
from counter_app.forms.answers import Answers
from counter_app.printing import fonts
from counter_app.printing.form_sheet import FormData, form
from counter_app.printing.marks import Imprint
from counter_app.wire import keys, receipt_code

TARGET_RATIO = 1.5
TARGET_PAGES_S = 60.0
BATCH = 200
_PREFIX = "bare-"
_WEIGHTS = {"Regular": fonts.FILES[400], "Medium": fonts.FILES[500], "SemiBold": fonts.FILES[600]}
_NO_PHONE = "0000-0000000"


@dataclass(frozen=True, slots=True)
class Written:
    """A string where it stands: pt from the lower left corner, our font's name, size."""

    x: float
    y: float
    font: str
    size: float
    text: str


def run(args: argparse.Namespace) -> int:
    """Measure and print; 0 where the targets are kept, 1 where not."""
    with tempfile.TemporaryDirectory(prefix="counter-bench-") as folder:
        services = synthetic.make(Path(folder), BATCH)
        batch = [_form(services, household) for household in range(BATCH)]
        services.counter.station.dispose()
        services.counter.reference.dispose()
    page_ms, bare_ms, ratio = _page(batch[0])
    speeds = [_pages_per_second(batch) for _ in range(figures.ROUNDS)]
    speed = round(statistics.median(speeds), 1)
    kept = ratio <= TARGET_RATIO and speed >= TARGET_PAGES_S
    result = {
        "name": "paper",
        "page_ms": page_ms,
        "floor_same_strings_ms": bare_ms,
        "ratio": ratio,
        "target_ratio": TARGET_RATIO,
        "batch": BATCH,
        "pages_per_s": speed,
        "target_pages_per_s": TARGET_PAGES_S,
        "rounds": figures.ROUNDS,
        "ok": kept,
    }
    figures.show(result, as_json=args.json)
    return 0 if kept else 1


def written(pdf: bytes) -> list[list[Written]]:
    """Every string of every page, read back from the document."""
    import pypdfium2
    from pypdfium2.raw import FPDF_PAGEOBJ_TEXT

    document = pypdfium2.PdfDocument(pdf)
    pages = []
    for page in document:
        text = page.get_textpage()
        pages.append([
            Written(
                x=thing.get_matrix().e,
                y=thing.get_matrix().f,
                font=_ours(thing.get_font().get_base_name()),
                size=thing.get_font_size(),
                text=thing.extract(),
            )
            for thing in page.get_objects(filter=[FPDF_PAGEOBJ_TEXT], textpage=text)
        ])
        text.close()
        page.close()
    document.close()
    return pages


def bare(pages: list[list[Written]]) -> bytes:
    """The same strings on a canvas of reportlab's, in reportlab's own font objects."""
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, pageCompression=1, invariant=1)
    for page in pages:
        for words in page:
            canvas.setFont(_PREFIX + words.font, words.size)
            canvas.drawString(words.x, words.y, words.text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def register_bare() -> None:
    """Load reportlab's own font objects beside ours."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name in (*fonts.FILES.values(), fonts.RARE):
        font = TTFont(_PREFIX + name, str(fonts.FOLDER / f"{name}.ttf"))
        # reportlab keeps one font a face; this one is to stand beside ours
        font.face.name = b"Bare-" + font.face.name
        pdfmetrics.registerFont(font)


def _ours(base: str) -> str:
    """NotoSansSC-Medium → NotoSansSC_500Medium."""
    weight = base.partition("-")[2]
    return _WEIGHTS[weight] if weight else fonts.RARE


def _form(services: Services, household: int) -> Callable[[], bytes]:
    """What draws a household's form: filled, marked, with a code of its own."""
    answers = synthetic.answers(services, household)
    service = item(synthetic.ITEM)
    facts = services.load_facts(service.asks(answers), "", None)
    station = services.counter.identity.station
    imprint = Imprint(
        station=station.name,
        window=station.window,
        phone=_NO_PHONE,
        printed_at="2026-11-23 14:30:00",
        printed_by=services.counter.clerk.name,
        pc=services.counter.identity.dev,
        pack=facts.pack.label if facts.pack else "",
        invented=True,
        firm=False,
    )
    case_no = f"{station.code}-261123-A-{household:04d}"
    code = _code(services, answers, case_no)

    def work() -> bytes:
        sheet = service.sheet(answers, facts)
        return form(FormData(sheet, facts.context, imprint, case_no, code))

    return work


def _code(services: Services, answers: Answers, case_no: str) -> str:
    said = receipt_code.ReceiptCode(
        case_no=case_no,
        item=synthetic.ITEM,
        masked_name=answers.get("appl_name"),
        day="20261123",
        fen=160000,
        entry=keys.text(case_no.encode())[:16],
        device=services.counter.identity.dev,
    )
    return receipt_code.write(said, services.counter.identity.sign_private)


def _page(draw: Callable[[], bytes]) -> tuple[float, float, float]:
    """Milliseconds a page, those of the floor, and their ratio: medians of the rounds, taken in turn."""
    pages = written(draw())
    register_bare()
    bare(pages)
    ours, floor = [], []
    for _ in range(figures.ROUNDS):
        ours.append(_timed(draw) / len(pages))
        floor.append(_timed(lambda: bare(pages)) / len(pages))
    mine, least = statistics.median(ours), statistics.median(floor)
    return round(mine, 2), round(least, 2), round(mine / least, 2)


def _pages_per_second(batch: list[Callable[[], bytes]]) -> float:
    """Pages of a batch by the second; the codes' pictures are made anew."""
    from counter_app.printing import marks

    marks.qr_matrix.cache_clear()
    began = time.perf_counter()
    documents = [draw() for draw in batch]
    taken = time.perf_counter() - began
    return sum(len(written(document)) for document in documents) / taken


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000
