"""Throw-away profiles of the demonstration: where the centre is, and a printer that writes files."""

import json
from pathlib import Path

from ui.demo.centre import CentreProcess


def make_profile(
    folder: Path, centre: CentreProcess, facts: dict[str, object], paper: Path
) -> Path:
    """A profile folder that knows the demo's centre; printed sheets go to `paper`."""
    folder.mkdir(parents=True, exist_ok=True)
    ca_pem = Path(str(facts["ca"])).read_text("ascii")
    plain = {"url": centre.url, "ca_pem": ca_pem}
    (folder / "centre.json").write_text(json.dumps(plain, indent=1), "utf-8")
    demo = {"printer_folder": str(paper), "seconds_per_page": 0.4}
    (folder / "demo.json").write_text(json.dumps(demo, indent=1), "utf-8")
    return folder
