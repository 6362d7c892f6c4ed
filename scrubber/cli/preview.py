"""
`scrubber preview`: what would become of a crash event, field by field.

Promise: what the event held is shown with `--show-raw` and not without; without, nothing is printed
but what would be sent.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from typing import TYPE_CHECKING, Final

import click

from scrubber.cli.event_fields import ABSENT, Field, fields, shown
from scrubber.cli.event_files import read_events
from scrubber.cli.field_view import FieldView, ViewOptions
from scrubber.cli.messages import many, say
from scrubber.cli.options import engine_options
from scrubber.cli.sources import Source, opened, sources_of
from scrubber.cli.stdout import stdout
from scrubber.errors import InputError
from scrubber.redact.placeholders import FAILED, PATH_ENTITY, WORDS, Grammar, word_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scrubber.cli.event_files import EventFile, EventRead
    from scrubber.pipeline import Scrubber

_META: Final = "_meta"
_VALUE: Final = "other value"


@click.command()
@click.argument("file", default="-", metavar="[FILE|-]")
@click.option(
    "--show-raw", is_flag=True, help="Show what was there, too, beside what stands for it."
)
@click.option("--all", "show_all", is_flag=True, help="Show fields that do not change, too.")
@click.option("--full", is_flag=True, help="Fold nothing away.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list of fields.")
@click.option("-q", "--quiet", is_flag=True, help="No summary; errors are still told.")
@engine_options
def preview(  # noqa: PLR0913  # one for each option
    *,
    file: str,
    show_raw: bool,
    show_all: bool,
    full: bool,
    as_json: bool,
    quiet: bool,
    scrubber: Scrubber,
) -> None:
    """Show what would become of a Sentry event, field by field.

    FILE, or stdin, holds an event as JSON, a list of events, one event a line, or an envelope as
    SDKs send it. What was there is not shown, only what would be sent.

    Ends with 0 when nothing changes, 1 when something does, 2 when the file could not be read or
    an event not be scrubbed.
    """
    (source,) = sources_of((file,))
    found = _read(source)
    tally = _Tally(scrubber)
    rows: list[dict[str, object]] = []
    view = None if as_json else FieldView(stdout(), ViewOptions(raw=show_raw, full=full))
    for number, one in enumerate(found.events, 1):
        chosen = [
            changed
            for changed in tally.scrub(one)
            if show_all or (changed.change != "kept" and not _is_meta(changed.path))
        ]
        if view is None:
            rows += [_row(number, changed, show_raw=show_raw) for changed in chosen]
            continue
        if len(found.events) > 1:
            kind = f" ({one.kind})" if one.kind else ""
            view.title(f"event {number} of {len(found.events)}{kind}")
        for same in _alike(chosen):
            view.field(same)
    if as_json:
        stdout().write(f"{json.dumps(rows, indent=2)}\n".encode())
    if found.others:
        say(f"{many(found.others, 'item')} of the envelope not shown: no event is in it")
    tally.summarise(quiet=quiet)
    if tally.wrong:
        sys.exit(2)
    if tally.changed:
        sys.exit(1)


def _read(source: Source) -> EventFile:
    try:
        with opened(source) as document:
            return read_events(document)
    except InputError as error:
        raise InputError(f"{source.name}: {error}") from None


class _Tally:
    """Scrubs events and counts what became of them."""

    def __init__(self, scrubber: Scrubber) -> None:
        entities = {rule.entity for rule in scrubber.ruleset.rules_for(scrubber.policy)}
        self._scrubber = scrubber
        self._grammar = Grammar(entities)
        self._entities = {word_for(entity): entity for entity in (*entities, *WORDS)}
        self._replaced: Counter[str] = Counter()
        self._counts: Counter[str] = Counter()
        self.dropped = 0

    @property
    def wrong(self) -> bool:
        """Something could not be scrubbed."""
        return bool(self._scrubber.failures)

    @property
    def changed(self) -> bool:
        """Something would not be sent as it is."""
        return bool(self._counts.total() - self._counts["kept"] or self.dropped)

    def scrub(self, one: EventRead) -> list[Field]:
        """Scrub an event, and give its fields."""
        scrubbed = self._scrubber.scrub(one.event, kind=one.kind)
        if scrubbed is None:
            self.dropped += 1
            return []
        # As it would be sent: tuples are lists then, and times are texts.
        sent = json.loads(json.dumps(scrubbed, default=str))
        found = fields(one.event, sent, self._holds_placeholder)
        for each in found:
            if not _is_meta(each.path):
                self._counts[each.change] += 1
                self._replaced += self._added(each)
        return found

    def _holds_placeholder(self, key: str) -> bool:
        return bool(self._grammar.ranges(key))

    def _added(self, each: Field) -> Counter[str]:
        """Count the placeholders that came with scrubbing."""
        if each.change != "replaced":
            return Counter()
        found = self._placeholders(shown(each.scrubbed)) - self._placeholders(shown(each.raw))
        # A number that became 0, an address that became another: no placeholder fits there.
        return found or Counter([_VALUE])

    def _placeholders(self, text: str) -> Counter[str]:
        found = (text[start:end] for start, end in self._grammar.ranges(text))
        return Counter(self._entity(one) for one in found)

    def _entity(self, found: str) -> str:
        if found.startswith("<"):
            return PATH_ENTITY
        word = found.strip("[]").partition(":")[0]
        kind = "image" if word.startswith("image") else "array"
        return self._entities.get(word) or self._entities[kind]

    def summarise(self, *, quiet: bool) -> None:
        """Say what it came to."""
        total = self._counts.total()
        changed = total - self._counts["kept"]
        if not quiet:
            entities = ", ".join(f"{one} {n:,}" for one, n in self._replaced.most_common())
            ways = ", ".join(
                f"{self._counts[way]:,} {way}"
                for way in ("removed", "added", "renamed")
                if self._counts[way]
            )
            words = "; ".join(part for part in (ways, entities) if part)
            say(f"{changed:,} of {many(total, 'field')} changed{words and f': {words}'}")
        if self.dropped:
            say(f"{many(self.dropped, 'event')} would not be sent at all")
        if self.wrong:
            say(
                f"{many(self._scrubber.failures, 'unit')} that could not be scrubbed: a stub or"
                f" {FAILED} would be sent"
            )


def _is_meta(path: str) -> bool:
    return path == _META or path.startswith((f"{_META}.", f"{_META}["))


def _alike(found: Iterable[Field]) -> list[list[Field]]:
    """Put fields with the same change together, in the order of the first of each."""
    groups: dict[tuple[object, ...], list[Field]] = {}
    for one in found:
        what = (one.change, one.renamed, shown(one.raw), shown(one.scrubbed))
        # What was kept or is gone is told of by itself.
        key = what if one.change == "replaced" else (*what, one.path)
        groups.setdefault(key, []).append(one)
    return list(groups.values())


def _row(number: int, one: Field, *, show_raw: bool) -> dict[str, object]:
    row: dict[str, object] = {
        "event": number,
        "field": one.path,
        "changed": one.change != "kept",
        "change": one.change,
    }
    if one.scrubbed is not ABSENT:
        row["scrubbed"] = one.scrubbed
    if show_raw and one.raw is not ABSENT:
        row["raw"] = one.raw
    return row
