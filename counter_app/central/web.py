"""The Litestar application: routes carry bytes to the endpoints, on worker threads."""

import logging
import traceback
from functools import partial
from typing import Any

from anyio.to_thread import run_sync
from litestar import HttpMethod, Litestar, Request, Response, get, route
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler

from counter_app.central import endpoints
from counter_app.central.centre import Centre
from counter_app.central.devices import Request as Asked
from counter_app.central.openapi.document import document
from counter_app.central.replies import JSON, RequestRefused, refusal

PREFIX = "/sync/v1"
LARGEST_BODY = 16 * 1024 * 1024
_log = logging.getLogger(__name__)
_CODES = {400: "request", 404: "no_such_call", 405: "method", 413: "too_large"}
"""What never reaches an endpoint."""
_LARGEST = {"/courier": 64 * 1024 * 1024}
"""Where more than that may come: a stick carries weeks of work. A larger one is imported by command."""

Incoming = Request[Any, Any, Any]

_ROUTES: tuple[tuple[HttpMethod, str, endpoints.Call], ...] = (
    (HttpMethod.POST, "/enrol", endpoints.enrol),
    (HttpMethod.POST, "/ops", endpoints.ops),
    (HttpMethod.POST, "/access", endpoints.access),
    (HttpMethod.POST, "/courier", endpoints.courier),
    (HttpMethod.POST, "/ops:have", endpoints.have),
    (HttpMethod.POST, "/send-key", endpoints.send_key),
    (HttpMethod.GET, "/sent", endpoints.sent),
    (HttpMethod.POST, "/rekey", endpoints.rekey),
    (HttpMethod.POST, "/person/find", endpoints.find_person),
    (HttpMethod.POST, "/evoucher/decode", endpoints.decode_voucher),
    (HttpMethod.GET, "/hello", endpoints.hello),
    (HttpMethod.GET, "/feed/{name:str}", endpoints.feed),
    (HttpMethod.POST, "/digest/{name:str}", endpoints.digest),
    (HttpMethod.GET, "/boot/{name:str}", endpoints.boot),
    (HttpMethod.GET, "/frame/{sha:str}", endpoints.frame),
)


def make_app(centre: Centre) -> Litestar:
    """The application bound to an opened centre."""
    return Litestar(
        route_handlers=[*(_bound(centre, *one) for one in _ROUTES), _described()],
        exception_handlers={Exception: partial(_refused, centre)},
        openapi_config=None,
        request_max_body_size=LARGEST_BODY,
        logging_config=None,
    )


def _bound(centre: Centre, method: HttpMethod, path: str, call: endpoints.Call) -> HTTPRouteHandler:
    async def handle(request: Incoming) -> Response[bytes]:
        return await _answer(centre, request, call)

    largest = _LARGEST.get(path, LARGEST_BODY)
    return route(PREFIX + path, http_method=method, request_max_body_size=largest)(handle)


def _described() -> HTTPRouteHandler:
    async def handle() -> Response[bytes]:
        return Response(document(), media_type=JSON)

    return get(f"{PREFIX}/openapi.json")(handle)


def _refused(centre: Centre, request: Incoming, error: Exception) -> Response[bytes]:
    """A refusal of the same shape as an endpoint's own."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status >= 500:
        _log.error("%s failed: %s", request.scope.get("path_template", ""), _where(error))
    done = refusal(centre, RequestRefused(status, _CODES.get(status, "fault")))
    more = (error.headers if isinstance(error, HTTPException) else None) or {}
    headers = {name: value for name, value in more.items() if name.lower() == "allow"}
    return Response(done.body, status_code=status, media_type=done.kind, headers=headers)


def _where(error: Exception) -> str:
    """The kind of error and where: its words may hold what people's files say."""
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    places = " < ".join(f"{f.name}:{f.lineno}" for f in reversed(frames))
    return f"{type(error).__name__} at {places}"


async def _answer(centre: Centre, request: Incoming, call: endpoints.Call) -> Response[bytes]:
    query = request.url.query
    asked = Asked(
        method=str(request.method),
        target=request.url.path + (f"?{query}" if query else ""),
        headers={name.lower(): value for name, value in request.headers.items()},
        body=await request.body(),
    )
    named = {
        "name": str(request.path_params.get("name", "")),
        "sha": str(request.path_params.get("sha", "")),
        "after": request.query_params.get("after", ""),
        "limit": request.query_params.get("limit", ""),
    }
    done = await run_sync(partial(endpoints.answer, centre, asked, call, named))
    return Response(done.body, status_code=done.status, media_type=done.kind, headers=done.headers)
