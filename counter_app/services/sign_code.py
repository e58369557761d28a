"""The signed code of a case (DESIGN, decision 10)."""

from counter_app.kernel import dates, masking
from counter_app.services.context import Counter
from counter_app.services.read_frozen import FrozenCase
from counter_app.store import cases
from counter_app.wire import receipt_code


def sign_code(counter: Counter, case: FrozenCase) -> str:
    """The text of the case's QR, signed by this PC."""
    day = dates.iso(case.row.accepted_on)
    code = receipt_code.ReceiptCode(
        # as it was given out: what marks it as given twice is no part of a code
        case_no=case.row.case_no.partition(cases.TWICE)[0],
        item=case.row.item,
        masked_name=masking.name(case.row.applicant),
        day=f"{day:%Y%m%d}" if day else "",
        fen=case.row.total,
        entry=case.row.entry[:16],
        device=counter.identity.dev,
    )
    return receipt_code.write(code, counter.identity.sign_private)
