"""The handshake of a new PC, and a clerk's one-time code."""

import secrets

import msgspec

from counter_app.central import codes, stations
from counter_app.central.tables import rekey
from counter_app.wire import certificate, keys
from counter_app.wire.messages import EnrolReply, ErrorReply, RekeyReply, RekeyRequest
from tests.unit.central import rig
from tests.unit.central.conftest import Town


def answer(done: rig.Reply) -> EnrolReply:
    return msgspec.json.decode(done.body, type=EnrolReply)


def error(done: rig.Reply) -> tuple[int, str]:
    return done.status, msgspec.json.decode(done.body, type=ErrorReply).code


def test_two_calls_and_every_lost_reply_is_given_again(town: Town) -> None:
    asked, _, _ = rig.asking(rig.new_code(town.centre))
    first = [answer(rig.call_enrol(town.centre, asked)) for _ in range(2)]
    assert {a.state for a in first} == {"send_escrow"}
    escrow = keys.text(keys.seal(keys.raw(first[0].centre_seal_key), secrets.token_bytes(32)))
    whole = msgspec.structs.replace(asked, escrow=escrow)
    done = [answer(rig.call_enrol(town.centre, whole)) for _ in range(2)]
    assert done[0] == done[1]
    assert answer(rig.call_enrol(town.centre, asked)) == done[0]
    assert (done[0].state, done[0].clerk, done[0].clerk_name) == ("enrolled", "0312", "李敏")
    assert done[0].cert is not None
    cert = certificate.read(done[0].cert, keys.raw(done[0].centre_sign_key))
    assert cert is not None
    assert (cert.station, cert.scopes) == ("990101104000", ("990101104",))
    assert cert.sign_key == asked.sign_key


def test_codes_that_are_unknown_used_or_over(town: Town) -> None:
    unknown, _, _ = rig.asking(codes.new_code())
    assert error(rig.call_enrol(town.centre, unknown)) == (404, "code_unknown")
    code = rig.new_code(town.centre, demo_second(), "0512")
    assert rig.call_enrol(town.centre, rig.asking(code)[0]).status == 200
    assert error(rig.call_enrol(town.centre, rig.asking(code)[0])) == (409, "code_used")
    over = rig.new_code(town.centre, days=-1)
    assert error(rig.call_enrol(town.centre, rig.asking(over)[0])) == (410, "code_expired")


def demo_second() -> str:
    return "990101105000"


def test_a_code_is_read_as_people_type_it(town: Town) -> None:
    assert codes.normalize("o1il-23ab cdef 456g") == "011123ABCDEF456G"
    code = rig.new_code(town.centre, demo_second(), "0512")
    typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert rig.call_enrol(town.centre, rig.asking(typed)[0]).status == 200


def test_a_pc_waits_until_the_county_approves(town: Town) -> None:
    asked, _, _ = rig.asking(rig.new_code(town.centre, demo_second(), "0512", approved=False))
    done = rig.call_enrol(town.centre, asked)
    assert (done.status, answer(done).state) == (202, "waiting")
    with town.centre.engine.begin() as tx:
        waiting = tx.exec_driver_sql("select dev from device where state = 'waiting'").scalar_one()
        assert stations.approve(tx, waiting)
        assert not stations.approve(tx, waiting)
    assert answer(rig.call_enrol(town.centre, asked)).state == "send_escrow"


def test_what_is_no_request_is_refused(town: Town) -> None:
    asked, _, _ = rig.asking(rig.new_code(town.centre))
    short = msgspec.structs.replace(asked, sign_key="AAAA")
    assert error(rig.call_enrol(town.centre, short)) == (400, "schema")


def test_rekey_gives_the_data_key_to_this_pc_alone(town: Town, pc: rig.Pc) -> None:
    code = codes.new_code()
    with town.centre.engine.begin() as tx:
        values = {"station": pc.station, "clerk": "0315", "expires_at": 2**52}
        tx.execute(rekey.insert().values(code_sha=codes.digest(code), **values))
    body = msgspec.json.encode(RekeyRequest(code=code, clerk="0315"))
    for _ in range(2):
        done = pc.post("/sync/v1/rekey", body)
        assert done.status == 200, done.body
        reply = msgspec.json.decode(done.body, type=RekeyReply)
        assert keys.unseal(pc.seal_private, keys.raw(reply.sealed)) == pc.data_key
        assert (reply.clerk, reply.clerk_name) == ("0315", "周建国")
    other = rig.enrolled(town.centre)
    assert error(other.post("/sync/v1/rekey", body)) == (409, "code_used")
    wrong = msgspec.json.encode(RekeyRequest(code=code, clerk="0318"))
    assert error(pc.post("/sync/v1/rekey", wrong)) == (404, "code_unknown")
