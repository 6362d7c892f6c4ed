"""Go source as tokens, and as statements of tokens.

Promise: a string token carries its value, comments are gone, and a `;` stands wherever Go's own
scanner would put one. What Go would refuse is not looked for.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TOKEN = re.compile(
    r"""
    (?P<blank> [\x20\t\r]+ | //[^\n]* | /\*.*?\*/ )
    | (?P<line> \n )
    | (?P<raw> `[^`]*` )
    | (?P<string> "(?:[^"\\\n]|\\.)*" )
    | (?P<rune> '(?:[^'\\\n]|\\.[^']*)' )
    | (?P<number> [0-9][0-9A-Za-z_.]* )
    | (?P<name> [^\W\d]\w* )
    | (?P<mark> \.\.\. | :=|\+=|\+\+|==|!=|<=|>=|&&|\|\||<- | [^\s\w] )
    """,
    re.VERBOSE | re.DOTALL,
)
ENDS = frozenset({"name", "string", "raw", "rune", "number"})
OPEN, CLOSE = frozenset("([{"), frozenset(")]}")
KEYWORDS_BEFORE_MORE = frozenset({"var", "const", "func", "package", "import", "if", "for", "else"})


@dataclass(frozen=True, slots=True)
class Token:
    """One token.

    Attributes:
        kind: `name`, `string`, `number`, `rune`, or `mark` for everything else.
        text: What it says; of a string, its value.
    """

    kind: str
    text: str


def tokens(source: str) -> list[Token]:
    r"""Return the tokens of a Go file.

    >>> [t.text for t in tokens('x := "a\\n" + `b` // c')]
    ['x', ':=', 'a\n', '+', 'b', ';']
    """
    found: list[Token] = []
    for match in TOKEN.finditer(source + "\n"):
        kind, text = match.lastgroup or "", match.group()
        if kind == "line":
            if found and _ends_statement(found[-1]):
                found.append(Token("mark", ";"))
        elif kind == "raw":
            found.append(Token("string", text[1:-1].replace("\r", "")))
        elif kind == "string":
            found.append(Token("string", _unescape(text[1:-1])))
        elif kind != "blank":
            found.append(Token(kind, text))
    return found


def statements(code: Sequence[Token]) -> Iterator[list[Token]]:
    """Yield the statements of a block, each without the `;` behind it.

    >>> [len(s) for s in statements(tokens("a = f(b); c = 1"))]
    [6, 3]
    """
    depth, current = 0, list[Token]()
    for token in code:
        if token.kind == "mark":
            depth += (token.text in OPEN) - (token.text in CLOSE)
            if token.text == ";" and depth == 0:
                if current:
                    yield current
                current = []
                continue
        current.append(token)
    if current:
        yield current


def closing(code: Sequence[Token], start: int) -> int:
    """Return where the bracket that opens at `start` closes."""
    depth = 0
    for index in range(start, len(code)):
        token = code[index]
        if token.kind == "mark":
            depth += (token.text in OPEN) - (token.text in CLOSE)
            if depth == 0:
                return index
    return len(code)


def _ends_statement(token: Token) -> bool:
    """Whether a newline after this token ends the statement, as Go's specification says."""
    if token.kind == "name":
        return token.text not in KEYWORDS_BEFORE_MORE
    return token.kind in ENDS or token.text in CLOSE or token.text == "++"


def _unescape(text: str) -> str:
    """Return what an interpreted string says; Go's escapes are Python's."""
    return re.sub(
        r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{3}|.)",
        lambda match: codecs.decode(match.group().encode("ascii"), "unicode_escape"),
        text,
    )
