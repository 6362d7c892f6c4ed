"""
A server of one's own that takes JSON.

Promise: a request has these members and no other: `installation_id` and `events`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from scrubber.errors import ConfigError
from scrubber.telemetry.sinks import Request, encoded, host_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scrubber.telemetry.sinks import Sent

_HEADER: Final = re.compile(r"[A-Za-z0-9-]{1,64}")
_OURS: Final = frozenset({"connection", "content-length", "content-type", "host", "user-agent"})


@dataclass(frozen=True, slots=True)
class JsonEndpoint:
    """An address that takes events as JSON, by POST, and answers with any status of success.

    Args:
        url: HTTPS; plain HTTP for this machine only.
        headers: sent with each request: the token of an application. They are not looked at.

    Raises:
        ConfigError: one of them cannot be used.

    >>> sink = JsonEndpoint("https://stats.example.com/usage")
    >>> sink.request([{"name": "train", "params": {"amp": 1}}], "0f3c2a1b").body
    b'{"installation_id":"0f3c2a1b","events":[{"name":"train","params":{"amp":1}}]}'
    """

    url: str = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False, kw_only=True)

    def __post_init__(self) -> None:
        host_of(self.url)
        headers = dict(self.headers)
        for name, value in headers.items():
            if not _HEADER.fullmatch(name) or name.lower() in _OURS:
                raise ConfigError("JsonEndpoint: a header that cannot be sent, by its name")
            if not value.isascii() or not value.isprintable():
                raise ConfigError(f"JsonEndpoint: header {name!r} is not printable ASCII")
        object.__setattr__(self, "headers", headers)

    @property
    def host(self) -> str:
        """The host that receives events."""
        return host_of(self.url)

    @property
    def protocol(self) -> str:
        """How it is told there."""
        return "JSON"

    @property
    def fixed(self) -> Mapping[str, Any]:
        """Nothing stands unchanged in every request."""
        return {}

    @property
    def event_fixed(self) -> Mapping[str, str | int]:
        """Nothing stands unchanged in every event."""
        return {}

    def request(self, events: Sequence[Sent], installation: str) -> Request:
        """Make a request.

        Args:
            events: at most 25.
            installation: the id of the installation.
        """
        body = {"installation_id": installation, "events": list(events)}
        headers = {"Content-Type": "application/json", **self.headers}
        return Request(self.host, self.url, encoded(body), headers)
