"""
Whether what was planted can still be read in what a scrubber gave, and where.

Looked for is each value as it is and in every encoding of `encodings.ENCODINGS`, in any case,
width and normal form, broken by ends of lines, with other separators or none; then its parts, in
the same ways. Looked into are all strings, keys, bytes and numbers of what came out, and all that
can be decoded from them.

What is no leak: a word of a placeholder (`[user]`); a value or part of less than eight characters
(six with a digit among letters) inside a longer word; a number inside a longer number; a part of
less than three characters, or of less than six digits and nothing else.

Promise: a leak never shows the value, nor does a path in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scrubber.lazy import lazy_pattern
from scrubber.redact.placeholders import Grammar
from scrubber.testing.contents import UNSHOWN, texts_in
from scrubber.testing.needles import SEPARATORS, fold, needles_of, stands
from scrubber.testing.readings import BETWEEN, readings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scrubber.testing.contents import Steps
    from scrubber.testing.needles import Needle
    from scrubber.testing.planting import Planted

_SHOWN: Final = lazy_pattern(r"[A-Za-z_$][\w$-]{0,63}(?:\.[A-Za-z_$][\w$-]{0,63}){0,3}")
_PACKED: Final = ("base64", "hex")


@dataclass(frozen=True, slots=True)
class Leak:
    """A planted value that can still be read. It never holds the value.

    Attributes:
        entity: what was planted.
        encoding: how it is written: a name of `encodings.ENCODINGS`; `folded`, in another case,
            width or normal form; `separators`, with others or none; `readdressed`, an IP address in
            another spelling; `decoded`, after layers were undone; `base64`, `hex` or `wide`
            (UTF-16, UTF-32); behind a blank, `wrapped`, where ends of lines were taken out.
        part: only a part of the value survives.
        where: the path of the field, "" in a text; `[key]` for a key that may tell something.
    """

    entity: str
    encoding: str
    part: bool
    where: str


def leaks(output: object, planted: Iterable[Planted]) -> list[Leak]:
    """Find what was planted in what came out.

    Args:
        output: a text, bytes, or containers of them; anything else is read as it prints itself.
        planted: what must not be there.

    Returns:
        For each place, each planted value that can be read there, once, and with it how it is
        written; parts only where the whole is not found. In order of what came out.

    Raises:
        TypeError: something in it cannot be read.

    >>> from scrubber.testing.planting import Planted
    >>> mailbox = Planted("EMAIL_ADDRESS", "jane@example.com", ("jane",))
    >>> leaks({"url": "/a?to=jane%40example.com"}, [mailbox])
    [Leak(entity='EMAIL_ADDRESS', encoding='url', part=False, where='url')]
    >>> leaks("mail from Jane", [mailbox])
    [Leak(entity='EMAIL_ADDRESS', encoding='folded', part=True, where='')]
    >>> leaks("mail from [email]", [mailbox])
    []
    """
    __tracebackhide__ = True  # of pytest: what is here in variables is what was looked at
    search = _Search(planted)
    texts = list(texts_in(output))
    places = dict.fromkeys(text for _, text in texts)
    # Most outputs hold nothing, and one look at everything costs less than one at each text.
    if not search.seen(_joined_up(places)):
        return []
    seen = {text: search.seen(text) for text in places}
    found: dict[tuple[int, Steps], Leak] = {}
    for steps, text in texts:
        for number, (encoding, part) in seen[text].items():
            known = found.get((number, steps))
            if known is None or (known.part and not part):
                entity = search.entities[number]
                found[number, steps] = Leak(entity, encoding, part, search.path(steps))
    # A list is told only of what no item of it shows by itself.
    inside = {
        (number, steps[:-1]) for number, steps in found if steps and isinstance(steps[-1], int)
    }
    return list(dict.fromkeys(leak for key, leak in found.items() if key not in inside))


def legible(output: object, planted: Iterable[Planted]) -> list[bool]:
    """Tell of each planted value whether it, or a part of it, can be read anywhere.

    Args:
        output: as for `leaks`.
        planted: as for `leaks`.

    Raises:
        TypeError: something in it cannot be read.

    >>> from scrubber.testing.planting import Planted
    >>> legible(["to Jane"], [Planted("USERNAME", "jane"), Planted("USERNAME", "bob")])
    [True, False]
    """
    __tracebackhide__ = True  # as above
    search = _Search(planted)
    seen = search.seen(_joined_up(text for _, text in texts_in(output)))
    return [number in seen for number in range(len(search.entities))]


def _joined_up(texts: Iterable[str]) -> str:
    return f"\n{BETWEEN}\n".join(dict.fromkeys(texts))


class _Search:
    """Looks for what was planted in one text after another."""

    def __init__(self, planted: Iterable[Planted]) -> None:
        chosen = list(planted)
        self.entities = [one.entity for one in chosen]
        self._wanted = [needles_of(one) for one in chosen]
        self._squeezes = any(needle.squeezed for needles in self._wanted for needle in needles)
        self._grammar = Grammar(dict.fromkeys(self.entities))
        self._shown: dict[str, bool] = {}

    def seen(self, text: str) -> dict[int, tuple[str, bool]]:
        """Give the numbers of what can be read in a text, how, and whether only a part can be."""
        best: dict[int, tuple[str, bool]] = {}
        for how, reading in readings(text):
            if "[" in reading or "<" in reading:
                reading = self._without_placeholders(reading)  # noqa: PLW2901
            folded = fold(reading)
            squeezed = SEPARATORS.sub("", folded) if self._squeezes else ""
            for number, needles in enumerate(self._wanted):
                known = best.get(number)
                if known is not None and not known[1]:
                    continue
                for needle in needles if known is None else needles[:1]:
                    encoding = _written(needle, how, reading, folded, squeezed)
                    if encoding:
                        best[number] = encoding, needle.part
                        break
        return best

    def _without_placeholders(self, text: str) -> str:
        pieces, end = [], 0
        for first, last in self._grammar.ranges(text):
            pieces.append(text[end:first])
            end = max(end, last)
        return BETWEEN.join((*pieces, text[end:]))

    def path(self, steps: Steps) -> str:
        """Write where something is, without a key that may tell what was planted."""
        path = _joined(steps, self._shows)
        return path if not self.seen(path) else _joined(steps, lambda _: False)

    def _shows(self, key: str) -> bool:
        shown = self._shown.get(key)
        if shown is None:
            shown = self._shown[key] = bool(_SHOWN.fullmatch(key)) and not self.seen(key)
        return shown


def _written(needle: Needle, how: str, reading: str, folded: str, squeezed: str) -> str:
    """Tell how a needle is written in a reading; "" where it is not."""
    kind, _, wrapped = how.partition(" ")
    if kind in _PACKED and not needle.in_packed:
        return ""
    name = ""
    name = next((name for name, form in needle.forms if stands(reading, form)), "")
    if name:
        pass
    elif stands(folded, needle.folded):
        name = "folded"
    elif any(form in reading for _, form in needle.packed):
        name = next(name for name, form in needle.packed if form in reading)
    elif (needle.squeezed and needle.squeezed in squeezed) or any(
        stands(folded, other) for other in needle.respelled
    ):
        name = "separators"
    elif any(stands(folded, other) for other in needle.readdressed):
        name = "readdressed"
    else:
        return ""
    if kind != "raw":
        name = kind
    return f"{name} {wrapped}" if wrapped else name


def _joined(steps: Steps, shows: Callable[[str], bool]) -> str:
    path = ""
    for step in steps:
        if isinstance(step, int):
            path += f"[{step}]"
        elif shows(step):
            path += f".{step}" if path else step
        else:
            path += UNSHOWN
    return path
