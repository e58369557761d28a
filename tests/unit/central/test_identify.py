"""Who somebody is: /person/find and /evoucher/decode, and what the centre writes down of them."""

import json
from collections.abc import Iterator

import msgspec
import pytest
import sqlalchemy as sa

from counter_app.central import endpoints, evoucher, roster, stations
from counter_app.central.centre import put
from counter_app.central.command import main
from counter_app.central.demo import FIRST
from counter_app.central.devices import Request
from counter_app.central.feeds import COLUMNS
from counter_app.central.replies import Reply
from counter_app.central.tables import lookup, voucher
from counter_app.domain.scanning.classify import classify
from counter_app.domain.scanning.scanned import Kind
from counter_app.wire import request_signature as signed
from counter_app.wire.identify import (
    FindReply,
    FindRequest,
    VoucherReply,
    VoucherRequest,
)
from counter_app.wire.messages import ErrorReply
from tests.unit.central import rig
from tests.unit.central.conftest import Town

FIND, DECODE = "/sync/v1/person/find", "/sync/v1/evoucher/decode"


@pytest.fixture(autouse=True)
def clean(town: Town) -> Iterator[None]:
    yield
    with town.centre.engine.begin() as tx:
        tx.execute(lookup.delete())
        tx.execute(voucher.delete())


def post(pc: rig.Pc, target: str, message: msgspec.Struct, **changed: str) -> Reply:
    call = endpoints.find_person if target == FIND else endpoints.decode_voucher
    body = msgspec.json.encode(message)
    at = pc.centre.clock.now_ms() + int(changed.pop("late", "0"))
    headers = signed.headers("POST", target, body, at, (pc.dev, pc.sign_private)) | changed
    request = Request("POST", target, {k.lower(): v for k, v in headers.items()}, body)
    return endpoints.answer(pc.centre, request, call, {})


def find(pc: rig.Pc, **asked: str) -> FindReply:
    done = post(pc, FIND, FindRequest(**{"clerk": "0312", "purpose": "窗口办理"} | asked))
    assert done.status == 200, done.body
    return msgspec.json.decode(done.body, type=FindReply)


def decode(pc: rig.Pc, token: str) -> VoucherReply:
    asked = VoucherRequest(token=token, station=FIRST, clerk="0312", purpose="窗口办理")
    done = post(pc, DECODE, asked)
    assert done.status == 200, done.body
    return msgspec.json.decode(done.body, type=VoucherReply)


def code_of(done: Reply) -> tuple[int, str]:
    return done.status, msgspec.json.decode(done.body, type=ErrorReply).code


def log(town: Town) -> list[tuple[str, str, str]]:
    columns = (lookup.c.how, lookup.c.outcome, lookup.c.subject)
    with town.centre.engine.begin() as tx:
        return [tuple(row) for row in tx.execute(sa.select(*columns).order_by(lookup.c.id))]


def neighbour(town: Town) -> dict[str, str]:
    """Somebody of the other township."""
    query = "select cells from change where feed = 'persons.990101105' and not dead order by key"
    with town.centre.engine.begin() as tx:
        cells = tx.exec_driver_sql(query).scalars().first()
    return dict(zip(COLUMNS["persons"], msgspec.json.decode(str(cells)), strict=True))


def test_a_number_of_another_township_gives_person_and_household(town: Town, pc: rig.Pc) -> None:
    wanted = neighbour(town)
    found = find(pc, certno=wanted["certno"].lower())
    assert found.person == wanted
    assert found.household is not None
    assert found.household["number"] == wanted["household"]
    assert find(pc, certno="990101190001010008") == FindReply()
    key = f"01:{wanted['certno']}"
    assert log(town) == [("number", "one", key), ("number", "none", "")]


