"""A bundle that somebody carried, taken as if its entries had come by network."""

import dataclasses
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa

from counter_app.central import endpoints, stations
from counter_app.central.centre import Centre
from counter_app.central.devices import Request
from counter_app.central.replies import Reply
from counter_app.central.tables import device, ingest, oddity
from counter_app.central.web import make_app
from counter_app.wire import centre_key, courier, header, keys
from counter_app.wire.case_body import NoteBody
from counter_app.wire.courier import Labelled, Sender, SignedHead
from counter_app.wire.header import Op
from counter_app.wire.messages import Certificate, ErrorReply, OpsReply
from tests.unit.central import rig
from tests.unit.central.conftest import Town
from tests.unit.central.test_backups import hello
from tests.unit.central.test_commands import Printed, run

QUARANTINED = "received:QUARANTINE"
LABEL = Labelled("0192a000-0000-7000-8000-00000000000b", 1_795_000_000_000)


def note(pc: rig.Pc, **more: object) -> Op:
    return pc.write("note", "nobody", NoteBody(what="day_closed"), **more)


def sender(pc: rig.Pc) -> Sender:
    with pc.centre.engine.begin() as tx:
        row = tx.execute(sa.select(device).where(device.c.dev == pc.dev)).one()
    return Sender(pc.dev, Certificate(row.cert_text, row.cert_sig), pc.sign_private)


def signed_head(pc: rig.Pc, *, by: bytes = b"", **more: int) -> SignedHead:
    ep, n = more.get("ep", pc.ep), more.get("n", pc.n)
    message = header.head_message(pc.dev, ep, n, pc.head)
    return SignedHead(
        ep=ep, n=n, head=pc.head, sig=keys.text(keys.sign(by or pc.sign_private, message))
    )


def bundle(pc: rig.Pc, *ops: Op, heads: tuple[SignedHead, ...] | None = None) -> bytes:
    """As the station seals it, to the key that its hello gave."""
    at = hello(pc) if pc.get("/sync/v1/hello").status == 200 else None
    to = keys.sealing_public(pc.centre.seal_private)
    if at is not None:
        given = centre_key.read(at.seal_key, at.seal_sig, keys.raw(pc.centre.sign_public))
        assert given == to
    given_heads = (signed_head(pc),) if heads is None else heads
    return courier.pack(sender(pc), LABEL, ops, given_heads, [to])


def brought(centre: Centre, data: bytes) -> Reply:
    """Whoever brings it signs nothing."""
    asked = Request("POST", "/sync/v1/courier", {}, data)
    return endpoints.answer(centre, asked, endpoints.courier, {})


def taken(centre: Centre, data: bytes) -> OpsReply:
    done = brought(centre, data)
    assert done.status == 200, done.body
    return msgspec.json.decode(done.body, type=OpsReply)


def results(centre: Centre, data: bytes) -> list[str]:
    return [r.r for r in taken(centre, data).results]


def roads(pc: rig.Pc) -> list[tuple[int, str]]:
    query = sa.select(ingest.c.n, ingest.c.via).where(ingest.c.dev == pc.dev).order_by(ingest.c.n)
    with pc.centre.engine.begin() as tx:
        return [tuple(row) for row in tx.execute(query)]


def kept(centre: Centre) -> tuple[int, int]:
    with centre.engine.begin() as tx:
        return tuple(
            tx.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for table in (ingest, oddity)
        )


def test_a_carried_case_is_judged_and_told_by_the_feeds(town: Town, fresh: rig.Pc) -> None:
    case_id, _, op = fresh.submit(town.someone())
    done = taken(town.centre, bundle(fresh, op, note(fresh)))
    assert (done.results[0].id, done.results[0].r) == (
        header.read_header(op.header).id,
        "accepted",
    )
    assert (done.n_contig, done.head) == (2, fresh.head) == (hello(fresh).n_contig, fresh.head)
    assert roads(fresh) == [(1, "courier"), (2, "courier")]
    assert [d.kind for d in fresh.decisions(case_id)] == ["accepted"]


