"""The options every command shares, and the scrubber they ask for."""

from __future__ import annotations

from functools import partial, wraps
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import click

from scrubber.cli.messages import say
from scrubber.errors import ConfigError
from scrubber.identity.model import Identity
from scrubber.pipeline import Scrubber
from scrubber.ruleset.config import find_pyproject
from scrubber.ruleset.model import PATH_MODES

if TYPE_CHECKING:
    from collections.abc import Callable

_MAKE: Final = "scrubber.make"


def version() -> str:
    """Give the version of the installed package, or "" where it is not installed."""
    from importlib.metadata import version as installed

    try:
        return installed("crashscrub")
    except PackageNotFoundError:
        return ""


def engine_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that choose policy and rules; the command gets a `scrubber`."""

    @wraps(command)
    def with_scrubber(  # noqa: PLR0913  # one for each option
        *args: Any,  # noqa: ANN401  # what click hands on
        policy: str | None,
        path_mode: str | None,
        ner: bool,
        ner_with: str | None,
        locales: tuple[str, ...],
        rule_files: tuple[str, ...],
        no_config: bool,
        no_identity: bool,
        verbose: bool,
        **kwargs: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        config = _config(no_config=no_config, verbose=verbose)
        rules = [*config, *(Path(name) for name in rule_files)]
        make = partial(
            Scrubber,
            policy,
            rules=rules,
            locales=locales,
            path_mode=path_mode,
            ner=ner_with or ("on" if ner else None),
        )
        click.get_current_context().meta[_MAKE] = make
        try:
            scrubber = make(identity=Identity.none() if no_identity else None)
        except ModuleNotFoundError as error:
            raise ConfigError(str(error)) from None
        if verbose:
            count = len(scrubber.ruleset.rules_for(scrubber.policy))
            say(f"policy {scrubber.policy.id}, {count} rules")
        return command(*args, scrubber=scrubber, **kwargs)

    options = (
        click.option(
            "--policy", metavar="NAME", help="Which policy: fast, balanced, strict, or yours."
        ),
        click.option(
            "--path-mode", type=click.Choice(PATH_MODES), help="How much of a path is replaced."
        ),
        click.option("--ner", is_flag=True, help="Look for names of people in sentences, too."),
        click.option(
            "--ner-with",
            metavar="TAGGER",
            help="The same with a second tagger: spacy, spacy:PIPELINE or presidio.",
        ),
        click.option(
            "--locale",
            "locales",
            metavar="XX",
            multiple=True,
            help="A country whose rules are on, too: gb, es ...; may be repeated.",
        ),
        click.option(
            "--rules",
            "rule_files",
            metavar="FILE",
            multiple=True,
            help="A rule file to use besides the packaged ones; may be repeated.",
        ),
        click.option("--no-config", is_flag=True, help="Do not look for [tool.scrubber]."),
        click.option(
            "--no-identity", is_flag=True, help="Do not look for the names of this machine."
        ),
        click.option("-v", "--verbose", is_flag=True, help="Say which configuration is used."),
    )
    wrapped: Callable[..., Any] = with_scrubber
    for option in reversed(options):
        wrapped = option(wrapped)
    return wrapped


def another_scrubber(*, identity: Identity, share_identity: bool = False) -> Scrubber:
    """Give a scrubber as the options of the command want it, but for the names of the machine.

    Args:
        identity: the names to remove.
        share_identity: whether processes and machines that help are told them.
    """
    made = click.get_current_context().meta[_MAKE](identity=identity, share_identity=share_identity)
    return cast("Scrubber", made)


def _config(*, no_config: bool, verbose: bool) -> list[Path]:
    if no_config:
        return []
    try:
        found = find_pyproject(Path.cwd())
    except FileNotFoundError:
        raise ConfigError("the current folder is gone; use --no-config") from None
    if verbose:
        say(f"configuration: {found}" if found else "configuration: none found")
    return [found] if found else []
