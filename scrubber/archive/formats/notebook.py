"""
Jupyter notebooks: sources, outputs and metadata scrubbed as JSON; pictures replaced.

A plot shows data, a photo shows people. So what an output or an attachment holds under the kind of
a picture becomes a picture of one pixel, of the same kind where that can be written in a line; its
key stays, so that the notebook is valid and opens everywhere. Lines that a cell keeps as a list are
also looked at together: a private key that was printed is one over all of them.

Promise: what `nbformat` took for valid before, it takes after; nothing of a picture is left.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple

from scrubber.archive.formats.images import PNG
from scrubber.archive.formats.json import scrub_as
from scrubber.archive.formats.json_text import JsonText
from scrubber.archive.formats.json_tokens import TOKEN, decoded, edited, encoded
from scrubber.redaction import Redaction
from scrubber.report import Report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrubber.archive.context import Context
    from scrubber.archive.formats.json_tokens import Edit
    from scrubber.pipeline import Scrubber

PICTURES: Final = {
    "image/png": b64encode(PNG).decode(),
    "image/gif": "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7",
    "image/svg+xml": '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>',
}
"""One pixel of each kind that can be written in a line; of others nothing is left."""

RULE: Final = ("IMAGE_DATA", "notebook.picture")

_PICTURE: Final = re.compile(r"(?:image|video|audio|font)/[A-Za-z0-9.+-]{1,64}|application/pdf")
# A kernel is shown as `Python 3`, and authors are a list of names.
_READ_AS: Final = {"display_name": "", "authors": "full_name"}
_MARKER: Final = "[image]"


class _Value(NamedTuple):
    """A string, or a list of strings, under a key.

    Attributes:
        start: where it begins.
        end: one past its end.
        key: the key.
        tokens: its strings, as they are written.
    """

    start: int
    end: int
    key: str
    tokens: list[tuple[int, int]]


def scrub(source: BinaryIO, target: BinaryIO, context: Context) -> None:
    """Scrub a notebook; see `scrubber.archive.context.Reads`."""
    notebook = Notebook(context.scrubber)
    scrub_as(source, target, context, notebook.redact)


class Notebook:
    """Scrubs the texts of notebooks."""

    def __init__(self, scrubber: Scrubber) -> None:
        """Take a scrubber.

        Args:
            scrubber: what looks and replaces.
        """
        self._scrubber = scrubber
        self._json = JsonText(scrubber, _READ_AS)

    def redact(self, text: str) -> Redaction:
        """Scrub a notebook.

        Args:
            text: JSON.

        Returns:
            The redacted text.
        """
        pictures = [one for one in _values(text) if _PICTURE.fullmatch(one.key)]
        marked = edited(text, [(one.start, one.end, f'"{_MARKER}"') for one in pictures])
        pixels = [_pixel(one.key, text[one.start]) for one in pictures]
        count = sum(
            text[one.start : one.end] != pixel for one, pixel in zip(pictures, pixels, strict=True)
        )
        joined = self._rows(marked)
        found = self._json.redact(joined.text)
        # In the same order still: keys of their kind hold no finding.
        spots = [one for one in _values(found.text) if _PICTURE.fullmatch(one.key)]
        done = edited(
            found.text,
            [(one.start, one.end, pixel) for one, pixel in zip(spots, pixels, strict=True)],
        )
        report = joined.report + found.report + Report({RULE: count} if count else {})
        return Redaction(done, report)

    def _rows(self, text: str) -> Redaction:
        """Scrub the lines that a list holds as the text they are."""
        edits: list[Edit] = []
        report = Report()
        for one in _values(text):
            tokens = [text[start:end] for start, end in one.tokens]
            lines = list(map(decoded, tokens))
            between = "\n" if one.key == "traceback" else ""
            if len(lines) == 1 or not (between or all(line[-1:] == "\n" for line in lines[:-1])):
                continue
            whole = between.join(lines)
            if self._scrubber.scrub_text(whole) == between.join(self._scrubber.scrub_many(lines)):
                continue
            found = self._scrubber.redact(whole)
            new = _lines(found.text, between, len(lines))
            report += found.report
            edits += [
                (start, end, encoded(line, token))
                for (start, end), line, token in zip(one.tokens, new, tokens, strict=True)
            ]
        return Redaction(edited(text, edits), report)


def _lines(text: str, between: str, most: int) -> list[str]:
    """Cut a text into lines: as many as before, empty ones where there are fewer."""
    lines = text.split(between) if between else text.splitlines(keepends=True)
    lines = [*lines[: most - 1], between.join(lines[most - 1 :])]
    return lines + [""] * (most - len(lines))


def _values(text: str) -> Iterator[_Value]:
    """Give the strings, and lists of strings, that stand under keys, in order."""
    key, before, start = "", (0, 0), -1
    row: list[tuple[int, int]] = []
    for match in TOKEN.finditer(text):
        first = match[0][0]
        if first == '"':
            before = match.span()
            row.append(before)
            continue
        if first == ":":
            key, row, start = decoded(text[slice(*before)]), [], -1
            continue
        if first == "," and start >= 0:
            continue
        if first == "[" and key and not row:
            start = match.start()
            continue
        if key and len(row) == 1 and start < 0:
            yield _Value(*row[0], key, row)
        elif key and row and first == "]":
            yield _Value(start, match.end(), key, row)
        key, row, start = "", [], -1


def _pixel(kind: str, first: str) -> str:
    token = json.dumps(PICTURES.get(kind, ""))
    return f"[{token}]" if first == "[" else token
