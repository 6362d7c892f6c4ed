"""
What a library or an application collects of its users, said once.

    PLAN = Plan(
        app="mylib",
        dsn="https://public@errors.example.com/1",
        packages=("mylib",),
        ga4=GoogleAnalytics4("G-XXXXXXX", "..."),
        events=(Event("train", {"task": Choice("detect", "segment")}),),
    )

`adopt` wires what a plan says, and `scrubber disclose` tells users of it.

Promise: a plan that cannot be wired, or not be told of, is refused when it is made.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from scrubber.consent.place import app_checked
from scrubber.errors import ConfigError
from scrubber.lazy import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scrubber.telemetry.ga4 import GoogleAnalytics4
    from scrubber.telemetry.json_endpoint import JsonEndpoint
    from scrubber.telemetry.schema import Event

CHOICES: Final = ("sync", "crash_reports", "usage_events", "logs")
"""Settings by which a user consents."""

_PACKAGE: Final = lazy_pattern(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")
_OURS: Final = frozenset({"dsn", "scrubber", "settings", "attachments"})
"""Arguments of `install` that are no options of the SDK."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is collected, and where it goes.

    Attributes:
        app: the name under which users find their settings, as in `scrubber settings --app mylib`.
        dsn: where crash reports go; None to collect none.
        packages: only errors that went through their code are reported: a library is a guest in its
            user's program. Empty for an application of one's own: then all are.
        ga4: where usage events go, of Google Analytics 4; None for nowhere.
        endpoint: where usage events go in plain JSON; None for nowhere. One of the two, or none.
        events: which usage events there are. Others cannot be recorded.
        policy: by which crash reports are scrubbed where a user has not chosen another.
        version: of the app; goes with each usage event, and is the `release` of crash reports.
        contact: where users ask: a page or an address.
        defaults: what a user who has chosen nothing consents to, by the names in `CHOICES`;
            `{"sync": False}` asks before anything is collected.
        options: of `sentry_sdk.init`.
    """

    app: str
    dsn: str | None = field(default=None, repr=False)
    packages: tuple[str, ...] = ()
    ga4: GoogleAnalytics4 | None = field(default=None, repr=False)
    endpoint: JsonEndpoint | None = field(default=None, repr=False)
    events: tuple[Event, ...] = ()
    policy: str = "balanced"
    version: str = ""
    contact: str = ""
    defaults: Mapping[str, bool] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        """Refuse what cannot be meant.

        Raises:
            ConfigError: a value that its name cannot have.
        """
        for name in ("packages", "events"):
            object.__setattr__(self, name, tuple(getattr(self, name)))
        for name in ("defaults", "options"):
            object.__setattr__(self, name, MappingProxyType(dict(getattr(self, name))))
        problem = self._problem()
        if problem:
            raise ConfigError(f"plan: {problem}")

    def _problem(self) -> str:  # noqa: PLR0911  # one a reason
        """Say what is wrong, or ""."""
        try:
            app_checked(self.app)
        except ValueError as error:
            return str(error)
        if not all(_PACKAGE.fullmatch(str(one)) for one in self.packages):
            return "packages are names of Python packages, such as ('mylib',)"
        if self.ga4 is not None and self.endpoint is not None:
            return "give ga4 or endpoint, not both: each event goes to one place"
        if self.events and self.ga4 is None and self.endpoint is None:
            return "events need a place to go: give ga4 or endpoint"
        if not set(self.defaults) <= set(CHOICES):
            return f"defaults are for: {', '.join(CHOICES)}"
        if not all(isinstance(one, bool) for one in self.defaults.values()):
            return "defaults are True or False"
        if not _OURS.isdisjoint(self.options):
            return f"options are those of sentry_sdk.init, without {', '.join(sorted(_OURS))}"
        if self.dsn is not None and not host_of(self.dsn):
            return "dsn is an address: https://KEY@HOST/PROJECT"
        return ""


def host_of(address: str) -> str:
    """Give the host of an address, with its port if it says one; "" where it has none.

    >>> host_of("https://public@errors.example.com/1")
    'errors.example.com'
    """
    try:
        parts = urlsplit(address)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    return f"{parts.hostname}{port}" if parts.hostname else ""
