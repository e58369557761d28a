"""城乡居民参保登记 (national list, item 3; see README.md of this folder)."""

from counter_app.catalog.item import ServiceItem
from counter_app.items.resident_enrolment.asked_by_pack import fill
from counter_app.items.resident_enrolment.form import FORM
from counter_app.items.resident_enrolment.materials import materials
from counter_app.items.resident_enrolment.outcome import outcome
from counter_app.items.resident_enrolment.parties import asks, parties, summary
from counter_app.items.resident_enrolment.printouts import sheet
from counter_app.items.resident_enrolment.rules import check
from counter_app.items.resident_enrolment.start import start

ITEM = ServiceItem(
    id="resident-enrolment",
    name="城乡居民参保登记",
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
