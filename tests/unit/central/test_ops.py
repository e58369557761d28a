"""Batches of entries: what is stored, what the chain says, what is refused."""

import sqlalchemy as sa

from counter_app.central import devices, feeds, stations
from counter_app.central.ops import release
from counter_app.central.tables import chain_head, ingest, oddity
from counter_app.kernel import ids
from counter_app.kernel.clock import today
from counter_app.wire import certificate, header, keys
from counter_app.wire.case_body import NoteBody
from counter_app.wire.header import GENESIS, Op, head_of
from counter_app.wire.messages import CertBody, Certificate
from tests.unit.central import rig
from tests.unit.central.conftest import Town


def note(pc: rig.Pc, **more: object) -> Op:
    return pc.write("note", "nobody", NoteBody(what="day_closed"), **more)


def stored(town: Town, op: Op) -> sa.Row | None:
    query = sa.select(ingest).where(ingest.c.sha == bytes.fromhex(head_of(op.header)))
    with town.centre.engine.begin() as tx:
        return tx.execute(query).first()


def release_all(town: Town, pc: rig.Pc) -> None:
    with town.centre.engine.begin() as tx:
        sender = devices.find(tx, pc.dev)
        assert sender is not None
        release.release(town.centre, tx, sender)


def test_an_enrolment_is_accepted_and_flows_back_on_the_roster(town: Town, pc: rig.Pc) -> None:
    certno = town.star("zhao", "赵国强")
    case_id, _, op = pc.submit(certno)
    done = rig.read_ops(pc.send(op))
    assert [r.r for r in done.results] == ["accepted"]
    assert (done.n_contig, done.head, done.durable_n) == (pc.n, pc.head, pc.n)
    told = pc.decisions(case_id)
    assert [d.kind for d in told] == ["accepted"]
    assert "赵国强 2027 年度" in told[0].text
    assert rig.person_years(town.centre, certno)[2027][1] == "2026-11-23"
    rows = {r[0]: r for r in pc.pull(f"persons.{rig.FIRST[:9]}")}
    assert "2026-11-23" in str(rows[certno][-1])
    mine = [r for r in pc.pull(f"cases.{pc.station}") if r[1] == op.header]
    assert [(r[2], r[3]) for r in mine] == [(op.body, "accepted")]


def test_the_same_bytes_again_are_a_duplicate_and_change_nothing(town: Town, pc: rig.Pc) -> None:
    case_id, _, op = pc.submit(town.someone())
    assert pc.results(op) == ["accepted"]
    assert pc.results(op) == ["duplicate"]
    assert len(pc.decisions(case_id)) == 1


def test_an_id_used_for_other_bytes_is_an_alarm_and_kept(town: Town, fresh: rig.Pc) -> None:
    first = note(fresh)
    second = note(fresh, id=header.read_header(first.header).id)
    assert fresh.results(first, second) == ["received", "id_reused"]
    with town.centre.engine.begin() as tx:
        raw = tx.execute(sa.select(oddity.c.header).where(oddity.c.why == "id_reused")).scalars()
        assert second.header.encode() in [bytes(r) for r in raw]


def test_a_gap_is_taken_but_the_unbroken_run_waits_for_it(fresh: rig.Pc) -> None:
    first, missing, third = note(fresh), note(fresh), note(fresh)
    assert fresh.results(first) == ["received"]
    done = rig.read_ops(fresh.send(third))
    assert [r.r for r in done.results] == ["received"]
    assert (done.n_contig, done.head) == (1, head_of(first.header))
    done = rig.read_ops(fresh.send(missing))
    assert [r.r for r in done.results] == ["received"]
    assert (done.n_contig, done.head) == (3, fresh.head)


def test_two_disks_with_one_past_are_told_apart(town: Town, fresh: rig.Pc) -> None:
    assert fresh.results(note(fresh)) == ["received"]
    at = fresh.n, fresh.head
    assert fresh.results(note(fresh)) == ["received"]
    true_head = fresh.head
    fresh.n, fresh.head = at
    clone = [note(fresh), note(fresh)]
    assert fresh.results(*clone) == ["device_forked", "device_forked"]
    assert stored(town, clone[0]) is not None
    fresh.ep = 2
    done = rig.read_ops(fresh.send(note(fresh)))
    assert [r.r for r in done.results] == ["received:QUARANTINE"]
    release_all(town, fresh)
    done = rig.read_ops(fresh.send(fresh.ops[-1]))
    assert [r.r for r in done.results] == ["duplicate"]
    assert (done.n_contig, done.head) == (4, fresh.head)
    fresh.ep, fresh.n, fresh.head = 1, 2, true_head
    assert rig.read_ops(fresh.send(note(fresh))).n_contig == 3


def test_a_new_epoch_joins_the_entry_its_first_header_names(fresh: rig.Pc) -> None:
    assert fresh.results(note(fresh), note(fresh)) == ["received", "received"]
    fresh.ep = 2
    done = rig.read_ops(fresh.send(note(fresh)))
    assert (done.n_contig, done.head) == (3, fresh.head)


def test_a_forged_head_signature_keeps_nothing(town: Town, pc: rig.Pc) -> None:
    op = note(pc)
    stranger = keys.new_signing_key()
    h = header.read_header(op.header)
    message = header.head_message(pc.dev, h.ep, h.n, head_of(op.header))
    done = pc.send(op, sig=keys.text(keys.sign(stranger, message)))
    assert done.status == 401
    assert b"chain_signature" in done.body
    assert stored(town, op) is None
    assert pc.results(op) == ["received"]


def test_an_entry_the_signed_head_does_not_reach_is_set_apart(town: Town, fresh: rig.Pc) -> None:
    smuggled = note(fresh)
    fresh.n, fresh.head = 0, GENESIS
    true = note(fresh)
    assert fresh.results(smuggled, true) == ["received:QUARANTINE", "received"]
    row = stored(town, smuggled)
    assert row is not None
    assert row.via == "quarantine"


