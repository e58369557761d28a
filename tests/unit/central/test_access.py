"""POST /access at the centre: stored raw, chained, repeatable; gaps and forks named."""

import msgspec
import pytest
import sqlalchemy as sa

from counter_app.central.replies import Reply
from counter_app.central.tables import access_head, access_row
from counter_app.central.take_access import Standing, standing
from counter_app.wire import batch, keys
from counter_app.wire.access_row import access_message, row_head, row_text
from counter_app.wire.header import GENESIS
from counter_app.wire.messages import AccessReply
from tests.unit.central import rig
from tests.unit.central.conftest import Town


def log(count: int, after: int = 0, prev: str = GENESIS, clerk: str = "0312") -> list[str]:
    texts = []
    for k in range(after + 1, after + count + 1):
        row = {"at": k, "clerk": clerk, "what": "open", "subject": "01:x", "why": ""}
        texts.append(row_text(k, prev, row))
        prev = row_head(texts[-1])
    return texts


def post(pc: rig.Pc, texts: list[str], ep: int = 1, **more: str) -> Reply:
    k, head = msgspec.json.decode(texts[-1])["k"], row_head(texts[-1])
    head = more.get("head", head)
    sig = keys.sign(pc.sign_private, access_message(pc.dev, ep, k, head))
    body = batch.pack_lines(texts) if "body" not in more else more["body"].encode()
    named = {"x_chain": f"{ep}.{k}.{head}", "x_chain_sig": more.get("sig", keys.text(sig))}
    return pc.post("/sync/v1/access", body, **named)


def sent(pc: rig.Pc, texts: list[str], ep: int = 1) -> AccessReply:
    done = post(pc, texts, ep)
    assert done.status == 200, done.body
    return msgspec.json.decode(done.body, type=AccessReply)


def stood(town: Town, pc: rig.Pc) -> list[Standing]:
    with town.centre.engine.begin() as tx:
        return standing(tx, pc.dev)


def test_rows_are_kept_as_they_came_and_twice_is_once(town: Town, fresh: rig.Pc) -> None:
    texts = log(7)
    for _ in range(2):
        reply = sent(fresh, texts[:5])
        assert (reply.k_contig, reply.head, reply.forked_at) == (5, row_head(texts[4]), 0)
    # overlapping what is there
    assert sent(fresh, texts[3:]).k_contig == 7
    with town.centre.engine.begin() as tx:
        mine = access_row.c.dev == fresh.dev
        rows = tx.execute(sa.select(access_row.c.text).where(mine).order_by(access_row.c.k))
        assert list(rows.scalars()) == texts
        heads = sa.select(sa.func.count()).where(access_head.c.dev == fresh.dev)
        assert tx.execute(heads).scalar_one() == 3
    assert stood(town, fresh) == [Standing(1, 7, 7, 0, 0)]


def test_a_gap_is_named_until_it_is_filled(town: Town, fresh: rig.Pc) -> None:
    texts = log(6)
    assert sent(fresh, texts[:2]).k_contig == 2
    assert sent(fresh, texts[4:]).k_contig == 2
    assert stood(town, fresh) == [Standing(1, 2, 4, 2, 0)]
    assert sent(fresh, texts[2:4]).k_contig == 6
    assert stood(town, fresh) == [Standing(1, 6, 6, 0, 0)]


def test_a_fork_is_stored_and_named_and_goes_on_as_an_epoch(town: Town, fresh: rig.Pc) -> None:
    texts = log(5)
    sent(fresh, texts)
    other = log(4, after=3, prev=row_head(texts[2]), clerk="0315")
    reply = sent(fresh, [*texts[:3], *other])
    assert (reply.forked_at, reply.k_contig) == (4, 5)
    later = log(1, after=7, prev=row_head(other[-1]), clerk="0315")
    again = sent(fresh, other, ep=2)
    assert (again.forked_at, again.k_contig) == (0, 7)
    assert sent(fresh, later, ep=2).k_contig == 8
    first, second = stood(town, fresh)
    assert (first.k_contig, first.forked_at, first.rows) == (5, 4, 9)
    assert second == Standing(2, 8, 5, 0, 0)


def test_an_epoch_whose_beginning_is_not_here_waits(town: Town, fresh: rig.Pc) -> None:
    texts = log(5)
    assert sent(fresh, texts[3:], ep=2).k_contig == 0
    assert sent(fresh, texts[:3]).k_contig == 3
    assert sent(fresh, texts[3:], ep=2).k_contig == 5


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"sig": keys.text(b"x" * 64)}, 401, "chain_signature"),
        ({"head": "0" * 64}, 400, "chain"),
        ({"body": "no frame"}, 400, "broken"),
    ],
)
def test_what_is_not_vouched_for_is_not_kept(
    town: Town, pc: rig.Pc, change: dict[str, str], status: int, code: str
) -> None:
    done = post(pc, log(2), **change)
    assert (done.status, msgspec.json.decode(done.body)["code"]) == (status, code)
    assert stood(town, pc) == []


def test_rows_that_do_not_follow_are_refused(town: Town, pc: rig.Pc) -> None:
    texts = log(3)
    for bad in ([texts[0], texts[2]], [texts[0], texts[1].replace("open", "shut"), texts[2]]):
        assert post(pc, bad).status == 400
    assert post(pc, ["{}"[:1] + '"k":1}']).status == 400
    assert stood(town, pc) == []
