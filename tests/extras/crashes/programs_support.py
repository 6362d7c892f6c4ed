"""
The one line every crash program begins with, and what it strews.

`start()` is what an application would write: one call of the installer. With `CRASHES_RAW` set
nothing is scrubbed: what arrives then proves that the planted values would have arrived.
"""

from __future__ import annotations

import os
import socket
from typing import Any

from tests.extras.crashes import planted


def start(*, strew: bool = True, **options: Any) -> None:  # noqa: ANN401  # those of the SDK
    """Start the SDK with everything on that can hold data.

    Args:
        strew: whether the sentences with every value in every encoding become breadcrumbs.
        options: of `sentry_sdk.init`.
    """
    # The name of the machine the program believes to run on.
    socket.gethostname = lambda: planted.HOST
    import sentry_sdk
    from sentry_sdk.scrubber import EventScrubber

    everything = {
        "dsn": os.environ["SENTRY_DSN"],
        "release": "detector@1.4.2",
        "environment": "production",
        "send_default_pii": True,
        # What the SDK would hide by itself is not what is tested.
        "event_scrubber": EventScrubber(denylist=[], pii_denylist=[]),
        "attach_stacktrace": True,
        "traces_sample_rate": 1.0,
        "max_request_body_size": "always",
        "enable_logs": True,
        "shutdown_timeout": 20,
        **options,
    }
    if os.environ.get("CRASHES_RAW"):
        sentry_sdk.init(**everything)
    else:
        from scrubber.integrations.sentry import install

        install(**everything)
    if strew:
        for encoding, sentences in planted.strewn().items():
            for at in range(0, len(sentences), 12):
                message = " \n ".join(sentences[at : at + 12])
                sentry_sdk.add_breadcrumb(category=f"strewn.{encoding}", message=message)
