"""The default scrubber for any machine, its rules loaded once for all."""

from __future__ import annotations

from functools import lru_cache

from scrubber import Scrubber
from scrubber.identity.model import Identity
from scrubber.naming import Names
from scrubber.redact.pseudonyms import OnDemand
from scrubber.wirings import Wirings


@lru_cache(maxsize=1)
def nobody() -> Scrubber:
    """Give a scrubber that knows nothing of the machine."""
    return Scrubber(identity=Identity.none())


def scrubber_of(identity: Identity) -> Scrubber:
    """Build the default scrubber for a machine."""
    built = Scrubber.__new__(Scrubber)
    known = nobody()
    wirings = Wirings(known.ruleset, known.policy, Names(identity), OnDemand(), "reference")
    built.__setstate__({"wirings": wirings})
    # Else everything about damage would pass, with no name looked for.
    assert built.identity is identity
    return built
