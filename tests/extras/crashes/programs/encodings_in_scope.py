"""Extra fields and contexts hold every value in every encoding, one encoding an event."""
# [plants] strewn
# [stays] the run is stored

from __future__ import annotations

import sentry_sdk

from tests.extras.crashes.planted import strewn
from tests.extras.crashes.programs_support import start


def store(name: str) -> None:
    """Send one event."""
    half = len(strewn()[name]) // 2
    with sentry_sdk.new_scope() as scope:
        scope.set_extra("report", "\n".join(strewn()[name][:half]))
        scope.set_context("run", {"notes": "\n".join(strewn()[name][half:])})
        scope.capture_message(f"the run is stored as {name}")


start(strew=False)
for encoding in strewn():
    store(encoding)
