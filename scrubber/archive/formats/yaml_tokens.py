"""
Where the scalars of a YAML document stand, what they are, and what they are called.

PyYAML's parser says what a scalar is, its scanner where it stands; an alias is not followed, so a
document of a few lines that stands for billions costs a few lines. The structure is also given as a
text of JSON, in which names are looked up as in any other.

Promise: nothing is built of what a document stands for: no object, no tag's code.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Final

from scrubber.errors import InputError

NEEDS_YAML: Final = "yaml files need PyYAML: pip install 'crashscrub[archives]'"

DEEPEST: Final = 256
"""Containers in one another; a document that goes deeper is read as text."""

_DEEPER: Final = {
    "BlockMappingStartToken": 1,
    "BlockSequenceStartToken": 1,
    "BlockEndToken": -1,
}
_TAG: Final = "tag:yaml.org,2002:"


@dataclass(slots=True)
class Scalar:
    """A scalar of a document.

    Attributes:
        start: where its token begins.
        end: one past its end.
        value: what it stands for.
        style: its quotes, `|`, `>`, or "".
        kind: `str`, `int`, `float`, `bool`, `null`, `timestamp` or another tag's name.
        name: the key it stands under, or "".
        flow: whether it stands between brackets.
        told: whether its name replaced all of it.
    """

    start: int
    end: int
    value: str
    style: str
    kind: str
    name: str = ""
    flow: bool = False
    told: bool = False


@dataclass(slots=True)
class YamlText:
    """A text of YAML, cut up.

    Attributes:
        scalars: in order.
        marks: the ranges of all tokens that hold text, in order.
        keys: for each mapping, which scalars are its keys.
        anchors: ranges of anchors and aliases, with their mark.
        tags: ranges of tags.
        as_json: its structure as JSON.
        places: by where a token begins in that, which scalar it is.
        shape: what must not change: kinds of tokens, and of scalars.
    """

    scalars: list[Scalar] = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)
    keys: list[list[int]] = field(default_factory=list)
    anchors: list[tuple[int, int]] = field(default_factory=list)
    tags: list[tuple[int, int]] = field(default_factory=list)
    as_json: str = ""
    places: dict[int, int] = field(default_factory=dict)
    shape: list[str] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)

    def anchor_number(self, name: str) -> int:
        """Give the number that stands for the name of an anchor."""
        return self._numbers.setdefault(name, len(self._numbers) + 1)


def read_yaml(text: str) -> YamlText | None:
    """Cut a document up.

    Args:
        text: the document.

    Returns:
        Its parts; None where it is no YAML.

    Raises:
        InputError: PyYAML is not there.
    """
    yaml = _yaml()
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    document = YamlText()
    try:
        flow = depth = 0
        for token in yaml.scan(text, Loader=loader):
            flow += _take(document, token, flow)
            depth += _DEEPER.get(type(token).__name__, 0)
            # With each level, libyaml takes longer for each token.
            if flow + depth > DEEPEST:
                return None
        _Structure(document).read(yaml.parse(text, Loader=loader))
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    return document


def types_of(values: list[str]) -> list[str]:
    """Tell what plain scalars are: `str`, `int`, `bool` ..."""
    yaml = _yaml()
    resolve = yaml.SafeLoader("").resolve
    return [
        str(resolve(yaml.ScalarNode, value, (True, False))).removeprefix(_TAG) for value in values
    ]


def _take(document: YamlText, token: Any, flow: int) -> int:  # noqa: ANN401  # PyYAML has no types
    """Take note of a token; give how much deeper it goes into brackets."""
    kind = type(token).__name__
    where = token.start_mark.index, token.end_mark.index
    if kind == "ScalarToken":
        style = token.style or ""
        document.scalars.append(Scalar(*where, token.value, style, "str", flow=flow > 0))
        document.marks.append(where)
    elif kind in {"AnchorToken", "AliasToken"}:
        document.anchors.append(where)
        document.marks.append(where)
    elif kind == "TagToken":
        document.tags.append(where)
        document.marks.append(where)
    document.shape.append(kind)
    return {
        "FlowSequenceStartToken": 1,
        "FlowMappingStartToken": 1,
        "FlowSequenceEndToken": -1,
        "FlowMappingEndToken": -1,
    }.get(kind, 0)


class _Structure:
    """Reads what a parser says of the scalars that a scanner found."""

    def __init__(self, document: YamlText) -> None:
        self._document = document
        self._json: list[str] = ["["]
        self._size = 1
        self._next = 0
        # For each container that is open: whether it is a mapping, which scalars are keys of it,
        # and whether it is a key itself.
        self._open: list[tuple[bool, list[int], bool]] = [(False, [], False)]
        # The key of what comes in it; None where a key comes.
        self._key: list[str | None] = [""]

    def read(self, events: Any) -> None:  # noqa: ANN401  # PyYAML has no types
        resolve = _yaml().SafeLoader("").resolve
        node = _yaml().ScalarNode
        for event in events:
            kind = type(event).__name__
            if kind in {"MappingStartEvent", "SequenceStartEvent"}:
                mapping = kind.startswith("M")
                is_key = self._open[-1][0] and self._key[-1] is None
                self._before(None)
                self._write("{" if mapping else "[")
                self._open.append((mapping, [], is_key))
                self._key.append(None if mapping else self._key[-1])
            elif kind in {"MappingEndEvent", "SequenceEndEvent"}:
                mapping, keys, is_key = self._open.pop()
                self._key.pop()
                if mapping:
                    self._document.keys.append(keys)
                self._write("}" if mapping else "]")
                self._behind()
                if is_key:
                    self._key[-1] = ""
            elif kind == "ScalarEvent":
                tag = event.tag or resolve(node, event.value, event.implicit)
                has_token = bool(event.value or event.style)
                self._scalar(event.value, str(tag).removeprefix(_TAG), has_token=has_token)
            elif kind == "AliasEvent":
                self._scalar("", "null", has_token=False)
        self._write("]")
        self._document.as_json = "".join(self._json)

    def _scalar(self, value: str, kind: str, *, has_token: bool) -> None:
        is_key = self._open[-1][0] and self._key[-1] is None
        place = -1
        if has_token:
            place, self._next = self._next, self._next + 1
            scalar = self._document.scalars[place]
            if scalar.value != value:
                raise ValueError("the scanner and the parser differ")
            scalar.kind = kind
            self._document.shape.append("str" if kind == "timestamp" else kind)
            scalar.name = "" if is_key else self._key[-1] or ""
        if is_key:
            if place >= 0:
                self._open[-1][1].append(place)
            self._before(value)
            return
        self._before(None)
        if place >= 0 and kind not in {"bool", "null"}:
            self._document.places[self._size] = place
        number = kind in {"int", "float"}
        self._write("null" if kind in {"bool", "null"} else "1" if number else json.dumps(value))
        self._behind()

    def _before(self, key: str | None) -> None:
        """Write the key of what comes, if it is in a mapping."""
        if self._open[-1][0] and self._key[-1] is None:
            self._key[-1] = key or ""
            self._write(f"{json.dumps(key or '')}:")

    def _behind(self) -> None:
        self._write(",")
        if self._open[-1][0]:
            self._key[-1] = None

    def _write(self, text: str) -> None:
        self._json.append(text)
        self._size += len(text)


def _yaml() -> Any:  # noqa: ANN401  # no types
    try:
        import yaml
    except ModuleNotFoundError:
        raise InputError(NEEDS_YAML) from None
    return yaml
