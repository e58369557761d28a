"""A station PC with its profile's small files, for what is sent without any log-in."""

import dataclasses
import secrets
from pathlib import Path

from counter_app.bootstrap import Services, bind
from counter_app.kernel.clock import today
from counter_app.services.context import Counter
from counter_app.services.read_identity import StoredIdentity, save_identity
from counter_app.services.read_sender import read_sender
from counter_app.services.write_entry import Entry, Written, write_entry
from counter_app.store import outgoing, profile
from counter_app.store.transaction import write
from counter_app.sync.desk import Report
from counter_app.sync.send_sealed import send_sealed
from counter_app.wire import courier, keys
from counter_app.wire.case_body import NoteBody
from tests.fakes import station
from tests.fakes.centre import URL, FakeCentre, Line
from tests.fakes.clock import FakeClock

PEM = "-----BEGIN CERTIFICATE-----"


def pc(folder: Path, centre: FakeCentre, *, knows_key: bool = True) -> Services:
    """A PC the centre knows, as it stands on the disk and opened."""
    who = station.identity()
    cert = centre.certify(who.dev, keys.text(keys.signing_public(who.sign_private)))
    public = keys.sealing_public(centre.seal_private) if knows_key else b""
    who = dataclasses.replace(
        who,
        cert_text=cert.text,
        cert_sig=cert.sig,
        centre_sign_key=keys.signing_public(centre.private),
        centre_seal_key=public,
        centre_url=URL,
        ca_pem=PEM,
    )
    centre.know(who)
    made = bind(station.make_counter(folder, FakeClock(), identity=who))
    stored = StoredIdentity(
        dev=who.dev,
        letter=who.letter,
        station=who.station,
        scopes=tuple(who.scopes),
        cert_text=cert.text,
        cert_sig=cert.sig,
        centre_sign_key=keys.text(who.centre_sign_key),
        centre_url=URL,
        ca_pem=PEM,
        centre_seal_key=keys.text(public),
    )
    save_identity(folder, stored)
    own = {
        "device_secret": secrets.token_hex(32),
        "sign_private": who.sign_private.hex(),
        "seal_private": who.seal_private.hex(),
    }
    profile.save(folder, profile.KEYS, own)
    return made


def note(counter: Counter) -> Written:
    """The smallest entry there is."""
    with write(counter.station) as tx:
        entry = Entry("note", "", 0, today(counter.clock))
        return write_entry(counter, tx, entry, NoteBody(what="day_closed"))


def send(folder: Path, line: Line) -> Report:
    """A round with nobody logged in."""
    sender = read_sender(folder, FakeClock())
    assert sender is not None
    return send_sealed(sender, line)


def names(folder: Path) -> list[str]:
    """What lies in the folder."""
    where = folder / outgoing.FOLDER
    return sorted(p.name for p in where.iterdir()) if where.is_dir() else []


def receipts(folder: Path) -> list[tuple[int, str, str]]:
    """(number, epoch, answer) of each file that has one."""
    found = [(one, outgoing.receipt_of(one)) for one in outgoing.listed(folder)]
    return [(one.n, said.epoch, said.r) for one, said in found if said is not None]


def opened(centre: FakeCentre, path: Path) -> courier.Bundle:
    """A file as the centre reads it."""
    return courier.unpack(
        path.read_bytes(), centre.seal_private, keys.signing_public(centre.private)
    )
