"""
`scrubber redact`: documents in, the same documents without personal data out.
"""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scrubber.cli import atomic
from scrubber.cli.compressed import compression_of, writing
from scrubber.cli.messages import reason_of, say
from scrubber.cli.options import engine_options
from scrubber.cli.passing import held_back, pass_through
from scrubber.cli.sources import Opened, Source, opened, same_file, sources_of
from scrubber.cli.stdout import Output, stdout
from scrubber.cli.tally import Tally
from scrubber.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrubber.pipeline import Scrubber
    from scrubber.report import Report

_WAITING = (
    "waiting for input; what came so far is held back until a block is full."
    " With --line-buffered each line leaves when it ends"
)


@click.command()
@click.argument("files", nargs=-1, metavar="[FILES|-]")
@click.option("-o", "--output", metavar="FILE", help="Write to FILE, whole or not at all.")
@click.option("--in-place", is_flag=True, help="Rewrite each file, whole or not at all.")
@click.option(
    "--line-buffered",
    is_flag=True,
    help="Each line leaves when it ends; rules over several lines see less.",
)
@click.option("-q", "--quiet", is_flag=True, help="No summary; errors are still told.")
@engine_options
def redact(  # noqa: PLR0913  # one for each option
    *,
    files: tuple[str, ...],
    output: str | None,
    in_place: bool,
    line_buffered: bool,
    quiet: bool,
    scrubber: Scrubber,
) -> None:
    """Redact FILES, or stdin, to stdout.

    Several files follow each other in the output. Names that end in .gz, .bz2, .xz or .zst are read
    and written compressed. Text keeps its encoding and its line ends.

    Text is looked at in blocks, so a slow pipe is held back until a block is full. For
    `tail -f app.log | scrubber redact` use --line-buffered: each line leaves when it ends, and a
    rule over several lines finds only what begins with a match in one line, as a private key does.
    On a terminal that is the default.

    Ends with 0; with 2 when a file could not be read or a unit could not be scrubbed and was
    replaced by [scrub-failed].
    """
    sources = sources_of(files)
    tally = Tally()
    if in_place:
        if output is not None:
            raise click.UsageError("--in-place and -o exclude each other")
        if any(source.path is None for source in sources):
            raise click.UsageError("--in-place needs files")
        tally.over(sources, lambda source: _rewrite(scrubber, source, lines=line_buffered))
    elif output is not None:
        _write(scrubber, sources, Path(output), tally, lines=line_buffered)
    else:
        to_stdout = _ToStdout(scrubber, stdout(), lines=line_buffered, quiet=quiet)
        tally.over(sources, to_stdout)
    tally.summarise(quiet=quiet)
    if tally.wrong:
        sys.exit(2)
