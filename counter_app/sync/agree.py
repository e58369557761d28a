"""After a feed was brought to its newest row: whether this PC holds it as the centre does (SYNC §9)."""

import logging
from urllib.parse import quote

from counter_app.store import disagreements, feed_digest, reference
from counter_app.store.feed_rows import shares_table
from counter_app.store.transaction import read, write
from counter_app.sync.client import Client
from counter_app.sync.desk import Desk
from counter_app.sync.transport import decode
from counter_app.wire import digest
from counter_app.wire.messages import DigestAsked, DigestReply

DIFFERENT = "different"
_log = logging.getLogger(__name__)


def differs(desk: Desk, client: Client, feed: str) -> bool:
    """Whether rows of the feed are missing here, too many, or of another time.

    What is found is noted for the doctor and in the log; what is well again is noted too.

    Raises:
        SyncFault: the exchange did not come about.
    """
    reply = _asked(desk, client, feed)
    if reply is None:
        return False
    if reply.state != DIFFERENT:
        _note_well(desk, feed)
        return False
    _log.warning("feed %s differs from the centre's in %d of 256 parts", feed, len(reply.buckets))
    with write(desk.station) as tx:
        disagreements.note_differing(tx, feed, len(reply.buckets), desk.clock.now_ms())
    return True


def may_fetch_anew(desk: Desk, feed: str) -> bool:
    """Whether the feed was not fetched anew for this within a day; from now on it was."""
    now = desk.clock.now_ms()
    with read(desk.station) as tx:
        if disagreements.fetched_lately(tx, feed, now):
            return False
    with write(desk.station) as tx:
        disagreements.note_fetched(tx, feed, now)
    return True


def _asked(desk: Desk, client: Client, feed: str) -> DigestReply | None:
    """The centre's verdict; None where there is none to be had."""
    if shares_table(feed, desk.identity.scopes):
        return None
    with read(desk.reference) as tx:
        at = reference.get_cursor(tx, feed)
        ours = feed_digest.figures(tx, feed)
    if at is None or not at.boot_done or ours is None:
        return None
    asked = DigestAsked(epoch=at.epoch, seq=at.seq, root=digest.root(ours))
    reply = _reply(client, feed, asked)
    if reply is None or reply.state != DIFFERENT:
        return reply
    with_pairs = DigestAsked(epoch=at.epoch, seq=at.seq, root=asked.root, pairs=tuple(ours))
    return _reply(client, feed, with_pairs)


def _reply(client: Client, feed: str, asked: DigestAsked) -> DigestReply | None:
    body = client.ask(f"/digest/{quote(feed)}", asked)
    return None if body is None else decode(body, DigestReply)


def _note_well(desk: Desk, feed: str) -> None:
    with read(desk.station) as tx:
        if not disagreements.differs_still(tx, feed):
            return
    with write(desk.station) as tx:
        disagreements.note_well(tx, feed)
