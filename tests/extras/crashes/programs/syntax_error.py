"""A plug-in that is no Python: the exception shows its source."""
# [plants] password home_linux hugging_face_key
# [stays] SyntaxError
# [stays] invalid syntax

from __future__ import annotations

from tests.extras.crashes.planted import of
from tests.extras.crashes.programs_support import start


def load(source: str, path: str) -> None:
    """Compile a plug-in."""
    try:
        compile(source, path, "exec")
    except SyntaxError as error:
        error.add_note(f"source line: {error.text}")
        raise


start()
load(
    f"login(password={of('password')!r}, token={of('hugging_face_key')!r}) now\n", of("home_linux")
)
