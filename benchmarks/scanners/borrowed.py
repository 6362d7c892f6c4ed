"""What is borrowed from another scanner for a comparison: an example, and a pattern in our engine.

Promise: none of it is stored; it lives as long as the run.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import regex


@dataclass(frozen=True, slots=True)
class Example:
    """A text published as what a rule must find, or must leave alone.

    Attributes:
        scanner: `gitleaks` or `noseyparker`.
        rule: Its rule.
        text: The text.
        secret: The part that must not get out; empty in a negative.
        positive: Whether the rule must find it.
        public: Whether what the rule finds is no secret, such as a client id.
        path: The file it is said to stand in, where the rule wants one.
    """

    scanner: str
    rule: str
    text: str
    secret: str
    positive: bool
    public: bool = False
    path: str = ""


def pattern(source: str) -> regex.Pattern[str]:
    r"""Return a pattern of Go or Rust compiled under `regex` with the same meaning.

    In both, `$` is the very end, `\z` too, classes are ASCII, a `[` in a class is a `[`, and
    blanks in a class of a verbose pattern are none.

    >>> bool(pattern("a[[]$").search("a[\n"))
    False
    """
    verbose = bool(re.match(r"\(\?[a-z]*x", source))
    out: list[str] = []
    inside = False
    at = 0
    while at < len(source):
        char = source[at]
        named = re.compile(r"\[:\w+:\]").match(source, at) if inside else None
        note = re.compile(r"\(\?#[^)]*\)").match(source, at)
        step = 1
        if note and not inside:
            piece, step = "", len(note[0])
        elif char == "\\":
            step = 2
            piece = r"\Z" if source[at + 1] == "z" else source[at : at + 2]
        elif verbose and not inside and char == "#":
            step = (source.find("\n", at) + 1 or len(source) + 1) - at
            piece = "\n"
        elif named:
            piece, step = named[0], len(named[0])
        elif inside:
            piece = "\\" + char if char in "[&~|" else "" if verbose and char.isspace() else char
            inside = char != "]"
        elif char == "[":
            inside = True
            opening = re.compile(r"\[\^?\]?").match(source, at)
            step = len(opening[0]) if opening else 1
            piece = source[at : at + step].replace("]", r"\]")
        else:
            piece = "(?!.|\\n)" if char == "$" else char
        out.append(piece)
        at += step
    return regex.compile("".join(out), regex.ASCII | regex.VERSION1)
