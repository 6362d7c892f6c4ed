"""The values of Go expressions, as far as lists of example strings need them.

Promise: a value is right or `Unreadable` is raised. Nothing is executed but string building:
literals, `+`, calls of functions read from the same sources, and the few library functions named
here.

The alternative, a Go toolchain, would be exact, but a benchmark must not need a second language.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from benchmarks.scanners.go_tokens import Token, closing, statements, tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

STEPS = 100_000


class Unreadable(Exception):  # noqa: N818 - it is a fact about the source, not a fault
    """What this reader does not know."""


@dataclass(frozen=True, slots=True)
class Function:
    """A function as it was read: its parameters' names and its body."""

    parameters: tuple[str, ...]
    body: list[Token]


@dataclass(slots=True)
class Package:
    """What the files of a Go package define.

    Attributes:
        functions: By name.
        variables: The initialisers of package variables, not yet evaluated.
        builtins: Functions answered by Python, by their qualified name.
    """

    functions: dict[str, Function] = field(default_factory=dict)
    variables: dict[str, list[Token]] = field(default_factory=dict)
    builtins: dict[str, Callable[..., Any]] = field(default_factory=dict)

    def read(self, source: str) -> None:
        """Add the functions and variables of a file."""
        for code in statements(tokens(source)):
            if code[0].text == "func" and code[1].kind == "name":
                end = closing(code, 2)
                opens = next(i for i in range(end, len(code)) if code[i].text == "{")
                names = tuple(_parameters(code[3:end]))
                self.functions[code[1].text] = Function(names, code[opens + 1 : -1])
            elif code[0].text in {"var", "const"}:
                self.variables.update(_declared(code[1:]))

    def call(self, name: str, *arguments: object) -> Any:  # noqa: ANN401 - a Go value
        """Return what a function returns."""
        function = self.functions[name]
        frame = Frame(self, dict(zip(function.parameters, arguments, strict=True)))
        return frame.run(function.body)


def _parameters(code: Sequence[Token]) -> Iterator[str]:
    """Yield the names of parameters."""
    start = True
    for token in code:
        if start and token.kind == "name":
            yield token.text
        start = token.text == ","


def _declared(code: list[Token]) -> Iterator[tuple[str, list[Token]]]:
    """Yield each variable of a declaration with its initialiser; without one, an empty list."""
    inner = statements(code[1:-1]) if code[0].text == "(" else iter([code])
    for one in inner:
        at = next((i for i, token in enumerate(one) if token.text == "="), len(one))
        yield one[0].text, one[at + 1 :]


class Frame:
    """A running function: its variables.

    Attributes:
        package: Where names that are not variables are looked up.
        names: The variables.
    """

    def __init__(self, package: Package, names: dict[str, Any]) -> None:
        self.package = package
        self.names = names

    def run(self, body: Sequence[Token]) -> Any:  # noqa: ANN401 - a Go value
        """Run statements until one returns a value."""
        for code in statements(body):
            first = code[0].text
            if first == "return":
                return self.value(code[1:])
            if first == "var":
                for name, initial in _declared(code[1:]):
                    self.names[name] = self.value(initial) if initial else []
            elif first == "for":
                self._loop(code)
            elif len(code) > 2 and code[1].text in {":=", "="}:
                self.names[first] = self.value(code[2:])
            else:
                raise Unreadable(" ".join(token.text for token in code[:4]))
        return None

    def value(self, code: Sequence[Token]) -> Any:  # noqa: ANN401 - a Go value
        """Return the value of an expression."""
        reader = _Expression(self, code)
        value = reader.sum()
        if reader.at != len(code):
            raise Unreadable(" ".join(token.text for token in code[reader.at : reader.at + 4]))
        return value

    def look_up(self, name: str) -> Any:  # noqa: ANN401 - a Go value
        """Return what a plain name stands for."""
        if name in self.names:
            return self.names[name]
        if name in {"nil", "true", "false"}:
            return {"nil": None, "true": True, "false": False}[name]
        if name in self.package.variables:
            return Frame(self.package, {}).value(self.package.variables[name])
        raise Unreadable(name)

    def _loop(self, code: list[Token]) -> None:
        """Run `for key, value := range expression { ... }`."""
        texts = [token.text for token in code]
        if texts[2] != "," or texts[4:6] != [":=", "range"]:
            raise Unreadable(" ".join(texts[:4]))
        opens = next(i for i in range(len(code) - 1, 0, -1) if closing(code, i) == len(code) - 1)
        while closing(code, opens) != len(code) - 1 or texts[opens] != "{":
            opens -= 1
        values = self.value(code[6:opens])
        pairs = values.items() if isinstance(values, dict) else enumerate(values)
        for self.names[texts[1]], self.names[texts[3]] in pairs:
            self.run(code[opens + 1 : -1])


