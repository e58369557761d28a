"""What is printed on the invented bills of the tour: texts of their codes, and what must be typed off them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bill:
    """A fiscal e-bill: code, number and check as its QR says them; amount in yuan."""

    number: str
    amount: str
    code: str = "99060226"
    check: str = "a7K2p9"

    @property
    def text(self) -> str:
        """The text of its code."""
        return f"https://bill.invalid/page/{self.code}/{self.number}/{self.check}"

    def typed(self, day: str) -> dict[str, str]:
        """What the code leaves to be typed."""
        return {"billDate": day, "billAmt": self.amount}

    def by_hand(self, day: str) -> dict[str, str]:
        """Everything, where nothing is scanned."""
        return {
            "elecSetlCertType": "1",
            "elecSetlCertCode": self.code,
            "elecSetlCertNo": self.number,
            "elecSetlCertChkcode": self.check,
            **self.typed(day),
        }


def digital_invoice(number: str, amount: str, day: str) -> str:
    """The text of a fully digital invoice's code; it says day and amount itself."""
    return f"01,32,,{number},{amount},{day.replace('-', '')},,"
