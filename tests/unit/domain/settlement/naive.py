"""A second calculator from the fact book alone, in fractions of a fen; it shares nothing with the engine.

It takes a case as plain words and numbers (`drawn.draw`): amounts in fen, ratios in hundredths.
"""

from fractions import Fraction
from math import floor

ONE, NOTHING = Fraction(1), Fraction(0)


def half_up(amount: Fraction) -> Fraction:
    return Fraction(floor(amount + Fraction(1, 2)))


def share(hundredths: int) -> Fraction:
    return Fraction(hundredths, 100)


def quarter(day) -> tuple[int, int]:
    return day.year, (day.month + 2) // 3


def deductible(d: dict, on) -> Fraction:
    """Six modes, n-th admission, transfer (FACTS §4.4)."""
    full = Fraction(d["deductible"])
    rule, before = d["transfer"] or ("each", 0)
    if rule != "each":
        return NOTHING if rule == "none" else max(full - before, NOTHING)
    this_year = [p for p in d["pasts"] if p["on"].year == on.year]
    nth = len(this_year) + 1
    reached = [n for n in d["steps"] if n <= nth]
    if reached:
        full = half_up(full * share(d["steps"][max(reached)]))
    if d["mode"] == "stay":
        return full
    near = [p for p in d["pasts"] if in_time(d, p, on)]
    if d["mode"] != "year_topup" and any(p["full"] for p in near):
        return NOTHING
    return max(full - sum(p["deductible"] for p in near), NOTHING)


def in_time(d: dict, p: dict, on) -> bool:
    """Whether an earlier stay lies in the time its deductible is good for."""
    same = {
        "month": p["on"].strftime("%Y%m") == on.strftime("%Y%m"),
        "quarter": quarter(p["on"]) == quarter(on),
        "hospital_year": p["on"].year == on.year and p["hospital"] == d["hospital"],
    }
    return same.get(d["mode"], p["on"].year == on.year)


def ladder(bands: list, upto: Fraction, start: Fraction, basis: str) -> list[Fraction]:
    """What each band makes of an amount, on itself or on what exceeds the start (§4.5)."""
    found, below = [], NOTHING
    for to, ratio in bands:
        if basis == "total":
            low, high = max(below, start), upto if to is None else min(upto, to)
        else:
            above = upto - start
            low, high = below, above if to is None else min(above, to)
        found.append(max(high - low, NOTHING) * ratio)
        below = NOTHING if to is None else Fraction(to)
    return found


def rounded(parts: list[Fraction], point: str) -> Fraction:
    """A tier's sum by the rounding point; the total is rounded at the very end."""
    if point == "item":
        return sum((half_up(p) for p in parts), NOTHING)
    whole = sum(parts, NOTHING)
    return half_up(whole) if point == "tier" else whole


def basic_bands(d: dict) -> list:
    who = d["identity_bands"] if d["identity"] == "2303" else None
    if who is None and d["age"] < d["child_below"]:
        who = d["child_bands"]
    return [(to, share(r)) for to, r in (who or d["bands"])]


def basic(d: dict, on, inside: int, first: Fraction) -> tuple[Fraction, Fraction, Fraction]:
    """What is paid, what was paid beforehand, and what the caps cut; three off-site models (§3)."""
    k, model = share(d["k"]), d["model"]
    counted = inside * (ONE - k) if model == "prepay" else Fraction(inside)
    ahead = inside - half_up(counted)
    lowered = [
        (to, {"prepay": r, "": r, "minus_pp": max(r - k, NOTHING), "multiply": r * k}[model])
        for to, r in basic_bands(d)
    ]
    parts = [NOTHING] if counted <= first else ladder(lowered, counted, first, d["basic_basis"])
    due = rounded(parts, d["rounding"])
    year = sum(p["basic"] for p in d["pasts"] if p["on"].year == on.year) + d["spent"]
    month = sum(
        p["basic"] for p in d["pasts"] if (p["on"].year, p["on"].month) == (on.year, on.month)
    )
    three = sum(p["basic"] for p in d["pasts"] if quarter(p["on"]) == quarter(on))
    life = sum(p["basic"] for p in d["pasts"]) + d["spent"] + d["life"]
    had = {"stay": 0, "month": month, "quarter": three, "year": year, "life": life}
    paid = due
    for span, most in d["caps"].items():
        if most is not None:
            paid = min(paid, Fraction(max(most - had[span], 0)))
    # what is shown of a cut is in whole fen
    cut = half_up(due) - half_up(paid)
    d["beyond"] = beyond(d, lowered, counted, first, paid) if cut else NOTHING
    return paid, ahead, cut


def beyond(d: dict, bands: list, counted: Fraction, first: Fraction, room: Fraction) -> Fraction:
    """What is in scope above the amount at which the cap was reached: from the top down."""
    basis = d["basic_basis"]
    parts = ladder(bands, counted, first, basis)
    widths = ladder([(to, ONE) for to, _ in bands], counted, first, basis)
    short, found = sum(parts, NOTHING) - room, NOTHING
    for (_, ratio), part, width in reversed(list(zip(bands, parts, widths, strict=True))):
        if short <= 0:
            break
        took = min(part, short)
        # a band that pays nothing, above where the cap is reached, lies wholly beyond it
        found, short = found + (took / ratio if ratio else width), short - took
    return half_up(found)


def covered(d: dict, s: dict) -> bool:
    groups = {"child": d["age"] < d["child_below"], "2303": d["identity"] == "2303"}
    return s["who"] == "all" or groups[s["who"]]


