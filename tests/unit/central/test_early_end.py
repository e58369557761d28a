"""A case's end that comes before its beginning: one carried file failed, the next one did not."""

import pytest

from counter_app.wire.case_body import VoidBody
from counter_app.wire.header import Op
from tests.unit.central import rig
from tests.unit.central.conftest import Town
from tests.unit.central.test_courier import bundle, results, signed_head


def ended(pc: rig.Pc, kind: str, case_id: str, case_no: str) -> Op:
    body = VoidBody(case_no=case_no, reason="wrong_person", words="找错了人")
    return pc.write(kind, case_id, body)


@pytest.mark.parametrize(
    ("kind", "status"), [("case.void", "voided"), ("case.withdraw", "withdrawn")]
)
def test_a_case_whose_end_came_first_ends_once_it_comes(
    town: Town, fresh: rig.Pc, kind: str, status: str
) -> None:
    who = town.someone()
    case_id, body, submit = fresh.submit(who)
    first = signed_head(fresh)
    end = ended(fresh, kind, case_id, body.case_no)
    assert results(town.centre, bundle(fresh, end)) == ["rejected:UNKNOWN_CASE"]
    results(town.centre, bundle(fresh, submit, heads=(first,)))
    assert fresh.decisions(case_id)[-1].kind == status
    other, _, again = fresh.submit(who)
    assert fresh.results(again) == ["accepted"]
    assert fresh.decisions(other)[-1].kind == "accepted"


def test_another_station_ends_nothing_beforehand(town: Town, fresh: rig.Pc, pc: rig.Pc) -> None:
    assert fresh.station != pc.station
    case_id, body, submit = fresh.submit(town.someone())
    assert pc.results(ended(pc, "case.void", case_id, body.case_no)) == ["rejected:UNKNOWN_CASE"]
    assert fresh.results(submit) == ["accepted"]
    assert [d.kind for d in fresh.decisions(case_id)] == ["accepted"]
