"""A transaction that is profiled: its frames name files and threads."""
# [plants] account email
# [stays] heavy_convolution

from __future__ import annotations

import threading
import time

import sentry_sdk

from tests.extras.crashes.planted import of
from tests.extras.crashes.programs_support import start


def heavy_convolution() -> int:
    """Use the processor."""
    end = time.monotonic() + 0.4
    total = 0
    while time.monotonic() < end:
        total += sum(range(1000))
    return total


start(profiles_sample_rate=1.0)
threading.current_thread().name = f"trainer of {of('email')}"
with sentry_sdk.start_transaction(op="task", name="convolve"):
    heavy_convolution()
sentry_sdk.flush(20)
