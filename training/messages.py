"""
Messages with the places of names in them: from templates, from mined templates, from corpora.

A *message* is one line and the spans of the names of people in it.

Promise: the same seed and files give the same messages; those of test sets share no template, no
name, no package and no value of a list with those of training.
"""

from __future__ import annotations

import gzip
import json
import re
import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from training.names import people, written
from training.values import Draw, any_value, value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from random import Random

    from training.names import People

TEMPLATES: Final = Path(__file__).with_name("templates")

_SLOT: Final = re.compile(r"«([a-z]+)»")
_NAMED: Final = frozenset({"given", "person", "surname"})
_LISTS: Final = tomllib.loads(Path(__file__).with_name("messages.toml").read_text("utf-8"))
_NAMEABLE: Final = frozenset(_LISTS["nameable"].split())
"""What the expression of a mined slot ends with where a name of a person may come out."""
_KINDS: Final[dict[str, str]] = {
    name: kind for kind, names in _LISTS["kinds"].items() for name in names.split()
}
"""The kind of value of a mined slot, by what its expression ends with."""
TEST_PACKAGES: Final = frozenset(_LISTS["test_packages"].split())
"""Packages whose messages are kept for the test set."""
_NAMED_SLOTS: Final = 0.45
_QUOTED: Final = 0.15


@dataclass(frozen=True, slots=True)
class Message:
    """A line and the names in it.

    Attributes:
        text: the line.
        spans: half-open ranges of code points, in order.
        group: where the names come from, or "".
        origin: the template or package it was made of.
        drawn: whether any of it was drawn.
    """

    text: str
    spans: tuple[tuple[int, int], ...] = ()
    group: str = ""
    origin: str = ""
    drawn: bool = False


@dataclass(slots=True)
class _Line:
    """A message in the making."""

    text: str = ""
    spans: list[tuple[int, int]] = field(default_factory=list)

    def add(self, text: str) -> None:
        self.text += " ".join(text.split("\n"))

    def add_name(self, name: tuple[str, int, int]) -> None:
        text, start, end = name
        at = len(self.text)
        self.text += text
        self.spans.append((at + start, at + end))

    def message(self, group: str, origin: str) -> Message:
        return Message(self.text, tuple(self.spans), group if self.spans else "", origin)


def read_templates(*names: str) -> list[str]:
    """Read templates, one a line; lines that begin with `# ` are left out."""
    return [
        line
        for name in names
        for line in (TEMPLATES / f"{name}.txt").read_text("utf-8").splitlines()
        if line.strip() and not line.startswith("# ")
    ]


def filled(template: str, one: People, draw: Draw, origin: str = "") -> Message:
    """Fill a template.

    Args:
        template: with slots as `«person»`.
        one: whose names stand in it.
        draw: draws the rest.
        origin: of the message.

    Returns:
        The message.
    """
    line = _Line()
    for at, part in enumerate(_SLOT.split(template)):
        if at % 2 == 0:
            line.add(part)
        elif part in _NAMED:
            line.add_name(
                written(one, draw.random, {"person": ""}.get(part, part))
                if part != "surname"
                else _surname(one, draw)
            )
        else:
            line.add(value(part, draw))
    return line.message(one.group, origin or template)


def _surname(one: People, draw: Draw) -> tuple[str, int, int]:
    text = draw.choice(one.surnames)
    return text, 0, len(text)


def from_templates(
    names: Sequence[str], parts: Sequence[str], draw: Draw, *, times: int
) -> Iterator[Message]:
    """Fill each template of some files a few times.

    Args:
        names: of the files.
        parts: which names are drawn; see `names.part_of`.
        draw: draws them, and the rest.
        times: how often each is filled, each time with another group's names.
    """
    groups = people(parts)
    for template in read_templates(*names):
        for one in _some(groups, draw.random, times):
            yield filled(template, one, draw)


