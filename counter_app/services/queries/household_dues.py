"""What each member of a household still has to pay, as far as this PC can know."""

from dataclasses import dataclass

from counter_app.domain.person.model import Person, Standing
from counter_app.kernel import masking
from counter_app.kernel.money import Fen, format_yuan
from counter_app.services.queries.household_years import Years


@dataclass(frozen=True, slots=True)
class Due:
    """What a member still has to pay; `amount` None where the standard is unknown."""

    certno: str
    masked_name: str
    words: str
    amount: Fen | None
    firm: bool
    """Whether the figure may be said as fact; else it is 仅供参考 or 示例数据."""


def dues(years: Years, person: Person) -> list[Due]:
    """One line for a member with open years; nothing for who needs to pay nothing."""
    if person.standing is not Standing.LIVING:
        return []
    open_years = [y for y in _asked(years, person) if _open(person, y)]
    if not open_years:
        return []
    money = [years.money(person, y) for y in open_years]
    owns = [m.own for m in money]
    subsidies = sum(m.subsidy or 0 for m in money)
    words = [" 和 ".join(str(y) for y in open_years)]
    if years.registered(person, open_years[-1]):
        words.append("已登记")
    if subsidies:
        words.append(f"财政代缴 {format_yuan(subsidies)}")
    if None in owns:
        words.append("标准未知")
    return [
        Due(
            person.certno,
            masking.name(person.name),
            "·".join(words),
            sum(o for o in owns if o is not None) if None not in owns else None,
            all(m.firm for m in money),
        )
    ]


def _asked(years: Years, person: Person) -> list[int]:
    wanted = {years.season.year}
    if years.young(person):
        wanted.add(person.birth.year)
    # registered here or at the centre and not seen as paid
    wanted |= {y for y in (years.on.year,) if years.registered(person, y)}
    return sorted(y for y in wanted if y >= years.on.year or y == person.birth.year)


def _open(person: Person, year: int) -> bool:
    facts = person.year(year)
    return facts.paid is None and not facts.elsewhere and not facts.cover_from