def test_a_flipped_byte_on_the_way_is_sent_again(town: Town, pc: rig.Pc) -> None:
    op = note(pc)
    done = pc.send(op, digest="sha-256=:AAAA:")
    assert done.status == 400
    assert stored(town, op) is None
    assert pc.results(op) == ["received"]


def test_a_body_that_is_not_the_headers_is_stored_and_refused(town: Town, pc: rig.Pc) -> None:
    _, _, op = pc.submit(town.someone())
    assert op.body is not None
    changed = Op(op.header, op.body.replace("13900000", "13900009"))
    assert pc.results(changed) == ["rejected:SCHEMA"]
    row = stored(town, op)
    assert row is not None
    assert row.body == str(changed.body).encode()


def test_half_a_body_is_stored_and_refused_alone(town: Town, pc: rig.Pc) -> None:
    case_id, body = pc.case(town.someone())
    half = pc.write("case.submit", case_id, NoteBody(what="half"))
    whole = pc.write("case.submit", ids.uuid7(pc.centre.clock.now_ms()), body)
    assert pc.results(half, whole) == ["rejected:SCHEMA", "accepted"]


def test_half_a_batch_is_sent_again(pc: rig.Pc) -> None:
    from counter_app.central import endpoints
    from counter_app.central.devices import Request
    from counter_app.wire import batch
    from counter_app.wire import request_signature as signed

    body = batch.pack_ops([note(pc)])[:-7]
    sig = keys.sign(pc.sign_private, header.head_message(pc.dev, pc.ep, pc.n, pc.head))
    headers = {
        "x-device": pc.dev,
        "content-digest": signed.digest(body),
        "x-chain": f"{pc.ep}.{pc.n}.{pc.head}",
        "x-chain-sig": keys.text(sig),
    }
    asked = Request("POST", "/sync/v1/ops", headers, body)
    done = endpoints.answer(pc.centre, asked, endpoints.ops, {})
    assert (done.status, b"broken" in done.body) == (400, True)
    assert pc.results(pc.ops[-1]) == ["received"]


def test_numbers_no_database_holds_are_refused_alone(town: Town, fresh: rig.Pc) -> None:
    good = note(fresh)
    huge = note(fresh, ep=2**40)
    assert fresh.results(good) == ["received"]
    done = fresh.send(huge, ep="1")
    assert [r.r for r in rig.read_ops(done).results] == ["rejected:SCHEMA"]


def test_an_entry_without_a_readable_header_is_kept_as_an_oddity(town: Town, pc: rig.Pc) -> None:
    broken, good = Op("{not a header", "x"), note(pc)
    assert pc.results(broken, good) == ["rejected:SCHEMA", "received"]
    with town.centre.engine.begin() as tx:
        raw = [bytes(r) for r in tx.execute(sa.select(oddity.c.header)).scalars()]
    assert b"{not a header" in raw


def test_a_case_for_another_area_is_refused(town: Town, pc: rig.Pc) -> None:
    case_id, body = pc.case(town.someone())
    other = rig.case_body(
        pc, body.case_no, rig.enrolment(town.centre, town.someone()), area="990101105"
    )
    assert pc.results(pc.write("case.submit", case_id, other)) == ["rejected:SCOPE"]


def test_a_revoked_pcs_entries_go_to_quarantine(town: Town, fresh: rig.Pc) -> None:
    assert fresh.results(note(fresh)) == ["received"]
    with town.centre.engine.begin() as tx:
        assert stations.revoke(town.centre, tx, fresh.dev)
    case_id, _, op = fresh.submit(town.someone())
    assert fresh.results(op) == ["received:QUARANTINE"]
    row = stored(town, op)
    assert row is not None
    assert row.via == "quarantine"
    assert case_id not in str(rig.all_cases(town.centre))
    assert fresh.get("/sync/v1/hello").status == 401


def test_a_revoked_pcs_certificate_stays_with_the_day_named(
    town: Town, pc: rig.Pc, fresh: rig.Pc
) -> None:
    def cert() -> CertBody | None:
        rows = {str(row[0]): row for row in pc.pull("keys") if row[0] is not None}
        _, text, sig = rows[fresh.dev]
        return certificate.read(Certificate(str(text), str(sig)), keys.raw(town.centre.sign_public))

    before = cert()
    assert before is not None
    assert before.revoked_on == ""
    for _ in range(2):
        with town.centre.engine.begin() as tx:
            assert stations.revoke(town.centre, tx, fresh.dev)
            feeds.number(tx)
    after = cert()
    assert after is not None
    assert after.sign_key == before.sign_key
    assert after.revoked_on == today(town.centre.clock).isoformat()
    with town.centre.engine.begin() as tx:
        assert not stations.revoke(town.centre, tx, "nobody-A")


def test_an_unknown_pcs_entries_go_to_quarantine(town: Town, pc: rig.Pc) -> None:
    stranger = rig.Pc(town.centre, "nobody-A", pc.station, keys.new_signing_key(), b"", b"")
    assert stranger.results(note(stranger)) == ["received:QUARANTINE"]


def test_every_signed_head_is_kept(town: Town, pc: rig.Pc) -> None:
    assert pc.results(note(pc)) == ["received"]
    query = sa.select(chain_head.c.sig).where(chain_head.c.head == pc.head)
    with town.centre.engine.begin() as tx:
        sig = tx.execute(query).scalar_one()
    message = header.head_message(pc.dev, pc.ep, pc.n, pc.head)
    public = keys.signing_public(pc.sign_private)
    assert keys.verifies(public, keys.raw(sig), message)
