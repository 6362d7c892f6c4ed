r"""
What a system took out of a string, and how well that fits the labels.

Some systems tell their spans, most only give a text back, and of an event none tells all. So that
one measure serves all of them, what was taken out is read off the two strings: lines first, then
words (`\w+`) and single other characters, by `difflib`. A stretch of the input that has no
counterpart in the output is a span; one that was only moved counts as taken out; what was only put
in does not count.

Precision and recall are the intersection-based ones of Johansson and Moschitti, "Reranking Models
in Fine-grained Opinion Analysis" (COLING 2010, section 4.1): a span counts by the share of it that
is covered, so half an address is half a hit, and a whole line taken out for one name is a small
one. With S the labelled spans and T those taken out, |x| in code points:

    recall(S, T)    = sum over s in S of |s covered by T| / |s|,  divided by the number of S
    precision(S, T) = sum over t in T of |t covered by S| / |t|,  divided by the number of T
    F1              = 2 * precision * recall / (precision + recall)

Promise: linear in the length of the strings but for stretches of at most `LONGEST` words, which are
compared word by word; a longer one that changed counts as taken out whole.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Range = tuple[int, int]

LONGEST: Final = 600
"""Words of a stretch that are compared one by one, on either side."""
_WORD: Final = re.compile(r"\w+|[^\w]")


def taken_out(before: str, after: str) -> list[Range]:
    """Return which parts of a string are gone.

    Args:
        before: what went in.
        after: what came out.

    Returns:
        Disjoint half-open ranges of code points of `before`, in order.

    >>> taken_out("mail jane@example.com now", "mail [email] now")
    [(5, 21)]
    """
    if before == after:
        return []
    lines, others = before.splitlines(keepends=True), after.splitlines(keepends=True)
    found: list[Range] = []
    for start, block, other in _changed(lines, others):
        if len(block) == len(other):
            for line, changed in zip(block, other, strict=True):
                found += _words_gone(start, line, changed)
                start += len(line)  # noqa: PLW2901  # where the next line begins
        else:
            found += _words_gone(start, "".join(block), "".join(other))
    return _joined(found)


def covered(ranges: Sequence[Range], by: Sequence[Range]) -> list[float]:
    """Return which share of each range is covered by others.

    Args:
        ranges: not empty each.
        by: disjoint, in order.

    >>> covered([(0, 4), (8, 10)], [(2, 8)])
    [0.5, 0.0]
    """
    return [
        sum(max(0, min(end, high) - max(start, low)) for low, high in by) / (end - start)
        for start, end in ranges
    ]


def union(ranges: Sequence[Range]) -> list[Range]:
    """Return the same code points as disjoint ranges in order.

    >>> union([(5, 9), (0, 3), (2, 4)])
    [(0, 4), (5, 9)]
    """
    return _joined(sorted(ranges))


def _joined(ranges: Sequence[Range]) -> list[Range]:
    found: list[Range] = []
    for start, end in ranges:
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        elif start < end:
            found.append((start, end))
    return found


def _changed(before: list[str], after: list[str]) -> Iterator[tuple[int, list[str], list[str]]]:
    """Give the stretches that differ: where they begin in code points, and both sides."""
    head = _common(before, after)
    tail = _common(before[head:][::-1], after[head:][::-1])
    offset = sum(map(len, before[:head]))
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    if not old or not new or max(len(old), len(new)) > LONGEST:
        yield offset, old, new
        return
    last = 0
    for tag, low, high, other_low, other_high in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        offset += sum(map(len, old[last:low]))
        last = low
        if tag != "equal":
            yield offset, old[low:high], new[other_low:other_high]


def _common(before: list[str], after: list[str]) -> int:
    count = 0
    for one, other in zip(before, after, strict=False):
        if one != other:
            break
        count += 1
    return count


def _words_gone(offset: int, before: str, after: str) -> Iterator[Range]:
    if before == after:
        return
    for start, block, _ in _changed(_WORD.findall(before), _WORD.findall(after)):
        if block:
            yield offset + start, offset + start + sum(map(len, block))
