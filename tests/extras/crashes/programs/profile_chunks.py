"""A continuous profile, which goes out in chunks."""
# [plants] account
# [stays] heavy_pooling

from __future__ import annotations

import time

import sentry_sdk

from tests.extras.crashes.programs_support import start


def heavy_pooling() -> int:
    """Use the processor."""
    end = time.monotonic() + 0.5
    total = 0
    while time.monotonic() < end:
        total += sum(range(1000))
    return total


start(profile_session_sample_rate=1.0, profile_lifecycle="manual")
sentry_sdk.profiler.start_profiler()
with sentry_sdk.start_transaction(op="task", name="pool"):
    heavy_pooling()
sentry_sdk.profiler.stop_profiler()
time.sleep(0.2)
sentry_sdk.flush(20)
