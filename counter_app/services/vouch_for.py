"""This PC's signature over its chain up to an entry."""

from counter_app.services.context import Identity
from counter_app.store.journal import Pending
from counter_app.wire import keys
from counter_app.wire.courier import SignedHead
from counter_app.wire.header import head_message, read_header


def vouch_for(who: Identity, entry: Pending) -> SignedHead:
    """The signed head after the entry."""
    epoch = read_header(entry.op.header).ep
    message = head_message(who.dev, epoch, entry.n, entry.head)
    sig = keys.text(keys.sign(who.sign_private, message))
    return SignedHead(ep=epoch, n=entry.n, head=entry.head, sig=sig)
