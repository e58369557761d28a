"""Every edge of the shipped packs with a case on each side, worked out in fractions and written down.

`python -m tests.golden.edges` writes `edges/<region>-<year>.yaml` anew; nothing of the engine is
used for it. `test_edges` reads the files, asks the engine, and compares the list with the packs'.
"""

import datetime as dt
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import yaml

from counter_app.cli.pack_files import load, shipped
from counter_app.domain.policy.pack import Pack, Parameter

FOLDER = Path(__file__).with_name("edges")
KINDS = ("inpatient", "outpatient", "chronic", "two_disease")
LEVELS = ("township", "primary", "secondary", "tertiary", "provincial", "unrated")
ALL = dt.date(2026, 6, 1)
HUNDRED = Fraction(100)
Case = dict[str, object]


def edge_of(parameter: Parameter) -> str:
    begins = parameter.begins.isoformat() if parameter.begins else ""
    return f"{parameter.key}@{begins}"


def is_edge(key: str) -> bool:
    """Whether a parameter is a band edge, a cap, a deductible, a mode, a tilt, an age or a k."""
    if re.fullmatch(
        r"(inpatient|outpatient|chronic|two_disease)\.(.*\.)?(deductible(_mode)?|cap)(\..*)?", key
    ):
        return True
    if re.fullmatch(
        r"(serious|aid)\.(.*\.)?(deductible|cap|to|deductible_factor|added_points)", key
    ):
        return True
    return bool(
        re.fullmatch(r"group\..*_age|offsite\..*\.k|serious\.[0-9]+\.band\.[0-9]\.ratio", key)
    )


def edges(pack: Pack) -> list[str]:
    """Names of all edges, and of all first and last days."""
    found = [edge_of(p) for p in pack.parameters if is_edge(p.key)]
    found += [f"begins {edge_of(p)}" for p in pack.parameters if p.begins]
    return found + [f"ends {edge_of(p)}" for p in pack.parameters if p.ends]


class Book:
    """A pack's values on a day, read by hand."""

    def __init__(self, pack: Pack, day: dt.date) -> None:
        self.day = day
        self.rows = {p.key: p for p in pack.parameters if p.holds_on(day)}

    def value(self, *keys: str) -> Fraction | None:
        row = next((self.rows[k] for k in keys if k in self.rows), None)
        return Fraction(row.value) if row is not None and row.value != "none" else None

    def said(self, *keys: str) -> bool:
        return any(k in self.rows for k in keys)

    def bands(self, who: str) -> list[tuple[Fraction | None, Fraction]]:
        found = []
        for n in range(1, 8):
            to = (f"serious.{who}.band.{n}.to", f"serious.band.{n}.to")
            if not self.said(*to):
                break
            ratio = self.value(f"serious.{who}.band.{n}.ratio", f"serious.band.{n}.ratio")
            found.append((self.value(*to), ratio))
        return found


def half_up(yuan: Fraction) -> Fraction:
    return Fraction((yuan * 100 + Fraction(1, 2)).__floor__(), 100)


def money(yuan: Fraction) -> str:
    fen = int(half_up(yuan) * 100)
    return f"{fen // 100}.{fen % 100:02d}"


def summed(terms: list[tuple[Fraction, Fraction, Fraction]]) -> tuple[str, Fraction]:
    """(high − low) × ratio of each term, and the sum to the fen."""
    words = " + ".join(f"({money(h)} − {money(low)}) × {float(r):g}" for h, low, r in terms)
    total = half_up(sum(((h - low) * r for h, low, r in terms), Fraction(0)))
    return f"{words or '0'} = {money(total)}", total


def case(parameter: Parameter, side: str, asked: Case, worked: tuple[str, Fraction | None]) -> Case:
    words, paid = worked
    return {
        "edge": edge_of(parameter),
        "side": side,
        **asked,
        "paid": None if paid is None else money(paid),
        "arithmetic": words,
        "article": parameter.source,
    }


def parts(key: str) -> tuple[str, str, str]:
    """kind, who and level of a benefit's key."""
    words = key.split(".")
    level = words[-1] if words[-1] in LEVELS else ""
    who = words[1] if len(words) - bool(level) > 2 else ""
    return words[0], who, level


def asked_of(kind: str, who: str, level: str, book: Book) -> Case:
    """The claim a benefit's key speaks of."""
    made: Case = {
        "kind": kind,
        "level": level or some_level(kind, book),
        "day": book.day.isoformat(),
    }
    if kind in {"chronic", "two_disease"}:
        made["disease"] = who if who and not who.isdecimal() else some_disease(kind, book)
    if who.isdecimal():
        made["identity"] = who
    return {**made, "age": 40, "psn_type": "15"}


def some_disease(kind: str, book: Book) -> str:
    """Any where the kind has a cap for all, else the first that has one of its own."""
    own = (k.split(".")[1] for k in book.rows if k.startswith(f"{kind}.") and k.endswith(".cap"))
    return "M99999" if book.said(f"{kind}.cap") else next(own, "M99999")


