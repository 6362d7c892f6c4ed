"""A request to Flask with a body of JSON."""
# [requires] flask
# [plants] email password cookie bearer ipv4 client_secret phone
# [stays] quota is used up
# [stays] api/runs

from __future__ import annotations

from flask import Flask, request

from tests.extras.crashes.planted import of
from tests.extras.crashes.programs_support import start


def main() -> None:
    """Send one request."""
    app = Flask("detector")

    def create(owner: str) -> str:
        body = request.get_json()
        message = f"quota is used up: {owner}"
        raise PermissionError(message, body["name"])

    app.add_url_rule("/api/runs/<owner>", view_func=create, methods=["POST"])

    client = app.test_client()
    client.set_cookie("session", of("cookie"))
    client.post(
        f"/api/runs/{of('email')}?token={of('client_secret')}",
        json={
            "name": "run 7",
            "password": of("password"),
            "notify": [of("email"), of("phone")],
            "client_secret": of("client_secret"),
        },
        headers={"Authorization": f"Bearer {of('bearer')}", "X-Real-Ip": of("ipv4")},
        environ_base={"REMOTE_ADDR": of("ipv4")},
    )


start()
main()
