"""The scrubbers that targets run: each policy on both engines, made once in a process.

Promise: where Vectorscan cannot be had, both are the reference engine, and targets still run.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec

from scrubber import Identity, Policy, Scrubber
from tests.equivalence.pairs import Pair

HAVE_VECTOR = find_spec("hyperscan") is not None

POLICIES: tuple[str | Policy, ...] = (
    "balanced",
    "strict",
    Policy("masked", operator="mask", keep_last=4),
    Policy("removed", operator="remove"),
)

ALSO = Identity(
    accounts=("vexlab7",),
    names=("Jane Tavrinsky",),
    hosts=("lab-vexnode",),
    homes=("/home/vexlab7",),
)
"""Names of a machine that is nobody's."""


@cache
def reference(number: int = 0) -> Scrubber:
    """Give the scrubber of a policy on the reference engine."""
    return Scrubber(POLICIES[number], identity=ALSO, engine="reference")


@cache
def vector(number: int = 0) -> Scrubber:
    """Give the scrubber of a policy on Vectorscan, or on the reference engine where there is none.

    The database is made anew in each process: reading one from a cache would make what is found
    depend on what ran before.
    """
    return Scrubber(
        POLICIES[number], identity=ALSO, engine="vector" if HAVE_VECTOR else "reference"
    )


def both(number: int = 0) -> Pair:
    """Give a policy on both engines."""
    return Pair(reference(number), vector(number))
