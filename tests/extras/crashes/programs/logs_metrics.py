"""Logs and metrics, which go out in envelopes of their own."""
# [plants] email ipv4 home_linux password
# [stays] checkpoint written
# [stays] queue.depth

from __future__ import annotations

import logging
from typing import Any

import sentry_sdk

from tests.extras.crashes.planted import of
from tests.extras.crashes.programs_support import start

logger = logging.getLogger("detector")


def main() -> None:
    """Log and count."""
    from sentry_sdk import logger as sentry_logger

    sentry_logger.info("checkpoint written to {path}", path=of("home_linux"))
    sentry_logger.error(
        f"login of {of('email')} failed",
        attributes={"peer": of("ipv4"), "password": of("password")},
    )
    logger.warning("no answer from %s for %s", of("ipv4"), of("email"))
    metrics: Any = getattr(sentry_sdk, "metrics", None)
    if hasattr(metrics, "count"):
        metrics.count("queue.depth", 3, attributes={"owner": of("email"), "path": of("home_linux")})
        metrics.gauge("gpu.memory", 0.5, attributes={"server.address": of("ipv4")})


start(strew=False)
main()
sentry_sdk.flush(20)
