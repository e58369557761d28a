"""The program's version: the git tag on this commit, or what comes before or after one."""

import re
import subprocess
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_TAG = re.compile(r"v?(\d+(?:\.\d+)*)(?:-(\d+)-(g[0-9a-f]+))?(-changed)?")
DEBIAN = re.compile(r"\d[A-Za-z0-9.+~]*")
"""A version without epoch and revision, as dpkg accepts it."""


def version(root: Path = ROOT) -> str:
    """`0.2.0` on tag v0.2.0; `0.2.0+3.gabc` three commits later; before any tag pyproject's, `0.1.0~345.gabc`.

    `~` sorts before the release itself, so that the tagged package replaces what was tried before it.
    """
    plain = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    described = _git(root, "describe", "--tags", "--match", "v[0-9]*", "--dirty=-changed")
    if described:
        return of_tag(described)
    count, commit = _git(root, "rev-list", "--count", "HEAD"), _git(root, "rev-parse", "HEAD")
    if not commit:
        return str(plain)
    changed = ".changed" if _git(root, "status", "--porcelain", "--untracked-files=no") else ""
    return f"{plain}~{count}.g{commit[:7]}{changed}"


def of_tag(described: str) -> str:
    """The version in what `git describe` says.

    Raises:
        ValueError: the tag is no version.
    """
    match = _TAG.fullmatch(described)
    if match is None:
        raise ValueError(f"标签 {described} 不是版本号，要像 v0.2.0 这样")
    number, after, commit, changed = match.groups()
    parts = [p for p in (after, commit, "changed" if changed else "") if p]
    return f"{number}+{'.'.join(parts)}" if parts else number


def commit_time(root: Path = ROOT) -> int:
    """When this commit was made, so that the same commit makes the same package; 0 without git."""
    return int(_git(root, "log", "-1", "--format=%ct") or 0)


def _git(root: Path, *words: str) -> str:
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *words], capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
