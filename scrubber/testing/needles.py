"""
What is looked for when a planted value is: its encodings, its separators, its edges, its parts.

Promise: whatever `encodings.ENCODINGS` holds is looked for; a needle's `repr` shows nothing.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import TYPE_CHECKING, Final

from scrubber.encodings import ENCODINGS
from scrubber.lazy import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scrubber.testing.planting import Planted

LEAST_PART: Final = 3
"""Characters of the shortest part that is looked for; two where a script has no case."""

LEAST_NUMBER: Final = 6
"""Digits of the shortest part that is digits alone: a card's last four stand in many a report."""

ANYWHERE: Final = 8
"""Characters from which a value is found inside a word, too; six with a digit among letters."""

LEAST_PACKED: Final = 6
"""Bytes from which a value is looked for in base64 and hexadecimal digits."""

LEAST_SQUEEZED: Final = 10
"""Letters and digits from which a value is found without its separators."""

SEPARATORS: Final = lazy_pattern(r"[\s.:/()+,_\u2010-\u2015-]{1,3}")
"""What people write between the groups of a number or the words of a name."""

_MAPPED: Final = 0xFFFF << 32
_GROUPS: Final = lazy_pattern(r"[0-9A-Fa-f:]+:[0-9A-Fa-f:.]*[0-9A-Fa-f]")
_HEX_DIGITS: Final = frozenset("0123456789abcdefABCDEF")
_SEPARATED: Final = lazy_pattern(r"[^\W_]+(?:[\s.:/()+,_-]{1,3}[^\W_]+)*[()]?")
_ANY_SEPARATOR: Final = ("-", "_", ".", " ")
_BASE64_STARTS: Final = {"base64_0": (0, 0), "base64_1": (1, 2), "base64_2": (2, 3)}
"""Bytes before the text, and how many characters of the base64 are not the text's alone."""


@dataclass(frozen=True, slots=True, repr=False)
class Needle:
    """One text that must not be seen, in all the ways it is looked for.

    Attributes:
        part: whether it is a part of a value only.
        folded: how it reads in the form of `fold`.
        forms: encoded forms by the names of their encodings.
        packed: what it is in base64, without the characters it shares with its neighbours.
        squeezed: letters and digits alone, or "" where that says too little.
        respelled: with other separators, in the form of `fold`.
        readdressed: as an address in its other spellings, in the form of `fold`.
        in_packed: whether it is long enough to be looked for in base64 and hexadecimal digits.
    """

    part: bool
    folded: str
    forms: tuple[tuple[str, str], ...]
    packed: tuple[tuple[str, str], ...]
    squeezed: str
    respelled: tuple[str, ...]
    readdressed: tuple[str, ...]
    in_packed: bool


def fold(text: str) -> str:
    """Give the form in which texts are compared: one normal form, one width, one case.

    >>> fold("\uff2aose\u0301") == fold("JOS\u00c9")
    True
    """
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def needles_of(one: Planted) -> list[Needle]:
    """Give what is looked for: the value, then its parts, the longest first.

    Args:
        one: what was planted.
    """
    whole = fold(one.value)
    parts = {fold(part): part for part in one.parts if _tells(part)}
    parts.pop(whole, None)
    longest = sorted(parts, key=len, reverse=True)
    return [_needle(one.value, part=False), *(_needle(parts[text], part=True) for text in longest)]


def stands(text: str, needle: str) -> bool:
    """Tell whether a needle stands in a text: as a word of its own if it is short.

    Both are compared as they are.

    >>> stands("annotate", "ann"), stands("user_ann.", "ann"), stands("xvexlora7x", "vexlora7")
    (False, True, True)
    """
    at = text.find(needle)
    if at < 0:
        return False
    left, right = _edges(needle)
    while at >= 0:
        after = at + len(needle)
        if not (left and at and left(text[at - 1])) and not (
            right and after < len(text) and right(text[after])
        ):
            return True
        at = text.find(needle, at + 1)
    return False


def _needle(text: str, *, part: bool) -> Needle:
    folded = fold(text)
    forms: dict[str, str] = {}
    packed = []
    for name, encoding in ENCODINGS.items():
        if name not in _BASE64_STARTS:
            forms.setdefault(encoding.encode(text), name)
    data = text.encode("utf-8", "surrogatepass")
    in_packed = len(data) >= LEAST_PACKED
    if in_packed:
        for name, (before, start) in _BASE64_STARTS.items():
            whole = (before + len(data)) * 8 // 6
            packed.append((name, ENCODINGS[name].encode(text)[start:whole]))
    bare = "".join(filter(str.isalnum, folded))
    separated = len(bare) < len(folded) and _SEPARATED.fullmatch(folded.lstrip("+/(.")) is not None
    squeezable = len(bare) >= LEAST_SQUEEZED and (separated or bare == folded)
    return Needle(
        part=part,
        folded=folded,
        forms=tuple((name, form) for form, name in forms.items()),
        packed=tuple(packed),
        squeezed=bare if squeezable else "",
        respelled=tuple(_respelled(folded)) if separated and not squeezable else (),
        readdressed=tuple(_readdressed(folded)),
        in_packed=in_packed,
    )


def _respelled(folded: str) -> Iterator[str]:
    """Give a text with each other separator, for the short, which are not found without any."""
    for separator in _ANY_SEPARATOR:
        text = SEPARATORS.sub(separator, folded).strip(separator)
        if text != folded:
            yield text


def _readdressed(folded: str) -> Iterator[str]:
    """Give the other spellings of an IP address: a library writes it as it likes, not as we did."""
    try:
        address = ip_address(folded.partition("%")[0])
    except ValueError:
        return
    forms = [address.compressed, address.exploded, address.reverse_pointer]
    four = address if isinstance(address, IPv4Address) else address.ipv4_mapped
    if four is not None:
        six = IPv6Address(_MAPPED | int(four))
        high, low = divmod(int(four), 1 << 16)
        forms += [str(four), six.exploded, f"::ffff:{high:x}:{low:x}"]
    yield from (form for form in dict.fromkeys(forms) if form != folded)


def _tells(part: str) -> bool:
    """Tell whether a part says enough to be looked for."""
    bare = part.strip()
    if bare.isdigit():
        return len(bare) >= LEAST_NUMBER
    return len(bare) >= LEAST_PART - (not bare.isascii())


def _edges(needle: str) -> tuple[Callable[[str], bool] | None, Callable[[str], bool] | None]:
    """Tell which neighbours make a needle a piece of something else, to its left and right."""
    if _GROUPS.fullmatch(needle):
        # One digit more makes it another address.
        return _HEX_DIGITS.__contains__, _HEX_DIGITS.__contains__
    letters = any(map(str.isalpha, needle))
    digits = any(map(str.isdigit, needle))
    if not letters:
        # The next digit makes it another number, however long it is.
        joins = str.isdigit if len(needle) >= LEAST_NUMBER else str.isalnum
    elif len(needle) >= ANYWHERE or (digits and len(needle) >= LEAST_NUMBER):
        return None, None
    else:
        joins = str.isalnum
    # Scripts without case are written without blanks as well.
    first, last = needle[0], needle[-1]
    return (
        joins if first.isdigit() or first.lower() != first.upper() else None,
        joins if last.isdigit() or last.lower() != last.upper() else None,
    )
