"""Tasks of an event loop, one of which fails."""
# [plants] email ipv4 home_linux
# [stays] lease lost

from __future__ import annotations

import asyncio

from tests.extras.crashes.planted import of
from tests.extras.crashes.programs_support import start


async def renew(peer: str, owner: str) -> None:
    """Renew a lease."""
    await asyncio.sleep(0)
    message = f"lease lost: peer {peer}, owner {owner}"
    raise ConnectionResetError(message)


async def main() -> None:
    """Keep all leases."""
    path = of("home_linux")
    tasks = [
        asyncio.create_task(renew(of("ipv4"), of("email")), name=f"renew {of('email')}"),
        asyncio.create_task(asyncio.sleep(0.01)),
    ]
    await asyncio.gather(*tasks)
    print(path)


start()
asyncio.run(main())
