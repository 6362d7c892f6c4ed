r"""Verbose patterns, read into nodes.

The dialect is what can be judged: literals, classes of ASCII meaning, groups without numbers,
finite repeats, look-arounds. A construct outside it is refused where it stands, with what to write
instead. Nothing is taken as "probably a literal": a `{` that is no repeat, or a `[` in a class, is
more often a mistake than meant, and packages disagree about them.

Case is folded here and for ASCII letters only, so that no later stage needs to know about flags.
"""

from __future__ import annotations

import re
import string
from typing import Final

from scrubber.ruleset.charset import DIGIT, NEWLINE, SPACE, WORD, CharSet
from scrubber.ruleset.measure import max_width
from scrubber.ruleset.nodes import (
    Alt,
    Atomic,
    Boundary,
    Chars,
    Group,
    LineEdge,
    Look,
    Node,
    Repeat,
    Taking,
    alternation,
    sequence,
)

_CLASSES: Final = {
    "d": DIGIT,
    "D": DIGIT.complement(),
    "w": WORD,
    "W": WORD.complement(),
    "s": SPACE,
    "S": SPACE.complement(),
}
_CONTROLS: Final = {"n": "\n", "r": "\r", "t": "\t", "f": "\f", "v": "\v", "a": "\a"}
_HEX_DIGITS: Final = {"x": 2, "u": 4, "U": 8}
_HEX: Final = re.compile(r"[0-9A-Fa-f]+")
_LAST: Final = 0x10FFFF
_BLANKS: Final = " \t\n\r\f\v"
_SKIPPED: Final = re.compile(r"(?:[ \t\n\r\f\v]+|#[^\n]*)*")
_REPEATS: Final = {"?": (0, 1), "*": (0, None), "+": (1, None)}
_REPEAT: Final = re.compile(
    r"\{(?:(?P<exact>\d{1,9})|(?P<low>\d{0,9}),(?P<high>\d{0,9}))\}", re.ASCII
)
_NAME: Final = re.compile(r"\(\?P<(?P<name>[A-Za-z_]\w{0,63})>", re.ASCII)
_DEEPEST: Final = 50
_LOOKS: Final = {
    "(?<=": (False, False),
    "(?<!": (False, True),
    "(?=": (True, False),
    "(?!": (True, True),
}
_SET_OPERATIONS: Final = ("--", "&&", "~~", "||")
_TAKING: Final[dict[str, Taking]] = {"?": "lazy", "+": "possessive"}

# What authors know from elsewhere, and what to write here.
_GROUPS: Final = {
    "(?P=": "back-references are not in the dialect",
    "(?P>": "recursion is not in the dialect",
    "(?P<": "a group's name is a letter or _, then letters, digits or _",
    "(?#": "write a comment as # up to the end of its line",
    "(?<": "write a named group as (?P<value>...)",
    "(?(": "conditionals are not in the dialect",
    "(?|": "branch reset is not in the dialect",
}
_ESCAPES: Final = {
    "A": "write ^ for the start of a line",
    "Z": "write $ for the end of a line",
    "z": "write $ for the end of a line",
    "p": r"properties are not in the dialect; write ranges, such as \x80-\U0010FFFF",
    "P": r"properties are not in the dialect; write ranges, such as \x80-\U0010FFFF",
    "N": "named characters are not in the dialect; write \\u and four hex digits",
    "L": "named lists are not in the dialect; write an alternation",
    "K": "name the span with (?P<value>...) or use a look-behind",
}


class DialectError(ValueError):
    """A pattern outside the dialect; its text says what to write instead.

    Attributes:
        reason: what is wrong and what to do about it.
        position: where in the pattern, in code points.
    """

    def __init__(self, reason: str, position: int) -> None:
        """Keep the reason and make one message of it and of the place."""
        self.reason = reason
        self.position = position
        super().__init__(f"{reason} (at character {position})")

    def __reduce__(self) -> tuple[type[DialectError], tuple[str, int]]:
        """Rebuild from reason and position, so that the error survives a process boundary."""
        return (type(self), (self.reason, self.position))


