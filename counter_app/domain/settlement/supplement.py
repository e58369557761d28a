"""大额医疗补助 (hifob_pay) and 公务员医疗补助 (cvlserv_pay): one kind of tier, used twice.

The fact book has their fields and row codes (§4.3) and no arithmetic: a pack says all of it or the
claim gets no figure (decision 024).
"""

from enum import StrEnum


class Supplement(StrEnum):
    """Which one; also the first part of its keys in a pack and of its rows in a trace."""

    LARGE = "large_amount"
    CIVIL = "civil_servant"

    @property
    def words(self) -> str:
        """大额医疗补助."""
        return "大额医疗补助" if self is Supplement.LARGE else "公务员医疗补助"
