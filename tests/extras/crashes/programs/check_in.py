"""A job that is watched, and fails."""
# [plants] home_linux email
# [stays] nightly-import

from __future__ import annotations

import sentry_sdk
from sentry_sdk.crons import monitor

from tests.extras.crashes.planted import of
from tests.extras.crashes.programs_support import start


@monitor(
    monitor_slug="nightly-import",
    monitor_config={"schedule": {"type": "crontab", "value": "0 3 * * *"}, "timezone": "UTC"},
)
def nightly(folder: str) -> None:
    """Import a folder."""
    message = f"nothing to import in {folder} for {of('email')}"
    raise RuntimeError(message)


start()
try:
    nightly(of("home_linux"))
finally:
    sentry_sdk.flush(20)
