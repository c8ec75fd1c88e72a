"""What may become of one request to the OpenRosa double: lost, cut, or answered by something else."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

Fault = Callable[[Request, Callable[[], Response]], Response]


def loses_answer(_request: Request, do: Callable[[], Response]) -> Response:
    """The work is done; the answer breaks off."""
    do()
    return _cut()


def cuts(_request: Request, _do: Callable[[], Response]) -> Response:
    """Nothing is done; the line breaks off."""
    return _cut()


def cuts_after(size: int) -> Fault:
    """The work is done; the answer breaks off after `size` bytes."""

    def act(_request: Request, do: Callable[[], Response]) -> Response:
        whole = do()
        headers = {name: value for name, value in whole.headers.items() if name != "date"}
        return StreamingResponse(iter([bytes(whole.body)[:size]]), whole.status_code, headers)

    return act


def answers(status: int, body: bytes = b"", headers: dict[str, str] | None = None) -> Fault:
    """Something else answers in the server's place."""
    return lambda _request, _do: Response(body, status, headers, media_type="text/html")


def _cut() -> Response:
    return StreamingResponse(iter([b"<Open"]), 201, {"Content-Length": "5000"})
