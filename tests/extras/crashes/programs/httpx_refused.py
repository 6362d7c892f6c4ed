"""A client for HTTP that is refused, within a transaction."""
# [requires] httpx
# [plants] bearer email password
# [stays] Connection refused

from __future__ import annotations

import httpx
import sentry_sdk

from tests.extras.crashes.planted import of
from tests.extras.crashes.programs_support import start


def download() -> None:
    """Get a model."""
    with httpx.Client(headers={"Authorization": f"Bearer {of('bearer')}"}) as client:
        client.get(
            f"http://trainer:{of('password')}@localhost:9/models",
            params={"owner": of("email"), "api_key": of("bearer")},
        )


start()
with sentry_sdk.start_transaction(op="task", name="download"):
    download()
