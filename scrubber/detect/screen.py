r"""
Which rules may have a match in which line, from one scan for all of them.

A line is looked at *folded*: in UTF-8, each digit a `0`. What a scan says of a folded line it says
of every line with the same folded form, so that is remembered: of the lines of a training run, or
of a service's log, most have been seen before in all but their numbers. Only new forms are scanned,
all those of a text in one buffer, each once, between newlines.

What is remembered of a line is which expressions match, not what was found; lines of which none
does are all but a few. Nothing remembered leaves the process.

Promise: a rule with a match in a line, in the text its look-arounds need in that line, or (for
rules over several lines) with a part of its match there that no other line shows, is among those
given for that line.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from scrubber.detect.rule_numbers import ENCODED
from scrubber.detect.shape_check import ShapeCheck
from scrubber.ruleset.bytesets import FOLD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from scrubber.detect.rule_numbers import Rules
    from scrubber.detect.scanner import Scanner
    from scrubber.ruleset.model import Rule

MOST_KEPT: Final = 1 << 15
LONGEST_KEPT: Final = 1024
LONGEST_TRIED: Final = 4096
# Vectorscan may not report a match that ends with the last byte of a buffer, as measured.
_BEHIND: Final = b"\n" * 64
# So that a buffer of them, with newlines, is never too large.
_LARGEST_LINE: Final = 32 << 20


class Screen:
    """Scanners, and what they said of lines before."""

    def __init__(
        self,
        scanners: Sequence[tuple[Scanner, Sequence[Rules]]],
        always: Iterable[int],
        rules: Mapping[int, Rule],
        begins: Iterable[int] = (),
        *,
        also: Callable[[str], bool] | None = None,
    ) -> None:
        """Begin with nothing remembered.

        Args:
            scanners: each with the numbers of the rules behind its expressions.
            always: rules of which no expression is known; they may match in every line.
            rules: the rules that are on, by number; others are left aside.
            begins: rules whose expressions end in the line in which a match begins.
            also: tells whether what is found by no rule may stand in a line, of its folded form.
        """
        self._also = also
        self._also_number = max(rules, default=0) + 1
        self.numbers = {rule.id: number for number, rule in rules.items()}
        self._begins = frozenset(begins)
        tried = {*self._begins, *(number for number, one in rules.items() if not one.multiline)}
        self._check = ShapeCheck({number: one for number, one in rules.items() if number in tried})
        on = set(rules)
        self._scanners = [
            (one, [tuple(number for number in rules if number in on) for rules in behind])
            for one, behind in scanners
        ]
        self._nothing: Rules = tuple(sorted(on.intersection(always)))
        # By the folded line; another dictionary once it is full.
        self.kept: dict[bytes, Rules] = {}

    def begins(self, number: int) -> bool:
        """Tell whether a match of a rule over several lines begins where it is named."""
        return number in self._begins

    def goes_on(self, number: int, shapes: bytes) -> bool:
        """Tell whether a match of a rule may go on in the next line; see `ShapeCheck.goes_on`."""
        return self._check.goes_on(number, shapes)

    def line(self, data: bytes) -> Rules:
        """Give the rules that may have a match in a line.

        Args:
            data: the line in UTF-8, without newlines.

        Returns:
            Their numbers.
        """
        return self.shape(data.translate(FOLD))

    def shape(self, folded: bytes) -> Rules:
        """Give the rules that may have a match in a line; see `line`.

        Args:
            folded: the folded line.
        """
        found = self.kept.get(folded)
        if found is not None:
            return found
        if len(folded) > LONGEST_KEPT or len(self.kept) >= MOST_KEPT:
            return self._scanned([folded])[folded]
        rules = self.kept[folded] = self._scan_one(folded)
        return rules

    def _scan_one(self, folded: bytes) -> Rules:
        """Scan one short line, as soon as can be: a filter of logs has no other."""
        buffer = b"\n%b%b" % (folded, _BEHIND)
        found = {
            one
            for scanner, behind in self._scanners
            for _, place in scanner.scan(buffer)
            for one in behind[place]
        }
        return self._told(found, folded)

    def _told(self, found: set[int], folded: bytes) -> Rules:
        """Give what remains of what a scan found in a line, and what no scan finds."""
        rules = self._told_by_scan(found, folded)
        return (*rules, self._also_number) if self._may_also(folded) else rules

    def _may_also(self, folded: bytes) -> bool:
        """Tell whether something else than a rule may find something; whatever fails, it may."""
        if self._also is None:
            return False
        try:
            return self._also(folded.decode())
        except Exception:  # noqa: BLE001  # what fails here fails closed where the line is redacted
            return True

    def _told_by_scan(self, found: set[int], folded: bytes) -> Rules:
        if len(folded) > LONGEST_TRIED:
            found.add(ENCODED)
        else:
            found = self._check.remaining(found, folded)
        return tuple(sorted(found.union(self._nothing))) if found else self._nothing

    def lines(self, data: bytes) -> list[Rules]:
        r"""Give the rules that may have a match, line by line.

        Args:
            data: a text in UTF-8; stray bytes may stand in it.

        Returns:
            The numbers for each line of `data.split(b"\n")`.
        """
        return self.shapes(data.translate(FOLD).split(b"\n"))

    def shapes(self, folded: Sequence[bytes]) -> list[Rules]:
        """Give the rules that may have a match, line by line; see `lines`.

        Args:
            folded: folded lines.
        """
        kept = self.kept
        with suppress(KeyError):
            return list(map(kept.__getitem__, folded))
        found = list(map(kept.get, folded))
        new = self._scanned(dict.fromkeys(one for one in folded if one not in kept))
        return [
            (new[line] if line in new else kept[line]) if rules is None else rules
            for line, rules in zip(folded, found, strict=True)
        ]

    def _scanned(self, folded: Iterable[bytes]) -> Mapping[bytes, Rules]:
        """Scan folded lines in as few buffers as may be, and remember what they hold."""
        told: dict[bytes, Rules] = {}
        batch: list[bytes] = []
        size = 0
        for line in folded:
            if size + len(line) > _LARGEST_LINE and batch:
                told.update(self._scan(batch))
                batch, size = [], 0
            batch.append(line)
            size += len(line) + 1
        told.update(self._scan(batch))
        kept = self.kept
        if len(kept) + len(told) > MOST_KEPT:
            # Forgetting all at once costs a scan of what is still in use, and no bookkeeping.
            kept = {}
        kept.update(one for one in told.items() if len(one[0]) <= LONGEST_KEPT)
        self.kept = kept
        return told

    def _scan(self, lines: Sequence[bytes]) -> Iterable[tuple[bytes, Rules]]:
        if len(lines) == 1 and len(lines[0]) > _LARGEST_LINE:
            # Too long for a buffer: every rule looks for itself.
            every = {one for _, behind in self._scanners for rules in behind for one in rules}
            every.update(self._nothing, (ENCODED, self._also_number))
            return [(lines[0], tuple(sorted(every)))]
        buffer = b"\n%b%b" % (b"\n".join(lines), _BEHIND)
        hits = [
            (end, behind[place])
            for scanner, behind in self._scanners
            for end, place in scanner.scan(buffer)
        ]
        hits.sort()
        found: list[tuple[bytes, Rules]] = []
        cursor, edge = 0, 1
        for line in lines:
            # A match may end behind the line, with the newline it consumed.
            edge += len(line) + 1
            rules: set[int] = set()
            while cursor < len(hits) and hits[cursor][0] <= edge:
                rules.update(hits[cursor][1])
                cursor += 1
            found.append((line, self._told(rules, line)))
        return found
