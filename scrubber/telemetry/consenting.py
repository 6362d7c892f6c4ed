"""
What a client needs of the settings of a user: whether it may, under which id, and where to note it.

A Protocol and not `scrubber.consent.Settings`, so that an application that has asked its users in
its own way can use a client as well.

Promise: `allowed` and `installation` never raise; what cannot be asked is a no.
"""

from __future__ import annotations

import re
from typing import Final, Protocol

SCOPE: Final = "usage_events"
"""What is asked for, and what an entry of the journal is called."""

_ID: Final = re.compile(r"[0-9A-Za-z-]{8,64}")


class Journal(Protocol):
    """Keeps what was sent, for the user to read."""

    def note(self, kind: str, payload: bytes | str, *, to: str) -> object:
        """Note what was sent, and to which host."""
        ...


class Consent(Protocol):
    """The settings of a user."""

    def allows(self, scope: str) -> bool:
        """Tell whether something may be sent, as of now."""
        ...

    def __getitem__(self, key: str, /) -> object:
        """Give a setting; `installation_id` is asked for."""
        ...

    @property
    def journal(self) -> Journal:
        """What was sent."""
        ...


def allowed(consent: Consent) -> bool:
    """Tell whether usage events may be sent, as of now.

    Args:
        consent: the settings of the user.
    """
    try:
        return consent.allows(SCOPE) is True
    except Exception:  # noqa: BLE001  # who cannot be asked has not agreed
        return False


def installation(consent: Consent) -> str | None:
    """Give the random id of this installation.

    Args:
        consent: the settings of the user.

    Returns:
        8 to 64 ASCII letters, digits and hyphens; None where there is no such id.
    """
    try:
        identifier = consent["installation_id"]
    except Exception:  # noqa: BLE001  # as above
        return None
    return identifier if isinstance(identifier, str) and _ID.fullmatch(identifier) else None
