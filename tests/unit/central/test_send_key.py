"""The key that signs while nobody has logged in: good for asking the time and the epoch, and for nothing else."""

import dataclasses
import json

import msgspec
import pytest

from counter_app.central import endpoints, stations, web
from counter_app.central.devices import Request
from counter_app.central.replies import Reply
from counter_app.wire import courier, header, keys, send_key
from counter_app.wire import request_signature as signed
from counter_app.wire.messages import SendKeyReply, SendKeyRequest, Sent
from tests.unit.central import rig
from tests.unit.central.conftest import Town
from tests.unit.central.test_commands import Printed, run
from tests.unit.central.test_courier import LABEL, brought, note, sender, signed_head

UNSIGNED = {"/enrol", "/ops", "/courier"}
"""Calls that carry their own proof; each is tried below with the sending key in its place."""


def ask(pc: rig.Pc, method: str, path: str, private: bytes, body: bytes = b"") -> Reply:
    """A call to a route of the application, signed by this key."""
    call = next(call for verb, route, call in web._ROUTES if (verb.value, route) == (method, path))
    target = web.PREFIX + path.replace("{name:str}", "codes").replace("{sha:str}", "00")
    headers = signed.headers(method, target, body, pc.centre.clock.now_ms(), (pc.dev, private))
    request = Request(method, target, {k.lower(): v for k, v in headers.items()}, body)
    return endpoints.answer(pc.centre, request, call, {"name": "codes", "sha": "00"})


def code(done: Reply) -> tuple[int, str]:
    return done.status, json.loads(done.body)["code"]


def certified(pc: rig.Pc) -> bytes:
    """A new sending key of this PC, and the centre's word for it."""
    private = keys.new_signing_key()
    public = keys.text(keys.signing_public(private))
    body = msgspec.json.encode(SendKeyRequest(send_key=public))
    done = ask(pc, "POST", "/send-key", pc.sign_private, body)
    assert done.status == 200, done.body
    cert = msgspec.json.decode(done.body, type=SendKeyReply).cert
    said = send_key.read(cert, keys.raw(pc.centre.sign_public))
    assert said is not None
    assert (said.dev, said.send_key) == (pc.dev, public)
    return private


def test_it_asks_time_and_epoch_and_goes_with_the_device(
    town: Town, fresh: rig.Pc, capsys: Printed
) -> None:
    private = certified(fresh)
    done = ask(fresh, "GET", "/sent", private)
    told = msgspec.json.decode(done.body, type=Sent)
    assert told.time_ms == town.centre.clock.now_ms()
    assert sorted(json.loads(done.body)) == ["epoch", "time_ms"]
    listed = run(town, capsys, "device", "list")[1]["devices"]
    assert next(d for d in listed if d["dev"] == fresh.dev)["send_key"]
    with town.centre.engine.begin() as tx:
        assert stations.revoke(town.centre, tx, fresh.dev)
    refused = json.loads(ask(fresh, "GET", "/sent", private).body)
    assert (refused["code"], refused["epoch"]) == ("revoked", told.epoch)


def test_a_newer_key_takes_the_place_of_the_one_before(fresh: rig.Pc) -> None:
    first, second = certified(fresh), certified(fresh)
    assert code(ask(fresh, "GET", "/sent", first)) == (401, "signature")
    assert ask(fresh, "GET", "/sent", second).status == 200
    assert code(ask(fresh, "GET", "/sent", fresh.sign_private)) == (401, "signature")


def test_a_pc_without_one_asks_nothing(town: Town) -> None:
    stranger = rig.enrolled(town.centre)
    assert code(ask(stranger, "GET", "/sent", keys.new_signing_key())) == (401, "signature")


@pytest.mark.parametrize(
    ("method", "path"), [(m.value, p) for m, p, _ in web._ROUTES if p not in UNSIGNED | {"/sent"}]
)
def test_every_other_call_refuses_it(pc: rig.Pc, method: str, path: str) -> None:
    private = keys.new_signing_key()
    public = keys.text(keys.signing_public(private))
    body = msgspec.json.encode(SendKeyRequest(send_key=public))
    assert ask(pc, "POST", "/send-key", pc.sign_private, body).status == 200
    assert ask(pc, "GET", "/sent", private).status == 200
    assert code(ask(pc, method, path, private, body)) == (401, "signature")


def test_it_vouches_for_no_entry(pc: rig.Pc) -> None:
    private = certified(pc)
    op = note(pc)
    chain = header.head_message(pc.dev, pc.ep, pc.n, pc.head)
    done = pc.send(op, sig=keys.text(keys.sign(private, chain)))
    assert code(done) == (401, "chain_signature")
    to = [keys.sealing_public(pc.centre.seal_private)]
    forged = dataclasses.replace(sender(pc), sign_private=private)
    by_trailer = courier.pack(forged, LABEL, [op], [signed_head(pc)], to)
    assert code(brought(pc.centre, by_trailer)) == (400, "bundle")
    by_head = courier.pack(sender(pc), LABEL, [op], [signed_head(pc, by=private)], to)
    assert code(brought(pc.centre, by_head)) == (400, "chain_signature")
    assert pc.results(op) == ["received"]


@pytest.mark.parametrize("words", ["", "AAAA", "no key!"])
def test_what_is_no_key_is_not_certified(pc: rig.Pc, words: str) -> None:
    body = msgspec.json.encode(SendKeyRequest(send_key=words))
    assert code(ask(pc, "POST", "/send-key", pc.sign_private, body)) == (400, "schema")


def test_nor_is_the_key_of_the_entries(pc: rig.Pc) -> None:
    own = keys.text(keys.signing_public(pc.sign_private))
    body = msgspec.json.encode(SendKeyRequest(send_key=own))
    assert code(ask(pc, "POST", "/send-key", pc.sign_private, body)) == (400, "schema")
    assert code(ask(pc, "POST", "/send-key", pc.sign_private, b"[]")) == (400, "schema")


def test_a_bundle_cut_on_its_way_is_to_be_sent_again(pc: rig.Pc) -> None:
    op = note(pc)
    to = [keys.sealing_public(pc.centre.seal_private)]
    whole = courier.pack(sender(pc), LABEL, [op], [signed_head(pc)], to)
    headers = {"content-digest": signed.digest(whole)}
    cut = Request("POST", "/sync/v1/courier", headers, whole[:-9])
    done = endpoints.answer(pc.centre, cut, endpoints.courier, {})
    assert code(done) == (400, "digest")
    assert pc.results(op) == ["received"]
