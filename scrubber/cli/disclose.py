"""
`scrubber disclose`: the page that tells users what is collected, made from the plan of the code.

The plan is Python, so it is imported: from what is installed, or from the folder one is in.
"""

from __future__ import annotations

import difflib
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from scrubber.cli.messages import say
from scrubber.errors import ConfigError

if TYPE_CHECKING:
    from scrubber.adoption.plan import Plan

DIFFERS: Final = 1
_WRONG: Final = "give MODULE:NAME, a plan or what adopt() gave, such as mylib.collection:PLAN"


@click.command()
@click.argument("plan", metavar="MODULE:NAME")
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Write it there."
)
@click.option(
    "--check",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Compare with a page; exit 1 when it says something else.",
)
def disclose(plan: str, output: Path | None, check: Path | None) -> None:
    """Write the page that says what a plan collects, in Markdown."""
    from scrubber.adoption.page import disclosure

    page = disclosure(_plan(plan))
    if check is not None:
        _compare(page, check)
    elif output is not None:
        output.write_text(page, encoding="utf-8", newline="\n")
    else:
        click.echo(page, nl=False)


def _plan(name: str) -> Plan:
    """Import a plan.

    Raises:
        ConfigError: there is none of that name.
    """
    from scrubber.adoption.adopting import Adoption
    from scrubber.adoption.plan import Plan

    module, colon, attribute = name.partition(":")
    if not (module and colon and attribute):
        raise ConfigError(f"disclose: {_WRONG}")
    here = str(Path.cwd())
    if here not in sys.path:
        sys.path.insert(0, here)
    try:
        found: object = import_module(module)
        for part in attribute.split("."):
            found = getattr(found, part)
    except Exception as error:  # noqa: BLE001  # what the module does when it is imported is its own
        kind = type(error).__name__
        raise ConfigError(f"disclose: {kind} on the way to the plan; {_WRONG}") from None
    if isinstance(found, Adoption):
        return found.plan
    if not isinstance(found, Plan):
        raise ConfigError(f"disclose: that is neither; {_WRONG}")
    return found


def _compare(page: str, file: Path) -> None:
    """Show what differs; ends the command with 1 where anything does."""
    try:
        there = file.read_text(encoding="utf-8")
    except (OSError, UnicodeError) as error:
        kind = type(error).__name__
        raise ConfigError(f"disclose: the page cannot be read: {kind}") from None
    lines = there.splitlines(), page.splitlines()
    differing = list(difflib.unified_diff(*lines, "the page", "the plan", lineterm="", n=1))
    if differing:
        for line in differing:
            click.echo(line)
        say("the page and the plan differ; write it anew with -o")
        raise click.exceptions.Exit(DIFFERS)
    say("the page says what the plan says")
