"""Requests and replies of /sync/v1 as far as the endpoints in use go."""

import msgspec

from counter_app.wire.conflict import Conflict


class EnrolRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A PC asks to be one of the station's; keys in base64url."""

    code: str
    sign_key: str
    seal_key: str
    escrow: str
    """The data key sealed to the centre's escrow key; "" on the first call, which fetches that key."""
    machine: str


class CertBody(msgspec.Struct, frozen=True, kw_only=True):
    """What the centre vouches for."""

    dev: str
    station: str
    station_name: str
    letter: str
    scopes: tuple[str, ...]
    sign_key: str
    seal_key: str
    epoch: int
    not_after: str
    revoked_on: str = ""
    """yyyy-mm-dd from which on the device's signatures count for nothing; what it signed before stays good."""


class Certificate(msgspec.Struct, frozen=True):
    """A certificate's canonical text and the centre's signature over it."""

    text: str
    sig: str


class EnrolReply(msgspec.Struct, frozen=True, kw_only=True):
    """state: `waiting` (202), `send_escrow`, or `enrolled`."""

    state: str
    centre_sign_key: str = ""
    centre_seal_key: str = ""
    cert: Certificate | None = None
    station: "StationFacts | None" = None
    clerk: str = ""
    clerk_name: str = ""
    clerk_rights: tuple[str, ...] = ()
    """The first clerk of this PC, who sets the first passphrase."""


class StationFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What a station prints and shows of itself."""

    code: str
    name: str
    phone: str
    hours: str
    county: str
    county_phone: str
    window: str


class Hello(msgspec.Struct, frozen=True, kw_only=True):
    """The centre's state as this device needs it."""

    time_ms: int
    epoch: str
    min_app: str
    poll_after: int
    n_contig: int
    head: str
    durable_n: int
    feeds: dict[str, int]
    """Feed name -> newest sequence number."""
    seal_key: str = ""
    """The key to which this device seals what only the centre may read; "" from an older centre."""
    seal_sig: str = ""
    """The centre's sign key over it (wire.centre_key); without it the key counts for nothing."""
    ep: int = 0
    """The device epoch `n_contig` and `head` are of; 0 from a centre that does not say."""
    protos: tuple[int, ...] = ()
    """Versions of the protocol the centre speaks; none named: the first."""
    dicts: tuple[str, ...] = ()
    """Dictionaries it can read entries with."""


class SendKeyRequest(msgspec.Struct, frozen=True, kw_only=True):
    """The public half of the key this PC signs with while nobody has logged in; base64url."""

    send_key: str


class SendKeyReply(msgspec.Struct, frozen=True, kw_only=True):
    """The centre's word for it (wire.send_key)."""

    cert: Certificate


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """All that a PC learns by its sending key: the time, and whether the centre went back in time since."""

    time_ms: int
    epoch: str


class OpResult(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to one entry. r: accepted, duplicate, received, held:*, rejected:*, id_reused, device_forked."""

    id: str
    r: str
    text: str = ""


class HaveReply(msgspec.Struct, frozen=True, kw_only=True):
    """Which of the entries asked for are stored and vouched for: a 1 or a 0 each, in their order."""

    known: str


class OpsReply(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to a batch."""

    epoch: str
    results: tuple[OpResult, ...]
    n_contig: int
    head: str
    durable_n: int
    time_ms: int


class AccessReply(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to rows of the access log: up to which the centre has all of this epoch, and the head there.

    `forked_at` is the first row of which the centre has another one under the same number, else 0.
    """

    k_contig: int
    head: str
    time_ms: int
    forked_at: int = 0


class FeedHead(msgspec.Struct, frozen=True, kw_only=True):
    """First line of a frame: columns, the range it covers, newest number, and the rows' hash."""

    cols: tuple[str, ...]
    since: int
    to: int
    newest: int
    epoch: str
    sha: str
    feed: str = ""
    """Whose rows these are: a reply that answers another question is no reply ("": an older centre)."""
    gaps: tuple[int, ...] = ()
    """The rows' sequence numbers (`wire.revs`), none from an older centre."""


class DigestAsked(msgspec.Struct, frozen=True, kw_only=True):
    """What a station holds of a feed (`wire.digest`): as of when, its root, and the pairs where asked."""

    epoch: str
    seq: int
    root: str
    pairs: tuple[tuple[int, int], ...] = ()


class DigestReply(msgspec.Struct, frozen=True, kw_only=True):
    """state: `equal`, `different` (`buckets` where pairs were sent), or `moved`: no verdict."""

    state: str
    buckets: tuple[int, ...] = ()


class FrameRef(msgspec.Struct, frozen=True, kw_only=True):
    """One content-addressed frame of a first filling."""

    sha256: str
    bytes: int
    rows: int


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """A first filling: the frames and the sequence number they are complete up to."""

    seq: int
    epoch: str
    frames: tuple[FrameRef, ...]


class RekeyRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A clerk with the county's one-time code asks for the data key, sealed to this device."""

    code: str
    clerk: str
    sealed: str = ""
    """The sealed keys of a backup, where a PC takes the place of one of its station that is gone."""


class RekeyReply(msgspec.Struct, frozen=True, kw_only=True):
    """The data key sealed to the device's X25519 key, and whose code it was.

    Of a backup: the data key of the PC that made it; `opened` are that PC's keys, sealed likewise.
    """

    sealed: str
    opened: str = ""
    clerk: str
    clerk_name: str
    clerk_rights: tuple[str, ...] = ()


PACK_LATER = "PACK_LATER"
"""Code of a decision that moves nothing: a pack published later settles the accepted case otherwise."""


class DecisionBody(msgspec.Struct, frozen=True, kw_only=True):
    """A row of feed decisions: what the centre decided on a case, in the citizen's terms.

    `points` are (what is wrong or missing, how to mend it, on what ground), all at once.
    """

    case_no: str
    case_id: str
    rev: int
    kind: str
    """accepted, held, rejected, voided"""
    code: str
    text: str
    points: tuple[tuple[str, str, str], ...] = ()
    who_comes: str = ""
    meanwhile: str = ""
    until: str = ""
    phone: str = ""
    decided_at: int = 0
    field: str = ""
    """The form's field the first point is about (`members[0].years`), "" where it is about none."""
    conflict: Conflict | None = None
    """Of a held case, field by field; older stations leave it out."""


class ErrorReply(msgspec.Struct, frozen=True, kw_only=True):
    """A refusal by code; `text` is for the log of an administrator, never parsed."""

    code: str
    text: str = ""
    time_ms: int = 0
    epoch: str = ""
    """To a PC that gets no data any more: it must still learn that the centre went back in time."""
