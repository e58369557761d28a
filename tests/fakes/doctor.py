"""A patient for the doctor: a real station in a folder, with an identity the folder knows."""

import dataclasses
from pathlib import Path

from counter_app import __version__
from counter_app.bootstrap import Services, bind, resources
from counter_app.doctor.patient import OpenFiles, Patient
from counter_app.services.context import Counter
from counter_app.services.read_identity import StoredIdentity, save_identity
from counter_app.store import key_slots, profile
from counter_app.wire import keys
from tests.fakes import station
from tests.fakes.clock import FakeClock

CLERK, PHRASE = "0312", "青禾镇的秋天来得早"


def at_home(folder: Path) -> tuple[Services, Patient]:
    """A station with its identity on the disk, opened and held by this process."""
    services = bind(station.make_counter(folder, FakeClock()))
    keep_identity(folder, services.counter)
    return services, patient_of(services.counter)


def keep_identity(folder: Path, counter: Counter) -> None:
    who = counter.identity
    stored = StoredIdentity(
        dev=who.dev,
        letter=who.letter,
        station=who.station,
        scopes=tuple(who.scopes),
        cert_text=who.cert_text,
        cert_sig="",
        centre_sign_key=keys.text(who.centre_sign_key),
        centre_url=who.centre_url,
        ca_pem=who.ca_pem,
    )
    secrets = {
        "device_secret": bytes(32).hex(),
        "sign_private": who.sign_private.hex(),
        "seal_private": who.seal_private.hex(),
    }
    profile.save(folder, profile.KEYS, dict(secrets))
    save_identity(folder, stored)


def with_passphrase(folder: Path) -> None:
    """A closed profile of one clerk, whose passphrase is PHRASE."""
    key = bytes(range(32))
    counter = station.make_counter(folder, key=key)
    keep_identity(folder, counter)
    key_slots.put(folder, key_slots.Slot(CLERK, "李敏", ("accept",), 0, 0), PHRASE, key)
    for engine in (counter.station, counter.reference):
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        engine.dispose()


def patient_of(counter: Counter, **more: object) -> Patient:
    found = Patient(
        counter.profile,
        counter.clock.under,
        resources(),
        __version__,
        counter.identity,
        OpenFiles(counter.station, counter.reference),
        holds_lock=True,
    )
    return dataclasses.replace(found, **more)
