"""How much deductible a claim is charged: by mode, by n-th admission, and after a transfer (FACTS §4.4).

按次 stay: each time. 按年 year, 按季度 quarter, 按月 month, 每家医院每年 hospital_year: once in that
time, whatever the level of the later ones; what was not reached is made up. 不足补齐 year_topup: the
later, dearer one makes up the difference.
"""

from dataclasses import dataclass
from enum import StrEnum

from counter_app.domain.settlement.claim import Claim, Kind
from counter_app.domain.settlement.past import Past, Span
from counter_app.domain.settlement.reader import Cited, Reader
from counter_app.domain.settlement.transfer import DAYS, joins
from counter_app.kernel import dates
from counter_app.kernel.money import Fen, Rate, format_yuan, percent, times


class Mode(StrEnum):
    """How often a deductible is charged."""

    STAY = "stay"
    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"
    HOSPITAL_YEAR = "hospital_year"
    YEAR_TOPUP = "year_topup"

    @property
    def words(self) -> str:
        """一年一次."""
        return _MODES[self]


@dataclass(frozen=True, slots=True)
class Charged:
    """What this claim is charged, in fen, by which parameters, and why it isn't the whole.

    Attributes:
        value: to be charged of this claim, if it reaches that.
        by: the parameter of the amount.
        used: further parameters it rests on.
        words: how it came about, "" where it is simply charged.
    """

    value: Fen
    by: Cited[Fen]
    used: tuple[Cited[str] | Cited[int] | Cited[Rate], ...] = ()
    words: str = ""


def charged(claim: Claim, full: Cited[Fen], keys: "Keys", reader: Reader) -> Charged | None:
    """The deductible of the claim; None where a fact or a parameter is missing."""
    if not full.value:
        return Charged(0, full)
    moved = _transferred(claim, full, reader)
    if claim.taken:
        return _rest(moved or Charged(full.value, full), claim.taken)
    if moved is not None or reader.missing:
        return moved
    stepped = _stepped(claim, full, keys, reader)
    return _in_its_time(claim, stepped, keys, reader) if stepped else None


@dataclass(frozen=True, slots=True)
class Keys:
    """Where the deductible's other parameters stand: stems (kind and who), the narrowest first."""

    stems: tuple[str, ...]
    level: str

    def of(self, name: str) -> tuple[str, ...]:
        """The keys of a parameter without a level."""
        return tuple(f"{stem}.{name}" for stem in self.stems)

    def steps(self, reader: Reader) -> list[int]:
        """Which admissions of the year the pack lowers the deductible for, on the claim's day."""
        written = {int(n) for s in self.stems for n in reader.below(f"{s}.step.") if n.isdecimal()}
        return [n for n in written if self._step(n, reader)]

    def _step(self, number: int, reader: Reader) -> bool:
        names = self.of(f"step.{number}.factor") + self.leveled(f"step.{number}.deductible")
        return reader.row(*names) is not None

    def leveled(self, name: str) -> tuple[str, ...]:
        """The keys of a parameter with its level, then without."""
        return tuple(f"{s}.{name}{end}" for s in self.stems for end in (f".{self.level}", ""))


def _near(claim: Claim, before: Past, reader: Reader) -> bool:
    begun = claim.admitted or claim.days.admission
    if begun is None:
        reader.lacks("不知道入院日期")
        return False
    row = reader.row(DAYS)
    days = reader.whole(_GAP, DAYS) if row is not None else None
    joined = joins(before, begun, days.value if days is not None else None)
    if joined is None and row is None:
        left, came = dates.month_day(before.on), dates.month_day(begun)
        reader.lacks(f"规则包里没有{_GAP}（前一次 {left}出院，这次 {came}入院）")
    return bool(joined)


def _transferred(claim: Claim, full: Cited[Fen], reader: Reader) -> Charged | None:
    before = claim.continues
    if before is None or claim.kind is not Kind.INPATIENT:
        return None
    rule = reader.word("转院怎么收起付线", ("each", "difference", "none"), "inpatient.transfer")
    if rule is None or rule.value == "each" or not _near(claim, before, reader):
        return None
    if rule.value == "none":
        return Charged(0, full, (rule,), "转院，不再收")
    left = max(full.value - before.deductible, 0)
    words = f"转院补差，{format_yuan(full.value)} 减去已收 {format_yuan(before.deductible)}"
    return Charged(left, full, (rule,), words)


