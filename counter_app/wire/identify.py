"""Asking who somebody is: /person/find and /evoucher/decode (SYNC §2). Neither is ever kept for later."""

import msgspec

OK, EXPIRED, USED = "ok", "expired", "used"
OTHER_REGION, UNKNOWN = "other_region", "unknown"
"""Outcomes of a decoding; only `ok` brings a person."""
LONGEST_PURPOSE = 40

Cells = dict[str, str]
"""A row of feed persons or households by column name."""


class FindRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A clerk asks for somebody by certificate number, or by whole name and birth date (yyyy-mm-dd)."""

    clerk: str
    purpose: str
    certno: str = ""
    name: str = ""
    birth: str = ""

    def __repr__(self) -> str:
        return f"FindRequest({self.clerk})"


class MaskedMatch(msgspec.Struct, frozen=True, kw_only=True):
    """What tells people of one name and birth date apart, nothing more."""

    name: str
    gend: str
    birth: str
    place: str
    """County, town and village."""
    head: str
    tail: str


class FindReply(msgspec.Struct, frozen=True, kw_only=True):
    """Asked by number: the person and household, or nothing; asked by name: masked matches."""

    person: Cells | None = None
    household: Cells | None = None
    matches: tuple[MaskedMatch, ...] = ()
    more: bool = False


class VoucherRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A scanned e-voucher token; it is shown to nobody and kept by nobody."""

    token: str
    station: str
    clerk: str
    purpose: str

    def __repr__(self) -> str:
        return f"VoucherRequest({self.station}, {self.clerk})"


class VoucherReply(msgspec.Struct, frozen=True, kw_only=True):
    """Whose the token is, or why nobody can be told."""

    outcome: str
    person: Cells | None = None
    household: Cells | None = None
