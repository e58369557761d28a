"""Who has no standing gets nothing, yet nothing of his work is lost; people let it be judged."""

import datetime as dt
import json

import pytest
import sqlalchemy as sa

from counter_app.central import stations
from counter_app.central.tables import case_file, device, ingest
from counter_app.wire import keys
from counter_app.wire.case_body import NoteBody
from counter_app.wire.header import GENESIS, Op, head_of
from tests.unit.central import rig
from tests.unit.central.conftest import Town
from tests.unit.central.test_backups import hello
from tests.unit.central.test_commands import Printed, run

QUARANTINED = "received:QUARANTINE"


def note(pc: rig.Pc, **more: object) -> Op:
    return pc.write("note", "nobody", NoteBody(what="day_closed"), **more)


def refused(pc: rig.Pc) -> str:
    done = pc.get("/sync/v1/hello")
    assert done.status == 401
    return json.loads(done.body)["code"]


def waiting(town: Town, capsys: Printed, pc: rig.Pc) -> list[dict]:
    told = run(town, capsys, "device", "quarantine")[1]["quarantine"]
    return [row for row in told if row["dev"] == pc.dev]


def released(town: Town, capsys: Printed, pc: rig.Pc, *more: str) -> dict[str, int]:
    return run(town, capsys, "device", "release", "--device", pc.dev, *more)[1]["answers"]


def expire(town: Town, pc: rig.Pc) -> None:
    """As if its certificate had been made long ago."""
    with town.centre.engine.begin() as tx:
        text = tx.execute(sa.select(device.c.cert_text).where(device.c.dev == pc.dev)).scalar_one()
        old = json.dumps({**json.loads(text), "not_after": "2026-11-22"})
        tx.execute(device.update().where(device.c.dev == pc.dev).values(cert_text=old))


def status(town: Town, case_id: str) -> str | None:
    query = sa.select(case_file.c.status).where(case_file.c.case_id == case_id)
    with town.centre.engine.begin() as tx:
        return tx.execute(query).scalar()


def test_a_revoked_pcs_work_is_judged_in_order_once_released(
    town: Town, fresh: rig.Pc, capsys: Printed
) -> None:
    assert fresh.results(note(fresh)) == ["received"]
    with town.centre.engine.begin() as tx:
        assert stations.revoke(town.centre, tx, fresh.dev)
    who = town.someone()
    first, _, early = fresh.submit(who)
    second, _, late = fresh.submit(who)
    # the later one comes first, and the whole of it twice
    assert fresh.results(early, late) == [QUARANTINED, QUARANTINED]
    assert fresh.results(early, late) == [QUARANTINED, QUARANTINED]
    assert (status(town, first), status(town, second)) == (None, None)
    (row,) = waiting(town, capsys, fresh)
    assert (row["state"], row["ep"], row["entries"], row["unvouched"]) == ("revoked", 1, 2, 0)
    assert (row["first"], row["last"], row["forked"]) == (2, 3, 0)
    assert released(town, capsys, fresh) == {"accepted": 1, "held:DUP_ENROL": 1}
    assert (status(town, first), status(town, second)) == ("accepted", "held")
    assert waiting(town, capsys, fresh) == []
    assert released(town, capsys, fresh) == {}
    # its work counts, but it stays without standing
    assert refused(fresh) == "revoked"
    assert fresh.results(note(fresh)) == [QUARANTINED]


def test_an_expired_pc_is_refused_by_name_and_renewed(
    town: Town, fresh: rig.Pc, capsys: Printed
) -> None:
    assert fresh.results(note(fresh)) == ["received"]
    expire(town, fresh)
    assert refused(fresh) == "expired"
    case_id, _, op = fresh.submit(town.someone())
    assert fresh.results(op) == [QUARANTINED]
    assert waiting(town, capsys, fresh)[0]["state"] == "expired"
    listed = run(town, capsys, "device", "list")[1]["devices"]
    assert {"dev": fresh.dev, "state": "expired", "until": "2026-11-22"}.items() <= {
        k: v for row in listed if row["dev"] == fresh.dev for k, v in row.items()
    }.items()
    with town.centre.engine.begin() as tx:
        # as the county makes it: its own signature again
        cert = tx.execute(sa.select(device).where(device.c.dev == fresh.dev)).one()
        sig = keys.text(keys.sign(town.centre.sign_private, cert.cert_text.encode()))
        tx.execute(device.update().where(device.c.dev == fresh.dev).values(cert_sig=sig))
    assert run(town, capsys, "device", "renew", "--device", fresh.dev)[0] == 0
    assert hello(fresh).n_contig == 1
    assert released(town, capsys, fresh) == {"accepted": 1}
    assert status(town, case_id) == "accepted"
    at = hello(fresh)
    assert (at.n_contig, at.head) == (2, fresh.head)


def test_a_certificates_last_day_is_a_whole_day(town: Town, fresh: rig.Pc) -> None:
    with town.centre.engine.begin() as tx:
        text = tx.execute(
            sa.select(device.c.cert_text).where(device.c.dev == fresh.dev)
        ).scalar_one()
    last = dt.date.fromisoformat(json.loads(text)["not_after"])
    began = town.centre.clock.at
    here = dt.date(2026, 11, 23)
    town.centre.clock.move(days=(last - here).days)
    try:
        assert fresh.get("/sync/v1/hello").status == 200
        town.centre.clock.move(days=1)
        assert refused(fresh) == "expired"
    finally:
        town.centre.clock.at = began


