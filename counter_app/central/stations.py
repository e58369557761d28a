"""Stations, their clerks and PCs."""

import msgspec
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from counter_app.central.centre import Centre, get
from counter_app.central.feeds import Pending, publish
from counter_app.central.tables import activation, clerk, device, station
from counter_app.kernel.clock import today
from counter_app.wire import certificate, keys
from counter_app.wire.messages import Certificate, StationFacts

DAY_MS = 24 * 3600 * 1000
_CERT_YEARS = 5


class StationRow(msgspec.Struct, frozen=True, kw_only=True):
    """A station as the county registers it."""

    code: str
    area: str
    name: str
    phone: str
    hours: str
    county: str
    county_phone: str


def add_station(tx: sa.Connection, row: StationRow) -> None:
    """Register a station or change its facts."""
    values = msgspec.to_builtins(row)
    tx.execute(
        insert(station).values(**values).on_conflict_do_update(index_elements=["code"], set_=values)
    )


def find_station(tx: sa.Connection, code: str) -> StationRow | None:
    """A station by its code."""
    row = tx.execute(sa.select(station).where(station.c.code == code)).mappings().first()
    return None if row is None else StationRow(**dict(row))


def facts(row: StationRow, letter: str) -> StationFacts:
    """What a PC of the station prints and shows; its window follows its letter."""
    return StationFacts(
        code=row.code,
        name=row.name,
        phone=row.phone,
        hours=row.hours,
        county=row.county,
        county_phone=row.county_phone,
        window=f"{ord(letter) - ord('A') + 1}号窗口",
    )


def add_clerk(tx: sa.Connection, code: str, number: str, name: str, rights: str) -> None:
    """Give a clerk an account at a station, or change it."""
    values = {"name": name, "rights": rights, "active": True}
    tx.execute(
        insert(clerk)
        .values(station=code, clerk=number, **values)
        .on_conflict_do_update(index_elements=["station", "clerk"], set_=values)
    )
    publish(tx, [Pending(f"clerks.{code}", [number, name, rights, True])])


def close_clerk(tx: sa.Connection, code: str, number: str) -> None:
    """Close an account; the station's PCs learn it from the feed."""
    where = (clerk.c.station == code, clerk.c.clerk == number)
    closed = clerk.update().where(*where).values(active=False)
    for row in tx.execute(closed.returning(clerk.c.name, clerk.c.rights)).all():
        publish(tx, [Pending(f"clerks.{code}", [number, row.name, row.rights, False])])


class ClerkRow(msgspec.Struct, frozen=True):
    """An account."""

    clerk: str
    name: str
    rights: tuple[str, ...]


def find_clerk(tx: sa.Connection, code: str, number: str) -> ClerkRow | None:
    """An active account of the station."""
    query = sa.select(clerk).where(clerk.c.station == code, clerk.c.clerk == number, clerk.c.active)
    row = tx.execute(query).first()
    return None if row is None else ClerkRow(row.clerk, row.name, tuple(row.rights.split()))


def allow_pc(
    tx: sa.Connection, code_sha: bytes, place: tuple[str, str], until: int, *, approved: bool
) -> None:
    """Keep a one-time activation code; `place` is station and first clerk."""
    tx.execute(
        activation.insert().values(
            code_sha=code_sha,
            station=place[0],
            clerk=place[1],
            approved=approved,
            expires_at=until,
        )
    )


def revoke(centre: Centre, tx: sa.Connection, dev: str) -> bool:
    """Refuse a PC from now on; its entries are still taken, into quarantine. False: unknown.

    Its certificate stays on the feed and names the day, so that receipts from before still verify.
    """
    row = tx.execute(sa.select(device).where(device.c.dev == dev).with_for_update()).first()
    if row is None:
        return False
    tx.execute(device.update().where(device.c.dev == dev).values(state="revoked"))
    body = certificate.read(Certificate(row.cert_text, row.cert_sig), keys.raw(centre.sign_public))
    if body is not None and not body.revoked_on:
        marked = msgspec.structs.replace(body, revoked_on=today(centre.clock).isoformat())
        cert = certificate.issue(marked, centre.sign_private)
        publish(tx, [Pending("keys", [dev, cert.text, cert.sig])])
        tx.execute(
            device
            .update()
            .where(device.c.dev == dev)
            .values(cert_text=cert.text, cert_sig=cert.sig)
        )
    return True


def last_day(centre: Centre) -> str:
    """Until when a certificate made today is good."""
    day = today(centre.clock)
    return day.replace(year=day.year + _CERT_YEARS, day=1).isoformat()


def renew(centre: Centre, tx: sa.Connection, dev: str) -> bool:
    """Make a PC's certificate good for years again. False: unknown, never enrolled, or revoked."""
    row = tx.execute(sa.select(device).where(device.c.dev == dev).with_for_update()).first()
    if row is None or row.state == "revoked":
        return False
    body = certificate.read(Certificate(row.cert_text, row.cert_sig), keys.raw(centre.sign_public))
    if body is None:
        return False
    longer = msgspec.structs.replace(body, not_after=last_day(centre))
    cert = certificate.issue(longer, centre.sign_private)
    values = {"cert_text": cert.text, "cert_sig": cert.sig}
    tx.execute(device.update().where(device.c.dev == dev).values(**values))
    publish(tx, [Pending("keys", [dev, cert.text, cert.sig])])
    return True


def approve(tx: sa.Connection, dev: str) -> bool:
    """Let a waiting PC finish its activation. False: none waits by that name."""
    where = (device.c.dev == dev, device.c.state == "waiting")
    return bool(tx.execute(device.update().where(*where).values(state="approved")).rowcount)


def county_phone(tx: sa.Connection, code: str) -> str:
    """Whom a clerk of the station rings."""
    row = find_station(tx, code)
    return row.county_phone if row else get(tx, "county_phone")
