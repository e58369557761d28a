"""Says whose work the package carries: every distribution in it with its licence files."""

import shutil
import sysconfig
from importlib import metadata
from pathlib import Path

from installers import freeze
from installers.smoke import archive

_LICENCES = ("LICEN", "COPYING", "NOTICE", "AUTHORS")


def distributions() -> list[metadata.Distribution]:
    """What was installed where the program was frozen and is in it now, by name."""
    inside = {name.partition(".")[0] for name in archive.modules(freeze.PROGRAM / "counter-app")}
    inside |= {path.name.partition(".")[0] for path in freeze.INSIDE.iterdir()}
    names = {
        name
        for top, owners in metadata.packages_distributions().items()
        if top in inside
        for name in owners
    }
    return [metadata.distribution(name) for name in sorted(names - {"counter-app", "counter_app"})]


def write(folder: Path) -> None:
    """The list, and beside it the texts of the licences."""
    folder.mkdir(parents=True)
    lines = [
        "医保基层窗口（counter-app）：Apache-2.0。",
        "里面还有别人的作品，许可证全文在 licences 文件夹，字体的在程序的 resources/fonts：",
        "",
    ]
    for found in distributions():
        lines.append(f"{found.name} {found.version}  {_licence(found)}")
        texts = [f for f in found.files or [] if f.name.upper().startswith(_LICENCES)]
        for text in texts:
            source = Path(str(found.locate_file(text)))
            if source.is_file() and ".dist-info" in str(text):
                there = folder / "licences" / found.name / text.name
                there.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(source, there)
    python = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    if python.is_file():
        (folder / "licences" / "python").mkdir(parents=True, exist_ok=True)
        shutil.copy(python, folder / "licences" / "python")
    (folder / "copyright").write_text("\n".join(lines) + "\n", "utf-8")


def _licence(found: metadata.Distribution) -> str:
    """In a line; long texts stand in the folder."""
    fields = found.metadata.json
    said = str(fields.get("license_expression") or fields.get("license") or "")
    return said.splitlines()[0][:80] if said.strip() else "见 licences"
