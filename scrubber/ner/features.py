"""
What a tagger is told of each token: names of features, for training and for tagging alike.

    of the token    the word itself, its shape and lists, its first two and three letters, its last
                    two, three and four, its length
    of neighbours   the words, shapes and lists of two tokens on either side
    of both         its kind (shape and lists) with the kinds beside it, with the word beside it,
                    with the next word on either side where signs stand between, with the two tokens
                    before it, and whether the line begins or ends there
    of its stretch  how many words stand between signs around it, which signs, and, of five words at
                    most, their kinds

After Ratinov and Roth, "Design Challenges and Misconceptions in Named Entity Recognition", CoNLL
2009, section 3, less what needs the whole document.

All add up, so what depends on a word alone, on two words side by side, or on a stretch is looked up
once in a process. That is why they come in groups here.

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

EDGE: Final = "$"
"""What stands for a token before the first and behind the last one."""

_WITHIN: Final = frozenset("-.'\u2019")
"""Signs that do not end a stretch."""
SHORT_STRETCH: Final = 5
"""Tokens of a stretch that counts as a whole."""
_LONG_STRETCH: Final = 6
FARTHEST: Final = 4
"""Signs between a token and the nearest word that counts."""


def of_word(word: Word) -> list[str]:
    """Give the features a token has by itself.

    Args:
        word: the token.

    Returns:
        Their names.
    """
    lower, shape, lists, kind = word[:4]
    found = [f"w={lower}", f"k={kind}"]
    if word.letters:
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


def of_two(before: Word | None, word: Word | None, *, glued: bool) -> tuple[list[str], list[str]]:
    """Give the features of two tokens side by side.

    Args:
        before: the first of them; None before the first of a line.
        word: the second; None behind the last.
        glued: whether no blank stands between.

    Returns:
        The names of those of the second, and of those of the first.
    """
    near = "+" if glued else " "
    first, first_word = (before.kind, before.lower) if before else (EDGE, EDGE)
    second, second_word = (word.kind, word.lower) if word else (EDGE, EDGE)
    return (
        [f"a|{first}|{near}|{second}", f"d|{first_word}|{near}|{second}"] if word else [],
        [f"b|{first}|{near}|{second}", f"e|{first}|{near}|{second_word}"] if before else [],
    )


def of_three(before: Word | None, word: Word, behind: Word | None, glued: tuple[bool, bool]) -> str:
    """Give the feature of a token between two others.

    Args:
        before: the token before it, if there is one.
        word: the token.
        behind: the token behind it, if there is one.
        glued: whether no blank stands before it, and behind it.
    """
    near, far = ("+" if one else " " for one in glued)
    first, last = before.kind if before else EDGE, behind.kind if behind else EDGE
    return f"c|{first}|{near}|{word.kind}|{far}|{last}"


def of_words_around(left: str, word: Word, right: str) -> list[str]:
    """Give the features of a token and the nearest words; see `nearest`."""
    return [f"f|{left}|{word.kind}", f"g|{word.kind}|{right}"]


def of_two_before(second: Word | None, first: Word | None, word: Word) -> str:
    """Give the feature of a token and the two before it."""
    return f"h|{second.lower if second else EDGE}|{first.lower if first else EDGE}|{word.shape}"


def of_stretch(words: Sequence[Word], before: str, behind: str) -> list[list[str]]:
    """Give the features of the tokens of a stretch.

    Args:
        words: its tokens.
        before: the sign before it, or `EDGE`.
        behind: the sign behind it, or `EDGE`.

    Returns:
        Names, for each of them.
    """
    size = str(min(len(words), _LONG_STRETCH))
    kinds = [one.kind for one in words]
    whole = "~".join(kinds) if len(kinds) <= SHORT_STRETCH else ""
    found = []
    for place, word in enumerate(words):
        names = [f"i|{size}|{word.kind}", f"j|{before}|{behind}|{size}|{word.shape}"]
        if whole:
            names.append(f"k|{whole}|{place}")
        found.append(names)
    return found


def stretches(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Give the stretches of a line: words between signs. Most of a sentence is one.

    `(Jane Doe)` and `name=Jane Doe,` hold stretches of two; quotes, dots and hyphens end none.

    Args:
        words: its tokens.

    Yields:
        The first place of each, and the one behind its last.
    """
    at, count = 0, len(words)
    while at < count:
        end = at
        while end < count and (words[end].letters or words[end].lower in _WITHIN):
            end += 1
        if end > at:
            yield at, end
        at = max(end, at + 1)


def nearest(words: Sequence[Word]) -> list[str]:
    """Give for each token the nearest word before it.

    Args:
        words: the tokens of a line, or the same backwards.

    Returns:
        Words in small letters; `EDGE` where there is none, "" where it is too far.
    """
    found, word, age = [], EDGE, 0
    for one in words:
        found.append(word if age <= FARTHEST else "")
        age += 1
        if one.letters:
            word, age = one.lower, 0
    return found


def features(words: Sequence[Word], glued: Sequence[bool]) -> list[list[str]]:
    """Give all features of the tokens of a line: what a tagger is trained on.

    Args:
        words: its tokens.
        glued: whether each has no blank before it.

    Returns:
        Names, for each token.
    """
    count = len(words)
    rows = [of_word(one) for one in words]
    left, right = nearest(words), nearest(words[::-1])[::-1]
    for at, word in enumerate(words):
        for distance in NEIGHBOURS:
            if 0 <= at - distance < count:
                rows[at - distance] += of_neighbour(word, distance)
        before = words[at - 1] if at else None
        behind = words[at + 1] if at + 1 < count else None
        behind_glued = behind is not None and glued[at + 1]
        own, of_before = of_two(before, word, glued=glued[at])
        rows[at] += own
        if at:
            rows[at - 1] += of_before
        rows[at].append(of_three(before, word, behind, (glued[at], behind_glued)))
        rows[at] += of_words_around(left[at], word, right[at])
        rows[at].append(of_two_before(words[at - 2] if at > 1 else None, before, word))
    if count:
        rows[-1] += of_two(words[-1], None, glued=False)[1]
    for low, high in stretches(words):
        signs = (words[low - 1].lower if low else EDGE, words[high].lower if high < count else EDGE)
        for at, names in enumerate(of_stretch(words[low:high], *signs), low):
            rows[at] += names
    return rows
