"""A scanned e-voucher: only the centre can tell whose it is (DESIGN, decision 11; FACTS §7).

The token is sent once and kept nowhere: in no table, journal, log or message.
"""

from typing import TYPE_CHECKING

from counter_app.domain.person.identified import IdBy
from counter_app.kernel.problems import Problem
from counter_app.services.ask_centre import OFFLINE, ask_centre
from counter_app.services.context import Counter, Identified
from counter_app.services.keep_person import keep_person
from counter_app.services.log_access import log_access
from counter_app.services.queries.find import PersonHit
from counter_app.sync import faults
from counter_app.wire import identify
from counter_app.wire.identify import VoucherReply, VoucherRequest

if TYPE_CHECKING:
    import httpx

_INSTEAD = "请刷身份证，或按 F2 输证件号"
_OFFLINE = f"读不出这张医保码。现在离线，动态码只有中心能解。{_INSTEAD}"
_REASONS = {
    identify.EXPIRED: "这张医保码过期了，没有读出是谁。请本人在手机上刷新后再扫；"
    "刷不出来的刷身份证，或按 F2 输证件号",
    identify.USED: "这张医保码已经用过一次，不能再用。请本人在手机上刷新后再扫；"
    "刷不出来的刷身份证，或按 F2 输证件号",
    identify.OTHER_REGION: f"这是外地参保的医保码，本县中心解不了。{_INSTEAD}",
    identify.UNKNOWN: f"中心不认得这个码，没有读出是谁。可能不是医保码，也可能是截图。{_INSTEAD}",
}


def decode_voucher(
    counter: Counter, token: str, purpose: str, under: "httpx.BaseTransport | None" = None
) -> PersonHit | Problem:
    """Whose it is, known from now on like one of the roster; or why not, with the way on.

    Raises:
        EnvironmentFault: the disk refuses, or the pinned certificate cannot be read.
    """
    request = VoucherRequest(
        token=token,
        station=counter.identity.station.code,
        clerk=counter.clerk.id,
        purpose=purpose,
    )
    way_on = f"这个码不会自己再送。请本人刷新后再扫，或{_INSTEAD.removeprefix('请')}"
    answer = ask_centre(counter, lambda client: client.decode_voucher(request), way_on, under)
    found = answer if isinstance(answer, Problem) else _found(counter, answer)
    if isinstance(found, Problem):
        log_access(counter, "decode", "", f"{purpose}，医保码，{found.code}")
        return Problem(OFFLINE, "", _OFFLINE) if found.code == OFFLINE else found
    log_access(counter, "decode", found.subject, f"{purpose}，医保码")
    counter.at_window.note(Identified(found.certno, found.household, IdBy.VOUCHER))
    return found


def _found(counter: Counter, answer: VoucherReply) -> PersonHit | Problem:
    if answer.outcome != identify.OK or answer.person is None:
        words = _REASONS.get(answer.outcome, _REASONS[identify.UNKNOWN])
        return Problem(answer.outcome, "", words)
    hit = keep_person(counter, answer.person, answer.household)
    if hit is None:
        return Problem(faults.SERVER, "", f"中心的答复读不出来，没有存。{_INSTEAD}")
    return hit
