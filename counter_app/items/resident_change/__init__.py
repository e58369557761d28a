"""居民参保信息变更, with 暂停 and 终止 (national list, item 6; see README.md of this folder)."""

from counter_app.catalog.item import ServiceItem
from counter_app.items.resident_change.form import FORM
from counter_app.items.resident_change.materials import materials
from counter_app.items.resident_change.outcome import outcome
from counter_app.items.resident_change.parties import asks, parties, summary
from counter_app.items.resident_change.printouts import sheet
from counter_app.items.resident_change.rules import check
from counter_app.items.resident_change.start import fill, start

ITEM = ServiceItem(
    id="resident-change",
    name="居民参保信息变更",
    code="",
    form=FORM,
    start=start,
    check=check,
    outcome=outcome,
    materials=materials,
    parties=parties,
    sheet=sheet,
    summary=summary,
    asks=asks,
    fill=fill,
)