def parse(pattern: str, *, unbounded: bool = False) -> Node:
    r"""Read a verbose pattern: blanks and `#` comments outside of classes mean nothing.

    Args:
        pattern: the pattern, without macros.
        unbounded: whether repeats without bound are let through, outside of look-arounds.

    Returns:
        The pattern as nodes.

    Raises:
        DialectError: the pattern is malformed or outside the dialect.

    >>> parse("a{2,}")
    Traceback (most recent call last):
    ...
    scrubber.ruleset.parse.DialectError: give a bound; ... (at character 1)
    """
    parser = _Parser(pattern, unbounded=unbounded)
    node = parser.alternation()
    if parser.at < len(pattern):
        raise DialectError(r"a ) without its (; write \) for the character", parser.at)
    return node


class _Parser:
    """Recursive descent; `at` is the next character."""

    def __init__(self, pattern: str, *, unbounded: bool) -> None:
        self.pattern = pattern
        self.at = 0
        self._unbounded = unbounded
        self._folding = False
        self._depth = 0

    def alternation(self) -> Node:
        branches = [self._sequence()]
        while self._took("|"):
            branches.append(self._sequence())
        return alternation(branches)

    def _sequence(self) -> Node:
        items: list[Node] = []
        self._skip_blanks()
        while self._next() not in ("", "|", ")"):
            start = self.at
            items.append(self._repeated(self._atom(), start))
        return sequence(items)

    def _next(self) -> str:
        return self.pattern[self.at : self.at + 1]

    def _took(self, text: str) -> bool:
        found = self.pattern.startswith(text, self.at)
        if found:
            self.at += len(text)
        return found

    def _skip_blanks(self) -> None:
        skipped = _SKIPPED.match(self.pattern, self.at)
        self.at = skipped.end() if skipped else self.at

    def _atom(self) -> Node:
        start = self.at
        character = self._next()
        if character == "(":
            return self._group()
        self.at += 1
        match character:
            case "[":
                return Chars(self._class(start))
            case "\\":
                return self._escaped(start)
            case ".":
                return Chars(NEWLINE.complement())
            case "^" | "$":
                return LineEdge(start=character == "^")
            case "?" | "*" | "+":
                raise DialectError(f"nothing to repeat; write \\{character} for {character}", start)
            case "{":
                raise DialectError(r"not a repeat such as {1,5}; write \{ for the character", start)
        if character.isspace() or (character.isascii() and not character.isprintable()):
            raise DialectError("write this character as \\x, \\u or \\U and its number", start)
        return self._chars(character)

    def _chars(self, character: str) -> Chars:
        charset = CharSet.of([character])
        return Chars(charset.folded() if self._folding else charset)

    def _escaped(self, start: int) -> Node:
        if self._next() in ("b", "B"):
            return Boundary(negative=self._taken() == "B")
        member = self._escape(start)
        return Chars(member) if isinstance(member, CharSet) else self._chars(member)

    def _taken(self) -> str:
        character = self._next()
        self.at += 1
        return character

    def _escape(self, start: int) -> str | CharSet:
        letter = self._taken()
        if letter in _CLASSES:
            return _CLASSES[letter]
        if letter in _CONTROLS:
            return _CONTROLS[letter]
        if letter in _HEX_DIGITS:
            return self._numbered(letter, start)
        if letter and (letter in string.punctuation or letter in _BLANKS):
            return letter
        if letter in string.digits and letter:
            raise DialectError("write \\x00 for NUL; back-references are not in the dialect", start)
        raise DialectError(_ESCAPES.get(letter, "unknown escape; leave out the backslash"), start)

    def _numbered(self, letter: str, start: int) -> str:
        digits = self.pattern[self.at : self.at + _HEX_DIGITS[letter]]
        self.at += len(digits)
        if len(digits) < _HEX_DIGITS[letter] or not _HEX.fullmatch(digits):
            raise DialectError(f"\\{letter} needs {_HEX_DIGITS[letter]} hex digits", start)
        if int(digits, 16) > _LAST:
            raise DialectError("the last code point is \\U0010FFFF", start)
        return chr(int(digits, 16))

    def _repeated(self, node: Node, start: int) -> Node:
        self._skip_blanks()
        at = self.at
        times = self._times()
        if times is None:
            return node
        low, high = times
        taking = _TAKING.get(self._next(), "greedy")
        self.at += taking != "greedy"
        if not max_width(node):
            raise DialectError("what is repeated matches no character; leave out the repeat", start)
        if high is None and not self._unbounded:
            raise DialectError("give a bound; what may run on without bound goes in rule.blob", at)
        if high is not None and (high < low or not high):
            raise DialectError("the second number of a repeat is at least the first, and 1", at)
        self._skip_blanks()
        again = self.at
        if self._times() is not None:
            raise DialectError("one repeat only; put (?:...) around the first", again)
        return Repeat(node, low, high, taking)

    def _times(self) -> tuple[int, int | None] | None:
        sign = self._next()
        if sign in _REPEATS:
            self.at += 1
            return _REPEATS[sign]
        found = _REPEAT.match(self.pattern, self.at) if sign == "{" else None
        if found is None or found.group() == "{,}":
            return None
        self.at = found.end()
        if found["exact"]:
            return int(found["exact"]), int(found["exact"])
        return int(found["low"] or 0), int(found["high"]) if found["high"] else None

    def _group(self) -> Node:
        start = self.at
        if self._took("(?:"):
            node = self._body(start)
            # Without width all its branches lead to the same place, so one is enough.
            return Atomic(node) if isinstance(node, Alt) and not max_width(node) else node
        for opening, (ahead, negative) in _LOOKS.items():
            if self._took(opening):
                return self._look(start, ahead=ahead, negative=negative)
        if self._took("(?>"):
            return Atomic(self._body(start))
        if self._took("(?i:"):
            outside, self._folding = self._folding, True
            node = self._body(start)
            self._folding = outside
            return node
        named = _NAME.match(self.pattern, start)
        if named:
            self.at = named.end()
            return Group(self._body(start), named["name"])
        for opening, reason in _GROUPS.items():
            if self._took(opening):
                raise DialectError(reason, start)
        if self._took("(?"):
            raise DialectError("unknown group or flag; the only flag is (?i:...)", start)
        raise DialectError(r"groups have no numbers; write (?:...), or \( for the character", start)

    def _body(self, start: int) -> Node:
        if self._depth == _DEEPEST:
            raise DialectError("too many groups in groups", start)
        self._depth += 1
        node = self.alternation()
        self._depth -= 1
        if not self._took(")"):
            raise DialectError("this group has no end", start)
        return node

    def _look(self, start: int, *, ahead: bool, negative: bool) -> Node:
        outside, self._unbounded = self._unbounded, False
        node = Look(self._body(start), ahead=ahead, negative=negative)
        self._unbounded = outside
        return node

    def _class(self, start: int) -> CharSet:
        negative = self._took("^")
        members: list[CharSet] = []
        if self._next() == "]":
            raise DialectError(r"an empty class; write \] for the character", start)
        while not self._took("]"):
            members.append(self._member(start, first=not members))
        charset = CharSet().union(*members)
        charset = charset.complement() if negative else charset
        if not charset.ranges:
            raise DialectError("this class matches nothing", start)
        return charset

    def _member(self, start: int, *, first: bool) -> CharSet:
        at = self.at
        low = self._class_item(start, first=first)
        if self._next() != "-" or self.pattern[self.at + 1 : self.at + 2] in ("]", ""):
            return self._folded(low if isinstance(low, CharSet) else CharSet.of([low]))
        self._refuse_set_operation()
        self.at += 1
        high = self._class_item(start, first=True)
        if isinstance(low, CharSet) or isinstance(high, CharSet):
            raise DialectError(r"a range has one character at each end; write \- for a dash", at)
        if high < low:
            raise DialectError("the range is upside down", at)
        return self._folded(CharSet.spanning([(ord(low), ord(high))]))

    def _folded(self, charset: CharSet) -> CharSet:
        return charset.folded() if self._folding else charset

    def _refuse_set_operation(self) -> None:
        if self.pattern[self.at : self.at + 2] in _SET_OPERATIONS:
            raise DialectError(
                f"set operations are not in the dialect; write \\{self._next()} for the character",
                self.at,
            )

    def _class_item(self, start: int, *, first: bool) -> str | CharSet:
        self._refuse_set_operation()
        at = self.at
        character = self._taken()
        if not character:
            raise DialectError("this class has no end", start)
        if character == "[":
            raise DialectError(r"sets in sets are not in the dialect; write \[ for [", at)
        if character == "-" and not first and self._next() not in ("]", ""):
            raise DialectError(r"write \- for a dash that stands neither first nor last", at)
        if character != "\\":
            return character
        if self._next() == "b":
            raise DialectError(r"write \x08 for a backspace", at)
        return self._escape(at)
