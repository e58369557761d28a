"""The PDF of a print job, made from the frozen case revision."""

from dataclasses import dataclass

from counter_app.kernel.errors import EnvironmentFault
from counter_app.services.accept_case import RECEIPT
from counter_app.services.context import Counter
from counter_app.services.fill_notice import fill_notice
from counter_app.services.fill_receipt import fill_receipt
from counter_app.services.make_imprint import make_imprint
from counter_app.services.queue_print import NOTICE, RECEIPT_LARGE
from counter_app.services.read_frozen import FrozenCase, read_frozen
from counter_app.services.sign_code import sign_code
from counter_app.store.print_jobs import PrintJob


@dataclass(frozen=True, slots=True)
class Document:
    """A PDF and its file name (PAPER: `<case number>_<form number>_<print no.>`)."""

    name: str
    pdf: bytes


def make_sheet(counter: Counter, job: PrintJob) -> Document:
    """Draw the job's sheet; a job without a case any more is an environment's fault.

    Raises:
        EnvironmentFault: the case or what the sheet needs is not there.
    """
    case = read_frozen(counter, job.case_id)
    if case is None:
        raise EnvironmentFault(
            "case_gone", "这一件在本机找不到了，单子打不出来", "请到受理它的那台电脑上补打"
        )
    name = f"{case.row.case_no}_{job.sheet}_{job.copy}"
    return Document(name, _draw(counter, job, case))


def _draw(counter: Counter, job: PrintJob, case: FrozenCase) -> bytes:
    from counter_app.printing.form_sheet import FormData, form
    from counter_app.printing.notice import notice
    from counter_app.printing.receipt import receipt
    from counter_app.printing.receipt_large import receipt_large

    imprint = make_imprint(counter, case, job)
    code = sign_code(counter, case)
    if job.sheet == RECEIPT:
        return receipt(fill_receipt(counter, case, imprint, code))
    if job.sheet == RECEIPT_LARGE:
        return receipt_large(fill_receipt(counter, case, imprint, code))
    if job.sheet == NOTICE:
        return notice(fill_notice(counter, case, imprint, code))
    draw = next((m.sheet for m in case.item.more if m.number == job.sheet), case.item.sheet)
    sheet = draw(case.answers, case.facts)
    return form(FormData(sheet, case.facts.context, imprint, case.row.case_no, code))
