"""
Google Analytics 4, by its Measurement Protocol.

Every request denies the use for advertisements and for personalisation, and holds none of the
fields by which a person can be told: no user id, no location, no address in place of the sender's,
no session.

Promise: a request has these members and no other: `client_id` (the installation id),
`non_personalized_ads`, `consent`, `events`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from scrubber.errors import ConfigError
from scrubber.telemetry.sinks import Request, encoded, host_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scrubber.telemetry.sinks import Sent

COLLECT: Final = "https://www.google-analytics.com/mp/collect"

_MEASUREMENT_ID: Final = re.compile(r"G-[A-Z0-9]{4,20}")
_API_SECRET: Final = re.compile(r"[\w-]{1,100}", re.ASCII)


@dataclass(frozen=True, slots=True)
class GoogleAnalytics4:
    """A data stream of Google Analytics 4.

    Args:
        measurement_id: the stream's, `G-XXXXXXXXXX`.
        api_secret: one made for the stream. It lets others write events and read none; whoever has
            the program has it.
        url: where requests go; `https://region1.google-analytics.com/mp/collect` for one that
            keeps them in the European Union.

    Raises:
        ConfigError: one of them cannot be used.

    >>> GoogleAnalytics4("G-EXAMPLE00", "secret").host
    'www.google-analytics.com'
    """

    measurement_id: str
    api_secret: str = field(repr=False)
    url: str = field(default=COLLECT, repr=False, kw_only=True)

    def __post_init__(self) -> None:
        if not _MEASUREMENT_ID.fullmatch(self.measurement_id):
            raise ConfigError("GoogleAnalytics4: a measurement id is written G-XXXXXXXXXX")
        if not _API_SECRET.fullmatch(self.api_secret):
            raise ConfigError("GoogleAnalytics4: an API secret has letters, digits, `_` and `-`")
        host_of(self.url)
        if "?" in self.url:
            raise ConfigError("GoogleAnalytics4: the address has no query; it is added")

    @property
    def host(self) -> str:
        """The host that receives events."""
        return host_of(self.url)

    @property
    def protocol(self) -> str:
        """How it is told there."""
        return "Google Analytics 4"

    @property
    def fixed(self) -> Mapping[str, Any]:
        """What stands unchanged in every request."""
        return {
            "non_personalized_ads": True,
            "consent": {"ad_user_data": "DENIED", "ad_personalization": "DENIED"},
        }

    @property
    def event_fixed(self) -> Mapping[str, str | int]:
        """The least time of engagement: without, the service counts no active users."""
        return {"engagement_time_msec": 1}

    def request(self, events: Sequence[Sent], installation: str) -> Request:
        """Make a request.

        Args:
            events: at most 25.
            installation: the id of the installation.
        """
        query = urlencode({"measurement_id": self.measurement_id, "api_secret": self.api_secret})
        body = {"client_id": installation, **self.fixed, "events": list(events)}
        headers = {"Content-Type": "application/json"}
        return Request(self.host, f"{self.url}?{query}", encoded(body), headers)
