"""A frame for each encoding, whose locals hold every value in it."""
# [plants] strewn
# [stays] the last frame is reached

from __future__ import annotations

from tests.extras.crashes.planted import strewn
from tests.extras.crashes.programs_support import start


def descend(name: str, *others: str) -> None:
    """Hold the texts of one encoding and go on with the next."""
    sentences = strewn()[name]
    text = "\n".join(sentences)
    if others:
        descend(*others)
    raise RuntimeError("the last frame is reached", len(text))


start(strew=False)
descend(*strewn())
