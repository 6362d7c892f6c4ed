"""
A fixed set of texts and events, whose answers must never change.

Promise: the answers are compared by a digest, so that nothing of them is kept; those of several
threads at once are compared with those of one.
"""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import islice
from random import Random
from typing import TYPE_CHECKING, Final

from benchmarks.long_run.sources import event, lines

if TYPE_CHECKING:
    from scrubber import Scrubber

SEED: Final = 900_000_001
"""Of no event or line of a run."""

TEXTS: Final = 400
EVENTS: Final = 12
THREADS: Final = 8


def digest(scrubber: Scrubber, order: int = 0) -> str:
    """Give the digest of all answers.

    Args:
        scrubber: who is asked.
        order: in which order; the digest does not depend on it.

    Returns:
        A SHA-256 in hexadecimal.
    """
    texts = list(islice(lines(SEED), TEXTS))
    document = "\n".join(texts)
    asked = list(range(EVENTS + 3))
    Random(order).shuffle(asked)  # noqa: S311  # no secret
    answers: dict[int, object] = {}
    for number in asked:
        if number < EVENTS:
            answers[number] = scrubber.scrub(event(SEED + number))
        elif number == EVENTS:
            answers[number] = scrubber.scrub_many(texts)
        elif number == EVENTS + 1:
            answers[number] = scrubber.scrub_text(document)
        else:
            stream = scrubber.byte_stream()
            whole = stream.feed(document.encode()) + stream.finish()
            answers[number] = whole.decode("utf-8", "surrogateescape")
    told = json.dumps([answers[number] for number in sorted(answers)], sort_keys=True)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def digests_at_once(scrubber: Scrubber, threads: int = THREADS) -> set[str]:
    """Give the digests that several threads get at once, each in an order of its own."""
    with ThreadPoolExecutor(threads) as pool:
        return set(pool.map(partial(digest, scrubber), range(threads)))
