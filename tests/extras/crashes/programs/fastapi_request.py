"""A request to FastAPI: its transaction and its error."""
# [requires] fastapi httpx
# [plants] email password bearer cookie ipv6
# [stays] model is not loaded

from __future__ import annotations

from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.extras.crashes.planted import of
from tests.extras.crashes.programs_support import start


def main() -> None:
    """Send one request."""
    app = FastAPI()

    async def predict(owner: str, body: dict[str, str]) -> None:
        message = f"model is not loaded: {body['model']} of {owner}"
        raise RuntimeError(message)

    app.post("/predict/{owner}")(predict)

    client = TestClient(app, raise_server_exceptions=False, client=(of("ipv6"), 50000))
    client.cookies.set("session", of("cookie"))
    client.post(
        f"/predict/{of('email')}",
        params={"password": of("password")},
        json={"model": "yolo11n", "contact": of("email"), "password": of("password")},
        headers={"Authorization": f"Bearer {of('bearer')}", "X-Forwarded-For": of("ipv6")},
    )


start()
main()
