"""Errors logged with loguru."""
# [requires] loguru
# [plants] email home_macos github_key
# [stays] sync failed for

from __future__ import annotations

from loguru import logger

from tests.extras.crashes.planted import of
from tests.extras.crashes.programs_support import start


def sync(folder: str) -> None:
    """Send a folder."""
    raise FileNotFoundError(2, "No such file or directory", folder)


start()
logger.info("token is {}", of("github_key"))
try:
    sync(of("home_macos"))
except FileNotFoundError:
    logger.bind(owner=of("email")).exception("sync failed for {}", of("email"))
