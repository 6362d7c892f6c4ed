"""A worker process whose traceback comes back as text in the cause."""
# [plants] home_linux email
# [stays] cannot decode frame
# [stays] RemoteTraceback

from __future__ import annotations

import multiprocessing

from tests.extras.crashes.planted import of
from tests.extras.crashes.programs_support import start


def decode(path: str) -> int:
    """Decode one frame."""
    message = f"cannot decode frame of {path} for {of('email')}"
    raise ValueError(message)


def main() -> None:
    """Decode all frames."""
    with multiprocessing.get_context("fork").Pool(1) as pool:
        pool.map(decode, [of("home_linux")])


start()
main()
