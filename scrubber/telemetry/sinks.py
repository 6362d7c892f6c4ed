"""
Where events go: what every sink has in common.

Promise: an address is HTTPS, or plain HTTP to this machine itself; it holds no account and no
password; no error and no `repr` shows it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol
from urllib.parse import urlsplit

from scrubber.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Sequence

Sent = Mapping[str, object]
"""An event as it is sent: `name` and `params`."""

_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Request:
    """What is put on the wire. Its `repr` shows the host only.

    Attributes:
        host: the host that receives it; with a port where it is not the usual one.
        url: the whole address.
        body: JSON in UTF-8.
        headers: besides those that HTTP needs.
    """

    host: str
    url: str = field(repr=False)
    body: bytes = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)

    @property
    def local(self) -> bool:
        """Whether it goes to this machine itself."""
        return urlsplit(self.url).hostname in _LOOPBACK


class Sink(Protocol):
    """Makes requests of events."""

    @property
    def host(self) -> str:
        """The host that receives them."""
        ...

    @property
    def protocol(self) -> str:
        """How it is told there."""
        ...

    @property
    def fixed(self) -> Mapping[str, object]:
        """What stands unchanged in every request."""
        ...

    @property
    def event_fixed(self) -> Mapping[str, str | int]:
        """Parameters that stand unchanged in every event."""
        ...

    def request(self, events: Sequence[Sent], installation: str) -> Request:
        """Make a request."""
        ...


def host_of(url: object) -> str:
    """Give the host of an address that events may be sent to.

    Args:
        url: the address.

    Returns:
        The host, with a port where one is given.

    Raises:
        ConfigError: it is no HTTPS address, and not this machine; or holds an account, a fragment,
            or what is no printable ASCII.

    >>> host_of("https://stats.example.com/usage")
    'stats.example.com'
    """
    if not isinstance(url, str) or not url.isascii() or not url.isprintable() or " " in url:
        raise ConfigError("the address of a sink is printable ASCII without blanks")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or parts.username is not None or parts.password is not None or parts.fragment:
        raise ConfigError("the address of a sink has a host, no account and no fragment")
    if parts.scheme != "https" and not (parts.scheme == "http" and host in _LOOPBACK):
        raise ConfigError("the address of a sink begins with https://, but for this machine itself")
    name = f"[{host}]" if ":" in host else host
    return name if port is None else f"{name}:{port}"


def encoded(body: Mapping[str, object]) -> bytes:
    """Write a body: compact JSON, in the order it was made.

    Args:
        body: JSON without NaN and infinities.
    """
    return json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
