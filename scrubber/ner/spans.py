"""
Likely tokens in, spans of whole names out.

Promise: a span begins and ends with a letter or the dot of an initial, and holds no more than a
name's own signs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scrubber.ner.words import FOREIGN
from scrubber.validators.words import words as word_list

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scrubber.ner.tokens import Token
    from scrubber.ner.words import Word

_INNER: Final = frozenset("-.'\u2019_,\u00b7\u30fb+")
"""Signs that may stand within a name: `Jean-Luc`, `J. Doe`, `Doe, Jane`, `jane_doe`."""

_MOST_TOKENS: Final = 24
_LETTERS: Final = 2
"""The fewest of a name in letters of an alphabet."""

PAIRED: Final = 0.15
"""From where a given name with a surname behind it is a name, if both are no everyday words."""

_ELSE: Final = frozenset("vtf")
_PAIR: Final = 2
_WHOLE: Final = frozenset({"Xx", "XX", "u", "Xx~", "XX~", "u~"})
_INITIALS: Final = frozenset({"X", "X~", "u~"})
_APOSTROPHES: Final = frozenset("'\u2019")

PARTICLES: Final = word_list(
    """
    al ap av ben bin bint da das de degli dei del della den der di do dos du e el ibn la las le les
    lo los of san st te ten ter 't van vom von vd y z zu zum zur
    """
)
"""Small words within names."""

_LINKS: Final = word_list(
    "bin da das de del della den der di dos du ibn la las le los van von zu zum zur"
)
"""Of those, the ones behind which a name goes on: `al` and `y` stand between words, too."""

_MOST_PARTICLES: Final = 3

TITLES: Final = word_list(
    """
    mr mrs ms miss mx dr drs prof professor sir madam dame lord lady rev reverend father sister
    brother hon judge justice capt captain cpt col colonel gen general lt lieutenant maj major sgt
    sergeant cpl officer agent inspector detective nurse doctor coach chef judge president senator
    governor mayor minister secretary director user patient customer client employee student teacher
    member author owner herr frau dipl ing mag fr monsieur madame mademoiselle mme mlle m maître
    señor señora señorita sr sra srta don doña dra dott dottore dottoressa ssa sig signor signora
    signorina senhor senhora dona doutor doutora mevrouw meneer dhr mw mevr pan pani herra rouva hr
    fru bay bayan
    """
)
"""What stands before a name and is none, in small letters."""


def with_pairs(
    tokens: Sequence[Token], words: Sequence[Word], likely: Sequence[float], threshold: float
) -> list[float]:
    """Take a listed given name and a listed surname side by side for likely where they may be.

    What stands around them was seldom seen in training: `assigned to Maria Gonzalez by Wei Zhang`
    named one of two. The words themselves say enough.

    Args:
        tokens: of a line.
        words: what is known of each.
        likely: how likely each is part of a name.
        threshold: from where one is.

    Returns:
        How likely each is, those of pairs from `PAIRED` up at least at the threshold.
    """
    told = list(likely)
    for at in range(len(words) - 1):
        given, surname = words[at], words[at + 1]
        if (
            "g" in given.lists
            and "s" in surname.lists
            and given.shape == surname.shape
            and given.shape in {"Xx", "XX"}
            and _ELSE.isdisjoint(given.lists + surname.lists)
            and tokens[at + 1].start == tokens[at].end + 1
        ):
            for one in (at, at + 1):
                if told[one] >= PAIRED:
                    told[one] = max(told[one], threshold)
    return told


def name_spans(
    line: str,
    tokens: Sequence[Token],
    words: Sequence[Word],
    likely: Sequence[float],
    threshold: float,
) -> Iterator[tuple[int, int, float]]:
    """Give names as ranges.

    Args:
        line: the line.
        tokens: its tokens.
        words: what is known of each.
        likely: how likely each is part of a name.
        threshold: from where one is.

    Yields:
        Half-open ranges of code points in order, each with the least of its probabilities.
    """
    at, count, behind = 0, len(tokens), 0
    while at < count:
        if likely[at] < threshold or not words[at].letters:
            at += 1
            continue
        first = last = at
        at += 1
        while (
            at < count
            and likely[at] >= threshold
            and (words[at].letters or tokens[at].text in _INNER)
        ):
            if words[at].letters:
                last = at
            at += 1
        first, last = _whole(tokens, words, first, last)
        first = max(first, behind)
        behind = last + 1
        at = max(at, last + 1)
        for low, high in _pieces(words, first, last + 1):
            yield from _cleaned(line, tokens[low:high], words[low:high], likely[low:high])


def _whole(
    tokens: Sequence[Token], words: Sequence[Word], first: int, last: int
) -> tuple[int, int]:
    """Give all of a name: `O'` before it, and words beside it in the same foreign letters."""
    if first > 1 and tokens[first - 1].text in _APOSTROPHES and words[first - 2].shape == "X":
        first -= 2 * (tokens[first].glued and tokens[first - 1].glued)
    while first and _foreign(words[first]) and _foreign(words[first - 1]):
        first -= 1
    while last + 1 < len(words) and _foreign(words[last]) and _foreign(words[last + 1]):
        last += 1
    return first, _behind_particles(words, last)


def _behind_particles(words: Sequence[Word], last: int) -> int:
    """Give the last token of a name that goes on behind particles: `François de La Tour`."""
    at = last + 1
    while at < min(len(words), last + _MOST_PARTICLES + 1) and words[at].lower in _LINKS:
        at += 1
    if at == last + 1 or words[last + 1].shape != "x" or at >= len(words):
        return last
    # A capital particle (`de La Tour`) is none of a sentence.
    named = words[at].may_name or words[at - 1].shape == "Xx"
    return at if words[at].shape == "Xx" and named else last


def _foreign(word: Word) -> bool:
    return word.shape.endswith(FOREIGN)


def _pieces(words: Sequence[Word], first: int, last: int) -> Iterator[tuple[int, int]]:
    """Cut a run of tokens where a small word stands between capital ones that is no particle."""
    shapes = {one.shape for one in words[first:last]}
    if shapes.isdisjoint(_WHOLE):
        yield first, last
        return
    low = first
    for at in range(first, last):
        word = words[at]
        if word.shape == "x" and word.lower not in PARTICLES and not _glued_on(words, at, first):
            if at > low:
                yield low, at
            low = at + 1
    if last > low:
        yield low, last


def _glued_on(words: Sequence[Word], at: int, first: int) -> bool:
    """Tell whether a small word is the second half of a name, as in `Jean-luc`."""
    return at > first and words[at - 1].shape in {"-", "_", *_APOSTROPHES}


def _cleaned(
    line: str, tokens: Sequence[Token], words: Sequence[Word], likely: Sequence[float]
) -> Iterator[tuple[int, int, float]]:
    """Give one name, or two on both sides of a comma, without titles before them."""
    first, last = 0, len(tokens)
    while first < last and _no_name(words[first]) and not _prefix(words[first:last]):
        first += 1
    while last > first and not words[last - 1].letters:
        last -= 1
    while first < last and (_trailing(words[last - 1]) or not words[last - 1].letters):
        last -= 1
    if first >= last:
        return
    tokens, words, likely = tokens[first:last], words[first:last], likely[first:last]
    comma = next((at for at, one in enumerate(tokens) if one.text == ","), -1)
    if comma > 0 and min(_parts(words[:comma]), _parts(words[comma:])) >= _PAIR:
        yield from _cleaned(line, tokens[:comma], words[:comma], likely[:comma])
        yield from _cleaned(line, tokens[comma:], words[comma:], likely[comma:])
        return
    letters = [one for one in words if one.letters]
    if len(tokens) > _MOST_TOKENS or not any(one.may_name for one in letters):
        return
    if sum(len(one.lower) for one in letters) < _LETTERS and letters[0].shape[0] not in "hkgu":
        return
    start, end = tokens[0].start, tokens[-1].end
    if (
        letters[-1].shape in _INITIALS
        and len(letters[-1].lower) == 1
        and line[end : end + 1] == "."
    ):
        end += 1  # Doe, J.
    yield start, end, min(likely)


def _trailing(word: Word) -> bool:
    """Tell whether a word at the end is none of the name: `Jane Doe's`, `Jane Doe is`."""
    return word.shape == "x" and (len(word.lower) == 1 or "f" in word.lists)


def _no_name(word: Word) -> bool:
    """Tell whether a word at the beginning is none of the name: a title, a sign, `Von`."""
    little = "f" in word.lists and "s" not in word.lists and "g" not in word.lists
    return word.lower in TITLES or not word.letters or little


def _prefix(words: Sequence[Word]) -> bool:
    """Tell whether words begin with `O'`, which is a little word elsewhere."""
    return len(words) > _PAIR and words[0].shape == "X" and words[1].lower in _APOSTROPHES


def _parts(words: Sequence[Word]) -> int:
    """Count the parts of a name that are more than an initial."""
    return sum(one.shape in _WHOLE for one in words)
