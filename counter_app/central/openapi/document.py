"""The OpenAPI document of the calls."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec

import counter_app
from counter_app.central.openapi.calls import CALLS, Call, Example
from counter_app.wire import request_signature as signed
from counter_app.wire.messages import ErrorReply

PREFIX = "/sync/v1"
_REF = "#/components/schemas/{name}"
Plain = dict[str, Any]


@cache
def document() -> bytes:
    """The document as JSON."""
    return msgspec.json.encode(described())


def described() -> Plain:
    """The document as plain values."""
    paths: dict[str, Plain] = {}
    for call in CALLS:
        paths.setdefault(PREFIX + call.path, {})[call.method.lower()] = _operation(call)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "医保基层窗口同步协议",
            "version": counter_app.__version__,
            "description": "Signed calls of an enrolled PC; every refusal is an ErrorReply by code.",
        },
        "paths": paths,
        "components": {"schemas": _schemas(), "securitySchemes": _schemes()},
    }


def _schemes() -> Plain:
    said = "Ed25519 over method, path and query, Content-Digest, X-Created and X-Device, one a line"
    return {
        "device": {"type": "apiKey", "in": "header", "name": signed.SIGNATURE, "description": said}
    }


def _schemas() -> Plain:
    found = msgspec.json.schema_components(list(_types()), ref_template=_REF)[1]
    return dict(sorted(found.items()))


def _types() -> Iterator[type]:
    yield ErrorReply
    for call in CALLS:
        shapes = (call.asked, *call.answers.values())
        yield from (shape for shape in shapes if shape is not None and shape is not bytes)


def _operation(call: Call) -> Plain:
    made: Plain = {
        "summary": call.summary,
        "operationId": f"{call.method.lower()}{call.path}",
        "parameters": list(_parameters(call)),
        "responses": dict(_responses(call)),
        "security": [{"device": []}] if call.signed else [],
    }
    if call.asked is not None:
        examples = {one.name: _example(one) for one in call.examples if _is_json(one)}
        content = _content(call.asked)
        if examples:
            next(iter(content.values()))["examples"] = examples
        made["requestBody"] = {"required": True, "content": content}
    return made


def _is_json(one: Example) -> bool:
    return one.asked is not None and not isinstance(one.asked, bytes)


def _example(one: Example) -> Plain:
    answer = f"{one.status} {one.says.get('code', '')}".strip()
    return {"summary": f"answered {answer}", "value": one.asked}


def _parameters(call: Call) -> Iterator[Plain]:
    for part in call.path.split("/"):
        if part.startswith("{"):
            name = part.strip("{}")
            found = (one.named[name] for one in call.examples if name in one.named)
            yield _parameter(name, "path", "", required=True) | {
                "examples": {f"example{n}": {"value": v} for n, v in enumerate(found)}
            }
    for name, said in call.query.items():
        number = {"type": "integer", "minimum": 0}
        yield _parameter(name, "query", said) | {"schema": number}
    for name, said in call.headers.items():
        yield _parameter(name, "header", said)


def _parameter(name: str, place: str, said: str, *, required: bool = False) -> Plain:
    return {
        "name": name,
        "in": place,
        "required": required,
        "description": said,
        "schema": {"type": "string"},
    }


def _responses(call: Call) -> Iterator[tuple[str, Plain]]:
    for status, shape in call.answers.items():
        yield str(status), {"description": "done", "content": _content(shape)}
    for status, codes in sorted(call.refusals().items()):
        yield str(status), {"description": ", ".join(codes), "content": _content(ErrorReply)}


def _content(shape: type) -> Plain:
    if shape is bytes:
        return {
            "application/octet-stream": {
                "schema": {"type": "string", "contentMediaType": "application/octet-stream"}
            }
        }
    ((schema,), _) = msgspec.json.schema_components([shape], ref_template=_REF)
    return {"application/json": {"schema": schema}}
