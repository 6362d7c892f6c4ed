"""
`scrubber identity`: what is known about this machine, in numbers.

Whoever reads a redacted report wants to know whether the machine's names were looked for at all;
nobody wants them on a screen that is shared, or in the log of a job.

Promise: kinds, counts and words of ours are printed, with every option, and never a value.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Final

import click

from scrubber.cli.messages import many, say, wants_colour
from scrubber.identity.collect import collect
from scrubber.identity.tiers import tier
from scrubber.switches import NO_IDENTITY, identity_disabled

if TYPE_CHECKING:
    from scrubber.identity.model import Identity

_TIERS: Final = {
    "bare": "looked for everywhere",
    "anchored": "looked for in paths, URLs, user@host, and after words such as user",
    "word": "are words: looked for behind user= and its kin, before @, and in the path of the home",
}
_TIERED: Final = ("accounts", "names", "hosts", "domains", "owners", "ids")
"""Kinds whose values may also be words; the others are like nothing else."""


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def identity(*, as_json: bool) -> None:
    """Show what is known of this machine: kinds and counts, never a name."""
    found = collect()
    tiers = _tiers(found)
    off = identity_disabled()
    if as_json:
        document = {
            "kinds": found.counts(),
            "tiers": tiers,
            "environments": list(found.environments),
            "failed_sources": found.failures,
            "used": not off,
        }
        click.echo(json.dumps(document, indent=2))
    else:
        _print(found, tiers)
    if off:
        say(f"{NO_IDENTITY} is set: none of this is looked for")
    if found.failures:
        say(f"{many(found.failures, 'source')} failed; what they know is not looked for")


def _tiers(found: Identity) -> dict[str, int]:
    values = found.reveal()
    counted = Counter[str](tier(value) for kind in _TIERED for value in set(values[kind]))
    return {name: counted.get(name, 0) for name in _TIERS}


def _print(found: Identity, tiers: dict[str, int]) -> None:
    colour = wants_colour()
    rows = [(kind, str(count), "") for kind, count in found.counts().items()]
    rows += [(name, str(count), _TIERS[name]) for name, count in tiers.items()]
    width = max(len(name) for name, _, _ in rows) + 2
    for at, (name, count, meaning) in enumerate(rows):
        if at == len(rows) - len(tiers):
            click.echo(click.style("of the names among them:", dim=True), color=colour)
        line = f"{click.style(name.ljust(width), bold=True)}{count.rjust(5)}  {meaning}"
        click.echo(line.rstrip(), color=colour)
    places = ", ".join(found.environments) or "nothing special"
    click.echo(f"{click.style('environment'.ljust(width), bold=True)}  {places}", color=colour)
    failed = str(found.failures).rjust(5)
    click.echo(f"{click.style('failed'.ljust(width), bold=True)}{failed}", color=colour)
