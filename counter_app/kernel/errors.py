"""Exceptions in two families: faults of the environment, and everything else (a bug)."""


class EnvironmentFault(Exception):
    """Something around the program fails: disk, database file, printer, network, clock.

    Args:
        code: stable word for logs and tests.
        text: one sentence for the clerk: what happened and what it means.
        advice: what to press or whom to ring.
    """

    def __init__(self, code: str, text: str, advice: str = "") -> None:
        super().__init__(f"{code}: {text}")
        self.code = code
        self.text = text
        self.advice = advice


class Refused(Exception):
    """A use-case says no for a reason the clerk can read; carries a stable code."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(f"{code}: {text}")
        self.code = code
        self.text = text
