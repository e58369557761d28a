"""Parties of a case, in roles (DESIGN, decision 17)."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody is in the case."""

    INSURED = "insured"
    APPLICANT = "applicant"
    GUARDIAN = "guardian"
    AGENT = "agent"
    HEIR = "heir"
    ACCOUNT_HOLDER = "account_holder"


@dataclass(frozen=True, slots=True)
class Party:
    """One person in one role; `key` is the subject key, `tel` may be empty."""

    role: Role
    key: str
    name: str
    certno: str
    tel: str = ""
