"""The message of an exception, its note and its arguments hold every value in every encoding."""
# [plants] strewn
# [stays] the report of the run follows

from __future__ import annotations

from tests.extras.crashes.planted import strewn
from tests.extras.crashes.programs_support import start


def report() -> None:
    """Report everything at once."""
    parts = ["\n".join(sentences) for sentences in strewn().values()]
    error = RuntimeError("the report of the run follows\n" + "\n".join(parts[::2]), len(parts))
    error.add_note("\n".join(parts[1::2]))
    raise error


start(strew=False)
report()
