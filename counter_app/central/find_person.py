"""POST /person/find: people of the whole county, for a clerk who has them at the window."""

import msgspec
import sqlalchemy as sa

from counter_app.central import lookups, roster
from counter_app.central.centre import Centre
from counter_app.central.devices import Device
from counter_app.central.lookups import Asker
from counter_app.central.replies import Reply, RequestRefused, reply
from counter_app.central.roster import PersonRow
from counter_app.domain.person.model import Household, place_of, subject_key
from counter_app.kernel import dates, masking, resident_id
from counter_app.wire.identify import FindReply, FindRequest, MaskedMatch

MOST = 8
"""So many masked matches; a name and a birth date that fit more people tell nobody apart."""


def find_person(centre: Centre, tx: sa.Connection, asker: Device, body: bytes) -> Reply:
    """A prefill for a certificate number, masked matches for a name with a birth date.

    Raises:
        RequestRefused: 400 schema or purpose, 409 clerk_unknown.
    """
    try:
        asked = msgspec.json.decode(body, type=FindRequest)
    except msgspec.DecodeError as error:
        raise RequestRefused(400, "schema", "not a FindRequest") from error
    who = Asker(asker, asked.clerk, asked.purpose)
    lookups.admit(tx, who)
    if asked.certno:
        return _by_number(centre, tx, who, asked.certno)
    if asked.name and dates.iso(asked.birth):
        return _by_name(centre, tx, who, asked)
    raise RequestRefused(400, "schema", "a number, or a name with a birth date")


def _by_number(centre: Centre, tx: sa.Connection, who: Asker, certno: str) -> Reply:
    parsed = resident_id.parse(certno)
    found = lookups.prefill(tx, parsed.number if parsed else certno.strip().upper())
    if found is None:
        lookups.note(centre, tx, who, "number", "none")
        return reply(FindReply())
    row, house = found
    key = subject_key(row["cert_type"], row["certno"])
    lookups.note(centre, tx, who, "number", "one", key)
    return reply(FindReply(person=row, household=house))


def _by_name(centre: Centre, tx: sa.Connection, who: Asker, asked: FindRequest) -> Reply:
    rows = roster.named(tx, asked.name, asked.birth, MOST + 1)
    houses = roster.households(tx, sorted({row["household"] for row in rows} - {""}))
    lookups.note(centre, tx, who, "name", str(min(len(rows), MOST)) if rows else "none")
    shown = tuple(_masked(row, houses.get(row["household"])) for row in rows[:MOST])
    return reply(FindReply(matches=shown, more=len(rows) > MOST))


def _masked(row: PersonRow, house: Household | None) -> MaskedMatch:
    return MaskedMatch(
        name=masking.name(row["name"]),
        gend=row["gend"],
        birth=row["birth"],
        place=place_of(row["addr"], row["village"]),
        head=masking.name(house.head_name) if house else "",
        tail=masking.tail(row["certno"]),
    )
