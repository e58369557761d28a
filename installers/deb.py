"""Wraps the frozen program into a .deb with dpkg-deb alone: no scripts in it, so nothing can touch the clerks' data.

Use: python -m installers.deb
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from installers import carried, depends, elf, freeze, sizes
from installers.version import DEBIAN, commit_time, version

NAME = "counter-app"
ROOT = Path(__file__).resolve().parent.parent
DESKTOP = ROOT / "installers" / "desktop"
STAGE = freeze.BUILD / "deb"
HOME = Path("usr") / "lib" / NAME
ICON = Path("usr") / "share" / "icons" / "hicolor"
ICON_SIZES = (48, 128, 256)
XZ = ("-Zxz", "-z9")
"""xz, since the dpkg of stations (Debian 10's) reads no zstd."""


def main() -> int:
    """Stage, pack, measure; 1 where the package is larger than its gate."""
    number = version()
    if not DEBIAN.fullmatch(number):
        sys.stderr.write(f"{number} 不是 Debian 认的版本号\n")
        return 1
    stage()
    package = freeze.BUILD / f"{NAME}_{number}_{architecture()}.deb"
    for old in freeze.BUILD.glob("*.deb"):
        old.unlink()
    pack(package, number)
    mb = sizes.megabytes(package)
    sys.stdout.write(f"{package.relative_to(ROOT)}\n{sizes.PACKAGE.line(mb)}\n")
    return 0 if sizes.PACKAGE.kept(mb) else 1


def stage() -> None:
    """Everything where it will lie on the PC."""
    shutil.rmtree(STAGE, ignore_errors=True)
    shutil.copytree(freeze.PROGRAM, STAGE / HOME, symlinks=True)
    command = STAGE / "usr" / "bin" / NAME
    command.parent.mkdir(parents=True)
    command.symlink_to(Path("..") / "lib" / NAME / NAME)
    entry = STAGE / "usr" / "share" / "applications" / f"{NAME}.desktop"
    entry.parent.mkdir(parents=True)
    shutil.copy(DESKTOP / entry.name, entry)
    icons()
    carried.write(STAGE / "usr" / "share" / "doc" / NAME)
    plain_rights()


def icons() -> None:
    """The mark as it is, and drawn for desktops that take no SVG."""
    drawing = DESKTOP / f"{NAME}.svg"
    whole = STAGE / ICON / "scalable" / "apps" / drawing.name
    whole.parent.mkdir(parents=True)
    shutil.copy(drawing, whole)
    for size in ICON_SIZES:
        there = STAGE / ICON / f"{size}x{size}" / "apps" / f"{NAME}.png"
        there.parent.mkdir(parents=True)
        draw(drawing, there, size)


def draw(drawing: Path, there: Path, size: int) -> None:
    """An SVG as a PNG of that many pixels."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(drawing)).render(painter)
    painter.end()
    image.save(str(there))


def plain_rights() -> None:
    """Everybody reads, only root writes, whatever the building account's umask was."""
    for path in (STAGE, *STAGE.rglob("*")):
        if not path.is_symlink():
            runs = path.is_dir() or path == STAGE / HOME / NAME
            path.chmod(0o755 if runs else 0o644)


def pack(package: Path, number: str) -> None:
    """Write control and checksums, and let dpkg-deb make the file."""
    control = STAGE / "DEBIAN"
    control.mkdir(mode=0o755)
    (control / "md5sums").write_text("".join(sums()), "utf-8")
    inside = sizes.megabytes(STAGE)
    (control / "control").write_text(
        control_text(number, architecture(), inside, needs_glibc()), "utf-8"
    )
    words = ["dpkg-deb", "--root-owner-group", *XZ, "--build", str(STAGE), str(package)]
    moment = {"SOURCE_DATE_EPOCH": str(commit_time())} if commit_time() else {}
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, env={**os.environ, **moment})


def sums() -> list[str]:
    """A line for every file, by which `dpkg --verify` finds a damaged installation."""
    files = [p for p in sorted(STAGE.rglob("*")) if p.is_file() and not p.is_symlink()]
    return [
        f"{hashlib.md5(p.read_bytes(), usedforsecurity=False).hexdigest()}  {p.relative_to(STAGE)}\n"
        for p in files
        if p.relative_to(STAGE).parts[0] != "DEBIAN"
    ]


def needs_glibc() -> str:
    """The highest glibc any file needs."""
    found = [elf.newest(e.versions) for e in freeze.files().values()]
    return ".".join(map(str, max(found)))


def control_text(number: str, arch: str, installed_mb: float, glibc: str) -> str:
    """The control file; what must be there is derived from what the libraries ask for."""
    needs = [f"{name} (>= {glibc})" if name == "libc6" else name for name in depends.PACKAGES]
    lines = (
        f"Package: {NAME}",
        f"Version: {number}",
        f"Architecture: {arch}",
        "Maintainer: counter-app <counter-app@localhost>",
        f"Installed-Size: {round(installed_mb * 1e6 / 1024)}",
        f"Depends: {', '.join(sorted(needs))}",
        "Recommends: cups-client",
        "Section: misc",
        "Priority: optional",
        "Description: 医保基层窗口",
        " 乡镇、村服务站办理城乡居民医保的窗口程序：参保登记、暂停终止更正、",
        " 异地就医备案、医疗费用手工报销。不联网也能办，联网后自动补传。",
        " .",
        " 卸载这个软件包不动数据：各经办账户的数据文件夹原样留着。",
    )
    return "\n".join(lines) + "\n"


def architecture() -> str:
    """This machine's, as Debian calls it."""
    done = subprocess.run(
        ["dpkg", "--print-architecture"], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
