"""The Litestar application: routes carry bytes to the endpoints, on worker threads."""

from functools import partial
from typing import Any

from anyio.to_thread import run_sync
from litestar import HttpMethod, Litestar, Request, Response, route
from litestar.handlers import HTTPRouteHandler

from counter_app.central import endpoints
from counter_app.central.centre import Centre
from counter_app.central.devices import Request as Asked

PREFIX = "/sync/v1"
LARGEST_BODY = 16 * 1024 * 1024
_LARGEST = {"/courier": 64 * 1024 * 1024}
"""Where more than that may come: a stick carries weeks of work. A larger one is imported by command."""

Incoming = Request[Any, Any, Any]

_ROUTES: tuple[tuple[HttpMethod, str, endpoints.Call], ...] = (
    (HttpMethod.POST, "/enrol", endpoints.enrol),
    (HttpMethod.POST, "/ops", endpoints.ops),
    (HttpMethod.POST, "/access", endpoints.access),
    (HttpMethod.POST, "/courier", endpoints.courier),
    (HttpMethod.POST, "/rekey", endpoints.rekey),
    (HttpMethod.POST, "/person/find", endpoints.find_person),
    (HttpMethod.POST, "/evoucher/decode", endpoints.decode_voucher),
    (HttpMethod.GET, "/hello", endpoints.hello),
    (HttpMethod.GET, "/feed/{name:str}", endpoints.feed),
    (HttpMethod.GET, "/boot/{name:str}", endpoints.boot),
    (HttpMethod.GET, "/frame/{sha:str}", endpoints.frame),
)


def make_app(centre: Centre) -> Litestar:
    """The application bound to an opened centre."""
    return Litestar(
        route_handlers=[_bound(centre, *one) for one in _ROUTES],
        openapi_config=None,
        request_max_body_size=LARGEST_BODY,
        logging_config=None,
    )


def _bound(centre: Centre, method: HttpMethod, path: str, call: endpoints.Call) -> HTTPRouteHandler:
    async def handle(request: Incoming) -> Response[bytes]:
        return await _answer(centre, request, call)

    largest = _LARGEST.get(path, LARGEST_BODY)
    return route(PREFIX + path, http_method=method, request_max_body_size=largest)(handle)


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
