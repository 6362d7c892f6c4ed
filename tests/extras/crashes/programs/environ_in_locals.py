"""The whole environment in a local and in a message."""
# [plants] account env_secret env_key env_password own_email
# [stays] launcher is not set

from __future__ import annotations

import os

from tests.extras.crashes.programs_support import start


def launch(environ: os._Environ[str], copy: dict[str, str]) -> None:
    """Start the launcher."""
    dump = "\n".join(f"{name}={value}" for name, value in sorted(environ.items()))
    message = f"launcher is not set\n{dump}"
    raise RuntimeError(message, len(copy))


start()
launch(os.environ, dict(os.environ))
