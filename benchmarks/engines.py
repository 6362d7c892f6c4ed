"""Which engines run here, and scrubbers that find the same on every machine."""

from __future__ import annotations

from typing import Final

from scrubber import Identity, Scrubber, ScrubberError
from scrubber.pipeline import ENGINES

SLOW: Final = "reference"

# What an ordinary machine knows of itself, made up; none of it is in the texts.
USUAL: Final = Identity(
    accounts=("vexlab7",),
    names=("Jane Tavrinsky",),
    hosts=("lab-vexnode", "lab-vexnode.example.edu"),
    domains=("vexlab.example.edu",),
    emails=("j.tavrinsky@example.org",),
    owners=("tavrinsky-lab",),
    homes=("/home/vexlab7",),
    ids=("0f" * 16,),
    secrets=("plum-" * 8, "quince-" * 8),
    macs=("00005e0053fe",),
    addresses=("198.51.100.250",),
)


def scrubber(engine: str, *, usual: bool = False) -> Scrubber:
    """Return a warm scrubber without names, or with those that a machine usually knows."""
    made = Scrubber(engine=engine, identity=USUAL if usual else Identity.none())
    made.warm()
    return made


def offered() -> tuple[dict[str, Scrubber], dict[str, str]]:
    """Return a warm scrubber for each engine that runs here, and why others do not.

    The reference comes first: it is what the others are compared with.
    """
    made: dict[str, Scrubber] = {}
    refused: dict[str, str] = {}
    for engine in sorted({*ENGINES, "vector"} - {"auto"}, key=lambda name: (name != SLOW, name)):
        try:
            made[engine] = scrubber(engine)
        except (ScrubberError, ImportError) as error:
            refused[engine] = str(error)
    return made, refused


def fastest() -> str:
    """Return the engine that `auto` means here, as far as can be told from outside."""
    made, _ = offered()
    return next(reversed(made))
