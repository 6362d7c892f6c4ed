r"""
The text of JSON, scrubbed so that it stays JSON of the same shape.

First the values of which a name says something, as in an event: `{"password": "x"}`, `["--user",
"jane"]`, `{"name": "TOKEN", "value": "x"}`. Then each line that may hold anything else, by the
rules for texts. A line of a document over many lines is no JSON by itself; with the brackets around
it that it lacks, it is. So a finding is fitted to its tokens, and `"a@b.c", "d"` never loses the
quotes between. A string that is JSON itself, as `docker` keeps lines of logs, is looked through for
names like the document around it.

Promise: the same tokens as before, but for strings and numbers that held a finding; blanks, escapes
and all else are the same characters. Rows of numbers are numbers: each is looked at by itself.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from scrubber.archive.formats.json_tokens import (
    LONGEST_KEY,
    STRING,
    TOKEN,
    Walk,
    decoded,
    edited,
    encoded,
    is_lexical,
)
from scrubber.archive.named import Named
from scrubber.columns.rows import MOST
from scrubber.redact.operators import NUMBER
from scrubber.redaction import Redaction
from scrubber.report import Report
from scrubber.units.rows import distinct
from scrubber.units.says import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from scrubber.archive.formats.json_tokens import Edit
    from scrubber.pipeline import Scrubber
    from scrubber.units.says import Says

PIECE: Final = 1000
"""Tokens of a long line that are looked at together. Characters would not do: a line that was
redacted has others, and would be cut elsewhere."""

ARRAY: Final = "ARRAY_DATA"

_STRING: Final = re.compile(STRING)
# A quote behind a backslash begins nothing: from each of them all of a string would be read again.
_KEY: Final = re.compile(rf"(?<!\\)({STRING})\s*+:")
_FIRST: Final = re.compile(rf"\[\s*+({STRING})\s*+,")
_FLAG: Final = re.compile(r"\"(?:\\?['\"])?--?[A-Za-z]")
_NAMED: Final = re.compile(
    rf'"(?:[Nn]ame|[Kk]ey|field|header|variable|ParameterKey|id)"\s*+:\s*+({STRING})'
)
_VALUED: Final = re.compile(r'"(?:[Vv]alue|val|default|ParameterValue)"\s*+:')
_COLON: Final = re.compile(r"\s*+:")
# A string that begins as JSON does: `{"` or `[{`, written as a string writes it.
_BLANK: Final = r"(?:[ ]|\\[nrt])*+"
_INNER: Final = re.compile(rf'(?<!\\)"{_BLANK}(?:\{{{_BLANK}\\"|\[{_BLANK}(?:\{{|\[|\\"))')
_DEEPEST: Final = 4
"""Texts of JSON in one another that are looked through for names."""
_OPENS: Final = {"]": "[", "}": "{"}
_CLOSES: Final = {"[": "]", "{": "}"}


class JsonText:
    """Scrubs texts of JSON, and remembers what names say."""

    def __init__(self, scrubber: Scrubber, read_as: Mapping[str, str] | None = None) -> None:
        """Take a scrubber.

        Args:
            scrubber: what looks and replaces.
            read_as: names that mean in these documents what another name means elsewhere, or
                nothing ("").
        """
        self._scrubber = scrubber
        self._read_as = read_as or {}
        self.named = Named(scrubber)
        self._walk = Walk(self._says)
        self._tells = lru_cache(1 << 16)(self._token_tells)

    def redact(self, text: str, *, clean: bool = False) -> Redaction:
        """Scrub a text of JSON.

        Args:
            text: for which `json_tokens.is_lexical` holds.
            clean: whether it is proven to hold nothing by the rules for texts; names may still
                tell of values.

        Returns:
            The redacted text.

        >>> import scrubber
        >>> text = JsonText(scrubber.Scrubber(identity=scrubber.Identity.none()))
        >>> text.redact('{"pin": 1234, "n": 1.50, "to": ["jane@example.com"]}').text
        '{"pin": 0, "n": 1.50, "to": ["[email]"]}'
        """
        told = self._told(text, 0)
        done, report = told.text, told.report
        if clean and done == text:
            return told
        lines = done.split("\n")
        for place in self.suspects(lines):
            line = self._line(lines[place])
            lines[place], report = line.text, report + line.report
        done = "\n".join(lines)
        return Redaction(text if done == text else self._apart(text, done), report)

    def _told(self, text: str, depth: int) -> Redaction:
        """Scrub the values of which a name says something, and those in strings that are JSON."""
        told = self.by_names(text)
        if depth == _DEEPEST or _INNER.search(told.text) is None:
            return told
        edits: list[Edit] = []
        report = told.report
        for start, end, raw in inner_texts(told.text):
            found = self._told(raw, depth + 1)
            if found.text != raw:
                edits.append((start, end, encoded(found.text, told.text[start:end])))
                report += found.report
        return Redaction(edited(told.text, edits), report)

    def may_tell(self, text: str, depth: int = 0) -> bool:
        """Tell whether some name in a text, or in a string of it, may say something of a value."""
        return self._tells_here(text) or (
            depth < _DEEPEST
            and _INNER.search(text) is not None
            and any(self.may_tell(raw, depth + 1) for _, _, raw in inner_texts(text))
        )

    def _tells_here(self, text: str) -> bool:
        return (
            any(map(self._tells, set(_KEY.findall(text))))
            or _FLAG.search(text) is not None
            or any(map(self._tells, set(_FIRST.findall(text))))
            or (_VALUED.search(text) is not None and any(map(self._tells, _NAMED.findall(text))))
        )

    def by_names(self, text: str) -> Redaction:
        """Scrub the values of which a name says something."""
        found = self._walk.flat(text)
        if found is None:
            found = self._walk.told(text) if self._tells_here(text) else []
        if not found:
            return Redaction(text, Report())
        edits: list[Edit] = []
        counts: Counter[tuple[str, str]] = Counter()
        failures = 0
        for start, end, name, says in found:
            token = text[start:end]
            raw = decoded(token) if token[0] == '"' else token
            name = self._read_as.get(name, name)  # noqa: PLW2901  # as in `_says`
            done = self.named.redact(name, raw, says, number=token[0] != '"')
            failures += done.report.failures
            if done.text != raw:
                counts.update(done.report.counts)
                new = encoded(done.text, token) if token[0] == '"' else done.text
                edits.append((start, end, new))
        return Redaction(edited(text, edits), Report(dict(counts), failures))

    def _says(self, name: str) -> Says:
        return self.named.says(self._read_as.get(name, name))

    def _token_tells(self, token: str) -> bool:
        return len(token) <= LONGEST_KEY and self._says(decoded(token)) != NOTHING

    def suspects(self, lines: Sequence[str]) -> Sequence[int]:
        """Give the lines that may hold something."""
        with suppress(UnicodeEncodeError):
            data = "\n".join(lines).encode()
            starts = self._scrubber.suspects(data) if len(data) <= MOST else None
            if starts is not None:
                found, place, at = [], 0, 0
                for start in starts:
                    place += data.count(b"\n", at, start)
                    at = start
                    found.append(place)
                return found
        return range(len(lines))

    def _line(self, line: str) -> Redaction:
        """Scrub a line, in pieces where it is long."""
        parts = _pieces(line)
        report = Report()
        for place in self.suspects(parts) if len(parts) > 1 else (0,):
            found = self._piece(parts[place])
            parts[place], report = found.text, report + found.report
        return Redaction("".join(parts), report)

    def _piece(self, piece: str) -> Redaction:
        """Scrub tokens that stand side by side."""
        if '"' not in piece and not any(map(str.isdigit, piece)):
            return Redaction(piece, Report())
        around = _brackets(piece)
        if around is not None:
            before, start, end, behind = around
            text = f"{before}{piece[start:end]}{behind}"
            found = self._scrubber.redact(text)
            if found.text == text:
                return Redaction(piece, Report(failures=found.report.failures))
            kept = self._kept(text, found)
            if kept is not None and kept.text == text:
                return Redaction(piece, Report(failures=kept.report.failures))
            if kept is not None and kept.text.startswith(before) and kept.text.endswith(behind):
                inside = kept.text[len(before) : len(kept.text) - len(behind)]
                return Redaction(f"{piece[:start]}{inside}{piece[end:]}", kept.report)
        return self._by_tokens(piece)

    def _kept(self, text: str, found: Redaction) -> Redaction | None:
        """Put numbers back that are a finding only in a row of many; None for no JSON any more."""
        old, new = list(TOKEN.finditer(text)), list(TOKEN.finditer(found.text))
        if len(old) != len(new) or not is_lexical(found.text):
            return None
        counts = Counter(found.report.counts)
        rows = self._rows(text) if any(key[0] == ARRAY for key in counts) else {}
        edits: list[Edit] = []
        for was, now in zip(old, new, strict=True):
            if was[0] == now[0]:
                continue
            if _kind(was[0]) != _kind(now[0]):
                return None
            rule = rows.get(was.start(), "")
            if rule and self._scrubber.scrub_text(was[0]) == was[0]:
                edits.append((*now.span(), was[0]))
                counts[ARRAY, rule] -= 1
            elif now[0] == NUMBER and not was[0].strip("-").isdigit():
                # A fraction stays one, and what is nothing already stays as it is.
                nothing = not was[0].lower().partition("e")[0].strip("-0.")
                edits.append((*now.span(), was[0] if nothing else "0.0"))
        report = Report(dict(+counts), found.report.failures)
        return Redaction(edited(found.text, edits), report)

    def _rows(self, text: str) -> dict[int, str]:
        """Give where numbers begin that are a finding as a row, and by which rule."""
        found = self._scrubber.scan(text)
        return {
            match.start(): one.rule_id
            for one in found
            if one.entity == ARRAY
            for match in TOKEN.finditer(text, one.start, one.end)
            if match[0][-1].isdigit()
        }

    def _by_tokens(self, piece: str) -> Redaction:
        """Scrub each string and number by itself."""
        edits: list[Edit] = []
        report = Report()
        for match in TOKEN.finditer(piece):
            token = match[0]
            if token[0] != '"' and not token[-1].isdigit():
                continue
            raw = decoded(token) if token[0] == '"' else token
            found = self.named.redact("", raw, NOTHING, number=token[0] != '"')
            if found.text != raw:
                new = encoded(found.text, token) if token[0] == '"' else found.text
                edits.append((*match.span(), new))
                report += found.report
        return Redaction(edited(piece, edits), report)

    def _apart(self, old: str, new: str) -> str:
        """Keep keys of one object apart that became one; those that were one are one still."""
        if _KEY.findall(old) == _KEY.findall(new):
            return new
        edits: list[Edit] = []
        stack: list[list[tuple[str, str, int, int]]] = [[]]
        for was, now in zip(TOKEN.finditer(old), TOKEN.finditer(new), strict=True):
            first = now[0][0]
            if first in "{[":
                stack.append([])
            elif first in "}]" and len(stack) > 1:
                edits += _numbered(stack.pop())
            elif first == '"' and _COLON.match(new, now.end()):
                stack[-1].append((decoded(was[0]), now[0], *now.span()))
        return edited(new, sorted(edits))


def inner_texts(text: str) -> Iterator[tuple[int, int, str]]:
    r"""Give the strings of a JSON text that are JSON themselves.

    Args:
        text: JSON, or what has its tokens.

    Yields:
        Where the token begins, one past its end, and what it stands for.

    >>> list(inner_texts(r'{"log": "{\"a\": 1}\n", "b": "{c}"}'))
    [(8, 22, '{"a": 1}\n')]
    """
    end = 0
    while (match := _INNER.search(text, end)) is not None:
        token = _STRING.match(text, match.start())
        end = token.end() if token else match.end()
        if token is not None and is_lexical(raw := decoded(token[0])):
            yield (*token.span(), raw)


def _numbered(keys: Sequence[tuple[str, str, int, int]]) -> Iterator[Edit]:
    """Number the keys of an object that became one."""
    names: dict[str, str] = {}
    for old, token, _, _ in keys:
        names.setdefault(old, decoded(token))
    if len(set(names.values())) == len(names):
        return
    apart = distinct([(new, new == old) for old, new in names.items()])
    given = dict(zip(names, apart, strict=True))
    for old, token, start, end in keys:
        if given[old] != decoded(token):
            yield start, end, encoded(given[old], token)


def _kind(token: str) -> str:
    """Tell tokens apart that may not stand for each other."""
    return token if token[0] in "{}[]:,tfnNI" else "number" if token[0] != '"' else "string"


def _pieces(line: str) -> list[str]:
    """Cut a line of many tokens behind commas."""
    if len(line) < PIECE:
        return [line]
    parts, begin, count = [], 0, 0
    for match in TOKEN.finditer(line):
        count += 1
        if count >= PIECE and match[0] == ",":
            parts.append(line[begin : match.end()])
            begin, count = match.end(), 0
    return [*parts, line[begin:]] if begin < len(line) else parts


def _brackets(piece: str) -> tuple[str, int, int, str] | None:
    """Give what makes a piece of JSON a whole document.

    Returns:
        What is lacking before it, which part of it counts (commas at its ends do not), and what is
        lacking behind it; None where nothing makes it one.
    """
    tokens = list(TOKEN.finditer(piece))
    if tokens and tokens[0][0] == ",":
        del tokens[0]
    if tokens and tokens[-1][0] == ",":
        del tokens[-1]
    if not tokens:
        return None
    opened, closed = _unpaired(match[0][0] for match in tokens)
    start, end = tokens[0].start(), tokens[-1].end()
    rest = "null" if tokens[-1][0] == ":" else ""
    rest += "".join(_CLOSES[one] for one in reversed(opened))
    if not closed and is_whole(piece[start:end] + rest) and not rest:
        return "", start, end, ""
    for outer in "{[":
        frames = [outer, *reversed(closed)]
        before = "".join(
            '{"":' if one == "{" and place + 1 < len(frames) else one
            for place, one in enumerate(frames)
        )
        behind = rest + _CLOSES[outer]
        if is_whole(f"{before}{piece[start:end]}{behind}"):
            return before, start, end, behind
    return None


def _unpaired(marks: Iterable[str]) -> tuple[list[str], list[str]]:
    """Give the brackets that stay open, and those before them that must have been open."""
    opened: list[str] = []
    closed: list[str] = []
    for mark in marks:
        if mark in _CLOSES:
            opened.append(mark)
        elif mark in _OPENS and opened:
            opened.pop()
        elif mark in _OPENS:
            closed.append(_OPENS[mark])
    return opened, closed


def is_whole(text: str) -> bool:
    """Tell whether a text is a JSON document, not deeper than Python reads."""
    try:
        json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError):
        return False
    return True
