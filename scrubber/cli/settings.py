"""
`scrubber settings`: what an application may send of its user, from where that comes, and no.

    scrubber settings                        what holds, and why
    scrubber settings sync=False             choose
    scrubber settings reset                  forget what was chosen, but for what was refused
    scrubber settings show-sent              word for word
    scrubber settings export                 all that is held here, as JSON
    scrubber settings delete                 all of that away

Promise: who looks changes nothing. A choice is written whole or told of as not written.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from scrubber.cli.messages import many, printable, say, wants_colour
from scrubber.consent.environment import refusal
from scrubber.consent.gate import APP
from scrubber.consent.keys import KEYS, SCOPES, SYNC
from scrubber.consent.mapping import Settings
from scrubber.consent.store import SETTINGS
from scrubber.switches import NO

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scrubber.consent.keys import Value

_YES: Final = ("1", "true", "yes", "on")
_SET: Final = "set"


class _Group(click.Group):
    """A group whose command may be left out: `scrubber settings sync=False`."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Take what is no command for what is to be set."""
        if args and self.get_command(ctx, args[0]) is None:
            args = [_SET, *args]
        return super().resolve_command(ctx, args)


def _app_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the option that names the application, wherever it stands on the line."""
    return click.option(
        "--app", "app", metavar="NAME", help=f"Whose settings they are; {APP} by default."
    )(command)


@click.group(cls=_Group, invoke_without_command=True, subcommand_metavar="[KEY=VALUE]... | COMMAND")
@_app_option
@click.pass_context
def settings(ctx: click.Context, app: str | None) -> None:
    """Show or change what may be sent, for an application.

    KEY=VALUE chooses: `scrubber settings sync=False` stops everything.
    """
    ctx.obj = app
    if ctx.invoked_subcommand is None:
        _show(_of(ctx, None))


@settings.command(name=_SET, hidden=True)
@click.argument("choices", metavar="KEY=VALUE", nargs=-1, required=True)
@_app_option
@click.pass_context
def choose(ctx: click.Context, choices: Sequence[str], app: str | None) -> None:
    """Choose, all of it or nothing."""
    named = _of(ctx, app)
    above = ctx.parent  # the command as it was written
    values: dict[str, Value] = {}
    for choice in choices:
        name, is_choice, value = choice.partition("=")
        if not is_choice:
            raise click.UsageError(f"{printable(name)}: neither a command nor KEY=VALUE", above)
        if name in values:
            raise click.UsageError(f"{printable(name)}: it is named twice", above)
        values[name] = _value(name, value, above)
    with _as_usage(above):
        named.update(values)
    _show(named)


@settings.command()
@click.option("--forget-choice", is_flag=True, help="Forget what was refused, too.")
@_app_option
@click.pass_context
def reset(ctx: click.Context, *, forget_choice: bool, app: str | None) -> None:
    """Forget what was chosen, but for what was refused; a new installation id is made."""
    named = _of(ctx, app)
    named.reset(keep_opt_out=not forget_choice)
    _show(named)
    if not forget_choice and any(named.origin(name) == "file" for name in KEYS):
        say("what was refused stays refused; --forget-choice forgets that, too")


@settings.command(name="show-sent")
@_app_option
@click.pass_context
def show_sent(ctx: click.Context, app: str | None) -> None:
    """Show what was sent, word for word, the oldest first."""
    entries = _of(ctx, app).journal.entries()
    colour = wants_colour()
    for entry in entries:
        head = f"{entry.at}  {entry.kind}  to {entry.to or 'an unknown place'}"
        click.echo(click.style(printable(head), bold=True), color=colour)
        for line in entry.payload.splitlines():
            click.echo(f"  {printable(line)}")
        if not entry.whole:
            click.echo("  [the rest is not kept]")
    say(f"{many(len(entries), 'thing')} sent" if entries else "nothing was sent")


@settings.command()
@_app_option
@click.pass_context
def export(ctx: click.Context, app: str | None) -> None:
    """Print everything that is held on this machine, as one JSON object."""
    click.echo(json.dumps(_of(ctx, app).exported(), indent=2))


@settings.command()
@_app_option
@click.pass_context
def delete(ctx: click.Context, app: str | None) -> None:
    """Delete settings, installation id and what was sent; what was refused stays refused."""
    named = _of(ctx, app)
    named.delete()
    kept = [name for name in KEYS if named.origin(name) == "file"]
    say(f"deleted, but for what was refused: {', '.join(kept)}" if kept else "deleted")


def _of(ctx: click.Context, app: str | None) -> Settings:
    with _as_usage(ctx):
        found = Settings(app or ctx.obj or (ctx.parent.obj if ctx.parent else None) or APP)
        _ = found.folder
        return found


class _as_usage:  # noqa: N801  # reads as what it does
    """Turn what is wrong with a choice into a usage error."""

    def __init__(self, ctx: click.Context | None) -> None:
        self._ctx = ctx

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        """Tell what is wrong."""
        if isinstance(error, (KeyError, TypeError, ValueError)):
            raise click.UsageError(printable(str(error.args[0])), self._ctx) from None


def _value(name: str, text: str, ctx: click.Context | None) -> Value:
    """Read a value as its setting has them; what cannot be read is left to be refused."""
    key = KEYS.get(name)
    if key is None or type(key.default) is not bool:
        return text
    said = text.strip().lower()
    if said in _YES or (said in NO and said):
        return said in _YES
    raise click.UsageError(f"{name}: must be True or False", ctx)


def _show(named: Settings) -> None:
    """Print a table of what holds and why; it is read as well when it is piped."""
    colour = wants_colour()
    found = named.exported()
    rows = []
    for name, one in found["settings"].items():
        value = str(one["value"]) or "none yet"
        rows.append((name, value, one["origin"], _note(named, name)))
    rows.insert(0, ("setting", "value", "from", "what it is"))
    widths = [max(len(row[column]) for row in rows) + 2 for column in range(3)]
    for at, (name, value, origin, note) in enumerate(rows):
        line = f"{value.ljust(widths[1])}{origin.ljust(widths[2])}{note}"
        head = click.style(name.ljust(widths[0]), bold=True)
        click.echo(
            click.style(name.ljust(widths[0]) + line, dim=True) if not at else head + line,
            color=colour,
        )
    path = named.folder / SETTINGS
    click.echo(f"\n{'file' if path.exists() else 'no file yet at'} {_shown(path)}")
    _say_why(named, found["problem"])


def _note(named: Settings, name: str) -> str:
    if name in SCOPES and named[name] and not named[SYNC]:
        return f"not sent, since {SYNC} is False"
    return KEYS[name].meaning


def _say_why(named: Settings, problem: str) -> None:
    if named.app != APP:
        say(f"what is a default may be another one in {named.app} itself")
    variable = refusal(named.app)
    if variable:
        say(f"{variable} is set in the environment: nothing is sent, whatever was chosen")
    if problem:
        say(
            f"the file cannot be relied on ({problem}): nothing is sent; `scrubber settings reset "
            f"--forget-choice --app {named.app}` begins anew"
        )
    elif named.origin(SCOPES[0]) == "unwritable file":
        say("the file cannot be written, so nobody could refuse: nothing is sent")


def _shown(path: Path) -> str:
    """Give a path with the home as `~`: who the user is is nobody's business."""
    with suppress(RuntimeError, ValueError):
        return printable(str(Path("~") / path.relative_to(Path.home())))
    return printable(str(path))
