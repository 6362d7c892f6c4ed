"""Errors that are logged: arguments apart from the template, fields in `extra`."""
# [plants] email ipv4 home_linux password account
# [stays] login of %s from %s failed
# [stays] upload failed

from __future__ import annotations

import logging

from tests.extras.crashes.planted import ACCOUNT, of
from tests.extras.crashes.programs_support import start

logger = logging.getLogger("detector.auth")


def login(email: str, address: str) -> None:
    """Log in."""
    logger.info("trying password=%s for %s", of("password"), email)
    logger.warning("retry by %(user)s in %(path)s", {"user": ACCOUNT, "path": of("home_linux")})
    logger.error("login of %s from %s failed", email, address, extra={"path": of("home_linux")})


def upload(path: str) -> None:
    """Send a file."""
    try:
        open(path, encoding="utf-8").close()  # noqa: PTH123
    except OSError:
        logger.exception("upload failed: %r", path, extra={"password": of("password")})


start()
logging.basicConfig(level=logging.INFO)
login(of("email"), of("ipv4"))
upload(of("home_linux"))
