"""`scrubber redact`: documents in, the same documents without personal data out."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from scrubber.cli.folder_options import folder_options
from scrubber.cli.jobs import JOBS
from scrubber.cli.messages import say
from scrubber.cli.options import engine_options
from scrubber.cli.progress import progress
from scrubber.cli.sources import Source, opened, same_file, sources_of
from scrubber.cli.stdout import stdout
from scrubber.cli.tally import Tally
from scrubber.errors import InputError
from scrubber.files.atomic import replacing, rewriting
from scrubber.files.compressed import compression_of, writing
from scrubber.files.opened import Opened
from scrubber.files.passing import held_back, pass_through
from scrubber.files.reasons import reason_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from scrubber.cli.folder_options import FolderOptions
    from scrubber.files.compressed import Writable
    from scrubber.files.workers import Workers
    from scrubber.pipeline import Scrubber
    from scrubber.report import Report

_WAITING = (
    "waiting for input; what came so far is held back until a block is full."
    " With --line-buffered each line leaves when it ends"
)


NER_IS_OFF = "names of people in sentences were not looked for; --ner looks for them"


@click.command()
@click.argument("files", nargs=-1, metavar="[FILES|-]")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="Write to FILE, whole or not at all; a folder, or a URL, for folders.",
)
@click.option("--in-place", is_flag=True, help="Rewrite each file, whole or not at all.")
@click.option(
    "--line-buffered",
    is_flag=True,
    help="Each line leaves when it ends; rules over several lines see less.",
)
@click.option(
    "--jobs",
    metavar="N",
    type=JOBS,
    default="1",
    help="How many processes share the work; auto for one a core. The output is the same.",
)
@click.option(
    "-q", "--quiet", is_flag=True, help="No summary and no progress bar; errors are still told."
)
@folder_options
@engine_options
def redact(  # noqa: PLR0913  # one for each option
    *,
    files: tuple[str, ...],
    output: str | None,
    in_place: bool,
    line_buffered: bool,
    jobs: int,
    quiet: bool,
    folders: FolderOptions,
    scrubber: Scrubber,
) -> None:
    """Redact FILES, or stdin, to stdout; or folders into another one.

    Several files follow each other in the output. Names that end in .gz, .bz2, .xz or .zst are read
    and written compressed. Text keeps its encoding and its line ends.

    Text is looked at in blocks, so a slow pipe is held back until a block is full. For
    `tail -f app.log | scrubber redact` use --line-buffered: each line leaves when it ends, and a
    rule over several lines finds only what begins with a match in one line, as a private key does.
    On a terminal that is the default.

    Folders and URLs are redacted file by file into the folder or URL of -o: the tree stays, the
    format of each file is told by its content, and a run that was stopped goes on where it was.
    What no format knows is told of and left out; see --unknown. The names of this machine are not
    looked for, unless --with-identity asks for it.

    Ends with 0; with 2 when a file could not be read or a unit could not be scrubbed and was
    replaced by [scrub-failed].
    """
    if folders.wanted(files, output):
        if in_place or line_buffered:
            raise click.UsageError("--in-place and --line-buffered are not for folders")
        _redact_folders(files, output, folders, scrubber=scrubber, jobs=jobs, quiet=quiet)
        return
    sources = sources_of(files)
    tally = Tally()
    with _workers(scrubber, jobs) as workers:
        work = Work(
            scrubber,
            line_buffered=line_buffered,
            quiet=quiet,
            workers=workers,
        )
        if in_place:
            if output is not None:
                raise click.UsageError("--in-place and -o exclude each other")
            if any(source.path is None for source in sources):
                raise click.UsageError("--in-place needs files")
            tally.over(sources, lambda source: _rewrite(work, source))
        elif output is not None:
            _write(work, sources, Path(output), tally)
        else:
            out = stdout()
            tally.over(sources, lambda source: _pipe(work, source, out))
    tally.summarise(quiet=quiet)
    if not quiet and not scrubber.policy.tags_everything:
        say(NER_IS_OFF)
    if tally.wrong:
        sys.exit(2)


def _redact_folders(  # noqa: PLR0913  # what the command was given
    files: tuple[str, ...],
    output: str | None,
    folders: FolderOptions,
    *,
    scrubber: Scrubber,
    jobs: int,
    quiet: bool,
) -> None:
    """Redact folders, and end as the command ends."""
    from scrubber.cli.redact_folder import redact_folders

    given = click.get_current_context().get_parameter_source("jobs")
    if folders.engine not in (None, "local") and given is ParameterSource.DEFAULT:
        jobs = 0
    wrong = redact_folders(files, output, folders, scrubber=scrubber, jobs=jobs, quiet=quiet)
    if not quiet and not scrubber.policy.tags_everything:
        say(NER_IS_OFF)
    if wrong:
        sys.exit(2)


def _workers(scrubber: Scrubber, jobs: int) -> AbstractContextManager[Workers | None]:
    """Give processes to share the work with, where that is asked for."""
    if jobs == 1:
        return nullcontext()
    from scrubber.files.workers import Workers

    return Workers(scrubber, jobs)


@dataclass(frozen=True, slots=True)
class Work:
    """What is done with each document.

    Attributes:
        scrubber: what to scrub with.
        line_buffered: each line leaves when it ends.
        quiet: no advice, and no progress bar.
        workers: processes that scrub long documents; None for this one.
    """

    scrubber: Scrubber
    line_buffered: bool
    quiet: bool
    workers: Workers | None

    def pass_through(
        self, source: Source, document: Opened, sink: Callable[[bytes], object]
    ) -> Report:
        """Redact one document."""
        lines = self.line_buffered or document.watched
        with progress(source.name, document.raw, shown=not self.quiet and not lines) as told:
            return pass_through(
                self.scrubber,
                document,
                sink,
                line_buffered=lines,
                workers=self.workers,
                progress=told,
            )

    def advise(self) -> None:
        """Tell somebody who watches why nothing comes out."""
        if not self.quiet and not self.line_buffered and sys.stderr.isatty():
            say(_WAITING)


def _pipe(work: Work, source: Source, out: Writable) -> Report:
    """Redact a source to stdout: as it comes where it may never end, else when it is whole."""
    with opened(source, on_pause=work.advise) as document:
        if document.live:
            return work.pass_through(source, document, out.write)
        with held_back(out) as spool:
            return work.pass_through(source, document, spool.write)


def _write(work: Work, sources: Sequence[Source], path: Path, tally: Tally) -> None:
    """Redact sources into one file; without one of them there is no file."""
    name = click.format_filename(path)
    if any(same_file(source, path) for source in sources):
        raise click.UsageError(f"{name} is also an input; use --in-place")
    try:
        with replacing(path) as raw:
            with writing(raw, compression_of(path)) as packed:

                def write(source: Source) -> Report:
                    with opened(source, on_pause=work.advise) as document:
                        return work.pass_through(source, document, packed.write)

                tally.over(sources, write)
            _refuse_incomplete(tally)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise InputError(f"{name}: cannot be written: {reason_of(error)}") from None
    except InputError as error:
        raise InputError(f"{name}: {error}") from None


def _refuse_incomplete(tally: Tally) -> None:
    if tally.unread:
        raise InputError("not written, since not every input could be read")


def _rewrite(work: Work, source: Source) -> Report:
    """Redact a file in its place; one in which nothing is found is not touched."""
    if source.path is None:
        raise InputError("cannot be rewritten")
    kind = compression_of(source.path)
    with rewriting(source.path) as rewrite:
        with writing(rewrite.target, kind) as packed:
            report = work.pass_through(source, Opened(rewrite.source, kind), packed.write)
        rewrite.keep = not report.findings and not report.failures
    return report
