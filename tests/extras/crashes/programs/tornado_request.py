"""A request to Tornado with a form."""
# [requires] tornado
# [plants] email cookie password
# [stays] thumbnail is missing

from __future__ import annotations

import asyncio
from urllib.parse import urlencode

from tornado.httpclient import AsyncHTTPClient
from tornado.web import Application, RequestHandler

from tests.extras.crashes.planted import of
from tests.extras.crashes.programs_support import start


class Thumbnail(RequestHandler):  # type: ignore[misc]  # types that are skipped
    """Makes thumbnails."""

    def post(self) -> None:
        """Make one."""
        owner = self.get_argument("email")
        message = f"thumbnail is missing for {owner}"
        raise LookupError(message)


async def main() -> None:
    """Start a server and ask it."""
    server = Application([(r"/thumbnail", Thumbnail)]).listen(0, "127.0.0.1")
    port = next(iter(server._sockets.values())).getsockname()[1]  # noqa: SLF001
    await AsyncHTTPClient().fetch(
        f"http://127.0.0.1:{port}/thumbnail?email={of('email')}",
        method="POST",
        body=urlencode({"password": of("password"), "email": of("email")}),
        headers={"Cookie": f"session={of('cookie')}"},
        raise_error=False,
    )


start()
asyncio.run(main())
