r"""A text that a regular expression matches, the same one on every run.

Promise: the text is drawn from the expression by a generator with a fixed seed, without bounds
beyond the least: `+` is one, `*` none or one, `{10,}` ten, as the generator gitleaks uses does with
its limit of one. Assertions (`\b`, `^`, `$`) produce nothing.
"""

from __future__ import annotations

import random
import re
import string

PRINTABLE = "".join(map(chr, range(0x20, 0x7F)))
CLASSES = {
    "d": string.digits,
    "w": string.ascii_letters + string.digits + "_",
    "s": " ",
    "alnum": string.ascii_letters + string.digits,
    "alpha": string.ascii_letters,
    "digit": string.digits,
}
CONTROLS = {"n": "\n", "t": "\t", "r": "\r"}
REPEAT = re.compile(r"\{(\d+)(?:(,)(\d*))?\}|[*+?]")


class Sampler:
    """A generator of texts from expressions.

    >>> import re
    >>> bool(re.fullmatch("[a-f0-9]{8}-(x|yy)", Sampler(1).text("[a-f0-9]{8}-(x|yy)")))
    True
    """

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - samples, not keys
        self.pattern = ""
        self.at = 0
        self.any_case = False
        self.made: list[str] = []

    def text(self, pattern: str) -> str:
        """Return a text that the pattern matches."""
        self.pattern, self.at, self.any_case = pattern, 0, False
        self.made.append(self._alternatives())
        return self.made[-1]

    def _peek(self, text: str) -> bool:
        return self.pattern.startswith(text, self.at)

    def _alternatives(self) -> str:
        """Read up to the end of the group; all are read, one is drawn."""
        before = self.any_case
        options = [self._sequence()]
        while self._peek("|"):
            self.at += 1
            options.append(self._sequence())
        self.any_case = before
        return self.random.choice(options)

    def _sequence(self) -> str:
        parts: list[str] = []
        while self.at < len(self.pattern) and self.pattern[self.at] not in "|)":
            start, case = self.at, self.any_case
            part = self._atom()
            repeat = REPEAT.match(self.pattern, self.at)
            if repeat is None:
                parts.append(part)
                continue
            end = repeat.end()
            for _ in range(self._count(repeat)):
                self.at, self.any_case = start, case
                parts.append(self._atom())
            self.at = end + (self.pattern[end : end + 1] == "?")
        return "".join(parts)

    def _count(self, repeat: re.Match[str]) -> int:
        if repeat[1] is None:
            return {"*": self.random.randrange(2), "+": 1, "?": self.random.randrange(2)}[repeat[0]]
        least = int(repeat[1])
        return self.random.randint(least, int(repeat[3])) if repeat[3] else least

    def _atom(self) -> str:
        char = self.pattern[self.at]
        self.at += 1
        if char == "(":
            return self._group()
        if char == "[":
            return self.random.choice(self._class())
        if char == "\\":
            return self._escape()
        if char in "^$":
            return ""
        return self._cased(self.random.choice(PRINTABLE) if char == "." else char)

    def _group(self) -> str:
        before = self.any_case
        flags = re.compile(r"\?(?:P?<\w+>|([a-zA-Z]*)(-[a-zA-Z]+)?([:)]))").match(
            self.pattern, self.at
        )
        if flags:
            self.at = flags.end()
            self.any_case = (before or "i" in (flags[1] or "")) and "i" not in (flags[2] or "")
            if flags[3] == ")":
                return ""
        text = self._alternatives()
        self.at += 1
        self.any_case = before
        return text

    def _escape(self) -> str:
        char = self.pattern[self.at]
        self.at += 1
        if char == "x":
            self.at += 2
            return chr(int(self.pattern[self.at - 2 : self.at], 16))
        if char in "bBAzZ":
            return ""
        return self.random.choice(CLASSES.get(char, CONTROLS.get(char, char)))

    def _class(self) -> str:
        """Return the characters of a class that begins here."""
        negated = self._peek("^")
        self.at += negated
        found: list[str] = []
        start = self.at
        while not self._peek("]") or self.at == start:
            named = re.compile(r"\[:(\w+):\]").match(self.pattern, self.at)
            if named:
                self.at = named.end()
                found.extend(CLASSES[named[1]])
                continue
            first = self._member()
            if len(first) == 1 and self._peek("-") and not self._peek("-]"):
                self.at += 1
                last = self._member()
                found.extend(map(chr, range(ord(first), ord(last) + 1)))
            else:
                found.extend(first)
        self.at += 1
        chars = set(found)
        if self.any_case:
            chars |= {char.swapcase() for char in found if char.isascii()}
        kept = set(PRINTABLE) - chars if negated else chars
        return "".join(sorted(kept))

    def _member(self) -> str:
        r"""Return the next member of a class: a character, or all those of `\d`."""
        char = self.pattern[self.at]
        self.at += 1
        if char != "\\":
            return char
        char = self.pattern[self.at]
        if char == "x":
            self.at += 3
            return chr(int(self.pattern[self.at - 2 : self.at], 16))
        self.at += 1
        return CLASSES.get(char, CONTROLS.get(char, char))

    def _cased(self, char: str) -> str:
        return self.random.choice((char.lower(), char.upper())) if self.any_case else char
