"""A destructor and an exit handler fail after everything else."""
# [plants] home_linux email
# [stays] cannot close
# [stays] cannot say goodbye

from __future__ import annotations

import atexit

import sentry_sdk
from sentry_sdk.integrations.unraisablehook import UnraisablehookIntegration

from tests.extras.crashes.planted import of
from tests.extras.crashes.programs_support import start


class Handle:
    """A file that cannot be closed."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __del__(self) -> None:
        message = f"cannot close {self.path}"
        raise OSError(message)


def farewell() -> None:
    """Say goodbye."""
    try:
        raise RuntimeError(f"cannot say goodbye to {of('email')}")  # noqa: TRY301
    except RuntimeError:
        sentry_sdk.capture_exception()


start(integrations=[UnraisablehookIntegration()])
atexit.register(farewell)
handle = Handle(of("home_linux"))
del handle
