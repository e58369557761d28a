"""异地就医备案 (national list, items 13–16; see README.md of this folder)."""

from counter_app.catalog.item import MoreSheet, ServiceItem
from counter_app.items.offsite_filing import promise
from counter_app.items.offsite_filing.form import FORM
from counter_app.items.offsite_filing.materials import materials
from counter_app.items.offsite_filing.outcome import outcome
from counter_app.items.offsite_filing.parties import asks, parties, summary
from counter_app.items.offsite_filing.printouts import sheet
from counter_app.items.offsite_filing.request import promised
from counter_app.items.offsite_filing.rules import check
from counter_app.items.offsite_filing.start import fill, start

ITEM = ServiceItem(
    id="offsite-filing",
    name="异地就医备案",
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
    more=(
        MoreSheet(
            promise.NUMBER,
            promise.TITLE,
            lambda answers, _facts: promised(answers),
            promise.sheet,
        ),
    ),
    fill=fill,
)
