"""Transactions with spans: HTTP, a database, a process, and a name with a path in it."""
# [requires] sqlalchemy
# [plants] email password home_linux bearer
# [stays] http.client
# [stays] SELECT

from __future__ import annotations

import subprocess
import sys
import threading
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer

import sentry_sdk
from sqlalchemy import create_engine, text

from tests.extras.crashes.planted import of
from tests.extras.crashes.programs_support import start


class Answer(BaseHTTPRequestHandler):
    """Has nothing."""

    def do_GET(self) -> None:
        """Say so."""
        self.send_response(204)
        self.end_headers()


def main() -> None:
    """Do a bit of everything."""
    name = f"import {of('home_linux')}"
    with sentry_sdk.start_transaction(op="task", name=name) as transaction:
        transaction.set_data("owner", of("email"))
        transaction.set_tag("folder", of("home_linux"))
        with sentry_sdk.start_span(op="db", name=f"find {of('email')}") as span:
            span.set_data("password", of("password"))
            with create_engine("sqlite://").begin() as connection:
                connection.execute(text(f"SELECT '{of('email')}' AS email"))
        server = HTTPServer(("127.0.0.1", 0), Answer)
        threading.Thread(target=server.handle_request).start()
        url = f"http://127.0.0.1:{server.server_port}/runs?access_token={of('bearer')}"
        urllib.request.urlopen(url, timeout=5).close()
        subprocess.run(
            [sys.executable, "-c", "", "--password", of("password"), of("home_linux")], check=True
        )


start()
main()
sentry_sdk.flush(20)
