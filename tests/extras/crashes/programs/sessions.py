"""A session with a user, which ends with a crash."""
# [plants] email ipv4
# [stays] detector@1.4.2

from __future__ import annotations

import sentry_sdk

from tests.extras.crashes.planted import ACCOUNT, of
from tests.extras.crashes.programs_support import start


def main() -> None:
    """Run one session."""
    scope = sentry_sdk.get_isolation_scope()
    scope.set_user({"id": ACCOUNT, "email": of("email"), "ip_address": of("ipv4")})
    scope.start_session(session_mode="application")
    try:
        raise RuntimeError("session is broken")  # noqa: TRY301
    except RuntimeError:
        sentry_sdk.capture_exception()
    session = scope._session  # noqa: SLF001  # its user agent has no other way in
    if session is not None:
        session.update(user_agent=f"detector/1.4 ({of('email')})", ip_address=of("ipv4"))
    scope.end_session()


start()
main()
sentry_sdk.flush(20)
