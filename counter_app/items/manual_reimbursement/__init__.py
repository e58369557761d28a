"""医疗费用手工报销, out-patient and in-patient (national list, items 19 and 20; see README.md here)."""

from counter_app.catalog.item import MoreSheet, ServiceItem
from counter_app.items.manual_reimbursement import promise, trial
from counter_app.items.manual_reimbursement.claim import compare
from counter_app.items.manual_reimbursement.form import FORM
from counter_app.items.manual_reimbursement.materials import materials
from counter_app.items.manual_reimbursement.outcome import outcome
from counter_app.items.manual_reimbursement.parties import parties, summary
from counter_app.items.manual_reimbursement.printouts import sheet
from counter_app.items.manual_reimbursement.rules import check
from counter_app.items.manual_reimbursement.start import asks, fill, start

ITEM = ServiceItem(
    id="manual-reimbursement",
    name="医疗费用手工报销",
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
        MoreSheet(trial.NUMBER, trial.TITLE, trial.wanted, trial.sheet),
        MoreSheet(promise.NUMBER, promise.TITLE, promise.wanted, promise.sheet, amounts=False),
    ),
    fill=fill,
    compare=compare,
)