def test_a_name_with_the_birth_date_gives_masked_matches_only(town: Town, pc: rig.Pc) -> None:
    wanted = neighbour(town)
    done = find(pc, name=wanted["name"], birth=wanted["birth"])
    assert done.person is None
    match = next(m for m in done.matches if m.tail == wanted["certno"][-4:])
    assert (match.name[1], match.birth) == ("*", wanted["birth"])
    assert match.place.startswith("示范县柳林镇")
    assert "组" not in match.place
    said = msgspec.json.encode(done).decode()
    assert wanted["certno"] not in said
    assert wanted["name"] not in said or len(wanted["name"]) == 1
    assert find(pc, name=wanted["name"], birth="1899-01-01").matches == ()
    assert [row[0] for row in log(town)] == ["name", "name"]
    assert {row[2] for row in log(town)} == {""}


def test_the_name_is_found_by_its_index(town: Town) -> None:
    engine = town.centre.engine
    seen: list[tuple[str, dict]] = []

    def keep(_c: object, _cursor: object, statement: str, given: dict, *_: object) -> None:
        seen.append((statement, given))

    with engine.begin() as tx:
        tx.exec_driver_sql("set local enable_seqscan = off")
        sa.event.listen(engine, "before_cursor_execute", keep)
        roster.named(tx, "王秀兰", "1954-03-12", 8)
        sa.event.remove(engine, "before_cursor_execute", keep)
        ((statement, given),) = seen
        plan = tx.exec_driver_sql(f"explain {statement}", given).scalars().all()
    assert any("ix_change_person" in line for line in plan), plan


@pytest.mark.parametrize(
    ("asked", "refused"),
    [
        ({"certno": "x", "clerk": "9999"}, (409, "clerk_unknown")),
        ({"certno": "x", "clerk": "0512"}, (409, "clerk_unknown")),
        ({"certno": "x", "purpose": " "}, (400, "purpose")),
        ({"certno": "x", "purpose": "查" * 41}, (400, "purpose")),
        ({"name": "王秀兰"}, (400, "schema")),
        ({"name": "王秀兰", "birth": "1954"}, (400, "schema")),
        ({}, (400, "schema")),
    ],
)
def test_who_may_not_ask_or_asks_for_nobody(
    town: Town, pc: rig.Pc, asked: dict[str, str], refused: tuple[int, str]
) -> None:
    request = FindRequest(**{"clerk": "0312", "purpose": "窗口办理"} | asked)
    assert code_of(post(pc, FIND, request)) == refused
    assert log(town) == []


def test_only_an_enrolled_pc_is_answered(town: Town, pc: rig.Pc, fresh: rig.Pc) -> None:
    request = FindRequest(clerk="0312", purpose="窗口办理", certno="x")
    other = VoucherRequest(token="T" * 32, station=FIRST, clerk="0312", purpose="窗口办理")
    for target, message in ((FIND, request), (DECODE, other)):
        for changed, code in (
            ({"X-Sig": "AAAA"}, (401, "signature")),
            ({"X-Device": "nobody"}, (401, "unknown_device")),
            ({"Content-Digest": "sha-256=:AAAA:"}, (400, "digest")),
            ({"late": str(25 * 3600 * 1000)}, (401, "clock")),
        ):
            assert code_of(post(pc, target, message, **changed)) == code
    with town.centre.engine.begin() as tx:
        assert stations.revoke(town.centre, tx, fresh.dev)
    assert code_of(post(fresh, FIND, request)) == (401, "revoked")
    assert code_of(post(fresh, DECODE, other)) == (401, "revoked")
    assert log(town) == []


def test_a_token_is_good_once(town: Town, pc: rig.Pc) -> None:
    certno = town.star("zhao", "李桂香")
    with town.centre.engine.begin() as tx:
        token = evoucher.issue(town.centre, tx, certno)
        second = evoucher.issue(town.centre, tx, certno)
    first = decode(pc, token)
    assert first.outcome == "ok"
    assert first.person is not None
    assert first.person["certno"] == certno
    assert first.household is not None
    assert decode(pc, token) == VoucherReply(outcome="used")
    assert decode(pc, second).outcome == "ok"
    key = f"01:{certno}"
    assert log(town) == [("voucher", "ok", key), ("voucher", "used", ""), ("voucher", "ok", key)]


