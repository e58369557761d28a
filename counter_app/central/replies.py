"""Answers of the endpoints, apart from any web framework."""

from dataclasses import dataclass, field

import msgspec

from counter_app.central.centre import Centre
from counter_app.wire.messages import ErrorReply

JSON = "application/json"
BYTES = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Reply:
    """Status, body and its kind."""

    status: int
    body: bytes
    kind: str = JSON
    headers: dict[str, str] = field(default_factory=dict)


class RequestRefused(Exception):
    """A request ends with an error by code; nothing of it is kept."""

    def __init__(self, status: int, code: str, text: str = "", epoch: str = "") -> None:
        super().__init__(f"{status} {code}")
        self.epoch = epoch
        self.status = status
        self.code = code
        self.text = text


def reply(message: msgspec.Struct, status: int = 200) -> Reply:
    """A message as JSON."""
    return Reply(status, msgspec.json.encode(message))


def refusal(centre: Centre, refused: RequestRefused) -> Reply:
    """An ErrorReply with the centre's time."""
    body = ErrorReply(
        code=refused.code,
        text=refused.text,
        time_ms=centre.clock.now_ms(),
        epoch=refused.epoch,
    )
    return reply(body, refused.status)
