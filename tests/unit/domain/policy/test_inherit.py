"""A city stands before its province and the nation; a circle is said."""

import datetime as dt

import pytest

from counter_app.domain.policy.compare import differences
from counter_app.domain.policy.inherit import resolve
from counter_app.domain.policy.pack import Pack, PackFault, Parameter


def pack(region: str, inherits: str = "", **values: str) -> Pack:
    rows = tuple(Parameter(k, v, "试", "A") for k, v in values.items())
    return Pack(
        region, region, "1", invented=False, digest=region, parameters=rows, inherits=inherits
    )


PACKS = {
    "n": pack("n", a="1", b="1", c="1"),
    "p": pack("p", "n", a="2", b="2"),
    "c": pack("c", "p", a="3"),
    "x": pack("x", "y"),
    "y": pack("y", "x"),
} | {f"l{n}": pack(f"l{n}", f"l{n + 1}") for n in range(9)}


def test_the_nearest_stands_and_says_what_it_stands_before() -> None:
    found = resolve("c", PACKS.__getitem__)
    assert found.chain == ("c", "p", "n")
    assert {p.key: p.value for p in found.pack.parameters} == {"a": "3", "b": "2", "c": "1"}
    said = {
        o.parameter.key: (o.pack, [(n, p.value) for n, p in o.instead_of]) for o in found.origins
    }
    assert said == {"a": ("c", [("p", "2"), ("n", "1")]), "b": ("p", [("n", "1")]), "c": ("n", [])}
    assert (found.pack.region, found.pack.digest) == ("c", "c")


def test_a_key_dated_anew_is_the_nearers_alone() -> None:
    dated = Parameter("a", "9", "试", "A", dt.date(2027, 1, 1))
    own = Pack("c", "c", "1", invented=False, digest="", parameters=(dated,), inherits="n")
    found = resolve("c", {**PACKS, "c": own}.__getitem__)
    assert found.pack.find("a", dt.date(2026, 1, 1)) is None


@pytest.mark.parametrize(("name", "words"), [("x", "绕成了圈：x → y → x"), ("l0", "层数太多")])
def test_circles_and_endless_chains_are_said(name: str, words: str) -> None:
    with pytest.raises(PackFault, match=words):
        resolve(name, PACKS.__getitem__)


def test_what_is_invented_anywhere_is_invented() -> None:
    invented = Pack("n", "n", "1", invented=True, digest="", parameters=())
    assert resolve("p", {**PACKS, "n": invented}.__getitem__).pack.invented


def test_differences_by_key() -> None:
    found = differences(PACKS["n"], PACKS["p"])
    assert [(d.key, [p.value for p in d.old], [p.value for p in d.new]) for d in found] == [
        ("a", ["1"], ["2"]), ("b", ["1"], ["2"]), ("c", ["1"], []),
    ]  # fmt: skip
    assert differences(PACKS["n"], PACKS["n"]) == ()
