"""`scrubber explain`: for a short text, which rule saw what, and why it is or is not a finding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import click

from scrubber.cli.messages import printable, wants_colour
from scrubber.cli.options import engine_options
from scrubber.cli.sources import Source, opened
from scrubber.errors import InputError
from scrubber.files.compressed import read_chunks
from scrubber.files.text_files import Decoder, detect

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scrubber import Explanation, Scrubber
    from scrubber.ruleset.model import Rule

# Every candidate of every rule is kept and told of: enough for a long traceback.
LONGEST: Final = 1 << 20


@click.command()
@click.argument("text", metavar="TEXT|-")
@click.option("--show-text", is_flag=True, help="Show the text of each candidate, too.")
@engine_options
def explain(*, text: str, show_text: bool, scrubber: Scrubber) -> None:
    """Explain what is redacted in TEXT (- for stdin) and why.

    Each candidate is told of by its line and column, not by its text.
    """
    if text == "-":
        text = _read_stdin()
    colour = wants_colour()
    candidates = _first_views(scrubber.explain(text))
    rules = {rule.id: rule for rule in scrubber.rules}
    places = _places(text, candidates)
    width = max((len(place) for place in places), default=0)
    for place, one in zip(places, candidates, strict=True):
        fate = _fate(one)
        click.echo(
            f"{click.style(place.ljust(width), dim=True)}  {click.style(one.entity, bold=True)}"
            f"  {one.rule_id}  {click.style(fate.words, fg=fate.colour)}",
            color=colour,
        )
        for reason in _reasons(rules.get(one.rule_id), one):
            click.echo(f"{' ' * width}  {reason}", color=colour)
        if show_text:
            shown = printable(text[one.start : one.end])
            click.echo(f"{' ' * width}  text: {click.style(shown, fg='yellow')}", color=colour)
    if not candidates:
        click.echo(f"No rule of the policy {scrubber.policy.id} sees a candidate.")
    click.echo("")
    click.echo(printable(scrubber.redact(text).text, keep="\n\t").removesuffix("\n"), color=colour)


@dataclass(frozen=True, slots=True)
class _Fate:
    words: str
    colour: str


def _fate(one: Explanation) -> _Fate:
    if one.wins:
        return _Fate("redacted", "green")
    if one.accepted:
        return _Fate("covered by another finding", "yellow")
    return _Fate(f"left alone: {one.reason}", "red")


def _reasons(rule: Rule | None, one: Explanation) -> Iterator[str]:
    """Tell what led to the verdict, in the order in which it was reached."""
    if rule is None:
        yield "A tagger takes it for a name, by the words of its line."
        yield f"confidence {one.confidence:.2f}"
        return
    yield rule.description
    if one.view:
        yield f"seen once encodings are undone (view {one.view})"
    if rule.validators:
        passed = "passed" if one.accepted else "asked"
        yield f"checks {passed}: {', '.join(rule.validators)}"
    context = rule.context
    if context is not None:
        need = "needs one" if context.required else f"{context.boost:+.2f} with one"
        near = "one is near" if one.context else "none is near"
        yield f"context words ({need}): {near}"
    yield f"confidence {one.confidence:.2f}"


def _first_views(explanations: Sequence[Explanation]) -> list[Explanation]:
    """Keep the first of equal candidates: what the raw text shows is in its decoded views again."""
    kept: dict[tuple[object, ...], Explanation] = {}
    for one in explanations:
        kept.setdefault((one.rule_id, one.start, one.end, one.accepted, one.reason), one)
    return list(kept.values())


def _places(text: str, explanations: Sequence[Explanation]) -> list[str]:
    places, line, line_start, cursor = [], 1, 0, 0
    for one in explanations:
        line += text.count("\n", cursor, one.start)
        line_start = max(line_start, text.rfind("\n", cursor, one.start) + 1)
        cursor = one.start
        places.append(f"{line}:{one.start - line_start + 1}")
    return places


def _read_stdin() -> str:
    data = b""
    with opened(Source(None)) as document:
        for chunk in read_chunks(document.raw, document.kind):
            data += chunk
            if len(data) > LONGEST:
                raise InputError("explain takes at most 1 MiB; use scan")
    text_format = detect(data)
    decoder = Decoder(text_format)
    return decoder.decode(data[len(text_format.mark) :]) + decoder.finish()[0]
