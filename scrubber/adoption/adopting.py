"""
Crash reports and usage events of a library, behind one consent of its users, in one call.

    import scrubber

    collection = scrubber.adopt(app="mylib", dsn="...", packages=("mylib",))
    collection.settings.update({"sync": False})  # the user's choice; the next report is not sent

Promise: only what is wrong with the plan raises. Whatever else fails, the program goes on, the part
that failed collects nothing, and `problems` says which.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakValueDictionary

from scrubber.adoption.own_errors import GUEST, only_own
from scrubber.adoption.plan import Plan
from scrubber.consent import Settings
from scrubber.pipeline import Scrubber

if TYPE_CHECKING:
    from scrubber.telemetry.client import Client
    from scrubber.telemetry.sinks import Sink

_clients: Final[WeakValueDictionary[str, Any]] = WeakValueDictionary()
"""The client that was made for an application: adopting again begins anew, and takes no other."""

_TAKEN: Final = "crash reports: another Sentry client is active in this program, and stays"


@dataclass(frozen=True, slots=True)
class Adoption:
    """What was wired.

    Attributes:
        plan: what was asked for.
        settings: the user's; read, change and reset them here.
        problems: what is not collected though the plan says so, and why.
    """

    plan: Plan
    settings: Settings
    problems: tuple[str, ...] = ()
    _client: Client | None = field(default=None, repr=False)
    _crashes: bool = field(default=False, repr=False)

    def record(self, name: str, **values: object) -> None:
        """Record a usage event; see `scrubber.telemetry.Client.record`. It never raises.

        Args:
            name: an event of the plan.
            values: its parameters.
        """
        if self._client is not None:
            with suppress(Exception):  # the client's own promise, once more
                self._client.record(name, **values)

    def flush(self, timeout: float = 2.0) -> None:
        """Wait until what is queued is sent, or the time is over.

        Args:
            timeout: seconds.
        """
        if self._client is not None:
            with suppress(Exception):
                self._client.flush(timeout)
        if self._crashes:
            with suppress(Exception):
                import sentry_sdk

                sentry_sdk.flush(timeout=timeout)

    def close(self) -> None:
        """Send what waits, and undo what was wired."""
        if self._client is not None:
            with suppress(Exception):
                self._client.close()
        if self._crashes:
            with suppress(Exception):
                from scrubber.integrations.sentry import uninstall

                uninstall()


def adopt(app: str | Plan, **plan: Any) -> Adoption:  # noqa: ANN401  # the fields of a plan
    """Wire what a plan says.

    Args:
        app: a plan; or its name, with the other fields of `Plan` behind it.
        plan: fields of `Plan`.

    Returns:
        The settings of the user, and what records usage events.

    Raises:
        ConfigError: the plan cannot be meant.
        TypeError: a field that a plan does not have.
    """
    made = app if isinstance(app, Plan) else Plan(app=app, **plan)
    if isinstance(app, Plan) and plan:
        raise TypeError("adopt: give a plan, or its fields, not both")
    settings = Settings(made.app, defaults=dict(made.defaults))
    problems: list[str] = []
    crashes = False
    client: Client | None = None
    if made.dsn is not None:
        try:
            crashes = _crash_reports(made, settings)
            if not crashes:
                problems.append(_TAKEN)
        except Exception as error:  # noqa: BLE001  # a host program must not break for our sake
            problems.append(_failed("crash reports", error))
    sink = made.ga4 if made.ga4 is not None else made.endpoint
    if sink is not None:
        try:
            client = _usage_events(made, settings, sink)
        except Exception as error:  # noqa: BLE001  # as above
            problems.append(_failed("usage events", error))
    for problem in problems:
        with suppress(Exception):
            logging.getLogger("scrubber").warning("%s collects no %s", made.app, problem)
    return Adoption(made, settings, tuple(problems), client, crashes)


def _failed(part: str, error: Exception) -> str:
    return f"{part}: {type(error).__name__}"


def _crash_reports(plan: Plan, settings: Settings) -> bool:
    """Install the hooks; tell whether they are, for somebody else's client is left alone."""
    import sentry_sdk

    from scrubber.integrations.sentry import install

    current = sentry_sdk.get_client()
    if current.is_active() and current is not _clients.get(plan.app):
        return False
    options: dict[str, Any] = dict(GUEST) if plan.packages else {}
    if plan.version:
        options["release"] = plan.version
    options |= plan.options
    if plan.packages:
        options["before_send"] = only_own(plan.packages, options.get("before_send"))
        options.setdefault("before_send_transaction", _nothing)
        options.setdefault("before_send_metric", _nothing)
    install(plan.dsn, scrubber=_scrubber(plan, settings), settings=settings, **options)
    _clients[plan.app] = sentry_sdk.get_client()
    return True


def _scrubber(plan: Plan, settings: Settings) -> Scrubber:
    """Make the scrubber that the user chose, or else the plan."""
    chosen = settings["policy"] if settings.origin("policy") == "file" else plan.policy
    scrubber = Scrubber(chosen)
    mode = settings["path_mode"]
    if settings.origin("path_mode") == "file" and mode != scrubber.policy.path_mode:
        return Scrubber(replace(scrubber.policy, path_mode=mode))
    return scrubber


def _usage_events(plan: Plan, settings: Settings, sink: Sink) -> Client:
    from scrubber.telemetry.client import Client

    return Client(settings, sink, events=plan.events, app_version=plan.version or None)


def _nothing(_event: Any, _hint: Any) -> None:  # noqa: ANN401
    """Send no transaction and no metric: a library measures nothing of its user's program."""
