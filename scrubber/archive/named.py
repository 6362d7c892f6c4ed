r"""
Values under a name: a cell of a column, a value of a key.

`hunter2` in a column `password` shows nothing of what it is; its name does. So a name is asked what
it says, as for the fields of an event; and a value is looked at as `name: value` as well, since
rules for texts know what stands behind words.

Promise: what a value becomes depends on its name and itself alone. A number that is a finding
becomes 0; so does nothing that is a count: a fraction, or a small number under a name that is a
count in most files (`pass`, `tokens`).
"""

from __future__ import annotations

import re
from contextlib import suppress
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Final

from scrubber.columns.rows import MOST
from scrubber.redact.placeholders import FAILED, Grammar
from scrubber.redaction import Redaction
from scrubber.report import Report
from scrubber.units.keys import KeyIndex, sensitive_key
from scrubber.units.says import DOTTED, NOTHING, USER, Names, Says

if TYPE_CHECKING:
    from scrubber.pipeline import Scrubber

LONGEST_NAME: Final = 256
"""Code points of a name that is put before its value."""

_FIELD: Final = "extra"
_BETWEEN: Final = re.compile(r"([ ,;|]+)")
_MOST_NAMES: Final = 4
_MOST_BACKSLASHES: Final = 2
_SHORT: Final = 256
_NUMBER: Final = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_WHOLE: Final = re.compile(r"[-+]?[0-9]+")
_ID: Final = re.compile(r"[-+]?[0-9]+(?:\.0+)?")
_COUNTED: Final = re.compile(r"(?:\A|[^A-Za-z]|(?<=[a-z]))(?i:pass|token|auth|secret)[^A-Za-z]*\Z")
_SMALL: Final = 3
"""Digits of a number that is a count under such a name."""
_SMALLEST_ID: Final = 5
"""Digits from which a number under the name of a user is who it is."""
_ROUNDS: Final = 4
"""How often a text is looked at until it stands still."""
_A_USER: Final = Report({("USERNAME", "field.username"): 1})
_NO_NUMBERS: Final = frozenset({"HOSTNAME", "PERSON", "USERNAME"})


