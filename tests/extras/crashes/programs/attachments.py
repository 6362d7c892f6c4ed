"""Files that go out with an event: a log, a picture, a dump."""
# [plants] email password home_linux image_bytes
# [stays] minidump of the run

from __future__ import annotations

import ast
import json

import sentry_sdk

from tests.extras.crashes.planted import of
from tests.extras.crashes.programs_support import start


def main() -> None:
    """Attach four files and crash."""
    scope = sentry_sdk.get_current_scope()
    picture: bytes = ast.literal_eval(of("image_bytes"))
    log = f"login failed, password='{of('password')}'\ncannot open '{of('home_linux')}'\n"
    settings = json.dumps({"email": of("email"), "password": of("password"), "epochs": 3})
    dump = b"\x7fELF\x00" + bytes(range(256)) + log.encode() + b"\x00" * 64
    scope.add_attachment(bytes=log.encode(), filename="train.log", content_type="text/plain")
    scope.add_attachment(bytes=settings.encode(), filename="settings.json")
    scope.add_attachment(bytes=picture, filename=f"{of('email')}.png", content_type="image/png")
    scope.add_attachment(bytes=dump, filename="core.bin", content_type="application/octet-stream")
    raise RuntimeError("minidump of the run is attached")


start()
main()
