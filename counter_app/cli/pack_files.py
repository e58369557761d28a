"""Packs by name or by file, with what they inherit: from the program's own folder, or from one beside it."""

import hashlib
import json
import tomllib
from collections.abc import Callable
from pathlib import Path

from counter_app.bootstrap import resources
from counter_app.domain.policy.inherit import Inherited, chain_of, resolve
from counter_app.domain.policy.pack import Pack, PackFault, from_plain
from counter_app.domain.policy.rows import Codes
from counter_app.domain.policy.written import Fault, Written, read
from counter_app.kernel.errors import EnvironmentFault


def shipped() -> list[str]:
    """Names of the packs the program carries, region/file."""
    files = (resources() / "policy").glob("*/*.toml")
    return sorted(f"{path.parent.name}/{path.stem}" for path in files)


def path_of(name: str) -> Path:
    """The file of a pack: a path as given, else a shipped one by region/file.

    Raises:
        PackFault: there is none.
    """
    given = Path(name)
    if given.suffix == ".toml" and given.is_file():
        return given
    folder = resources() / "policy"
    path = (folder / f"{name}.toml").resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise PackFault(f"没有 {name} 这个规则包")
    return path


def text_of(name: str) -> str:
    """The text of a pack.

    Raises:
        PackFault: there is none.
        EnvironmentFault: it can't be read.
    """
    path = path_of(name)
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise EnvironmentFault("unreadable", f"{path.name} 打不开", "看看文件在不在") from error


def load(name: str) -> Pack:
    """One pack without what it inherits.

    Raises:
        PackFault: there is none, or it is not of the agreed shape.
    """
    text = text_of(name)
    try:
        plain = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PackFault(f"{name} 写法不对：{error}") from error
    return from_plain(plain, hashlib.sha256(text.encode("utf-8")).hexdigest())


def load_whole(name: str) -> Inherited:
    """A pack with what it inherits.

    Raises:
        PackFault: one of the chain is missing or not of its shape, or the chain is a circle.
    """
    return resolve(name, load)


def written_chain(name: str) -> tuple[list[Written], list[Fault]]:
    """A pack's text and its parents', for the check; or why the text or the chain can't be read."""
    label = f"{path_of(name).parent.name}/{path_of(name).name}"
    own = read(label, text_of(name))
    if isinstance(own, Fault):
        return [], [own]
    line = own.head.line("inherits")
    try:
        chain = chain_of(name, _parents(name, own))
        above = [read(f"{one}.toml", text_of(one)) for one in chain[1:]]
    except PackFault as error:
        return [own], [Fault(label, line, "inherits", str(error))]
    return [own, *(one for one in above if isinstance(one, Written))], []


def _parents(name: str, own: Written) -> Callable[[str], str]:
    def parent(one: str) -> str:
        if one == name:
            return own.head.text("inherits")
        found = read(one, text_of(one))
        return found.head.text("inherits") if isinstance(found, Written) else ""

    return parent


def codes() -> Codes:
    """The code tables a pack may name."""
    folder = resources() / "codes"
    tables = json.loads((folder / "tables.json").read_text("utf-8"))["tables"]
    regions = json.loads((folder / "regions.json").read_text("utf-8"))["regions"]
    return Codes(
        frozenset(tables["mat_idet_code"]), frozenset(tables["psn_type"]), frozenset(regions)
    )
