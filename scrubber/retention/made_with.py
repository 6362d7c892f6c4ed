"""
What files are anonymised with, in one short word.

Other rules, another policy or another key give another word, and what was done before is done
again.

Promise: the word is computed from rules, policy and the id of the key; no name of the machine or of
a person goes into it.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from scrubber.redact.key import find_key, key_path

if TYPE_CHECKING:
    from scrubber.pipeline import Scrubber


def made_with(scrubber: Scrubber) -> str:
    """Give the word of a scrubber.

    Args:
        scrubber: what files are anonymised with.

    Returns:
        32 hexadecimal digits: the same for the same rules, policy and key.
    """
    policy = scrubber.policy
    parts = [repr(policy), repr(sorted(policy.operators.items())), repr(policy.hash_salt)]
    for rule in scrubber.ruleset.rules_for(policy):
        checks = (rule.validators, rule.context, rule.keys, rule.blob, rule.pieces)
        parts.append(repr((rule.id, rule.entity, rule.pattern, rule.confidence, checks)))
    # How many names of each kind the machine has; which ones is nobody's business.
    parts.append(repr(sorted(scrubber.identity.counts().items())))
    if policy.needs_key:
        key = find_key(key_path())
        parts.append(key.id if key else "")
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
