"""Profiles for the looks at devices."""

import json
from pathlib import Path

from counter_app.bootstrap import resources
from counter_app.doctor.patient import OpenFiles, Patient
from tests.fakes import station
from tests.fakes.clock import FakeClock


def patient(profile: Path, files: OpenFiles | None = None, *, known: bool = True) -> Patient:
    identity = station.identity() if known else None
    return Patient(profile, FakeClock(), resources(), "0.1.0", identity, files)


def demo(profile: Path) -> Path:
    """A demonstration's profile; returns the folder that is its camera."""
    camera = profile / "camera"
    profile.mkdir(parents=True, exist_ok=True)
    plain = {"printer_folder": str(profile / "printed"), "camera_folder": str(camera)}
    (profile / "demo.json").write_text(json.dumps(plain), "utf-8")
    return camera