def _some(groups: Sequence[People], random: Random, count: int) -> list[People]:
    """Draw groups, each as often as the others, as far as may be."""
    drawn: list[People] = []
    while len(drawn) < count:
        drawn += random.sample(groups, len(groups))
    return drawn[:count]


def of_test(package: str) -> bool:
    """Tell whether messages of a package are kept for the test set."""
    return package in TEST_PACKAGES


def from_packages(
    file: Path, parts: Sequence[str], draw: Draw, *, test: bool, named: float = _NAMED_SLOTS
) -> Iterator[Message]:
    """Fill mined templates: some with one name, the rest with anything else.

    Args:
        file: rows of JSON, packed: `{"pkg": ..., "t": ["text", ["expression"], ...]}`.
        parts: which names are drawn.
        draw: draws them, and the rest.
        test: whether of the packages of the test set, else of the others.
        named: the share of those with a slot for one that get a name.
    """
    groups = people(parts)
    seen: set[str] = set()
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            pieces = row["t"]
            whole = json.dumps(pieces)
            if (
                of_test(row["pkg"]) is not test
                or whole in seen
                or not any(isinstance(one, str) and any(map(str.isalpha, one)) for one in pieces)
            ):
                continue
            seen.add(whole)
            places = [at for at, one in enumerate(pieces) if _may_be_name(pieces, at)]
            chosen = draw.random.choice(places) if places and draw.random.random() < named else -1
            yield _mined(pieces, chosen, draw.random.choice(groups), draw, row["pkg"])


def _may_be_name(pieces: Sequence[str | list[str]], at: int) -> bool:
    slot = pieces[at]
    if not isinstance(slot, list) or _expression(slot) not in _NAMEABLE:
        return False
    before = pieces[at - 1] if at else " "
    behind = pieces[at + 1] if at + 1 < len(pieces) else " "
    return (
        isinstance(before, str)
        and isinstance(behind, str)
        and not before[-1:].isalnum()
        and not behind[:1].isalnum()
    )


def _expression(slot: Sequence[str]) -> str:
    return slot[-1].rpartition(".")[2].rpartition(":")[2] if slot else ""


def _mined(
    pieces: Sequence[str | list[str]], chosen: int, one: People, draw: Draw, origin: str
) -> Message:
    line = _Line()
    for at, part in enumerate(pieces):
        if isinstance(part, str):
            line.add(part)
            continue
        bare = not line.text or line.text[-1] not in "'\"`"
        quote = draw.choice("'\"'") if bare and draw.random.random() < _QUOTED else ""
        line.add(quote)
        if at == chosen:
            line.add_name(written(one, draw.random))
        else:
            kind = _KINDS.get(_expression(part))
            line.add(value(kind, draw) if kind else any_value(draw))
        line.add(quote)
    drawn = any(isinstance(part, list) for part in pieces)
    return replace(line.message(one.group, origin), drawn=drawn)


def from_conll(file: Path, *, mentions: bool = False) -> list[Message]:
    """Read sentences in CoNLL's columns.

    Args:
        file: a token a line, its label in the last column, blank lines between sentences.
        mentions: whether `@name` counts as a name where it is labelled so.

    Returns:
        The sentences, their tokens joined by blanks.
    """
    found = []
    line, inside = _Line(), False
    for row in (*file.read_text("utf-8").splitlines(), ""):
        columns = row.split()
        if not columns:
            if line.text:
                found.append(Message(line.text.rstrip(), tuple(line.spans), origin=file.name))
            line, inside = _Line(), False
            continue
        token, label = columns[0], columns[-1]
        person = label.upper().endswith(("-PER", "-PERSON")) and (
            mentions or not token.startswith("@")
        )
        start = len(line.text)
        if person and inside and not label.startswith("B"):
            line.spans[-1] = (line.spans[-1][0], start + len(token))
        elif person:
            line.spans.append((start, start + len(token)))
        inside = person
        line.text += f"{token} "
    return found
