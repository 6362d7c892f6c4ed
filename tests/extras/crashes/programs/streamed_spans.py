"""Spans that are sent one by one, as newer releases of the SDK do."""
# [plants] email home_linux password
# [stays] resize the scans

from __future__ import annotations

import sentry_sdk

from tests.extras.crashes.planted import of
from tests.extras.crashes.programs_support import start


def main() -> None:
    """Make a span with a child."""
    from sentry_sdk.traces import start_span

    with start_span(name=f"resize the scans in {of('home_linux')}") as span:
        span.set_attribute("owner", of("email"))
        with start_span(name=f"tell {of('email')}") as child:
            child.set_attribute("password", of("password"))


start(strew=False, trace_lifecycle="stream")
main()
sentry_sdk.flush(20)
