"""A cause and a context, each with data of its own."""
# [plants] home_linux ipv6 iban
# [stays] configuration is incomplete
# [stays] missing account

from __future__ import annotations

from tests.extras.crashes.planted import of
from tests.extras.crashes.programs_support import start


def read(path: str) -> str:
    """Read the configuration."""
    with open(path, encoding="utf-8") as file:  # noqa: PTH123
        return file.read()


def load() -> str:
    """Read it, or say what is missing."""
    try:
        return read(of("home_linux"))
    except OSError as error:
        message = f"configuration is incomplete, asked {of('ipv6')}"
        raise RuntimeError(message) from error


def main() -> None:
    """Begin."""
    try:
        load()
    except RuntimeError:
        raise LookupError("missing account " + of("iban"))  # noqa: B904


start()
main()