def some_level(kind: str, book: Book) -> str:
    """A level the kind has a ratio for."""
    return next((lv for lv in LEVELS if book.said(f"{kind}.ratio.{lv}")), "secondary")


def first_and_ratio(
    kind: str, who: str, level: str, book: Book
) -> tuple[Fraction | None, Fraction | None]:
    stems = [f"{kind}.{who}", kind] if who else [kind]

    def names(what: str) -> list[str]:
        return [f"{s}.{what}{end}" for s in stems for end in (f".{level}", "")]

    return book.value(*names("deductible")), book.value(*names("ratio"))


def deductible_cases(p: Parameter, book: Book) -> Iterator[Case]:
    kind, who, level = parts(p.key)
    asked = asked_of(kind, who, level, book)
    first, ratio = first_and_ratio(kind, who, str(asked["level"]), book)
    capped = (
        book.said(f"{kind}.{asked.get('disease', who)}.cap", f"{kind}.cap") and ratio is not None
    )
    for side, inside in (("不过", first), ("过 1 元", first + 1)):
        made = {**asked, "tier": "basic", "in_scope": money(inside)}
        worked = (
            summed([(inside, first, ratio)]) if capped else ("规则包没有封顶线或比例，不出数", None)
        )
        yield case(p, side, made, worked)


def mode_cases(p: Parameter, book: Book) -> Iterator[Case]:
    kind, who, level = parts(p.key)
    asked = asked_of(kind, who, level, book)
    first, ratio = first_and_ratio(kind, who, str(asked["level"]), book)
    once = p.value != "stay"
    for side, taken in (("今年第一次", False), ("今年第二次", True)):
        due = Fraction(0) if once and taken else first
        made = {
            **asked,
            "tier": "basic",
            "in_scope": money(first + HUNDRED),
            "taken": money(first) if taken else "0.00",
        }
        yield case(p, side, made, summed([(first + HUNDRED, due, ratio)]))


def cap_cases(p: Parameter, book: Book) -> Iterator[Case]:
    kind, who, _ = parts(p.key)
    asked = asked_of(kind, who, "", book)
    first, ratio = first_and_ratio(kind, who, str(asked["level"]), book)
    most = Fraction(p.value)
    for side, left in (("还剩 1 分", Fraction(1, 100)), ("用完了", Fraction(0))):
        made = {
            **asked,
            "tier": "basic",
            "in_scope": money((first or 0) + HUNDRED),
            "spent": money(most - left),
        }
        words = f"{money(most)} − {money(most - left)} = {money(left)}"
        whole = first is not None and ratio is not None
        yield case(
            p, side, made, (words, left) if whole else ("规则包没有起付线或比例，不出数", None)
        )


def serious_start(who: str, book: Book) -> Fraction:
    return book.value(f"serious.{who}.deductible", "serious.deductible")


def serious_asked(who: str, book: Book) -> Case:
    made: Case = {
        "kind": "inpatient",
        "level": "secondary",
        "day": book.day.isoformat(),
        "tier": "serious",
    }
    return {**made, "identity": who} if who else made


def ladder(who: str, book: Book, low: Fraction, high: Fraction) -> tuple[str, Fraction | None]:
    """Bands between two own shares of a year; None where the pack doesn't say how they are read."""
    bands, start = book.bands(who), serious_start(who, book)
    basis = book.rows.get(f"serious.{who}.band_basis") or book.rows.get("serious.band_basis")
    if high <= start:
        return "0 = 0.00", Fraction(0)
    if basis is None and len(bands) > 1:
        return "规则包没有写分段怎么读，不出数", None
    shift = start if basis is not None and basis.value == "excess" else Fraction(0)
    terms, begin = [], max(low, start)
    for to, ratio in bands:
        end = high if to is None else min(high, to + shift)
        if end > begin:
            terms.append((end, begin, ratio))
            begin = end
    return summed(terms)


def serious_cases(p: Parameter, book: Book) -> Iterator[Case]:
    words = p.key.split(".")
    who = words[1] if words[1].isdecimal() else ""
    start, asked = serious_start(who, book), serious_asked(who, book)
    if words[-1] == "cap":
        yield from serious_cap_cases(p, who, book)
        return
    edge, sides = start, (("不过", Fraction(0)), ("过 100 元", HUNDRED))
    if words[-2].isdecimal() and "band" in words:
        at = int(words[-2])
        to = book.bands(who)[at - 1][0]
        basis = book.rows.get("serious.band_basis")
        shift = start if basis is not None and basis.value == "excess" else 0
        edge = (book.bands(who)[at - 2][0] or 0) + shift + 1 if to is None else to + shift
    for side, more in sides:
        low, high = edge - HUNDRED, edge + more
        low = max(low, Fraction(0))
        made = {**asked, "own": money(high - low), "had": money(low)}
        yield case(p, side, made, ladder(who, book, low, high))


