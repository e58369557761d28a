"""Print the test page: no case, no job, nobody's data, so nothing is journalled."""

from counter_app.devices.page_printer import PagePrinter
from counter_app.kernel import dates
from counter_app.kernel.clock import moment
from counter_app.kernel.problems import Problem
from counter_app.services.context import Counter

_NOWHERE = frozenset({"no_print_service", "no_printer"})


def print_test_page(counter: Counter, printer: PagePrinter) -> str | Problem:
    """Send the test page to the printer; returns the document's name, or why there is none.

    Raises:
        EnvironmentFault: the printer did not take it.
    """
    from counter_app.printing.marks import Imprint
    from counter_app.printing.test_page import NUMBER, TrialPage, draw_test_page

    state = printer.look()
    if state.code in _NOWHERE:
        return Problem(state.code, "", f"{state.words}，测试页没处打。{state.advice}，再打一次")
    at = moment(counter.clock)
    station = counter.identity.station
    imprint = Imprint(
        station=station.name,
        window=station.window,
        phone=station.phone,
        printed_at=f"{at:%Y-%m-%d %H:%M:%S}",
        printed_by=counter.clerk.name,
        pc=counter.identity.dev,
    )
    named = f"打印队列 {state.queue}" if state.queue else "示例打印机（文件夹）"
    name = f"{station.code}-{at:%y%m%d-%H%M%S}_{NUMBER}_1"
    printer.send(draw_test_page(TrialPage(dates.full(at.date()), named, imprint)), name)
    return name