def test_a_token_lives_a_minute(town: Town, pc: rig.Pc) -> None:
    with town.centre.engine.begin() as tx:
        tokens = [evoucher.issue(town.centre, tx, town.star("zhao", "赵国强")) for _ in range(2)]
    at = voucher.c.expires_at
    with town.centre.engine.begin() as tx:
        tx.execute(voucher.update().values(expires_at=at - evoucher.LIFE_MS))
    assert decode(pc, tokens[0]).outcome == "ok"
    with town.centre.engine.begin() as tx:
        tx.execute(voucher.update().values(expires_at=at - 1))
    assert decode(pc, tokens[1]) == VoucherReply(outcome="expired")


def test_other_regions_and_other_codes_name_nobody(town: Town, pc: rig.Pc) -> None:
    with town.centre.engine.begin() as tx:
        foreign = evoucher.issue(town.centre, tx, "", "990301")
    assert decode(pc, foreign) == VoucherReply(outcome="other_region")
    assert decode(pc, "7" * 28) == VoucherReply(outcome="unknown")
    assert decode(pc, "") == VoucherReply(outcome="unknown")
    assert [row[1:] for row in log(town)] == [("other_region", ""), *[("unknown", "")] * 2]


def test_the_centre_keeps_a_tokens_hash_alone(town: Town, pc: rig.Pc) -> None:
    with town.centre.engine.begin() as tx:
        token = evoucher.issue(town.centre, tx, town.star("zhao", "赵国强"))
    decode(pc, token)
    with town.centre.engine.begin() as tx:
        written = [tx.execute(sa.select(t)).all() for t in (voucher, lookup)]
    assert token not in repr(written)
    asked = VoucherRequest(token=token, station=FIRST, clerk="0312", purpose="窗口办理")
    assert token not in repr(asked)


def test_another_stations_name_is_refused_before_the_token_is_spent(town: Town, pc: rig.Pc) -> None:
    with town.centre.engine.begin() as tx:
        token = evoucher.issue(town.centre, tx, town.star("zhao", "赵国强"))
    asked = VoucherRequest(token=token, station="990101105000", clerk="0312", purpose="窗口办理")
    assert code_of(post(pc, DECODE, asked)) == (403, "scope")
    assert decode(pc, token).outcome == "ok"


def test_a_body_of_another_shape_is_refused(pc: rig.Pc) -> None:
    nothing = ErrorReply(code="x")
    assert code_of(post(pc, FIND, nothing)) == (400, "schema")
    assert code_of(post(pc, DECODE, nothing)) == (400, "schema")


def test_the_command_prints_a_token_in_a_demonstration_only(
    town: Town, pc: rig.Pc, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = ["--data", str(town.centre.folder)]
    certno = town.star("zhao", "赵国强")
    assert main(["voucher", *folder, "--certno", certno]) == 0
    token = json.loads(capsys.readouterr().out)["token"]
    assert classify(token).kind is Kind.EVOUCHER
    assert evoucher_row(town).certno == certno
    assert main(["voucher", *folder, "--certno", "990101190001010008"]) == 2
    assert "没有这个证件号" in capsys.readouterr().err
    assert main(["voucher", *folder, "--region", "990301"]) == 0
    foreign = json.loads(capsys.readouterr().out)["token"]
    assert decode(pc, foreign).outcome == "other_region"
    with town.centre.engine.begin() as tx:
        put(tx, "demo", "")
    try:
        assert main(["voucher", *folder, "--certno", certno]) == 2
        assert "演示" in capsys.readouterr().err
    finally:
        with town.centre.engine.begin() as tx:
            put(tx, "demo", "yes")


def evoucher_row(town: Town) -> sa.Row:
    with town.centre.engine.begin() as tx:
        return tx.execute(sa.select(voucher)).one()
