"""
YAML: scalars replaced in their place, so that all else stays and every type does.

`user: [user]` would be a list, and `*****` is an alias. So a document is cut into its tokens by
PyYAML, each scalar that holds a finding is written anew in quotes where it needs them, and the
result is cut into tokens again: they must be the same. Comments, names of anchors and block scalars
are scrubbed too. Without PyYAML a document is refused: guessing where a scalar ends damages or
leaks.

Promise: what was YAML before is YAML after, with the same structure; a string stays a string, a
number is a number or 0; a date that is a finding is a string. What PyYAML cannot read (a template,
say) goes as text.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from scrubber.archive.formats import text as as_text
from scrubber.archive.formats.json_tokens import Edit, Walk, edited
from scrubber.archive.formats.yaml_tokens import Scalar, read_yaml, types_of
from scrubber.archive.named import Named
from scrubber.columns.names import numbered
from scrubber.columns.rows import replaced_texts
from scrubber.errors import InputError
from scrubber.files.text_files import HEAD, detect
from scrubber.redaction import Redaction
from scrubber.report import Report

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scrubber.archive.context import Context
    from scrubber.archive.formats.yaml_tokens import YamlText
    from scrubber.pipeline import Scrubber
    from scrubber.units.says import Says

LONGEST: Final = 16 << 20
"""Bytes of the longest document that is read as YAML."""

_COMMENT: Final = re.compile(r"(?:^|(?<=\s))#[^\r\n]*")
_PLAIN: Final = re.compile(
    r"(?=[A-Za-z/.<])(?!.*(?:: | #|:\Z))[^\x00-\x1f\x7f-\uffff\t]*[^\s\x7f-\uffff]"
)
_NUMBERS: Final = frozenset({"int", "float"})
_NO_TAG: Final = re.compile(r"[^A-Za-z0-9!/:._-]")


def scrub(source: BinaryIO, target: BinaryIO, context: Context) -> None:
    """Scrub a YAML document; see `scrubber.archive.context.Reads`."""
    begin = source.tell()
    data = source.read(LONGEST + 1)
    written = detect(data[:HEAD])
    text, document = "", None
    if len(data) <= LONGEST:
        try:
            text = data[len(written.mark) :].decode(written.codec)
            document = read_yaml(text)
        except UnicodeDecodeError:
            document = None
    if document is None:
        source.seek(begin)
        as_text.scrub(source, target, context)
        return
    found = Yaml(context.scrubber).redact(text, document)
    context.found.add(found.report, lines=text.count("\n") + 1, hour=context.hour)
    target.write(written.mark + written.encode(found.text))


class Yaml:
    """Scrubs documents of YAML."""

    def __init__(self, scrubber: Scrubber) -> None:
        """Take a scrubber.

        Args:
            scrubber: what looks and replaces.
        """
        self._scrubber = scrubber
        self._named = Named(scrubber)

    def redact(self, text: str, document: YamlText) -> Redaction:
        """Scrub a document.

        Args:
            text: the document.
            document: the same, cut into tokens.

        Returns:
            The redacted document.

        Raises:
            InputError: it could not be put together again.
        """
        told = self._told(document)
        new: dict[int, Redaction] = {}
        for place in (*told, *self._suspects(document.scalars, told)):
            scalar = document.scalars[place]
            name, says = told.get(place, (scalar.name, None))
            number = scalar.kind in _NUMBERS
            found = self._named.redact(name, scalar.value, says, number=number)
            if found.text != scalar.value or found.report.failures:
                scalar.told = place in told
                new[place] = found
        names = self._apart(document, new)
        edits: list[Edit] = []
        report = Report()
        for place, found in new.items():
            scalar, value = document.scalars[place], names.get(place, found.text)
            edits.append((scalar.start, scalar.end, self._written(text, scalar, value)))
            report += found.report
        for start, end, found in self._between(text, document):
            edits.append((start, end, found.text))
            report += found.report
        done = edited(text, sorted(edits))
        if done != text:
            _refuse_changed(document, done)
        return Redaction(done, report)

    def _told(self, document: YamlText) -> dict[int, tuple[str, Says]]:
        """Give the scalars of which a name says something."""
        found = Walk(self._named.says).told(document.as_json)
        return {
            document.places[one.start]: (one.name, one.says)
            for one in found
            if one.start in document.places
        }

    def _suspects(self, scalars: Sequence[Scalar], told: dict[int, Any]) -> Iterator[int]:
        """Give the scalars that may hold something."""
        texts = [f"{one.name}: {one.value}" if one.name else one.value for one in scalars]
        changed = replaced_texts(self._scrubber, texts)
        return (place for place, text in enumerate(texts) if text in changed and place not in told)

    def _apart(self, document: YamlText, new: dict[int, Redaction]) -> dict[int, str]:
        """Keep keys of one mapping apart that became one."""
        given: dict[int, str] = {}
        for keys in document.keys:
            if any(place in new for place in keys):
                old = [document.scalars[place].value for place in keys]
                now = [
                    new[place].text if place in new else document.scalars[place].value
                    for place in keys
                ]
                given |= {
                    place: str(name)
                    for place, name in zip(keys, numbered(old, now), strict=True)
                    if place in new
                }
        return given

    def _written(self, text: str, scalar: Scalar, value: str) -> str:
        """Write a scalar anew."""
        token = text[scalar.start : scalar.end]
        quoted = json.dumps(value, ensure_ascii=token.isascii())
        if scalar.kind in _NUMBERS:
            zero = "0" if scalar.kind == "int" else "0.0"
            return zero + (token[len(token.rstrip("\r\n")) :] if scalar.style else "")
        if scalar.style in {"|", ">"}:
            inside = self._scrubber.redact(token).text
            if inside != token and not scalar.told:
                return inside
            return quoted + token[len(token.rstrip("\r\n")) :]
        if scalar.style == "'" and value.isprintable():
            inner = value.replace("'", "''")
            return f"'{inner}'"
        is_plain = not scalar.style and not scalar.flow and _PLAIN.fullmatch(value) is not None
        return value if is_plain and types_of([value]) == ["str"] else quoted

    def _between(self, text: str, document: YamlText) -> Iterator[tuple[int, int, Redaction]]:
        """Scrub what stands between scalars: comments, names of anchors, tags."""
        cursor = 0
        for start, end in (*document.marks, (len(text), len(text))):
            for match in _COMMENT.finditer(text, cursor, start):
                found = self._scrubber.redact(match[0])
                if found.text != match[0]:
                    yield (*match.span(), found)
            cursor = max(cursor, end)
        for start, end in document.anchors:
            found = self._scrubber.redact(text[start + 1 : end])
            if found.text != text[start + 1 : end]:
                name = f"{text[start]}a{document.anchor_number(text[start + 1 : end])}"
                yield start, end, Redaction(name, found.report)
        for start, end in document.tags:
            found = self._scrubber.redact(text[start:end])
            if found.text != text[start:end]:
                yield start, end, Redaction(_NO_TAG.sub("", found.text), found.report)


def _refuse_changed(document: YamlText, done: str) -> None:
    after = read_yaml(done)
    if after is None or after.shape != document.shape:
        raise InputError("could not be put together again as YAML")