def clone(pc: rig.Pc) -> rig.Pc:
    """The same disk in another PC."""
    return rig.Pc(**{name: getattr(pc, name) for name in pc.__dataclass_fields__} | {"ops": []})


def test_a_cloned_disk_is_seen_and_both_branches_are_kept(
    town: Town, fresh: rig.Pc, capsys: Printed
) -> None:
    assert fresh.results(note(fresh)) == ["received"]
    other = clone(fresh)
    assert fresh.results(note(fresh)) == ["received"]
    theirs = note(other)
    assert other.results(theirs) == ["device_forked"]
    with town.centre.engine.begin() as tx:
        kept = sa.select(ingest.c.sha).where(ingest.c.dev == fresh.dev, ingest.c.n == 2)
        assert {s.hex() for s in tx.execute(kept).scalars()} == {
            fresh.head,
            head_of(theirs.header),
        }
    # an honest restore from a copy looks the same: both go on, and the county is shown the fork
    assert other.results(theirs) == ["device_forked"], "asked again it is answered again"
    other.ep = 2
    mine, _, op = fresh.submit(town.someone())
    strange, _, odd = other.submit(town.someone())
    assert fresh.results(op) == other.results(odd) == ["accepted"]
    (row,) = waiting(town, capsys, fresh)
    assert (row["ep"], row["entries"], row["forked"], row["state"]) == (1, 1, 1, "enrolled")
    assert listed(town, capsys, fresh) == (1, 1)
    assert released(town, capsys, fresh, "--epoch", "2") == {}
    assert (status(town, mine), status(town, strange)) == ("accepted", "accepted")
    assert hello(fresh).ep == 2
    # let out, it counts, but the chain stays the one of the first branch
    assert released(town, capsys, fresh) == {"received": 1}
    assert listed(town, capsys, fresh) == (0, 0)
    assert other.results(theirs) == ["duplicate"]
    done = rig.read_ops(fresh.send(note(fresh)))
    assert ([r.r for r in done.results], done.n_contig) == (["received"], 4)
    assert (done.head, waiting(town, capsys, fresh)) == (fresh.head, [])


def listed(town: Town, capsys: Printed, pc: rig.Pc) -> tuple[int, int]:
    """What the list of PCs shows of one: entries set apart, and how many of them forked."""
    rows = run(town, capsys, "device", "list")[1]["devices"]
    return next((r["quarantined"], r["forked"]) for r in rows if r["dev"] == pc.dev)


def test_a_second_branch_that_shows_only_when_released_waits_for_another_look(
    town: Town, fresh: rig.Pc, capsys: Printed
) -> None:
    with town.centre.engine.begin() as tx:
        assert stations.revoke(town.centre, tx, fresh.dev)
    other = clone(fresh)
    first, _, mine = fresh.submit(town.someone())
    second, _, theirs = other.submit(town.someone())
    assert fresh.results(mine) == other.results(theirs) == [QUARANTINED]
    assert released(town, capsys, fresh) == {"accepted": 1, "device_forked": 1}
    assert (status(town, first), status(town, second)) == ("accepted", None)
    assert listed(town, capsys, fresh) == (1, 1)
    assert released(town, capsys, fresh) == {"accepted": 1}
    assert status(town, second) == "accepted"
    assert listed(town, capsys, fresh) == (0, 0)


def test_what_nobody_vouched_for_is_not_released(
    town: Town, fresh: rig.Pc, capsys: Printed
) -> None:
    smuggled = note(fresh)
    fresh.n, fresh.head = 0, GENESIS
    true = note(fresh)
    assert fresh.results(smuggled, true) == [QUARANTINED, "received"]
    (row,) = waiting(town, capsys, fresh)
    assert (row["entries"], row["unvouched"]) == (1, 1)
    assert released(town, capsys, fresh) == {}
    assert waiting(town, capsys, fresh) == [row]


def test_an_entry_set_apart_is_vouched_for_later_with_its_own_body(
    town: Town, fresh: rig.Pc
) -> None:
    case_id, _, op = fresh.submit(town.someone())
    after = note(fresh)
    assert op.body is not None
    changed = Op(op.header, op.body.replace("13900000", "13900009"))
    fresh_note = note(fresh)
    # the head of another branch doesn't reach it
    stray = rig.Pc(**{n: getattr(fresh, n) for n in fresh.__dataclass_fields__} | {"ops": []})
    stray.n, stray.head, stray.ep = 0, GENESIS, 9
    lone = note(stray)
    assert stray.results(changed, lone) == [QUARANTINED, "received"]
    assert fresh.results(op, after, fresh_note) == ["accepted", "received", "received"]
    assert status(town, case_id) == "accepted"


def test_an_unknown_pc_cannot_be_released(town: Town, pc: rig.Pc, capsys: Printed) -> None:
    stranger = rig.Pc(town.centre, "nobody-B", pc.station, keys.new_signing_key(), b"", b"")
    assert stranger.results(note(stranger)) == [QUARANTINED]
    (row,) = waiting(town, capsys, stranger)
    assert (row["state"], row["unvouched"]) == ("unknown", 1)
    code, _, err = run(town, capsys, "device", "release", "--device", "nobody-B")
    assert (code, "没有这台电脑" in err) == (2, True)


@pytest.mark.parametrize("call", ["feed", "boot", "frame", "hello"])
def test_no_call_gives_data_without_standing(town: Town, fresh: rig.Pc, call: str) -> None:
    expire(town, fresh)
    named = {"name": "codes", "after": "0", "limit": "", "sha": "0" * 64}
    done = fresh.get(f"/sync/v1/{call}/codes", named)
    assert (done.status, b"expired" in done.body) == (401, True)
