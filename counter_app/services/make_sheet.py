"""The PDF of a print job, made from the frozen case revision."""

from dataclasses import dataclass, replace

from counter_app.catalog.sheet import RECEIPT
from counter_app.kernel.errors import EnvironmentFault
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
    """What is sent to a printer, a PDF or ESC/POS, and its name (PAPER: `<case>_<form>_<print no.>`)."""

    name: str
    data: bytes


def make_sheet(counter: Counter, job: PrintJob) -> Document:
    """Draw the job's sheet; a job without a case any more is an environment's fault.

    Raises:
        EnvironmentFault: the case or what the sheet needs is not there.
    """
    case = _frozen(counter, job)
    return Document(_name(case, job), _draw(counter, job, case))


def make_roll(counter: Counter, job: PrintJob, millimetres: int) -> Document:
    """The receipt for a printer of rolls, as the bytes it takes.

    Raises:
        EnvironmentFault: the case or what the receipt needs is not there.
        KeyError: there are no rolls of that width.
    """
    from counter_app.printing.escpos import ROLLS
    from counter_app.printing.roll_receipt import roll_receipt

    case = _frozen(counter, job)
    imprint = make_imprint(counter, case, job)
    data = fill_receipt(counter, case, imprint, sign_code(counter, case))
    return Document(_name(case, job), roll_receipt(data, ROLLS[millimetres]))


def _frozen(counter: Counter, job: PrintJob) -> FrozenCase:
    case = read_frozen(counter, job.case_id)
    if case is None:
        raise EnvironmentFault(
            "case_gone", "这一件在本机找不到了，单子打不出来", "请到受理它的那台电脑上补打"
        )
    return case


def _name(case: FrozenCase, job: PrintJob) -> str:
    return f"{case.row.case_no}_{job.sheet}_{job.copy}"


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
    more = next((m for m in case.item.more if m.number == job.sheet), None)
    sheet = (more.sheet if more else case.item.sheet)(case.answers, case.facts)
    if more and not more.amounts:
        imprint = replace(imprint, firm=True)
    return form(FormData(sheet, case.facts.context, imprint, case.row.case_no, code))
