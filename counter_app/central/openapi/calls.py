"""What each call takes and answers: one row per route, with examples that a test sends (SYNC §2)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from counter_app.wire import identify
from counter_app.wire import messages as says

SIGNED = {
    400: ("digest",),
    401: ("clock", "unknown_device", "signature", "revoked", "expired"),
    426: ("proto",),
}
"""What any signed call may be refused with."""


@dataclass(frozen=True, slots=True)
class Example:
    """A request and its answer: the status, and the code of a refusal or the members of the answer that are so."""

    name: str
    asked: object = None
    """A message as plain values, or bytes."""
    status: int = 200
    says: Mapping[str, object] = field(default_factory=dict)
    named: Mapping[str, str] = field(default_factory=dict)
    signed: bool = True
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Call:
    """A route. `asked` and `answers` are message types, or `bytes` for what is no JSON."""

    method: str
    path: str
    summary: str
    answers: Mapping[int, type]
    asked: type | None = None
    signed: bool = True
    refused: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    examples: tuple[Example, ...] = ()

    def refusals(self) -> dict[int, tuple[str, ...]]:
        """Codes by status, with what every call may be refused with."""
        found = dict(SIGNED) if self.signed else {}
        for status, codes in self.refused.items():
            found[status] = (*found.get(status, ()), *codes)
        if self.asked is not None:
            found[413] = ("too_large",)
        return {**found, 503: ("busy",)}


def _code(word: str) -> dict[str, object]:
    return {"code": word}


_ENROL = {
    "code": "AAAA-AAAA-AAAA-AAAA",
    "sign_key": "A" * 43,
    "seal_key": "A" * 43,
    "escrow": "",
    "machine": "",
}
_RFC_8037 = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
"""A public key of everybody's: the example of RFC 8037, appendix A.2."""
_FIND = {"clerk": "0312", "purpose": "参保登记"}
_DIGEST = {"epoch": "", "seq": 0, "root": ""}
_TOKEN = {"token": "x", "clerk": "0312", "purpose": "参保登记"}