class _Expression:
    """A recursive descent through one expression."""

    def __init__(self, frame: Frame, code: Sequence[Token]) -> None:
        self.frame = frame
        self.code = code
        self.at = 0

    def peek(self) -> str:
        token = self.code[self.at] if self.at < len(self.code) else Token("", "")
        return token.text if token.kind != "string" else ""

    def sum(self) -> Any:  # noqa: ANN401 - a Go value
        value = self.operand()
        while self.peek() == "+":
            self.at += 1
            value = value + self.operand()
        return value

    def operand(self) -> Any:  # noqa: ANN401 - a Go value
        if self.at >= len(self.code):
            message = "end of expression"
            raise Unreadable(message)
        token = self.code[self.at]
        self.at += 1
        if token.kind == "string":
            return token.text
        if token.kind == "number":
            return float(token.text)
        if token.text == "&":
            return self.operand()
        if token.text == "(":
            value = self.sum()
            self.at += 1
            return value
        if token.text in {"[", "map", "{", "func"}:
            self.at -= 1
            return self.composite() if token.text != "func" else self.skip_function()
        if token.kind == "name":
            return self.name(token.text)
        raise Unreadable(token.text)

    def skip_function(self) -> None:
        """Step over a function literal and its call: no example is built by one."""
        while self.peek() != "{":
            self.at += 1
        self.at = closing(self.code, self.at) + 1
        if self.peek() == "(":
            self.at = closing(self.code, self.at) + 1

    def name(self, name: str) -> Any:  # noqa: ANN401 - a Go value
        while self.peek() == ".":
            name += "." + self.code[self.at + 1].text
            self.at += 2
        if self.peek() == "(":
            return self.call(name)
        if self.peek() == "{":
            return self.composite()
        if name[:1].isupper() or (("." in name) and name.split(".")[0] not in self.frame.names):
            return self.frame.look_up(name) if name in self.frame.package.variables else name
        return self.frame.look_up(name)

    def call(self, name: str) -> Any:  # noqa: ANN401 - a Go value
        self.at += 1
        if name == "make":
            self.at = closing(self.code, self.at - 1) + 1
            return []
        arguments: list[Any] = []
        while self.peek() != ")":
            value = self.sum()
            if self.peek() == "...":
                self.at += 1
                arguments.extend(value or [])
            else:
                arguments.append(value)
            if self.peek() == ",":
                self.at += 1
        self.at += 1
        package, short = self.frame.package, name.rpartition(".")[2]
        if name in package.builtins:
            return package.builtins[name](*arguments)
        if name in LIBRARY:
            return LIBRARY[name](*arguments)
        owner, _, method = name.rpartition(".")
        if method == "Replace" and owner in self.frame.names:
            return _replace_all(arguments[0], self.frame.names[owner])
        if short in package.functions:
            return package.call(short, *arguments)
        raise Unreadable(name)

    def composite(self) -> Any:  # noqa: ANN401 - a Go value
        """Read `[]T{...}`, `map[K]V{...}`, `T{...}` or a bare `{...}`; `[]byte(x)` is x."""
        while self.peek() not in {"{", "("}:
            self.at = closing(self.code, self.at) + 1 if self.peek() == "[" else self.at + 1
        end = closing(self.code, self.at)
        inner, self.at = self.code[self.at + 1 : end], end + 1
        items: list[Any] = []
        pairs: dict[Any, Any] = {}
        for part in _parts(inner):
            at = next(_top_level(part, ":"), None)
            if at is None:
                items.append(_Expression(self.frame, part).sum())
            else:
                key = _Expression(self.frame, part[:at]).sum()
                pairs[key] = _Expression(self.frame, part[at + 1 :]).sum()
        if self.code[end].text == ")":
            return items[0]
        return pairs or items


def _parts(code: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Yield the elements of a list."""
    start = 0
    for at in [*_top_level(code, ","), len(code)]:
        part = [token for token in code[start:at] if token != Token("mark", ";")]
        if part:
            yield part
        start = at + 1


def _top_level(code: Sequence[Token], mark: str) -> Iterator[int]:
    """Yield where a mark stands outside every bracket."""
    depth = 0
    for at, token in enumerate(code):
        if token.kind == "mark":
            depth += (token.text in "([{") - (token.text in ")]}")
            if depth == 0 and token.text == mark:
                yield at


def _replace_all(text: str, pairs: Sequence[str]) -> str:
    """Return the text as Go's `strings.NewReplacer(pairs...)` rewrites it, in one pass."""
    table = dict(zip(pairs[::2], pairs[1::2], strict=True))
    return re.sub("|".join(map(re.escape, table)), lambda match: table[match.group()], text)


def _sprintf(form: str, *values: object) -> str:
    """Return `fmt.Sprintf` of `%s`, `%v`, `%d` and `%%`."""
    left = iter(values)
    return re.sub(r"%([svd%])", lambda match: "%" if match[1] == "%" else str(next(left)), form)


def _encoder(alphabet: Callable[[bytes], bytes], *, padded: bool) -> Callable[[str], str]:
    """Return one of Go's base64 encoders."""
    return lambda text: alphabet(text.encode()).decode().rstrip("" if padded else "=")


LIBRARY: dict[str, Callable[..., Any]] = {
    "append": lambda first, *more: [*(first or []), *more],
    "fmt.Sprintf": _sprintf,
    "strings.ToUpper": str.upper,
    "strings.ToLower": str.lower,
    "strings.Repeat": lambda text, count: text * int(count),
    "strings.Join": lambda texts, between: between.join(texts),
    "strings.NewReplacer": lambda *pairs: pairs,
    "len": len,
    "string": lambda text: text,
}
LIBRARY |= {
    f"{package}.{raw}{kind}Encoding.EncodeToString": _encoder(alphabet, padded=not raw)
    for package in ("b64", "base64")
    for raw in ("", "Raw")
    for kind, alphabet in (("Std", base64.b64encode), ("URL", base64.urlsafe_b64encode))
}
