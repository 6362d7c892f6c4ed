"""`scrubber scan`: what would be redacted and where, without its text."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from scrubber.cli.listing import LAYOUTS, Listing
from scrubber.cli.options import engine_options
from scrubber.cli.progress import progress
from scrubber.cli.sources import Source, opened, sources_of
from scrubber.cli.stdout import stdout
from scrubber.cli.tally import Tally
from scrubber.files.passing import held_back, pass_through

if TYPE_CHECKING:
    from collections.abc import Callable

    from scrubber.ledger import Located
    from scrubber.pipeline import Scrubber
    from scrubber.report import Report


@click.command()
@click.argument("files", nargs=-1, metavar="[FILES|-]")
@click.option(
    "--format",
    "layout",
    type=click.Choice(sorted(LAYOUTS)),
    default="text",
    show_default=True,
    help="How findings are written.",
)
@click.option("--line-buffered", is_flag=True, help="As for redact: each line by itself.")
@click.option("-q", "--quiet", is_flag=True, help="No summary; errors are still told.")
@engine_options
def scan(
    *, files: tuple[str, ...], layout: str, line_buffered: bool, quiet: bool, scrubber: Scrubber
) -> None:
    """List findings in FILES, or stdin, without their text.

    Each with file, line, column, entity and rule. Columns count code points, from 1. The formats
    json and sarif are one document for all files; sarif is SARIF 2.1.0, as code hosts show it.

    Ends with 0 when nothing is found, 1 when something is, 2 when a file could not be read or
    scanned.
    """
    tally = Tally()
    listing = Listing(LAYOUTS[layout](scrubber), stdout())

    def work(source: Source) -> Report:
        with opened(source) as document:
            lines = line_buffered or document.watched

            def list_into(write: Callable[[bytes], object]) -> Report:
                def found(located: Located) -> None:
                    write(listing.row(source, located))

                shown = not quiet and not lines
                with progress(source.name, document.raw, shown=shown) as told:
                    return pass_through(
                        scrubber,
                        document,
                        _drop,
                        on_finding=found,
                        line_buffered=lines,
                        progress=told,
                    )

            if document.live:
                return list_into(listing.write)
            with held_back(listing) as spool:
                return list_into(spool.write)

    listing.begin()
    tally.over(sources_of(files), work)
    listing.end(tally)
    tally.summarise(quiet=quiet, marked=False)
    if tally.wrong:
        sys.exit(2)
    if tally.report.findings:
        sys.exit(1)


def _drop(data: bytes) -> None:
    """Throw the redacted text away."""
