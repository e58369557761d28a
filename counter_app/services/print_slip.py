"""Print what a household still has to pay, where and until when; no case, no job, logged all the same."""

from counter_app.devices.page_printer import PagePrinter
from counter_app.kernel.clock import moment
from counter_app.kernel.problems import Problem
from counter_app.services.context import Counter
from counter_app.services.draw_slip import draw_slip
from counter_app.services.queries.household_card import household_card
from counter_app.store.access import Access

SLIP = "QH-JF-01"


def print_slip(counter: Counter, household: str, printer: PagePrinter) -> str | Problem:
    """Send the household's slip to the printer; returns the document's name, or why there is none.

    Raises:
        EnvironmentFault: the printer did not take it.
    """
    card = household_card(counter, household)
    if card is None:
        return Problem("no_household", "", "名单上没有这一户，缴费提示单打不出来")
    pdf = draw_slip(counter, card)
    if pdf is None:
        return Problem("nothing_due", "", "这一户没有要缴的，不用打缴费提示单")
    at = moment(counter.clock)
    name = f"{counter.identity.station.code}-{at:%y%m%d-%H%M%S}_{SLIP}_1"
    counter.access.add(Access(counter.clock.now_ms(), counter.clerk.id, "print", household, SLIP))
    printer.send(pdf, name)
    return name
