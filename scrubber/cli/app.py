"""
The command itself: its name, its version, and how it ends.

    0    done
    1    `scan` or `subject` found something, `preview` changed something, `audit` saw something
         survive, a page that `disclose` compared says something else
    2    something went wrong: rules, options, a document that cannot be read, a unit that failed
    130  Ctrl-C;  141  whoever read the output stopped reading;  143  told to end

Promise: no ending prints a word of a document. So not even a fault of our own shows its message:
its kind and its place must do.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import traceback
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from scrubber.cli.audit import audit
from scrubber.cli.bench import bench
from scrubber.cli.disclose import disclose
from scrubber.cli.explain import explain
from scrubber.cli.identity import identity
from scrubber.cli.key import key
from scrubber.cli.messages import many, say
from scrubber.cli.options import version
from scrubber.cli.preview import preview
from scrubber.cli.redact import redact
from scrubber.cli.retain import retain
from scrubber.cli.rules import rules
from scrubber.cli.scan import scan
from scrubber.cli.settings import settings
from scrubber.cli.subject import subject
from scrubber.errors import RulesetError, ScrubberError
from scrubber.files.reasons import reason_of

if TYPE_CHECKING:
    from types import FrameType

WRONG: Final = 2
INTERRUPTED: Final = 128 + signal.SIGINT
# Not every system has the signal; every shell knows the number.
UNREAD: Final = 128 + 13
_PACKAGE: Final = Path(__file__).resolve().parent.parent


class App(click.Group):
    """The group of all commands, which alone turns errors into words and exit codes."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  # as click has it
        """Run a command; see the module for how it may end."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit):
            raise
        except BrokenPipeError:
            _drop_output()
            code = UNREAD
        except KeyboardInterrupt:
            code = INTERRUPTED
        except Exception as error:  # noqa: BLE001  # a traceback could show a document
            _tell(error)
            code = WRONG
        raise click.exceptions.Exit(code)


@click.group(cls=App, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(
    version() or "unknown (not installed)", prog_name="scrubber", message="%(prog)s %(version)s"
)
def app() -> None:
    """Remove personal data and secrets from logs, tracebacks and crash reports."""


for _command in (
    redact,
    scan,
    explain,
    preview,
    audit,
    identity,
    key,
    settings,
    disclose,
    retain,
    subject,
    rules,
    bench,
):
    app.add_command(_command)


def run() -> None:
    """Run the command as a process: with its signals, and its exit code."""
    # What it says of failures, the command says itself.
    logging.getLogger("scrubber").addHandler(logging.NullHandler())
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        # What nohup switched off stays off.
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)
    try:
        app(prog_name="scrubber")
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    finally:
        _flush()


def _end(number: int, _frame: FrameType | None) -> None:
    """End by an exception, so that temporary files are removed."""
    sys.exit(128 + number)


def _flush() -> None:
    """Write what is still buffered, so that the interpreter does not fail to at its end."""
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except (OSError, ValueError):
        _drop_output()


def _drop_output() -> None:
    """Send what is still buffered nowhere."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def _tell(error: Exception) -> None:
    if isinstance(error, RulesetError):
        for problem in error.problems:
            say(str(problem))
        say(f"{many(len(error.problems), 'problem')} with the rules; nothing was processed")
    elif isinstance(error, ScrubberError):
        say(str(error))
    elif isinstance(error, OSError):
        say(f"cannot write: {reason_of(error)}")
    else:
        say(f"internal error: {type(error).__name__} at {_place(error)}; please report it")


def _place(error: Exception) -> str:
    """Give the innermost place of this package, without the folder it is installed in."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        file = Path(frame.filename)
        if file.is_relative_to(_PACKAGE):
            return f"{file.relative_to(_PACKAGE.parent).as_posix()}:{frame.lineno}"
    return "an unknown place"
