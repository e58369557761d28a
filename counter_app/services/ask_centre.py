"""One question at the centre while the citizen waits: answered now or not at all, never kept for later."""

from typing import TYPE_CHECKING, TypeVar

from counter_app.kernel.problems import Problem
from counter_app.services.context import Counter
from counter_app.sync import faults
from counter_app.sync.faults import SyncFault

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from counter_app.sync.client import Client

T = TypeVar("T")
OFFLINE = "offline"
_WORDS = {
    OFFLINE: "现在离线，问不了中心",
    faults.NETWORK: "连不上中心，没有问到",
    faults.PORTAL: "网络要先登录，打开的是网页，没有问到中心",
    faults.AUTH: "中心不认这台电脑，没有问到",
    faults.CLOCK: "这台电脑的时间和中心差得太多，没有问到",
    faults.SERVER: "中心那边有毛病，没有问到",
    faults.VERSION: "这个程序太旧，中心不答",
    faults.REFUSED: "中心没有答这个问题",
}
_CLERK = "中心没有您这个工号的账号，不给查"


def ask_centre(
    counter: Counter,
    ask: "Callable[[Client], T]",
    way_on: str,
    under: "httpx.BaseTransport | None" = None,
) -> T | Problem:
    """The answer, or why there is none with the way on.

    Args:
        counter: the opened profile.
        ask: the call.
        way_on: what the clerk can do without the answer, a sentence without its full stop.
        under: a transport in the network's place.

    Raises:
        EnvironmentFault: the pinned certificate cannot be read.
    """
    if counter.network.since and not counter.network.online:
        return Problem(OFFLINE, "", f"{_WORDS[OFFLINE]}。{way_on}")
    # the network's libraries are loaded by the first question, not by the log-in
    from counter_app.sync.cycle import open_client
    from counter_app.sync.transport import ASKED

    try:
        with open_client(counter, under, ASKED) as client:
            return ask(client)
    except SyncFault as fault:
        said = _CLERK if fault.code == "clerk_unknown" else _WORDS[fault.why]
        return Problem(fault.why, "", f"{said}。{way_on}")
