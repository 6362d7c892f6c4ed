"""Bytes that are no UTF-8: the exception holds all of them."""
# [plants] email password home_linux
# [stays] 'utf-8' codec can't decode byte 0xff

from __future__ import annotations

from tests.extras.crashes.planted import of
from tests.extras.crashes.programs_support import start


def parse(blob: bytes) -> str:
    """Read a file of settings."""
    return blob.decode("utf-8")


start()
lines = (f"email={of('email')}", f"password={of('password')}", f"data={of('home_linux')}")
try:
    parse("\n".join(lines).encode() + b"\xff")
except UnicodeDecodeError as failure:
    failure.add_note(repr(failure.args))
    raise
