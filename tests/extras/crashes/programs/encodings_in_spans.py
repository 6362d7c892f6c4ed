"""Spans and logs hold every value in every encoding."""
# [plants] strewn
# [stays] read the notes

from __future__ import annotations

import sentry_sdk
from sentry_sdk import logger

from tests.extras.crashes.planted import strewn
from tests.extras.crashes.programs_support import start


def note(sentences: list[str]) -> None:
    """Make a span and a log of them."""
    half = len(sentences) // 2
    with sentry_sdk.start_span(
        op="notes", name="read the notes " + "\n".join(sentences[:half])
    ) as span:
        span.set_data("notes", "\n".join(sentences[half:]))
    logger.warning("read the notes " + "\n".join(sentences[half:]))
    logger.info("read {notes}", notes="\n".join(sentences[:half]))


start(strew=False)
with sentry_sdk.start_transaction(op="task", name="read"):
    for texts in strewn().values():
        note(texts)
sentry_sdk.flush(20)