class Named:
    """Scrubs values for what their names say; safe to share between documents, not threads."""

    def __init__(self, scrubber: Scrubber) -> None:
        """Take a scrubber.

        Args:
            scrubber: what looks and replaces.
        """
        self._scrubber = scrubber
        self._index, self._entities, self._grammar = _judging(scrubber)
        self._known = lru_cache(1 << 14)(self._says)
        self._redacted = lru_cache(1 << 14)(self._redact)

    def says(self, name: str) -> Says:
        """Tell what a name says of its value; `units.says.NOTHING` for nothing."""
        return self._known(name) if len(name) <= LONGEST_NAME else NOTHING

    def redact(
        self, name: str, text: str, says: Says | None = None, *, number: bool | None = None
    ) -> Redaction:
        """Scrub a text under a name.

        Args:
            name: the name; "" for none.
            text: the value.
            says: what is said of it, where that is not what its name says.
            number: whether it is a number by its type; None where what it looks like decides.

        Returns:
            The redacted value; a number stays one.

        >>> import scrubber
        >>> named = Named(scrubber.Scrubber(identity=scrubber.Identity.none()))
        >>> [named.redact("password", text).text for text in ("hunter2", "4711", "", "none")]
        ['[secret]', '0', '', 'none']
        >>> named.redact("user", "jane").text, named.redact("epoch", "12").text
        ('[user]', '12')
        """
        says = self.says(name) if says is None else says
        number = _NUMBER.fullmatch(text) is not None if number is None else number
        work = self._redacted if len(text) <= _SHORT else self._redact
        return work(name, text, says, number)

    def _says(self, name: str) -> Says:
        return Names(partial(sensitive_key, index=self._index)).says(name, name)

    def _redact(self, name: str, text: str, says: Says, number: bool) -> Redaction:  # noqa: FBT001  # of a cache
        if not text.strip():
            return Redaction(text, Report())
        if says.reason is not None and self._is_value(name, text, says, number=number):
            whole = self._whole(name, text, says.reason)
            if whole.text != text:
                return _typed(whole, text, number=number)
        if says.said == USER and number and _identifies(text):
            return _typed(Redaction("", _A_USER), text, number=number)
        done, report = text, Report()
        for _ in range(_ROUNDS):
            found = self._once(name, done, says, number=number)
            report += found.report
            if found.text == done:
                break
            done = found.text
        else:
            return Redaction(FAILED, Report(failures=1))
        return _typed(Redaction(done, report), text, number=number and done != text)

    def _once(self, name: str, text: str, says: Says, *, number: bool) -> Redaction:
        """Scrub a text, and the same behind its name."""
        found = self._looked_at(text)
        done, report = found.text, found.report
        if name and len(name) <= LONGEST_NAME and done != FAILED:
            again = self._behind(f"{name}: ", done)
            done, report = again.text, report + again.report
        if says.said is not None and not number:
            again = self._told(says.said, done)
            done, report = again.text, report + again.report
        return Redaction(done, report)

    def _looked_at(self, text: str) -> Redaction:
        # Most texts are clean, and proven to be faster than they are taken apart.
        with suppress(UnicodeEncodeError):
            data = text.encode()
            if len(data) <= MOST and self._scrubber.suspects(data) == []:
                return Redaction(text, Report())
        return self._scrubber.redact(text)

    def _is_value(self, name: str, text: str, says: Says, *, number: bool) -> bool:
        """Tell whether what stands under the name of a secret may be one."""
        if self._grammar.is_placeholder(text):
            return False
        if not number:
            return True
        if self._entities.get(says.reason or "") in _NO_NUMBERS or not _is_whole(text):
            return False
        return not (len(_digits(text)) <= _SMALL and _COUNTED.search(name))

    def _whole(self, name: str, text: str, reason: str) -> Redaction:
        """Replace a value that its name makes sensitive, unless it says why there is none."""
        event = self._scrubber.scrub({_FIELD: {name: text}})
        values = event.get(_FIELD) if event is not None else None
        # A name that held a finding is another one now.
        (new,) = values.values() if isinstance(values, dict) and len(values) == 1 else (None,)
        if not isinstance(new, str):
            return Redaction(FAILED, Report(failures=1))
        return Redaction(new, Report({(self._entities.get(reason, reason), reason): 1}))

    def _told(self, said: str, text: str) -> Redaction:
        """Replace what words announce: each of a few names, the first of many words."""
        dotted, said = said.startswith(DOTTED), said.removeprefix(DOTTED)
        parts = _BETWEEN.split(text, _MOST_NAMES)
        if len(parts) > 2 * _MOST_NAMES - 1:
            parts = [text]
        report = Report()
        for at in range(0, len(parts), 2):
            part = parts[at]
            if not part or "/" in part or part.count("\\") > _MOST_BACKSLASHES:
                continue
            if dotted and DOTTED not in part:
                continue
            again = self._behind(said, part)
            parts[at], report = again.text, report + again.report
        return Redaction("".join(parts), report)

    def _behind(self, words: str, text: str) -> Redaction:
        """Scrub what stands behind words, and only that."""
        found = self._looked_at(words + text)
        if found.text.startswith(words):
            return Redaction(found.text[len(words) :], found.report)
        return Redaction(text, Report())


@lru_cache(maxsize=4)
def _judging(scrubber: Scrubber) -> tuple[KeyIndex, dict[str, str], Grammar]:
    """Give what names are judged by; made once, for a tree may have a million small documents."""
    rules = [rule for rule in scrubber.ruleset.rules_for(scrubber.policy) if rule.keys]
    index = KeyIndex.from_rules([(rule.keys, rule.id) for rule in rules])
    entities = {rule.id: rule.entity for rule in rules}
    return index, entities, Grammar({rule.entity for rule in scrubber.ruleset.rules})


def _typed(done: Redaction, text: str, *, number: bool) -> Redaction:
    """Give a number for a number."""
    new = _zero(text) if number else done.text
    return Redaction(new, Report(failures=done.report.failures) if new == text else done.report)


def _zero(text: str) -> str:
    return "0" if _WHOLE.fullmatch(text) else "0.0"


def _identifies(text: str) -> bool:
    return _is_whole(text) and len(_digits(text)) >= _SMALLEST_ID


def _is_whole(text: str) -> bool:
    """Tell whether a number is whole, as an id in a column with gaps: pandas writes `10234.0`."""
    return _ID.fullmatch(text) is not None


def _digits(text: str) -> str:
    return text.strip("+-").partition(".")[0]
