"""A request to a server of aiohttp, over a real socket."""
# [requires] aiohttp
# [plants] email cookie bearer password
# [stays] index is locked

from __future__ import annotations

import asyncio

from aiohttp import ClientSession, web

from tests.extras.crashes.planted import of
from tests.extras.crashes.programs_support import start


async def rebuild(request: web.Request) -> web.Response:
    """Build the index again."""
    body = await request.json()
    message = f"index is locked by {body['email']}"
    raise RuntimeError(message)


async def main() -> None:
    """Start a server and ask it."""
    app = web.Application()
    app.router.add_post("/rebuild/{owner}", rebuild)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    async with ClientSession(cookies={"session": of("cookie")}) as client:
        await client.post(
            f"http://127.0.0.1:{port}/rebuild/{of('email')}?password={of('password')}",
            json={"email": of("email"), "password": of("password")},
            headers={"Authorization": f"Bearer {of('bearer')}"},
        )
    await runner.cleanup()


start()
asyncio.run(main())
