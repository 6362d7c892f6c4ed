"""A service that is not there, asked for with a user name and a password in the address."""
# [requires] requests
# [plants] password bearer email
# [stays] Max retries exceeded with url

from __future__ import annotations

import requests

from tests.extras.crashes.planted import of
from tests.extras.crashes.programs_support import start


def fetch_runs() -> None:
    """Ask for the list of runs."""
    url = f"http://trainer:{of('password')}@127.0.0.1:9/api/users/{of('email')}/runs"
    headers = {"Authorization": f"Bearer {of('bearer')}", "Accept": "application/json"}
    requests.get(url, headers=headers, params={"access_token": of("bearer")}, timeout=2)


start()
fetch_runs()
