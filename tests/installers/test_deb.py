"""The package around the frozen program."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

from installers import deb, depends

CONTROL = deb.control_text("0.1.0~3.gabc", "amd64", 459.0, "2.35")
FIELDS = dict(re.findall(r"^([A-Z][\w-]*): (.*)$", CONTROL, re.MULTILINE))


def test_the_control_file_has_what_dpkg_wants() -> None:
    assert {"Package", "Version", "Architecture", "Maintainer", "Description"} <= FIELDS.keys()
    assert FIELDS["Installed-Size"] == str(round(459e6 / 1024))
    assert CONTROL.endswith("\n")
    body = CONTROL.partition("Description:")[2].splitlines()[1:]
    assert all(line.startswith(" ") for line in body)


def test_it_depends_on_what_brings_the_libraries() -> None:
    packages = FIELDS["Depends"].split(", ")
    assert "libc6 (>= 2.35)" in packages
    assert "libzbar0" in packages
    assert len(packages) == len(depends.PACKAGES)


def test_no_library_is_of_two_packages() -> None:
    assert len(depends.LIBRARIES) == sum(len(names) for names in depends.PACKAGES.values())


def test_nothing_in_it_runs_at_install_or_removal() -> None:
    """No maintainer scripts: nothing of ours can touch a clerk's data folder."""
    source = Path(deb.__file__).read_text("utf-8")
    assert not re.search(r"\b(postinst|prerm|postrm|preinst)\b", source)


def test_the_desktop_entry_and_the_icon_agree() -> None:
    entry = (deb.DESKTOP / "counter-app.desktop").read_text("utf-8")
    fields = dict(line.split("=", 1) for line in entry.splitlines() if "=" in line)
    assert fields["Exec"] == fields["Icon"] == deb.NAME
    assert fields["Terminal"] == "false"
    assert ET.parse(deb.DESKTOP / "counter-app.svg").getroot().get("viewBox")
