"""Notes that were added to an exception on its way up."""
# [plants] email home_windows jwt
# [stays] loss is not finite
# [stays] while training

from __future__ import annotations

from tests.extras.crashes.planted import of
from tests.extras.crashes.programs_support import start


def step(batch: int) -> None:
    """Train on one batch."""
    message = f"loss is not finite at batch {batch}"
    raise FloatingPointError(message)


def main() -> None:
    """Train."""
    try:
        step(7)
    except FloatingPointError as error:
        error.add_note(f"while training {of('home_windows')}")
        error.add_note(f"tell {of('email')}; session {of('jwt')}")
        raise


start()
main()
