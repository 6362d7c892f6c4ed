"""What is planted in the reports of these tests: always the same cast, so that it can be listed.

What is planted is made from a seed, so that nothing here is anybody's, and no word around it holds
it: whatever of `NEEDLES` a scrubbed report shows has leaked.
"""

from __future__ import annotations

from typing import Final

from scrubber.ruleset.examples import expand_fills
from scrubber.testing.strategies.cast import Cast
from scrubber.testing.strategies.event_values import ENCODED
from scrubber.validators.luhn import luhn_valid

__all__ = ["ACCOUNT", "CAST", "ENCODED", "FOLDERS", "NEEDLES", "PLANTED"]


def _card() -> str:
    digits = expand_fills("4%{digits:14}", seed="card")
    return next(digits + last for last in "0123456789" if luhn_valid(digits + last))


CAST: Final = Cast(
    boxes=("korvax.mundrel", "tavrin_q"),
    addresses=("192.0.2.17", "198.51.100.203"),
    account="vexlora7",
    secrets=(
        expand_fills("%{base62:24}", seed="secret"),
        "zimtovar-quendel",
        expand_fills("%{base62:6}!%{base62:6}", seed="secret"),
    ),
    keys=(
        expand_fills("ghp_%{base62:36}", seed="key"),
        expand_fills("hf_%{base62:34}", seed="key"),
    ),
    card=_card(),
)
ACCOUNT: Final = CAST.account
FOLDERS: Final = CAST.folders
PLANTED: Final = CAST.anything
NEEDLES: Final = (
    *CAST.boxes,
    *CAST.addresses,
    ACCOUNT,
    *CAST.secrets,
    *CAST.keys,
    CAST.card,
    CAST.card[4:8] + " ",
)