def _rest(due: Charged, taken: Fen) -> Charged:
    """What is left of a stay's deductible after its part of the year before."""
    said = f"跨年住院，已收 {format_yuan(taken)}"
    words = "；".join(w for w in (due.words, said) if w)
    return Charged(max(due.value - taken, 0), due.by, due.used, words)


def _stepped(claim: Claim, full: Cited[Fen], keys: Keys, reader: Reader) -> Charged | None:
    """Lowered for the n-th admission of the year, by a factor or to an amount of its own."""
    steps = keys.steps(reader)
    if not steps:
        return Charged(full.value, full)
    if not claim.year.known:
        reader.lacks(f"不知道这是今年第几次{claim.kind.words}")
        return None
    earlier = claim.year.within(Span.YEAR, claim.on)
    nth = 1 + sum(p.kind is claim.kind and not p.joined for p in earlier)
    step = max((n for n in steps if n <= nth), default=0)
    return _by_step(full, (nth, step), keys, reader) if step else Charged(full.value, full)


def _by_step(full: Cited[Fen], at: tuple[int, int], keys: Keys, reader: Reader) -> Charged | None:
    (nth, step), what = at, f"第 {at[1]} 次的起付线"
    factors = keys.of(f"step.{step}.factor")
    if reader.row(*factors) is None:
        own = reader.amount(what, *keys.leveled(f"step.{step}.deductible"))
        return Charged(own.value, own, (), f"今年第 {nth} 次") if own else None
    factor = reader.rate(what, *factors)
    if factor is None:
        return None
    words = f"今年第 {nth} 次，{format_yuan(full.value)} × {percent(factor.value)}"
    return Charged(times(full.value, factor.value), full, (factor,), words)


def _in_its_time(claim: Claim, due: Charged, keys: Keys, reader: Reader) -> Charged | None:
    pasts = [past for past in claim.year.before if _same(past, claim)]
    taken_this_year = any(p.deductible and Span.YEAR.same(p.on, claim.on) for p in pasts)
    mode = reader.row(*keys.of("deductible_mode"))
    if mode is None:
        if taken_this_year:
            reader.lacks("规则包里没有起付线是每次收还是一年收一次")
        return None if taken_this_year else due
    said = reader.word("起付线的收法", tuple(Mode), *keys.of("deductible_mode"))
    if said is None or said.value == Mode.STAY:
        return due if said else None
    which = Mode(said.value)
    if not claim.year.known:
        reader.lacks(f"不知道以前收过多少起付线（{which.words}）")
        return None
    if which is Mode.HOSPITAL_YEAR and not claim.hospital:
        reader.lacks("不知道是哪家医院")
        return None
    return _left(claim, due, which, said, pasts)


def _left(claim: Claim, due: Charged, mode: Mode, said: Cited[str], pasts: list[Past]) -> Charged:
    span = _SPANS.get(mode, Span.YEAR)
    near = [past for past in pasts if span.same(past.on, claim.on)]
    if mode is Mode.HOSPITAL_YEAR:
        near = [past for past in near if past.hospital == claim.hospital]
    taken = sum(past.deductible for past in near)
    left = max(due.value - taken, 0)
    if mode is not Mode.YEAR_TOPUP and any(past.deductible_full for past in near):
        left = 0
    words = "，".join(w for w in (due.words, f"{mode.words}，已收 {format_yuan(taken)}") if w)
    return Charged(left, due.by, (*due.used, said), words)


def _same(past: Past, claim: Claim) -> bool:
    return past.kind is claim.kind and past.disease == claim.disease


_GAP = "转院隔几天还算接着住"
_SPANS = {Mode.QUARTER: Span.QUARTER, Mode.MONTH: Span.MONTH}
_MODES = {
    Mode.STAY: "每次",
    Mode.YEAR: "一年一次",
    Mode.QUARTER: "一个季度一次",
    Mode.MONTH: "一个月一次",
    Mode.HOSPITAL_YEAR: "每家医院一年一次",
    Mode.YEAR_TOPUP: "一年一次，不足补齐",
}
