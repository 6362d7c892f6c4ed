"""Objects that tell too much of themselves, and one that cannot tell anything."""
# [plants] slack_key email google_key
# [stays] bot was removed

from __future__ import annotations

from tests.extras.crashes.planted import of
from tests.extras.crashes.programs_support import start


class Bot:
    """Tells its token."""

    def __init__(self, token: str, owner: str) -> None:
        self.token = token
        self.owner = owner

    def __repr__(self) -> str:
        return f"Bot(token={self.token!r}, owner={self.owner!r})"

    def __str__(self) -> str:
        return f"bot of {self.owner}"


class Broken:
    """Fails when it is asked."""

    def __repr__(self) -> str:
        message = f"no repr for {of('email')}"
        raise ValueError(message)


def post(bot: Bot, broken: Broken) -> None:
    """Send a message."""
    key = of("google_key")
    raise ConnectionAbortedError("bot was removed", bot, len(key), id(broken))


start()
post(Bot(of("slack_key"), of("email")), Broken())