CALLS = (
    Call(
        "POST",
        "/enrol",
        "A PC asks to be one of a station's, with the one-time code of its administrator.",
        {200: says.EnrolReply, 202: says.EnrolReply},
        asked=says.EnrolRequest,
        signed=False,
        refused={
            400: ("schema",),
            404: ("code_unknown",),
            409: ("code_used", "station_full"),
            410: ("code_expired",),
        },
        examples=(
            Example("unknown_code", _ENROL, 404, _code("code_unknown"), signed=False),
            Example("no_keys", {**_ENROL, "sign_key": "AA"}, 400, _code("schema"), signed=False),
        ),
    ),
    Call(
        "GET",
        "/hello",
        "The centre's time and epoch, how far this PC's chain reaches, the heads of its feeds.",
        {200: says.Hello},
        examples=(
            Example("asked", says={"n_contig": 0}),
            Example("unsigned", status=400, says=_code("digest"), signed=False),
        ),
    ),
    Call(
        "POST",
        "/ops",
        "Entries of the journal: zstd over NDJSON of [header, body]. Stored raw, then judged, one by one.",
        {200: says.OpsReply},
        asked=bytes,
        signed=False,
        headers={
            "X-Device": "the PC",
            "Content-Digest": "sha-256=:…: of the body",
            "X-Dict": "the dictionary the entries were packed with, zstd for none",
            "X-Chain": "device epoch, number and head after the last entry, by points",
            "X-Chain-Sig": "the PC's signature over that head",
        },
        refused={400: ("digest", "broken", "chain"), 401: ("chain_signature",)},
        examples=(
            Example("no_frame", b"{}", 400, _code("digest"), signed=False),
            Example("no_batch", b"{}", 400, _code("broken")),
        ),
    ),
    Call(
        "POST",
        "/ops:have",
        "Which of these [id, first 16 digits of the chain head] pairs of this PC are stored and vouched for.",
        {200: says.HaveReply},
        asked=list[tuple[str, str]],
        refused={400: ("broken", "too_many")},
        examples=(
            Example("none", [], says={"known": ""}),
            Example(
                "strange", [["00000000-0000-7000-8000-000000000000", "0"]], says={"known": "0"}
            ),
            Example("no_pairs", {}, 400, _code("broken")),
        ),
    ),
    Call(
        "POST",
        "/access",
        "Rows of the access log: zstd over one row a line, vouched for by the signed head.",
        {200: says.AccessReply},
        asked=bytes,
        headers={
            "X-Chain": "device epoch, number and head after the last row, by points",
            "X-Chain-Sig": "the PC's signature over that head",
        },
        refused={400: ("broken", "chain"), 401: ("chain_signature",)},
        examples=(
            Example("no_chain", b"{}", 400, _code("chain")),
            Example("unsigned", b"{}", 400, _code("digest"), signed=False),
        ),
    ),
    Call(
        "POST",
        "/courier",
        "A sealed bundle (.ylb) that somebody carried; it says and proves itself whose it is.",
        {200: says.OpsReply},
        asked=bytes,
        signed=False,
        headers={"Content-Digest": "sha-256=:…: of the body, where the carrier sends one"},
        refused={400: ("bundle", "chain_signature", "digest")},
        examples=(Example("no_bundle", b"{}", 400, _code("bundle"), signed=False),),
    ),
    Call(
        "POST",
        "/send-key",
        "The centre's word for the key this PC signs with while nobody has logged in.",
        {200: says.SendKeyReply},
        asked=says.SendKeyRequest,
        refused={400: ("schema",)},
        examples=(
            Example("taken", {"send_key": _RFC_8037}),
            Example("no_key", {"send_key": "AA"}, 400, _code("schema")),
            Example("unsigned", {"send_key": _RFC_8037}, 400, _code("digest"), signed=False),
        ),
    ),
    Call(
        "GET",
        "/sent",
        "Time and epoch for a PC with nobody logged in: signed by its sending key and by no other.",
        {200: says.Sent},
        examples=(
            Example("by_the_main_key", status=401, says=_code("signature")),
            Example("unsigned", status=400, says=_code("digest"), signed=False),
        ),
    ),
    Call(
        "POST",
        "/rekey",
        "The data key's escrow, sealed anew to this PC, for the one-time code the county gave its clerk.",
        {200: says.RekeyReply},
        asked=says.RekeyRequest,
        refused={
            400: ("schema",),
            404: ("code_unknown", "no_such_pc"),
            409: ("code_used", "no_escrow"),
            410: ("code_expired",),
        },
        examples=(
            Example("no_request", {}, 400, _code("schema")),
            Example("unsigned", {}, 400, _code("digest"), signed=False),
        ),
    ),
    Call(
        "POST",
        "/person/find",
        "Somebody by number, or masked matches by whole name and birth date; logged on both sides.",
        {200: identify.FindReply},
        asked=identify.FindRequest,
        refused={400: ("schema",), 403: ("scope",), 409: ("clerk_unknown",)},
        examples=(
            Example("nobody", {**_FIND, "certno": "000000000000000000"}, says={"person": None}),
            Example("half_a_question", {**_FIND, "name": "某"}, 400, _code("schema")),
        ),
    ),
    Call(
        "POST",
        "/evoucher/decode",
        "Whose e-voucher this is, once; the token is kept by nobody.",
        {200: identify.VoucherReply},
        asked=identify.VoucherRequest,
        refused={400: ("schema",), 403: ("scope",), 409: ("clerk_unknown",)},
        examples=(
            Example("other_station", {**_TOKEN, "station": "0"}, 403, _code("scope")),
            Example("no_request", {}, 400, _code("schema")),
        ),
    ),
    Call(
        "GET",
        "/feed/{name}",
        "A page of a feed after a cursor: a length of four bytes, then a zstd frame.",
        {200: bytes},
        query={"after": "the newest number the PC has", "limit": "rows a page at most"},
        refused={400: ("number",), 403: ("scope",), 410: ("cursor_gone",)},
        examples=(
            Example("codes", named={"name": "codes"}),
            Example("strange", status=403, says=_code("scope"), named={"name": "persons.0"}),
        ),
    ),
    Call(
        "POST",
        "/digest/{name}",
        "Whether a PC holds a feed as it is here, told by 32 bytes; which of 256 parts are not, by pairs.",
        {200: says.DigestReply},
        asked=says.DigestAsked,
        refused={400: ("schema",), 403: ("scope",)},
        examples=(
            Example("another_time", _DIGEST, says={"state": "moved"}, named={"name": "codes"}),
            Example("no_root", {}, 400, _code("schema"), named={"name": "codes"}),
            Example("strange", _DIGEST, 403, _code("scope"), named={"name": "persons.0"}),
        ),
    ),
    Call(
        "GET",
        "/boot/{name}",
        "What a first filling of a feed consists of.",
        {200: says.Manifest},
        refused={403: ("scope",)},
        examples=(
            Example("codes", named={"name": "codes"}),
            Example("strange", status=403, says=_code("scope"), named={"name": "persons.0"}),
        ),
    ),
    Call(
        "GET",
        "/frame/{sha}",
        "A frame of a first filling, whole or from an offset on.",
        {200: bytes, 206: bytes},
        headers={"Range": "bytes=first-last"},
        refused={404: ("no_such_frame",), 416: ("range",)},
        examples=(
            Example("none", status=404, says=_code("no_such_frame"), named={"sha": "0" * 64}),
        ),
    ),
)


def plain(asked: object) -> bytes:
    """An example's body as it is sent."""
    if asked is None:
        return b""
    return asked if isinstance(asked, bytes) else msgspec.json.encode(asked)
