"""Exceptions that hold bytes: of a picture and of a text."""
# [plants] image_bytes email password
# [stays] cannot identify image

from __future__ import annotations

import ast

from tests.extras.crashes.planted import of
from tests.extras.crashes.programs_support import start


def identify(blob: bytes, owner: bytes) -> None:
    """Look at the first bytes."""
    view = memoryview(blob)
    raise ValueError("cannot identify image", blob, owner, bytearray(owner), len(view))


start()
identify(
    ast.literal_eval(of("image_bytes")), f"email={of('email')} password={of('password')}".encode()
)
