"""By what somebody at the window was identified: recorded in the case as it was (FACTS §7).

The first two digits are the platform's `mdtrt_cert_type` (01 e-voucher, 02 resident ID card, 03 social-security
card); a number typed from the card is told apart from a card that was read.
"""

from enum import StrEnum


class IdBy(StrEnum):
    """The medium, as answers and case bodies hold it under `id_by`."""

    VOUCHER = "01"
    CARD = "02"
    TYPED = "02-typed"
    SOCIAL_CARD = "03"


_WORDS = {
    IdBy.VOUCHER: "已刷码",
    IdBy.CARD: "已读身份证",
    IdBy.TYPED: "已输证件号",
    IdBy.SOCIAL_CARD: "已读社保卡",
}


def words(id_by: str) -> str:
    """What the window says of it; "" where nobody was identified (found by name or telephone)."""
    return _WORDS[IdBy(id_by)] if id_by in set(IdBy) else ""


def mdtrt_cert_type(id_by: str) -> str:
    """The platform's code of the medium, "" where there is none."""
    return id_by.partition("-")[0] if id_by in set(IdBy) else ""
