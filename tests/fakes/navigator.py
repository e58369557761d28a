"""Remembers where a screen wanted to go."""


class FakeNavigator:
    def __init__(self) -> None:
        self.went: list[tuple[str, ...]] = []

    def home(self) -> None:
        self.went.append(("home",))

    def search(self, text: str = "", how: str = "") -> None:
        self.went.append(("search", text, how) if how else ("search", text))

    def household(self, number: str, certno: str = "") -> None:
        self.went.append(("household", number, certno))

    def enrol(self, household: str, certnos: tuple[str, ...]) -> None:
        self.went.append(("enrol", household, *certnos))

    def start(
        self, item_id: str, household: str, certno: str, preset: dict[str, str] | None = None
    ) -> None:
        chosen = tuple(f"{k}={v}" for k, v in (preset or {}).items())
        self.went.append(("start", item_id, household, certno, *chosen))

    def draft(self, draft_id: str) -> None:
        self.went.append(("draft", draft_id))

    def amend(self, case_id: str, field: str = "") -> None:
        self.went.append(("amend", case_id, field) if field else ("amend", case_id))

    def accepted(self, case_id: str) -> None:
        self.went.append(("accepted", case_id))

    def void(self, case_id: str) -> None:
        self.went.append(("void", case_id))

    def worklist(self, case_id: str = "") -> None:
        self.went.append(("worklist", case_id))

    def conflict(self, case_id: str) -> None:
        self.went.append(("conflict", case_id))

    def outbox(self) -> None:
        self.went.append(("outbox",))

    def doctor(self) -> None:
        self.went.append(("doctor",))

    def receipt(self, text: str) -> None:
        self.went.append(("receipt", text))

    def sync_now(self) -> None:
        self.went.append(("sync_now",))

    def refresh(self) -> None:
        self.went.append(("refresh",))
