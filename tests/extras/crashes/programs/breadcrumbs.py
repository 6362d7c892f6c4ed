"""What led to a crash, as the application wrote it down."""
# [plants] email cookie home_windows ipv4 url_password openai_key
# [stays] cache is corrupt
# [stays] opened settings

from __future__ import annotations

import sentry_sdk

from tests.extras.crashes.planted import of
from tests.extras.crashes.programs_support import start


def main() -> None:
    """Leave a trail and crash."""
    sentry_sdk.add_breadcrumb(category="ui", message=f"opened settings of {of('email')}")
    sentry_sdk.add_breadcrumb(
        category="http",
        type="http",
        data={
            "url": f"https://api.example.com/v1/me?email={of('email')}",
            "method": "GET",
            "status_code": 403,
            "request_headers": {"Cookie": f"session={of('cookie')}"},
        },
    )
    sentry_sdk.add_breadcrumb(category="query", message=f"connect {of('url_password')}")
    sentry_sdk.add_breadcrumb(
        category="file", message="saved", data={"path": of("home_windows"), "peer": of("ipv4")}
    )
    sentry_sdk.add_breadcrumb(category="llm", message="asked", data={"api_key": of("openai_key")})
    raise RuntimeError("cache is corrupt")


start()
main()
