"""Print everything that is missing, at once, before a case is accepted (一次性告知); no case, no number yet."""

from counter_app.catalog.item import judge
from counter_app.catalog.registry import item
from counter_app.devices.page_printer import PagePrinter
from counter_app.domain.policy.pack import Pack
from counter_app.forms.answers import Answers
from counter_app.kernel.clock import moment
from counter_app.kernel.problems import Problem, stops
from counter_app.printing.marks import Imprint
from counter_app.printing.notice import NUMBER, NoticeData, notice
from counter_app.services.context import Counter
from counter_app.services.load_facts import load_facts
from counter_app.store.access import Access

_PAPERS = frozenset({"material", "no_authority", "no_originals"})
_BRING = "带原件来，看过当面退还；要留的另留复印件"
_UNNUMBERED = "还没受理，没有编号"


def print_told(
    counter: Counter, item_id: str, answers: Answers, printer: PagePrinter
) -> str | Problem:
    """Send the notice of all missing papers to the printer; the document's name, or why there is none.

    Raises:
        EnvironmentFault: the printer did not take it.
        KeyError: there is no such item.
    """
    service = item(item_id)
    facts = load_facts(counter, service.asks(answers))
    found = stops(judge(service, answers, facts).problems)
    missing = tuple(p for p in found if p.code in _PAPERS)
    if not missing:
        return Problem("nothing_missing", "", "材料都齐了，不用打一次性告知书。照常受理就行")
    imprint = _imprint(counter, facts.pack)
    data = _data(counter, answers, imprint, (service.name, missing))
    at = moment(counter.clock)
    name = f"{counter.identity.station.code}-{at:%y%m%d-%H%M%S}_{NUMBER}_1"
    who = answers.get("appl_certno")
    counter.access.add(Access(counter.clock.now_ms(), counter.clerk.id, "print", who, NUMBER))
    printer.send(notice(data), name)
    return name


def _imprint(counter: Counter, pack: Pack | None) -> Imprint:
    station, at = counter.identity.station, moment(counter.clock)
    return Imprint(
        station=station.name,
        window=station.window,
        phone=station.phone,
        printed_at=f"{at:%Y-%m-%d %H:%M:%S}",
        printed_by=counter.clerk.name,
        pc=counter.identity.dev,
        pack=pack.label if pack else "",
        invented=bool(pack and pack.invented),
    )


def _data(
    counter: Counter, answers: Answers, imprint: Imprint, found: tuple[str, tuple[Problem, ...]]
) -> NoticeData:
    station, at = counter.identity.station, moment(counter.clock)
    name, missing = found
    opening = (
        f"您今天来办{name}，还缺下面 {len(missing)} 样，所以还没有受理。"
        "这张单子一次说全，补齐了再来，当场受理，不再另要别的。"
    )
    return NoticeData(
        case_no=_UNNUMBERED,
        name=answers.get("appl_name"),
        opening=opening,
        points=tuple((p.text.partition("。")[0], _BRING, p.source) for p in missing),
        until="",
        where=f"{station.name} {station.window}，{station.hours}",
        who_comes="本人来，或代办人带双方证件和授权委托书来",
        meanwhile="填好的内容存在本站，来了接着办，不用重填",
        phone=station.phone,
        otherwise=(
            f"对要交的材料有疑问，可以请本站或{station.county}说明。"
            f"{station.county}电话 {station.county_phone}。"
        ),
        way="当面",
        told=f"{at:%Y-%m-%d %H:%M} 当面告知",
        teller=f"{counter.clerk.name}  工号 {counter.clerk.id}",
        code="",
        imprint=imprint,
    )
