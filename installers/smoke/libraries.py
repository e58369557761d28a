"""Whether every library of the frozen program finds what it needs on this machine."""

import re
import subprocess
from pathlib import Path

from installers import elf

_LACKING = re.compile(r"^\s*(\S+) => not found", re.MULTILINE)


def lacking(folder: Path) -> dict[str, set[str]]:
    """Library nobody has -> files that need it, asked of the system's own loader."""
    found: dict[str, set[str]] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_file() or elf.read(path) is None:
            continue
        done = subprocess.run(
            ["ldd", str(path)],
            capture_output=True,
            text=True,
            check=False,
            # what the program's own starter sets for its process
            env={"LD_LIBRARY_PATH": str(folder / "_internal"), "PATH": "/usr/bin:/bin"},
        )
        for name in _LACKING.findall(done.stdout):
            found.setdefault(name, set()).add(path.name)
    return found
