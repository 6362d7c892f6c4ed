"""`scrubber rules`: what is looked for, one rule in full, and whether rule files are good."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scrubber.cli.messages import many, printable, say, wants_colour
from scrubber.cli.options import engine_options
from scrubber.errors import ConfigError, Problem, RulesetError
from scrubber.redact.placeholders import placeholder
from scrubber.rulecheck import failing_examples
from scrubber.ruleset import prebuilt
from scrubber.ruleset.config import Config, read_config
from scrubber.ruleset.examples import CLOSE, OPEN
from scrubber.ruleset.load import build_ruleset, read_documents
from scrubber.ruleset.locate import policy_files, rule_files, rules_dir
from scrubber.validators import VALIDATORS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrubber.pipeline import Scrubber
    from scrubber.ruleset.model import Example, Policy, Rule, Ruleset


@click.group()
def rules() -> None:
    """List, show and check rules."""


@rules.command("list")
@engine_options
def list_rules(*, scrubber: Scrubber) -> None:
    """List the rules that are on under the policy."""
    on = scrubber.ruleset.rules_for(scrubber.policy)
    colour = wants_colour()
    id_width = max((len(rule.id) for rule in on), default=4)
    entity_width = max((len(rule.entity) for rule in on), default=6)
    head = f"{'RULE'.ljust(id_width)}  {'ENTITY'.ljust(entity_width)}  CONF  DESCRIPTION"
    click.echo(click.style(head, dim=True), color=colour)
    for rule in on:
        click.echo(
            f"{click.style(rule.id.ljust(id_width), bold=True)}  {rule.entity.ljust(entity_width)}"
            f"  {rule.confidence:.2f}  {rule.description}",
            color=colour,
        )
    off = len(scrubber.ruleset.rules) - len(on)
    say(f"{many(len(on), 'rule')} on, {off} off under the policy {scrubber.policy.id}")


@rules.command("show")
@click.argument("rule_id", metavar="ID")
@engine_options
def show_rule(*, rule_id: str, scrubber: Scrubber) -> None:
    """Show everything of the rule ID: pattern, checks, context, examples."""
    rule = next((rule for rule in scrubber.ruleset.rules if rule.id == rule_id), None)
    if rule is None:
        raise ConfigError(f"there is no rule {rule_id}; `scrubber rules list` names them")
    colour = wants_colour()
    facts = [fact for fact in _facts(rule, scrubber.ruleset, scrubber.policy) if fact[1]]
    width = max(len(name) for name, _ in facts)
    for name, value in facts:
        first, *others = value.split("\n")
        click.echo(f"{click.style(name.ljust(width), bold=True)}  {first}", color=colour)
        for line in others:
            click.echo(f"{' ' * width}  {line}", color=colour)


@rules.command("check")
@click.argument("files", nargs=-1, metavar="[FILES]")
def check_rules(*, files: tuple[str, ...]) -> None:
    """Check rule FILES, or the packaged rules: form, dialect, cost, and every example.

    A file named pyproject.toml is read for its [tool.scrubber]. Every problem is told with its
    file, its rule and its reason. Ends with 0 when there is none, else with 2.
    """
    problems: list[Problem] = []
    checked: list[Rule] = []
    try:
        ruleset, sources = _load(files)
    except RulesetError as error:
        problems += error.problems
    else:
        checked = [rule for rule in ruleset.rules if rule.source in sources]
        for rule in checked:
            problems += [Problem(rule.source, rule.id, one) for one in failing_examples(rule)]
    for problem in problems:
        say(str(problem))
    if problems:
        say(f"{many(len(problems), 'problem')} found")
        sys.exit(2)
    examples = sum(len(rule.match) + len(rule.no_match) for rule in checked)
    click.echo(f"{many(len(checked), 'rule')} and {many(examples, 'example')} are good")


def _load(files: tuple[str, ...]) -> tuple[Ruleset, set[str]]:
    """Load what is to be checked; give the names of its files too."""
    folder = rules_dir()
    packaged, wrong = read_documents(rule_files(folder), packaged=bool(files))
    policies, wrong_too = read_documents((), policy_files(folder), packaged=True)
    config = read_config([Path(name) for name in files]) if files else Config()
    ruleset = build_ruleset(
        (*packaged, *policies, *config.documents),
        validators=VALIDATORS,
        problems=(*wrong, *wrong_too, *config.problems),
        # The packaged rules themselves are what is checked when no file is given.
        prebuilt=prebuilt.load(folder) if files else None,
    )
    if config.default_policy and config.default_policy not in ruleset.policies:
        reason = f"default_policy names no policy: {config.default_policy}"
        raise RulesetError([Problem("pyproject.toml", "", reason)])
    return ruleset, {one.source for one in (config.documents if files else packaged)}


def _facts(rule: Rule, ruleset: Ruleset, policy: Policy) -> Iterator[tuple[str, str]]:
    yield "rule", rule.id
    yield "entity", f"{rule.entity}, replaced by {placeholder(rule.entity)}"
    yield "description", rule.description
    yield "confidence", f"{rule.confidence:.2f}"
    free = replace(rule, path_modes=())
    on = sorted(one.id for one in ruleset.policies.values() if one.wants(free))
    yield "policies", f"{', '.join(on) or 'none'} ({'on' if policy.wants(rule) else 'off'} now)"
    yield "path modes", ", ".join(rule.path_modes)
    yield "pattern", rule.pattern
    if rule.blob is not None:
        yield "runs on", f"while {rule.blob.step}"
        yield "until", rule.blob.end
    yield "sees", "several lines" if rule.multiline else "one line"
    yield "checks", ", ".join(rule.validators)
    if rule.context is not None:
        effect = "needed" if rule.context.required else f"{rule.context.boost:+.2f}"
        words = ", ".join(rule.context.words)
        yield "context", f"{words} (within {rule.context.window} characters; {effect})"
    yield "keys", ", ".join(rule.keys)
    yield "locales", ", ".join(rule.locales)
    yield "references", "\n".join(rule.references)
    yield "source", rule.source
    yield "found", "\n".join(printable(_marked(one)) for one in rule.match)
    yield "not found", "\n".join(printable(one) for one in rule.no_match)


def _marked(example: Example) -> str:
    """Put the marks back around the spans of an example."""
    out, cursor = [], 0
    for start, end in example.spans:
        out += [example.text[cursor:start], OPEN, example.text[start:end], CLOSE]
        cursor = end
    return "".join([*out, example.text[cursor:]])
