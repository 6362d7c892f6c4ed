"""
How much one event and one request may hold: the limits of Google Analytics 4, kept for every sink.

Source: the reference of the GA4 Measurement Protocol (its sections on limitations and reserved
names) and "Event collection limits". The service answers 204 to what it then throws away, so what
is beyond a limit is refused here, when an event is declared.

Promise: what passes these checks is never refused by the service for its shape.
"""

from __future__ import annotations

import re
from typing import Final

from scrubber.errors import ConfigError

EVENTS: Final = 25
"""Events of one request."""

PARAMETERS: Final = 25
"""Parameters of one event, those of the system included."""

NAME: Final = 40
"""Characters of the name of an event or a parameter."""

TEXT: Final = 100
"""Characters of a value."""

BODY: Final = 130_000
"""Bytes that a body stays below."""

_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")
_RESERVED_STARTS: Final = ("firebase_", "ga_", "google_", "gtag")

RESERVED_EVENTS: Final = frozenset(
    """
    ad_activeview ad_click ad_exposure ad_impression ad_query ad_reward adunit_exposure
    app_background app_clear_data app_exception app_install app_remove app_store_refund
    app_store_subscription_cancel app_store_subscription_convert app_store_subscription_renew
    app_uninstall app_update app_upgrade dynamic_link_app_open dynamic_link_app_update
    dynamic_link_first_open error firebase_campaign firebase_in_app_message_action
    firebase_in_app_message_dismiss firebase_in_app_message_impression first_open first_visit
    in_app_purchase notification_dismiss notification_foreground notification_open
    notification_receive notification_send os_update screen_view session_start
    session_start_with_rollout user_engagement
    """.split()  # noqa: SIM905  # one column of forty names says no more
)
"""Names of events that the service keeps for itself."""

REFUSED_PARAMETERS: Final = frozenset(
    """
    campaign campaign_id client_id content device dclid email engagement_time_msec fbclid
    firebase_conversion gbraid gclid ip_override medium session_id session_number source term
    timestamp_micros user_agent user_data user_id user_location user_properties wbraid
    """.split()  # noqa: SIM905  # one column of forty names says no more
)
"""Names of parameters that the service keeps, or that stand for a person or an advertisement."""


def check_event_name(name: object) -> None:
    """Refuse the name of an event that cannot be collected.

    Args:
        name: what an event is to be called.

    Raises:
        ConfigError: it is no such name, too long, or reserved.

    >>> check_event_name("train")
    >>> check_event_name("session_start")
    Traceback (most recent call last):
    scrubber.errors.ConfigError: event 'session_start': the name is reserved; choose another
    """
    _check("event", name, RESERVED_EVENTS)


def check_parameter_name(name: object) -> None:
    """Refuse the name of a parameter that cannot be collected, or must not be.

    Args:
        name: what a parameter is to be called.

    Raises:
        ConfigError: it is no such name, too long, or reserved.
    """
    _check("parameter", name, REFUSED_PARAMETERS)


def _check(what: str, name: object, reserved: frozenset[str]) -> None:
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise ConfigError(
            f"{what} {name!r}: a name has at most {NAME} ASCII letters, digits and underscores, "
            "and begins with a letter"
        )
    if name in reserved or name.startswith(_RESERVED_STARTS):
        raise ConfigError(f"{what} {name!r}: the name is reserved; choose another")


def check_text(what: str, text: object) -> str:
    """Refuse a text that cannot be the value of a parameter.

    Args:
        what: how it is called in the error.
        text: a value that a schema allows.

    Returns:
        The text.

    Raises:
        ConfigError: it is empty, too long, or not printable.
    """
    if not isinstance(text, str) or not 0 < len(text) <= TEXT or not text.isprintable():
        raise ConfigError(f"{what}: a value is a printable text of 1 to {TEXT} characters")
    return str.__str__(text)
