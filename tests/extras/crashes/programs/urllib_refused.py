"""An upload over the standard library that fails."""
# [plants] github_key email home_linux
# [stays] Connection refused

from __future__ import annotations

import urllib.request

from tests.extras.crashes.planted import of
from tests.extras.crashes.programs_support import start


def upload(path: str) -> None:
    """Send a file."""
    request = urllib.request.Request(
        f"http://127.0.0.1:9/upload?token={of('github_key')}&owner={of('email')}",
        data=path.encode(),
        headers={"X-Api-Key": of("github_key"), "X-File": path},
    )
    with urllib.request.urlopen(request, timeout=2) as answer:  # noqa: S310
        print(answer.status)


start()
upload(of("home_linux"))
