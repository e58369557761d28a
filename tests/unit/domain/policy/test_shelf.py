"""Packs side by side: which holds on a day, what is inherited, and what a digest names for ever."""

import datetime as dt

from counter_app.domain.policy.shelf import Published, Shelf, shelve

COUNTY, CITY, NATION = "990101", "320100", "000000"
TODAY = dt.date(2026, 11, 23)


def row(region: str, version: str, rows: dict[str, str], **head: str) -> Published:
    lines = [f'[pack]\nregion = "{region}"\nregion_name = "示"\nversion = "{version}"']
    lines += ["invented = true", *(f'{name} = "{value}"' for name, value in head.items())]
    for key, words in rows.items():
        value, _, begins = words.partition(" ")
        lines.append(f'[[parameter]]\nkey = "{key}"\nvalue = "{value}"\nsource = "条"\ngrade = "A"')
        lines += [f"begins = {begins}"] if begins else []
    return Published(f"{region}/{version}", "\n".join(lines), f"d{region}{version}{rows}{head}")


def on(packs: Shelf, *day: int) -> str:
    found = packs.on(dt.date(*day))
    return found.version if found else ""


def test_the_newest_version_that_covers_the_day_holds() -> None:
    packs = shelve((
        row(COUNTY, "2025.1", {"a": "1"}),
        row(COUNTY, "2026.10", {"a": "2"}),
        row(COUNTY, "2026.9", {"a": "3"}),
        row(COUNTY, "2026.11", {"a": "4 2026-07-01"}),
        row(COUNTY, "2027.1", {"a": "5"}),
    ))
    assert on(packs, 2024, 12, 31) == ""
    assert on(packs, 2025, 1, 1) == on(packs, 2025, 12, 31) == "2025.1"
    assert on(packs, 2026, 1, 1) == on(packs, 2026, 6, 30) == "2026.10"
    assert on(packs, 2026, 7, 1) == on(packs, 2026, 12, 31) == "2026.11"
    assert on(packs, 2027, 1, 1) == on(packs, 2030, 1, 1) == "2027.1"
    later = packs.after(packs.on(dt.date(2025, 6, 1)))
    assert later is not None
    assert later.version == "2026.11"


def test_a_pack_that_is_inherited_from_never_holds_itself() -> None:
    nation = row(NATION, "2025.1", {"a": "1", "b": "1"})
    city = row(CITY, "2024.1", {"a": "2"}, inherits="000000/2025")
    whole = shelve((nation, city)).on(TODAY)
    assert whole is not None
    assert (whole.id, whole.text("a", TODAY), whole.text("b", TODAY)) == ("320100/2024.1", "2", "1")
    packs = shelve((city,))
    assert packs.on(TODAY) is None
    assert packs.faults == ("规则包 320100/2024.1 没有用：它继承的 000000/2025 还没有收到",)


def test_what_was_said_is_found_again_after_a_parent_changed() -> None:
    first = row(NATION, "2025.1", {"b": "1"})
    second = row(NATION, "2025.2", {"b": "2"})
    city = row(CITY, "2025.1", {"a": "1"}, inherits="000000/2025")
    said = shelve((first, city)).on(TODAY)
    packs = shelve((first, city, second))
    now = packs.on(TODAY)
    assert said is not None
    assert now is not None
    assert (said.text("b", TODAY), now.text("b", TODAY)) == ("1", "2")
    assert said.digest != now.digest
    assert packs.pinned(said.digest) == said
    assert packs.pinned(now.digest) == now
    assert packs.pinned("of nobody") is None


def test_what_cannot_be_read_or_goes_in_a_circle_is_left_out_and_said() -> None:
    packs = shelve((
        Published("990101/2026.2", "x = [", "broken"),
        row(COUNTY, "2026.3", {"a": "1"}, inherits="990101/2026.4"),
        row(COUNTY, "2026.4", {"a": "1"}, inherits="990101/2026.3"),
        row(COUNTY, "2026.1", {"a": "1"}),
    ))
    assert on(packs, 2026, 11, 23) == "2026.1"
    assert [words.partition(" 没有用")[0] for words in packs.faults] == [
        "规则包 990101/2026.2 读不懂，没有用它",
        "规则包 990101/2026.4",
        "规则包 990101/2026.3",
    ]
    assert packs.pinned("of nobody") is None
