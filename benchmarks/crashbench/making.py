"""
Cases from templates and a seed.

Promise: a case depends on the version, the split, the seed and its number alone, so a small corpus
begins as a large one does; and a value that is planted is nowhere without a label, but where a
template says so.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from .cases import CORPUS_VERSION, Case
from .chance import Chance
from .markup import filled, laid_out
from .people import a_person
from .plain import PLAIN
from .planting import PLANTS, STILL_PEOPLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .cases import Label, Split, Stay
    from .markup import Planted
    from .people import Person

HERE: Final = Path(__file__).parent
EVENTS_EACH: Final = 5
"""One case of so many is an event."""

ENCODINGS: Final[dict[Split, tuple[str, ...]]] = {
    "dev": ("repr", "json", "url", "html", "php_json", "bytes_repr"),
    "test": ("repr", "json", "url", "html_numeric", "html_hex", "rust_debug", "c_octal"),
}
"""What `*` stands for in a template."""


@dataclass(slots=True)
class OneWorld:
    """The people, machines and secrets of one case: the same mark gives the same value."""

    chance: Chance
    split: Split
    named: bool = False
    people: dict[int, Person] = field(default_factory=dict)
    given: dict[tuple[str, str, int], Planted | str] = field(default_factory=dict)

    def person(self, number: int) -> Person:
        """Return somebody of the case; no two have a name in common."""
        while number not in self.people:
            one = a_person(self.chance, self.split, apart=self.named)
            others = [other.name for other in self.people.values()]
            if all(one.name.latin_family != other.latin_family for other in others):
                self.people[number] = one
        return self.people[number]

    def fill(self, kind: str, argument: str, number: int) -> Planted | str:
        """Return a value to plant, or plain text."""
        if kind == "given":
            return self.person(number or 1).name.given
        if kind in PLAIN:
            if not number:
                return PLAIN[kind](self.chance, self.split, argument)
            known = (kind, argument, number)
            if known not in self.given:
                self.given[known] = PLAIN[kind](self.chance, self.split, argument)
            return self.given[known]
        known = (kind, argument, number or 1)
        if known not in self.given or kind in STILL_PEOPLE:
            who = self.person(number or 1)
            self.given[known] = PLANTS[kind](self.chance, self.split, who, argument)
        return self.given[known]

    def encoding(self, choice: str) -> str:
        """Return one of the encodings that a template leaves open."""
        names = ENCODINGS[self.split] if choice == "*" else choice.split("/")
        return self.chance.pick(names)


@dataclass(frozen=True, slots=True)
class Shape:
    """What a kind of text looks like: one of its templates, or some of its lines."""

    name: str
    templates: tuple[str, ...]
    lines: bool


@cache
def texts(split: Split) -> tuple[Shape, ...]:
    """Read the templates of texts of a split."""
    return tuple(
        Shape(one["shape"], tuple(map(_trimmed, one["templates"])), one.get("lines", False))
        for path in sorted((HERE / split).glob("*.toml"))
        for one in tomllib.loads(path.read_text("utf-8"))["shapes"]
        for _ in range(one.get("weight", 1))
    )


@cache
def events(split: Split) -> tuple[dict[str, Any], ...]:
    """Read the templates of events of a split."""
    found: list[dict[str, Any]] = []
    for path in sorted((HERE / split).glob("*.json")):
        if path.stem != "pieces":
            found += json.loads(path.read_text("utf-8"))
    return tuple(found)


@cache
def pieces(split: Split) -> dict[str, list[Any]]:
    """Read the parts that events of a split share: requests, users, breadcrumbs."""
    read: dict[str, list[Any]] = json.loads((HERE / split / "pieces.json").read_text("utf-8"))
    return read


def _trimmed(template: str) -> str:
    return template.removesuffix("\n")


def made(split: Split, *, seed: int, size: int) -> Iterator[Case]:
    """Make the cases of a split."""
    text_count = event_count = 0
    for number in range(size):
        chance = Chance(CORPUS_VERSION, split, seed, number)
        world = OneWorld(chance, split)
        name = f"{split}-{number}"
        if number % EVENTS_EACH == 0:
            yield _event(name, world, events(split)[event_count % len(events(split))])
            event_count += 1
        else:
            yield _text(name, world, texts(split)[text_count % len(texts(split))])
            text_count += 1


def _text(name: str, world: OneWorld, shape: Shape) -> Case:
    if shape.lines:
        chosen = world.chance.some(shape.templates, world.chance.between(1, 5))
        template = "\n".join(chosen) + world.chance.pick(("", "\n"))
    else:
        template = world.chance.pick(shape.templates)
    world.named = "«name" in template
    content, labels, stays = laid_out(filled(template, world), ())
    outside = _outside([(content, labels)])
    return Case(
        name, world.split, "text", shape.name, content, _honest(labels, outside), tuple(stays)
    )


def _event(name: str, world: OneWorld, template: dict[str, Any]) -> Case:
    labels: list[Label] = []
    stays: list[Stay] = []
    strings: list[tuple[str, list[Label]]] = []
    world.named = True

    def build(node: Any, path: tuple[str | int, ...]) -> Any:  # noqa: ANN401  # JSON
        if isinstance(node, dict):
            if "$pick" in node:
                return build(world.chance.pick(node["$pick"]), path)
            if "$from" in node:
                return build(world.chance.pick(pieces(world.split)[node["$from"]]), path)
            return {key: build(value, (*path, key)) for key, value in node.items()}
        if isinstance(node, list):
            return [build(value, (*path, at)) for at, value in enumerate(node)]
        if isinstance(node, str):
            text, some_labels, some_stays = laid_out(filled(node, world), path)
            labels.extend(some_labels)
            stays.extend(some_stays)
            strings.append((text, some_labels))
            return text
        return node

    content = build({key: node for key, node in template.items() if key != "$shape"}, ())
    outside = _outside(strings)
    return Case(
        name,
        world.split,
        "event",
        template["$shape"],
        content,
        _honest(labels, outside),
        tuple(stays),
    )


def _outside(strings: Sequence[tuple[str, Sequence[Label]]]) -> str:
    """Join all that no label covers."""
    found = []
    for text, labels in strings:
        at = 0
        for label in sorted(labels, key=lambda one: one.start):
            found.append(text[at : label.start])
            at = max(at, label.end)
        found.append(text[at:])
    return "\n".join(found)


def _honest(labels: Sequence[Label], outside: str) -> tuple[Label, ...]:
    """Drop the parts that stand elsewhere as well: finding them afterwards tells nothing.

    Elsewhere is without a label, or in another value: a name that is left is one leak, not a second
    one of the address made from it.
    """
    values = {label.value: _plain(label.value) for label in labels}

    def tells(part: str, label: Label) -> bool:
        plain = _plain(part)
        others = (other for value, other in values.items() if value != label.value)
        return part not in outside and not any(plain in other for other in others)

    return tuple(
        replace(label, parts=tuple(part for part in label.parts if tells(part, label)))
        for label in labels
    )


def _plain(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
