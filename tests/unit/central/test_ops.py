"""Batches of entries: stored, verified, judged."""

from tests.unit.central import rig
from tests.unit.central.conftest import Town


def test_an_enrolment_is_accepted_and_flows_back_on_the_roster(town: Town, pc: rig.Pc) -> None:
    certno = town.star("zhao", "赵国强")
    case_id, _body, op = pc.submit(certno)
    done = rig.read_ops(pc.send(op))
    assert [r.r for r in done.results] == ["accepted"]
    assert (done.n_contig, done.head) == (1, pc.head)
    assert pc.decisions(case_id)[-1].kind == "accepted"
    assert rig.person_years(town.centre, certno)[2027][1] == "2026-11-23"
    rows = {r[0]: r for r in pc.pull(f"persons.{rig.FIRST[:9]}")}
    assert "2026-11-23" in str(rows[certno][-1])
    assert any(r[3] == "accepted" for r in pc.pull(f"cases.{pc.station}"))
