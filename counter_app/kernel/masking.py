"""How people appear on lists (UI, masking; FACTS §10)."""


def name(full: str) -> str:
    """王*兰; 王*; the middle is one star however long it is."""
    if len(full) <= 1:
        return full
    if len(full) == 2:
        return full[0] + "*"
    return full[0] + "*" + full[-1]


def tail(number: str) -> str:
    """The last four of a number, for 尾号 0046."""
    return number[-4:]


def id_number(number: str) -> str:
    """990101********0046; other document numbers keep three in front and four behind, short ones less."""
    if len(number) == 18:
        return number[:6] + "*" * 8 + number[-4:]
    if len(number) < 11:
        return _ending(number)
    return number[:3] + "*" * 4 + number[-4:]


def phone(number: str) -> str:
    """138****5678."""
    if len(number) != 11:
        return _ending(number)
    return number[:3] + "****" + number[-4:]


def _ending(number: str) -> str:
    """The last characters only, four at most and never more than a third."""
    shown = min(4, len(number) // 3)
    return "*" * (len(number) - shown) + number[len(number) - shown :]
