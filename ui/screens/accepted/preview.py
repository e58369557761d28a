"""The receipt as a picture of exactly what is printed; made off the GUI thread, without Qt."""

from dataclasses import dataclass, field

from counter_app.catalog.sheet import RECEIPT
from counter_app.services.context import Counter
from counter_app.services.make_sheet import make_sheet
from counter_app.services.queries.case_view import CaseView

SCALE = 1.6


@dataclass(frozen=True, slots=True)
class Picture:
    """Pixels, three bytes each, from the top left."""

    width: int
    height: int
    stride: int
    pixels: bytes = field(repr=False)


def preview(counter: Counter, case: CaseView) -> Picture:
    """The first page of the case's first sheet; of a receipt the citizen's half."""
    import pypdfium2

    job = case.jobs[0]
    document = pypdfium2.PdfDocument(make_sheet(counter, job).data)
    try:
        page = document[0]
        width, height = page.get_size()
        half = job.sheet == RECEIPT and height > width
        crop = (0.0, height / 2, 0.0, 0.0) if half else (0.0, 0.0, 0.0, 0.0)
        bitmap = page.render(scale=SCALE, crop=crop, rev_byteorder=True)
        return Picture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
    finally:
        document.close()
