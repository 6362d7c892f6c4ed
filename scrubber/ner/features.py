"""
What a tagger is told of each token: names of features, for training and for tagging alike.

    of the token    the word itself, its shape and lists, its first two and three letters, its last
                    two, three and four, its length
    of neighbours   the words, shapes and lists of two tokens on either side
    of its stretch  how many words stand between signs around it, and, of four at most, their kinds
    of both         its kind (shape and lists) with the kinds beside it, with the word beside it,
                    with the next word on either side where signs stand between, with the two tokens
                    before it, and whether the line begins or ends there

After Ratinov and Roth, "Design Challenges and Misconceptions in Named Entity Recognition", CoNLL
2009, section 3, less what needs the whole document.

Features are of three sorts by what they depend on: a word alone, a word at a distance, or several.
All add up, so that what a word says is looked up once in a process.

Promise: features depend on the tokens of a line only, their digits read as `0`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scrubber.ner.words import length_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scrubber.ner.words import Word

NEIGHBOURS: Final = (-2, -1, 1, 2)
"""Distances at which a token says something of another."""

_WITHIN: Final = frozenset("-.'\u2019")
"""Signs that do not end a stretch."""
_SHORT_STRETCH: Final = 5
_LONG_STRETCH: Final = 6
_FARTHEST: Final = 4
_EDGE: Final = "$"


def of_word(word: Word) -> list[str]:
    """Give the features a token has by itself.

    Args:
        word: the token.

    Returns:
        Their names.
    """
    lower, shape, lists, kind, _ = word
    found = [f"w={lower}", f"k={kind}"]
    if lower[0].isalpha():
        size = length_of(word)
        found += [f"s={shape}", f"g={lists}", f"l={shape}{size}"]
        found += [f"p{n}={lower[:n]}" for n in (2, 3) if len(lower) > n]
        found += [f"e{n}={lower[-n:]}" for n in (2, 3, 4) if len(lower) > n]
    return found


def of_neighbour(word: Word, distance: int) -> list[str]:
    """Give the features a token gives another.

    Args:
        word: the neighbour.
        distance: where it stands as seen from the other: -1 is the one before.

    Returns:
        Their names.
    """
    return [f"w{distance}={word.lower}", f"k{distance}={word.kind}"]


def of_several(
    words: Sequence[Word], glued: Sequence[bool]
) -> Iterator[tuple[tuple[str, ...], ...]]:
    """Give the features of each token that depend on several.

    Args:
        words: the tokens of a line.
        glued: whether each has no blank before it.

    Yields:
        The parts of their names, token by token.
    """
    stretches = _stretches(words)
    left = _nearest(words)
    right = _nearest(words[::-1])[::-1]
    last = len(words) - 1
    for at, word in enumerate(words):
        kind = word.kind
        before = words[at - 1] if at else None
        behind = words[at + 1] if at < last else None
        near = "+" if glued[at] else " "
        far = "+" if at < last and glued[at + 1] else " "
        before_kind = before.kind if before else _EDGE
        behind_kind = behind.kind if behind else _EDGE
        before_word = before.lower if before else _EDGE
        behind_word = behind.lower if behind else _EDGE
        yield (
            ("a", before_kind, near, kind),
            ("b", kind, far, behind_kind),
            ("c", before_kind, near, kind, far, behind_kind),
            ("d", before_word, near, kind),
            ("e", kind, far, behind_word),
            ("f", left[at], kind),
            ("g", kind, right[at]),
            ("h", words[at - 2].lower if at > 1 else _EDGE, before_word, word.shape),
            *stretches[at],
        )


def _stretches(words: Sequence[Word]) -> list[tuple[tuple[str, ...], ...]]:
    """Give for each token the features of the words between signs where it stands.

    `'Jane Doe'` and `name=Jane Doe,` are stretches of two; a sentence is a long one.
    """
    found: list[tuple[tuple[str, ...], ...]] = [()] * len(words)
    at, count = 0, len(words)
    while at < count:
        end = at
        while end < count and (words[end].lower[0].isalpha() or words[end].lower in _WITHIN):
            end += 1
        if end == at:
            at += 1
            continue
        kinds = [one.kind for one in words[at:end]]
        size = str(min(end - at, _LONG_STRETCH))
        signs = (words[at - 1].lower if at else _EDGE, words[end].lower if end < count else _EDGE)
        whole = "~".join(kinds) if len(kinds) <= _SHORT_STRETCH else ""
        for place in range(at, end):
            features = [("i", size, kinds[place - at]), ("j", *signs, size, words[place].shape)]
            if whole:
                features.append(("k", whole, str(place - at)))
            found[place] = tuple(features)
        at = end
    return found


def _nearest(words: Sequence[Word]) -> list[str]:
    """Give for each token the nearest word before it, where it is no more than a few signs away."""
    found, nearest, age = [], _EDGE, 0
    for word in words:
        found.append(nearest if age <= _FARTHEST else "")
        age += 1
        if word.lower[0].isalpha():
            nearest, age = word.lower, 0
    return found
