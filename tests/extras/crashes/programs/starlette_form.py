"""A form sent to Starlette, and a user who is logged in."""
# [requires] starlette httpx multipart
# [plants] email password card cookie
# [stays] payment was refused

from __future__ import annotations

import sentry_sdk
from starlette.applications import Starlette
from starlette.requests import Request  # noqa: TC002  # read by nobody
from starlette.responses import Response  # noqa: TC002  # as above
from starlette.routing import Route
from starlette.testclient import TestClient

from tests.extras.crashes.planted import of
from tests.extras.crashes.programs_support import start


async def pay(request: Request) -> Response:
    """Take a payment."""
    form = dict(await request.form())
    sentry_sdk.set_user({"id": "4711", "email": of("email"), "username": "radimtuzar"})
    message = f"payment was refused, card number {form['card']}"
    raise RuntimeError(message)


def main() -> None:
    """Send one form."""
    app = Starlette(routes=[Route("/pay", pay, methods=["POST"])])
    client = TestClient(app, raise_server_exceptions=False)
    client.post(
        "/pay",
        data={"card": of("card"), "email": of("email"), "password": of("password")},
        headers={"Cookie": f"sessionid={of('cookie')}"},
    )


start()
main()
