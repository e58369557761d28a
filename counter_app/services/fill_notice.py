"""What the notice of 补正 says, from the case and the centre's decision."""

import msgspec

from counter_app.kernel import dates
from counter_app.kernel.errors import EnvironmentFault
from counter_app.printing.marks import Imprint
from counter_app.printing.notice import NoticeData
from counter_app.services.context import Counter
from counter_app.services.read_frozen import FrozenCase
from counter_app.services.tell_citizen import WAYS
from counter_app.store import tasks
from counter_app.store.transaction import read
from counter_app.wire.messages import DecisionBody


def fill_notice(counter: Counter, case: FrozenCase, imprint: Imprint, code: str) -> NoticeData:
    """The notice of a returned or held case.

    Raises:
        EnvironmentFault: nothing is to be mended any more.
    """
    with read(counter.station) as tx:
        task = tasks.of_case(tx, case.row.case_id)
    if task is None:
        raise EnvironmentFault(
            "nothing_to_mend", "这一件已经不用补正了，通知没有打", "看看工作台上它现在的情况"
        )
    decision = msgspec.json.decode(task.body.encode("utf-8"), type=DecisionBody)
    points = decision.points or ((decision.text, "", ""),)
    station = counter.identity.station
    day = dates.iso(task.until)
    return NoticeData(
        case_no=case.row.case_no,
        name=case.row.applicant,
        opening=(
            f"您 {dates.full(case.facts.on)} 在本站办的{case.row.summary}，{station.county}看过以后，"
            f"有下面 {len(points)} 处要改或补。这张单子一次说全，以后不再另加。"
        ),
        points=points,
        until=f"{dates.full(day)}（{dates.weekday(day)}）下班前。来不及请先打电话。" if day else "",
        where=f"{station.name} {station.window}，{station.hours}",
        who_comes=decision.who_comes,
        meanwhile=decision.meanwhile,
        phone=f"{station.phone}，说编号末尾 {case.row.case_no[-6:]}",
        otherwise=(
            f"对这次补正要求有疑问，可以请本站或{station.county}说明。"
            f"{station.county}电话 {station.county_phone}。"
        ),
        way=next((way for way in WAYS.values() if way in task.told), ""),
        told=task.told,
        teller=f"{counter.clerk.name}  工号 {counter.clerk.id}",
        code=code,
        imprint=imprint,
    )