def serious_cap_cases(p: Parameter, who: str, book: Book) -> Iterator[Case]:
    """Below the cap and above it; `none` is never reached."""
    asked, start = serious_asked(who, book), serious_start(who, book)
    most = None if p.value == "none" else Fraction(p.value)
    for side, high in (("不过", start + HUNDRED), ("过", Fraction(9_000_000))):
        words, paid = ladder(who, book, Fraction(0), high)
        if paid is not None and most is not None and paid > most:
            words, paid = (
                f"{words.rpartition(' = ')[0]} > {money(most)}，封顶 = {money(most)}",
                most,
            )
        yield case(p, side, {**asked, "own": money(high), "had": "0.00"}, (words, paid))


def aid_cases(p: Parameter, book: Book) -> Iterator[Case]:
    _, who, name = p.key.split(".")
    ratio, first = book.value(f"aid.{who}.ratio"), book.value(f"aid.{who}.deductible")
    made = {
        "kind": "inpatient",
        "level": "secondary",
        "day": book.day.isoformat(),
        "identity": who,
        "tier": "aid",
    }
    if name == "deductible":
        for side, own in (("不过", first), ("过 100 元", first + HUNDRED)):
            yield case(p, side, {**made, "own": money(own)}, summed([(own, first, ratio)]))
        return
    most = None if p.value == "none" else Fraction(p.value)
    for side, left in (("还剩 1 分", Fraction(1, 100)), ("用完了", Fraction(0))):
        own = first + HUNDRED
        asked = {**made, "own": money(own), "spent": money((most or Fraction(900_000)) - left)}
        words = f"{money(most)} − {money(most - left)} = {money(left)}" if most is not None else ""
        yield case(
            p, side, asked, (words, left) if most is not None else summed([(own, first, ratio)])
        )


def age_cases(p: Parameter, book: Book) -> Iterator[Case]:
    """The last day of an age and the first of the next, where a kind has a ratio of the group."""
    group, edge = p.key.split(".")[1], int(p.value)
    kind = next(k for k in KINDS if book.said(f"{k}.{group}.ratio"))
    below = p.key.endswith("below_age")
    for side, age in (("差一岁", edge - 1), ("刚满", edge)):
        inside = (age < edge) == below
        ratio = book.value(f"{kind}.{group}.ratio") if inside else book.value(f"{kind}.ratio")
        asked = {**asked_of(kind, "", "", book), "age": age, "tier": "basic", "in_scope": "100.00"}
        yield case(p, side, asked, summed([(HUNDRED, Fraction(0), ratio)]))


def offsite_cases(p: Parameter, book: Book) -> Iterator[Case]:
    state, k = p.key.split(".")[1], Fraction(p.value)
    asked = asked_of("inpatient", "", "secondary", book)
    first, ratio = first_and_ratio("inpatient", "", "secondary", book)
    for side, where in (("本地", "local"), (state, state)):
        made = {**asked, "tier": "basic", "in_scope": "2000.00", "offsite": where}
        if first is None or ratio is None:
            yield case(p, side, made, ("规则包没有起付线和比例，不出数", None))
            continue
        paid = ratio if where == "local" else ratio - k
        yield case(p, side, made, summed([(Fraction(2000), first, paid)]))


def day_cases(pack: Pack) -> Iterator[Case]:
    """Each dated parameter on the days around its first and last: its value, or none."""
    for p in pack.parameters:
        for what, inside, outside in (("begins", p.begins, -1), ("ends", p.ends, 1)):
            if inside is None:
                continue
            for day in sorted((inside, inside + dt.timedelta(days=outside))):
                held = [q.value for q in pack.parameters if q.key == p.key and q.holds_on(day)]
                yield {
                    "edge": f"{what} {edge_of(p)}",
                    "side": day.isoformat(),
                    "day": day.isoformat(),
                    "value": held[0] if held else None,
                    "arithmetic": f"{p.begins or ''} ≤ 那天 ≤ {p.ends or ''}",
                    "article": p.source,
                }


def cases(pack: Pack) -> Iterator[Case]:
    for p in pack.parameters:
        if not is_edge(p.key):
            continue
        day = p.begins or (min(p.ends, ALL) if p.ends else ALL)
        yield from maker(p.key)(p, Book(pack, day))
    yield from day_cases(pack)


def maker(key: str):
    head = key.partition(".")[0]
    if head in KINDS:
        return (
            mode_cases
            if key.endswith("_mode")
            else cap_cases
            if key.endswith("cap")
            else deductible_cases
        )
    return {
        "serious": serious_cases,
        "aid": aid_cases,
        "group": age_cases,
        "offsite": offsite_cases,
    }[head]


def write() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name in shipped():
        lines = [
            "- "
            + yaml.safe_dump(
                made, allow_unicode=True, default_flow_style=True, width=10_000, sort_keys=False
            )
            for made in cases(load(name))
        ]
        (FOLDER / f"{name.replace('/', '-')}.yaml").write_text("".join(lines), "utf-8")


if __name__ == "__main__":
    write()
