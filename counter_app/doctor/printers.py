"""The two printers: forms go to the page printer, receipts to the roll where the profile has one."""

from dataclasses import dataclass

from counter_app.catalog.sheet import RECEIPT
from counter_app.devices.choose_printer import choose_printer, choose_roll
from counter_app.devices.printer_state import PrinterState
from counter_app.doctor.finding import Finding, Seen, Verdict
from counter_app.doctor.part import Part
from counter_app.doctor.patient import Patient
from counter_app.kernel.errors import EnvironmentFault
from counter_app.store import print_jobs
from counter_app.store.transaction import read

_NOT_THERE = frozenset({"no_print_service", "no_printer"})
_ACTION, _KEY = "打测试页", "Enter"
_AGAIN = "好了，再查"
_KEPT = "业务照常受理，不用重办；要打的单子都排着，不会丢"


@dataclass(frozen=True, slots=True)
class _Papers:
    """What waits for one printer."""

    receipts: int = 0
    others: int = 0

    @property
    def words(self) -> str:
        """有 1 张回执等着."""
        count = self.receipts + self.others
        return f"有 {count} 张{'单子' if self.others else '回执'}等着" if count else ""


def look_at_page_printer(patient: Patient, _seen: Seen) -> Finding:
    """The queue forms go to, or the folder of a demonstration."""
    station = patient.identity.station.code if patient.identity else ""
    papers = _papers(patient)
    if _receipts_on_roll(patient):
        papers = _Papers(others=papers.others)
    try:
        state = choose_printer(patient.profile, station).look()
    except EnvironmentFault as fault:
        state = PrinterState(fault.code, fault.text, fault.advice)
    return _finding(PAGE_PRINTER, state, papers)


def look_at_roll_printer(patient: Patient, _seen: Seen) -> Finding:
    """The printer of receipts the profile names; most have none."""
    papers = _Papers(receipts=_papers(patient).receipts)
    try:
        printer = choose_roll(patient.profile)
    except EnvironmentFault as fault:
        return _finding(ROLL_PRINTER, PrinterState(fault.code, fault.text, fault.advice), papers)
    if printer is None:
        part = ROLL_PRINTER
        return Finding(
            part.id, part.title, Verdict.ABSENT, "没有设小票机，回执打在普通打印机的纸上"
        )
    return _finding(ROLL_PRINTER, printer.look(), papers)


def _finding(part: Part, state: PrinterState, papers: _Papers) -> Finding:
    verdict = _verdict(state)
    advice = state.advice
    if papers.words:
        advice = f"{advice}；再到首页按补打" if advice else "到首页按补打"
    fine = verdict is Verdict.FINE
    page = _ACTION if part is PAGE_PRINTER and state.prints else ""
    action = page or ("" if fine else _AGAIN)
    return Finding(
        part.id,
        part.title,
        verdict,
        "。".join(words for words in (state.words, papers.words) if words),
        state.code,
        means="" if fine else _means(verdict),
        advice=advice,
        action=action,
        key=_KEY if action else "",
        facts={
            "queue": state.queue,
            "jobs": state.jobs,
            "waiting": papers.receipts + papers.others,
        },
    )


def _verdict(state: PrinterState) -> Verdict:
    if not state.code:
        return Verdict.FINE
    if state.code in _NOT_THERE:
        return Verdict.ABSENT
    return Verdict.LOOK if state.prints or state.code == "no_default_printer" else Verdict.STOP


def _means(verdict: Verdict) -> str:
    return "单子照样往那里送" if verdict is Verdict.LOOK else _KEPT


def _receipts_on_roll(patient: Patient) -> bool:
    try:
        return choose_roll(patient.profile) is not None
    except EnvironmentFault:
        # a setting that cannot be read keeps receipts off the page printer too
        return True


def _papers(patient: Patient) -> _Papers:
    """Jobs that wait or were not taken; none where the file is closed or does not answer."""
    station = patient.files.station if patient.files else None
    if station is None:
        return _Papers()
    try:
        with read(station) as tx:
            jobs = print_jobs.in_state(tx, print_jobs.QUEUED, print_jobs.FAILED)
    except EnvironmentFault:
        # the part of the databases says what is wrong with the file
        return _Papers()
    receipts = sum(job.sheet == RECEIPT for job in jobs)
    return _Papers(receipts, len(jobs) - receipts)


PAGE_PRINTER = Part("page_printer", "激光打印机", look_at_page_printer, seconds=5)
ROLL_PRINTER = Part("roll_printer", "小票机", look_at_roll_printer, seconds=6)
