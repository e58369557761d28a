"""Fields of 医疗费用手工报销申请表 (FACTS §2: 手工报销申请/受理, bank block [B]; §4.1 causes [A])."""

from counter_app.catalog.applicant import APPLICANT, MATERIALS
from counter_app.forms.spec import FormSpec
from counter_app.items.manual_reimbursement.form_account import ACCOUNT
from counter_app.items.manual_reimbursement.form_bills import BILLS, EXPENSE, FEES, LINES
from counter_app.items.manual_reimbursement.form_visit import CAUSE, VISIT

FORM = FormSpec(
    "QH-BX-01",
    "2026-1",
    "医疗费用手工报销申请表",
    (CAUSE, VISIT, BILLS, EXPENSE, FEES, LINES, MATERIALS, ACCOUNT, APPLICANT),
)