def test_the_carrier_learns_codes_and_no_names(town: Town, fresh: rig.Pc) -> None:
    who = town.someone()
    _, _, first = fresh.submit(who)
    _, _, second = fresh.submit(who)
    done = brought(town.centre, bundle(fresh, first, second))
    told = msgspec.json.decode(done.body, type=OpsReply)
    assert [(r.r, r.text) for r in told.results] == [("accepted", ""), ("held:DUP_ENROL", "")]


def test_by_both_roads_in_any_order_it_is_a_duplicate(town: Town, fresh: rig.Pc) -> None:
    first, second = note(fresh), note(fresh)
    carried = bundle(fresh, first, second)
    assert fresh.results(first) == ["received"]
    assert results(town.centre, carried) == ["duplicate", "received"]
    assert results(town.centre, carried) == ["duplicate", "duplicate"]
    assert fresh.results(first, second) == ["duplicate", "duplicate"]
    assert roads(fresh) == [(1, "net"), (2, "courier")]
    third = note(fresh)
    assert results(town.centre, bundle(fresh, third)) == ["received"]
    assert fresh.results(third) == ["duplicate"]


def test_bundles_in_the_wrong_order_join_in_the_end(town: Town, fresh: rig.Pc) -> None:
    first = note(fresh)
    early = bundle(fresh, first)
    second = note(fresh)
    assert taken(town.centre, bundle(fresh, second)).n_contig == 0
    assert taken(town.centre, early).n_contig == 2


def test_a_revoked_senders_bundle_waits_for_people(
    town: Town, fresh: rig.Pc, capsys: Printed
) -> None:
    _, _, op = fresh.submit(town.someone())
    carried = bundle(fresh, op)
    with town.centre.engine.begin() as tx:
        assert stations.revoke(town.centre, tx, fresh.dev)
    done = taken(town.centre, carried)
    assert ([r.r for r in done.results], done.n_contig) == ([QUARANTINED], 0)
    words = ("device", "release", "--device", fresh.dev)
    assert run(town, capsys, *words)[1]["answers"] == {"accepted": 1}


def test_what_no_signed_head_reaches_is_set_apart(town: Town, fresh: rig.Pc) -> None:
    op = note(fresh)
    assert results(town.centre, bundle(fresh, op, heads=())) == [QUARANTINED]
    # a head that vouches comes by network
    assert fresh.results(op) == ["received"]
    assert roads(fresh) == [(1, "net")]


def test_every_epoch_needs_its_own_head(town: Town, fresh: rig.Pc) -> None:
    first = note(fresh)
    one = signed_head(fresh)
    fresh.ep = 2
    second = note(fresh)
    done = taken(town.centre, bundle(fresh, second, first, heads=(one, signed_head(fresh))))
    assert [r.r for r in done.results] == ["received", "received"]
    assert (done.n_contig, done.head) == (2, fresh.head)


def test_an_unreadable_entry_takes_nothing_with_it(town: Town, fresh: rig.Pc) -> None:
    data = bundle(fresh, Op("{not a header", "x"), note(fresh))
    assert results(town.centre, data) == ["rejected:SCHEMA", "received"]


