"""
One request, put on the wire; loaded by the sending thread when there is something to send.

`urllib.request` alone follows redirects, also to plain HTTP and to other hosts, and asks nobody
between connecting and sending. Both are changed here; proxies are its own matter, but for requests
to this machine itself.

Promise: no byte of a request leaves before `allowed` has said yes after the connection stood; a
redirect is not followed; what goes wrong is an outcome and no exception.
"""

from __future__ import annotations

import ssl
from functools import partial
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import TYPE_CHECKING, Any, Final
from urllib import request as library
from urllib.error import URLError

if TYPE_CHECKING:
    from collections.abc import Callable
    from http.client import HTTPResponse

    from scrubber.telemetry.sinks import Request
    from scrubber.telemetry.tally import Outcome

AGENT: Final = "crashscrub"

_SUCCESS: Final = range(200, 300)


# A monitoring SDK of the program replaces methods of the library to add ids of its own to every
# request, so only these and those of the request itself are let through.
_HEADERS: Final = frozenset(
    {"accept-encoding", "connection", "content-length", "content-type", "host", "user-agent"}
)


class _WithheldError(Exception):
    """Consent was taken back while a connection was made."""


class Gate:
    """Asks for consent as late as can be, and knows what has left.

    Attributes:
        opened: whether something of the request was put on the wire.
    """

    __slots__ = ("_allowed", "opened")

    def __init__(self, allowed: Callable[[], bool]) -> None:
        """Make it, closed.

        Args:
            allowed: tells whether something may be sent, as of now.
        """
        self._allowed = allowed
        self.opened = False

    def ask(self) -> None:
        """Let the next bytes through.

        Raises:
            _WithheldError: they may not be sent.
        """
        if not self._allowed():
            raise _WithheldError
        self.opened = True


class _Plain(HTTPConnection):
    """Asks before it sends; what a proxy needs to make a tunnel is sent while it connects."""

    gate: Gate
    headers: frozenset[str]
    stands = False

    def connect(self) -> None:
        super().connect()
        self.stands = True

    def send(self, data: Any) -> None:  # noqa: ANN401  # as the library has it
        if self.sock is None:
            self.connect()
        if self.stands:
            self.gate.ask()
        super().send(data)

    def putheader(self, header: str | bytes, *values: Any) -> None:  # noqa: ANN401  # as above
        if _written(header) in self.headers:
            super().putheader(header, *values)


class _Secure(HTTPSConnection):
    """As above, encrypted."""

    gate: Gate
    headers: frozenset[str]
    stands = False

    def connect(self) -> None:
        super().connect()
        self.stands = True

    def send(self, data: Any) -> None:  # noqa: ANN401  # as above
        if self.sock is None:
            self.connect()
        if self.stands:
            self.gate.ask()
        super().send(data)

    def putheader(self, header: str | bytes, *values: Any) -> None:  # noqa: ANN401  # as above
        if _written(header) in self.headers:
            super().putheader(header, *values)


def _written(header: str | bytes) -> str:
    return (header.decode("latin-1") if isinstance(header, bytes) else header).lower()


def _made(
    kind: type[_Plain | _Secure],
    gate: Gate,
    headers: frozenset[str],
    host: str,
    **options: Any,  # noqa: ANN401
) -> Any:  # noqa: ANN401
    connection = kind(host, **options)
    connection.gate = gate
    connection.headers = headers
    return connection


class _Handler(library.AbstractHTTPHandler):
    """Opens connections that ask."""

    http_request = library.AbstractHTTPHandler.do_request_
    https_request = library.AbstractHTTPHandler.do_request_

    def __init__(self, gate: Gate, headers: frozenset[str]) -> None:
        super().__init__()
        self._gate = gate
        self._headers = headers

    def http_open(self, req: library.Request) -> HTTPResponse:
        return self.do_open(partial(_made, _Plain, self._gate, self._headers), req)

    def https_open(self, req: library.Request) -> HTTPResponse:
        return self.do_open(
            partial(_made, _Secure, self._gate, self._headers),
            req,
            context=ssl.create_default_context(),
        )


def warm() -> None:
    """Load what the library loads when it first looks up a host."""
    "example.com".encode("idna")


def post(request: Request, gate: Gate, timeout: float) -> Outcome:
    """Send a request, once.

    Args:
        request: what to send.
        gate: asks for consent.
        timeout: seconds to wait for each step: a connection, the next bytes of an answer.

    Returns:
        `sent`, `withheld`, `refused` (another status than success), `untrusted` (its certificate)
        or `unreachable`.
    """
    opener = library.OpenerDirector()
    if not request.local:
        opener.add_handler(library.ProxyHandler())
    opener.add_handler(_Handler(gate, _HEADERS.union(map(str.lower, request.headers))))
    message = library.Request(  # noqa: S310  # the scheme was looked at when the sink was made
        request.url,
        data=request.body,
        # Without one, Python would tell its version.
        headers={"User-Agent": AGENT, **request.headers},
        method="POST",
    )
    try:
        with opener.open(message, timeout=timeout) as answer:
            return "sent" if answer.status in _SUCCESS else "refused"
    except _WithheldError:
        return "withheld"
    except URLError as error:
        return "untrusted" if isinstance(error.reason, ssl.SSLError) else "unreachable"
    except (OSError, HTTPException):
        return "unreachable"
