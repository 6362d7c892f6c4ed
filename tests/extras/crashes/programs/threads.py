"""A thread with a telling name fails."""
# [plants] email home_linux stripe_key
# [stays] poller stopped

from __future__ import annotations

import threading

from tests.extras.crashes.planted import of
from tests.extras.crashes.programs_support import start


def poll(folder: str) -> None:
    """Look for new files."""
    key = of("stripe_key")
    message = f"poller stopped in {folder}"
    raise TimeoutError(message, len(key))


start()
thread = threading.Thread(target=poll, args=(of("home_linux"),), name=f"poll-{of('email')}")
thread.start()
thread.join()
