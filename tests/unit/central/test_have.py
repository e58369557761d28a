"""What a station asks after an exchange that broke off, and versions nobody speaks."""

import msgspec

from counter_app.wire import header
from counter_app.wire.case_body import NoteBody
from counter_app.wire.messages import HaveReply
from tests.unit.central import rig


def ask(pc: rig.Pc, pairs: list[list[str]]) -> str:
    done = rig.post_have(pc, msgspec.json.encode(pairs))
    assert done.status == 200, done.body
    return msgspec.json.decode(done.body, type=HaveReply).known


def pair(op: header.Op) -> list[str]:
    return [header.read_header(op.header).id, header.head_of(op.header)[:16]]


def test_it_knows_what_it_stored_of_this_device_alone(pc: rig.Pc, fresh: rig.Pc) -> None:
    here = pc.write("note", "", NoteBody(what="day_closed"))
    assert pc.results(here) == ["received"]
    other = fresh.write("note", "", NoteBody(what="day_closed"))
    never = [header.read_header(other.header).id, "0" * 16]
    assert ask(pc, [pair(here), pair(other), never]) == "100"
    assert ask(fresh, [pair(here)]) == "0"
    changed = [pair(here)[0], "f" * 16]
    assert ask(pc, [changed, pair(here)]) == "01"


def test_another_shape_is_refused(pc: rig.Pc) -> None:
    assert rig.post_have(pc, b"[[1,2]]").status == 400
    assert rig.post_have(pc, b'[["no uuid","0"]]').status == 400


def test_a_version_nobody_speaks_gets_no_data(pc: rig.Pc) -> None:
    assert pc.get("/sync/v1/hello", **{"X-Proto": "9"}).status == 426
    assert pc.get("/sync/v1/hello", **{"X-Proto": "1"}).status == 200
