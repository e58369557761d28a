"""Where this PC's chain of entries stands, and how far the centre says to hold it."""

from dataclasses import dataclass

from counter_app.services.context import Counter
from counter_app.store import journal
from counter_app.store.transaction import read
from counter_app.sync.push import told


@dataclass(frozen=True, slots=True)
class ChainHead:
    """The station's chain: newest entry and head; and the centre's, as last told."""

    dev: str
    n: int
    head: str
    pending: int
    centre_n: int
    centre_head: str

    @property
    def equal(self) -> bool:
        """Whether every entry arrived, unaltered."""
        return (self.n, self.head) == (self.centre_n, self.centre_head)


def chain_head(counter: Counter) -> ChainHead:
    """Read both heads."""
    with read(counter.station) as tx:
        tip, waiting, centre = journal.tip(tx), journal.pending_count(tx), told(tx)
    return ChainHead(counter.identity.dev, tip.n, tip.head, waiting, *centre)
