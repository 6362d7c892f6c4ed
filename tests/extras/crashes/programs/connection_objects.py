"""Objects of connections as locals and arguments, whose texts show where they lead."""
# [plants] url_password server ipv4 bearer
# [stays] pool is exhausted

from __future__ import annotations

from http.client import HTTPSConnection
from urllib.parse import urlsplit

from tests.extras.crashes.planted import of
from tests.extras.crashes.programs_support import start


class Pool:
    """Connections to one server."""

    def __init__(self, url: str, peer: tuple[str, int]) -> None:
        self.url = url
        self.peer = peer

    def __repr__(self) -> str:
        return f"<Pool url={self.url} peer={self.peer!r} host={of('server')}>"


def take(pool: Pool) -> None:
    """Take a connection."""
    parts = urlsplit(pool.url)
    connection = HTTPSConnection(of("server"), 443)
    headers = [("Authorization", "Bearer " + of("bearer")), ("Accept", "*/*")]
    raise ConnectionError("pool is exhausted", pool, parts, headers, connection)


start()
take(Pool(of("url_password"), (of("ipv4"), 5432)))