@pytest.mark.parametrize("ruin", ["half", "flipped", "empty", "other", "stranger"])
def test_a_ruined_or_foreign_bundle_leaves_nothing(town: Town, pc: rig.Pc, ruin: str) -> None:
    good = bundle(pc, note(pc))
    strange = dataclasses.replace(town.centre, sign_private=keys.new_signing_key())
    other = dataclasses.replace(town.centre, seal_private=keys.new_sealing_key())
    data, centre = {
        "half": (good[: len(good) // 2], town.centre),
        "flipped": (good[:-40] + bytes([good[-40] ^ 1]) + good[-39:], town.centre),
        "empty": (b"", town.centre),
        "other": (good, other),
        "stranger": (good, strange),
    }[ruin]
    before = kept(town.centre)
    done = brought(centre, data)
    told = msgspec.json.decode(done.body, type=ErrorReply)
    assert (done.status, told.code) == (400, "bundle")
    assert kept(town.centre) == before
    assert pc.results(pc.ops[-1]) == ["received"]


@pytest.mark.parametrize("more", [{"by": keys.new_signing_key()}, {"ep": 2**31}, {"n": 2**60}])
def test_a_head_that_is_not_the_senders_keeps_nothing(town: Town, pc: rig.Pc, more: dict) -> None:
    op = note(pc)
    before = kept(town.centre)
    done = brought(town.centre, bundle(pc, op, heads=(signed_head(pc, **more),)))
    told = msgspec.json.decode(done.body, type=ErrorReply)
    assert (done.status, told.code) == (400, "chain_signature")
    assert kept(town.centre) == before
    assert pc.results(op) == ["received"]


def test_a_senders_certificate_of_a_centre_that_forgot_it_is_still_heard(
    town: Town, fresh: rig.Pc
) -> None:
    """Enrolled after the backup that was restored: the certificate is good, the device unknown."""
    data = bundle(fresh, note(fresh))
    with town.centre.engine.begin() as tx:
        tx.execute(device.delete().where(device.c.dev == fresh.dev))
    assert results(town.centre, data) == [QUARANTINED]
    # its name is not given to another PC, whose work would be taken for a forgery
    assert rig.enrolled(town.centre, fresh.station).dev != fresh.dev


def test_a_pc_the_restored_centre_forgot_is_admitted_by_its_file(
    town: Town, fresh: rig.Pc, capsys: Printed, tmp_path: Path
) -> None:
    _, _, op = fresh.submit(town.someone())
    path = tmp_path / "a.ylb"
    path.write_bytes(bundle(fresh, op))
    words = ("device", "readmit", "--file", str(path))
    code, _, err = run(town, capsys, *words)
    assert (code, "已有这个名字" in err) == (2, True)
    with town.centre.engine.begin() as tx:
        tx.execute(device.delete().where(device.c.dev == fresh.dev))
    assert fresh.results(op) == [QUARANTINED]
    assert run(town, capsys, *words)[1] == {"device": fresh.dev, "done": "readmit"}
    # it is told how little the centre counts, and sends again
    assert hello(fresh).n_contig == 0
    assert fresh.results(op) == ["accepted"]
    path.write_bytes(b"no bundle")
    assert run(town, capsys, *words)[0] == 2
    assert run(town, capsys, "device", "readmit")[0] == 2


def test_files_are_imported_by_command(
    town: Town, fresh: rig.Pc, capsys: Printed, tmp_path: Path
) -> None:
    path = tmp_path / "a.ylb"
    path.write_bytes(bundle(fresh, note(fresh), note(fresh)))
    told = run(town, capsys, "courier", str(path), str(path))[1]["files"]
    assert [one["answers"] for one in told] == [{"received": 2}, {"duplicate": 2}]
    path.write_bytes(path.read_bytes()[:-1])
    code, _, err = run(town, capsys, "courier", str(path))
    assert (code, "a.ylb 收不进来" in err) == (2, True)
    assert run(town, capsys, "courier", str(tmp_path / "none"))[0] == 2


def test_a_bundle_may_be_larger_than_a_batch_but_not_endless(town: Town) -> None:
    limits = {
        path: handler.resolve_request_max_body_size()
        for route in make_app(town.centre).routes
        for path in [route.path]
        for handler in getattr(route, "route_handlers", [])
        if "OPTIONS" not in handler.http_methods
    }
    assert limits["/sync/v1/courier"] == 64 * 1024 * 1024
    assert {size for path, size in limits.items() if path != "/sync/v1/courier"} == {
        16 * 1024 * 1024
    }
