"""Who may look people up, and the log of it: who asked, how, why, whom it showed (SYNC §2)."""

from dataclasses import dataclass

import sqlalchemy as sa

from counter_app.central import roster, stations
from counter_app.central.centre import Centre
from counter_app.central.devices import Device
from counter_app.central.replies import RequestRefused
from counter_app.central.tables import lookup
from counter_app.wire.identify import LONGEST_PURPOSE, Cells


@dataclass(frozen=True, slots=True)
class Asker:
    """The device, the clerk at it and what for."""

    device: Device
    clerk: str
    purpose: str


def admit(tx: sa.Connection, asker: Asker) -> None:
    """Only a clerk with an open account of the station, and only for a purpose.

    Raises:
        RequestRefused: 409 clerk_unknown, 400 purpose.
    """
    if stations.find_clerk(tx, asker.device.station, asker.clerk) is None:
        raise RequestRefused(409, "clerk_unknown")
    if not asker.purpose.strip() or len(asker.purpose) > LONGEST_PURPOSE:
        raise RequestRefused(400, "purpose")


def note(
    centre: Centre, tx: sa.Connection, asker: Asker, how: str, outcome: str, subject: str = ""
) -> None:
    """Write a look-up down; `subject` is the key of the one person shown, never what was asked by."""
    tx.execute(
        lookup.insert().values(
            at=centre.clock.now_ms(),
            dev=asker.device.dev,
            station=asker.device.station,
            clerk=asker.clerk,
            purpose=asker.purpose,
            how=how,
            outcome=outcome,
            subject=subject,
        )
    )


def prefill(tx: sa.Connection, certno: str) -> tuple[Cells, Cells | None] | None:
    """A person's row and their household's, None where the roster has nobody of that number."""
    row = roster.people(tx, [certno]).get(certno)
    if row is None:
        return None
    houses = roster.household_rows(tx, [row["household"]] if row["household"] else [])
    return row, next(iter(houses), None)