def supplement(d: dict, name: str, on, left: Fraction) -> Fraction:
    """大额 or 公务员: of what is above the cap, or of what is left; deductible and bands a year or a claim."""
    s = d[name]
    if not covered(d, s):
        return NOTHING
    base = min(left, d["beyond"]) if s["base"] == "over_cap" else left
    year = [p for p in d["pasts"] if p["on"].year == on.year]
    low = Fraction(sum(p[f"{name}_base"] for p in year) if s["counted"] == "year" else 0)
    start, bands = Fraction(s["from"]), [(to, share(r)) for to, r in s["bands"]]
    if low + base <= start:
        return NOTHING
    upper = ladder(bands, low + base, start, s["basis"])
    lower = ladder(bands, max(low, start), start, s["basis"])
    due = rounded([b - a for a, b in zip(lower, upper, strict=True)], d["rounding"])
    if s["cap"] is None:
        return due
    used = sum(p[f"{name}_paid"] for p in year)
    return min(due, Fraction(max(s["cap"] - used, 0)))


def sequence(d: dict) -> list[str]:
    """The tiers in their order; `after` names the one before."""
    order = ["basic", "serious", "aid"]
    here = [n for n in ("large", "civil") if d[n]]
    for n in sorted(here, key=lambda n: d[n]["after"] in ("large", "civil")):
        place = d[n]["after"] if d[n]["after"] in order else "basic"
        order.insert(order.index(place) + 1, n)
    return order


def serious(d: dict, on, base: Fraction) -> Fraction:
    start = Fraction(d["serious_from"])
    points = NOTHING
    if d["identity"] == "2303":
        start = half_up(start * share(d["factor"]))
        points = share(d["points"])
    bands = [(to, min(share(r) + points, ONE)) for to, r in d["serious_bands"]]
    before = sum(p["serious"] for p in d["pasts"] if p["on"].year == on.year) + d["spent_base"]
    if before + base <= start:
        return NOTHING
    low = max(Fraction(before), start)
    made = [
        b - a
        for a, b in zip(
            ladder(bands, low, start, d["basis"]),
            ladder(bands, before + base, start, d["basis"]),
            strict=True,
        )
    ]
    due = rounded(made, d["rounding"])
    if d["serious_cap"] is None:
        return due
    point = d["rounding"]
    earlier = ladder(bands, low, start, d["basis"])
    had = half_up(rounded(earlier, point))
    return min(due, max(d["serious_cap"] + d["raised"] - had, NOTHING))


def aid(d: dict, on, base: Fraction) -> Fraction:
    if d["identity"] != "2303":
        return NOTHING
    pasts = [p for p in d["pasts"] if p["on"].year == on.year]
    first = Fraction(d["aid_from"])
    if d["aid_yearly"]:
        first = max(first - sum(p["aid_base"] for p in pasts) - d["spent_aid_base"], NOTHING)
    due = rounded([max(base - first, NOTHING) * share(d["aid_ratio"])], d["rounding"])
    if d["aid_cap"] is None:
        return due
    used = sum(p["aid"] for p in pasts) + d["spent_aid"]
    return min(due, Fraction(max(d["aid_cap"] - used, 0)))


def part(
    d: dict, on, inside: int, first: Fraction, outside: tuple[int, int]
) -> dict[str, Fraction]:
    one, ahead, over = basic(d, on, inside, first)
    preself, overlmt = outside
    paid, left = {"basic": one}, inside - one
    for name in sequence(d)[1:]:
        if name == "serious":
            counted = left - (NOTHING if d["prepay_counts"] else ahead)
            counted -= NOTHING if d["over_counts"] else over
            counted += preself if d["preself_counts"] else 0
            counted += overlmt if d["overlmt_counts"] else 0
            paid[name] = serious(d, on, max(counted, NOTHING))
        elif name == "aid":
            for_aid = left - (NOTHING if d["aid_prepay"] else ahead)
            for_aid += (preself if d["aid_preself"] else 0) + (overlmt if d["aid_overlmt"] else 0)
            paid[name] = aid(d, on, max(for_aid, NOTHING))
        else:
            paid[name] = supplement(d, name, on, max(left, NOTHING))
        left -= paid[name]
    if d["rounding"] != "total":
        return paid
    whole, shown = NOTHING, {}
    for name, amount in paid.items():
        shown[name] = half_up(whole + amount) - half_up(whole)
        whole += amount
    return shown


FUNDS = ("basic", "serious", "aid", "large", "civil")


def settle(d: dict) -> tuple[int, ...]:
    """What basic insurance, serious illness, aid, 大额 and 公务员 pay, in fen."""
    d = dict(d)
    outside = (d["preself"], d["overlmt"])
    if not d["split"]:
        found = part(d, d["on"], d["in_scope"], deductible(d, d["on"]), outside)
        return tuple(int(found.get(name, 0)) for name in FUNDS)
    end = d["on"].replace(year=d["on"].year - 1, month=12, day=31)
    none = {"spent": 0, "spent_base": 0, "spent_aid": 0, "spent_aid_base": 0, "life": d["life"]}
    first_year = {**d, **none, "pasts": d["last_pasts"]}
    first = deductible(first_year, end)
    early = part(first_year, end, d["split"], first, (0, 0))
    ahead = half_up(d["split"] * share(d["k"])) if d["model"] == "prepay" else 0
    if d["model"] == "prepay":
        ahead = d["split"] - half_up(d["split"] * (ONE - share(d["k"])))
    taken = min(first, d["split"] - ahead)
    second = deductible(d, d["on"])
    if d["crossing"] == "once" and taken:
        second = max(Fraction(d["deductible"]) - taken, NOTHING)
    late = part(d, d["on"], d["in_scope"] - d["split"], second, outside)
    return tuple(int(early.get(name, 0) + late.get(name, 0)) for name in FUNDS)
