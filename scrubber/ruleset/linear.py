r"""Whether some text can make a pattern slow, told before it is used.

A rule runs on whatever a stranger's program wrote into its messages. `(?:/[^/\s]+)+\.dcm` needs
seconds on 20,000 slashes, because each of 20,000 starts runs on to the end. Finite bounds alone do
not help: `(a{1,50}){1,50}b` is finite too. So steps are counted (see `cost`):

- A pattern of which no attempt takes more than SMALL steps is fine.
- Others may take ATTEMPT_LIMIT steps for one attempt, if few starts can lead to such an attempt:
  each repeat that can match more than LONG characters must be *fenced*, that is, fewer starts than
  its bound reach the same character (see `density`), and a search may not take more than
  SEARCH_LIMIT steps for each character.

For the steps of a search a repeat counts no more often than its density, inner repeats included. A
look-ahead is counted like a repeat that stands in its place. One in a repeat is begun at each
repetition, and its repeats count by their density among these.

Promise: with no problem listed, the steps of all attempts in a text are linear in its length, by a
factor that depends on the pattern alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from scrubber.ruleset.charset import CharSet
from scrubber.ruleset.cost import attempt_steps
from scrubber.ruleset.density import Place
from scrubber.ruleset.measure import UNBOUNDED, consumed_set, max_width
from scrubber.ruleset.nodes import Alt, Atomic, Chars, Group, Look, Node, Repeat, Seq, spine, walk
from scrubber.ruleset.render import render

if TYPE_CHECKING:
    from collections.abc import Callable

SMALL: Final = 512
LONG: Final = 64
SEARCH_LIMIT: Final = 4096
ATTEMPT_LIMIT: Final = 200_000

_ENDLESS: Final = "a repeat without bound can be made slow; give it one"

# A fence that excludes blanks would let a match stand nowhere.
_BLANK: Final = CharSet.of(" ")


def problems(node: Node) -> list[str]:
    """List what makes a pattern slow.

    Args:
        node: the pattern.

    Returns:
        At most one reason, naming the repeat that costs most; empty when no text makes it slow.
    """
    if max_width(node) >= UNBOUNDED:
        return [_ENDLESS]
    steps = attempt_steps(node)
    if steps <= SMALL:
        return []
    if steps > ATTEMPT_LIMIT:
        return [_ambiguous(node)]
    dense = unfenced(node)
    if dense:
        return [_dense(node, dense[0], steps)]
    return [_busy(node)] if search_steps(node) > SEARCH_LIMIT else []


def anchored_problems(node: Node) -> list[str]:
    """List what makes a pattern slow that is tried at one place only, as the steps of a blob are.

    Args:
        node: the pattern.

    Returns:
        At most one reason; empty when each attempt takes few enough steps.
    """
    if max_width(node) >= UNBOUNDED:
        return [_ENDLESS]
    steps = attempt_steps(node)
    if steps <= SEARCH_LIMIT:
        return []
    worst = _worst(node, attempt_steps)
    reason = (
        f"{worst} makes one attempt take {min(steps, ATTEMPT_LIMIT)} steps or more, and"
        f" {SEARCH_LIMIT} is the limit; make possessive what can be, or lower its bound"
    )
    return [reason]


def search_steps(node: Node) -> int:
    """Return how many steps each character of a text can cost in the long run."""
    return attempt_steps(_Thinning().thinned(node, Place()))


def unfenced(node: Node) -> list[Repeat]:
    """Return the long repeats that as many starts can reach as they have characters."""
    thinning = _Thinning()
    thinning.thinned(node, Place())
    return thinning.dense


def _ambiguous(node: Node) -> str:
    worst = _worst(node, attempt_steps)
    return (
        f"{worst} makes one attempt take more than {ATTEMPT_LIMIT} steps; begin each repetition"
        " with a character that stands nowhere else in it, make it possessive, or lower its bound"
    )


def _busy(node: Node) -> str:
    worst = _worst(node, search_steps)
    return (
        f"{worst} makes a search take {search_steps(node)} steps for each character, and"
        f" {SEARCH_LIMIT} is the limit; make possessive what can be, or lower its bound"
    )


def _dense(node: Node, repeat: Repeat, steps: int) -> str:
    advice = "put before it what it cannot match, or lower its bound"
    for charset in (consumed_set(repeat), consumed_set(node)):
        fence = Look(Chars(charset), ahead=False, negative=True)
        if charset.isdisjoint(_BLANK) and not unfenced(Seq((fence, node))):
            advice = f"begin the pattern with {render(fence, shown=True)}, {advice}"
            break
    return (
        f"{render(repeat, shown=True)} can be reached from each of many starts in a row, "
        f"and an attempt takes {steps} steps; {advice}"
    )


def _worst(node: Node, steps: Callable[[Node], int]) -> str:
    """Print the repeat without which the fewest steps are left."""
    repeats = [one for one in walk(node) if isinstance(one, Repeat)]
    if not repeats:
        return "the number of branches"
    return render(min(repeats, key=lambda one: steps(_with_once(node, one))), shown=True)


def _with_once(node: Node, target: Repeat) -> Node:
    """Return the pattern with one of its repeats replaced by its body."""
    if node is target:
        return target.body
    match node:
        case Seq(items):
            return Seq(tuple(_with_once(item, target) for item in items))
        case Alt(branches):
            return Alt(tuple(_with_once(branch, target) for branch in branches))
        case Repeat() | Group() | Atomic() | Look():
            return replace(node, body=_with_once(node.body, target))
        case _:
            return node


@dataclass(slots=True)
class _Thinning:
    """Counts repeats by density; `dense` gets the long ones that are not fenced."""

    dense: list[Repeat] = field(default_factory=list)

    def thinned(self, node: Node, place: Place) -> Node:  # noqa: PLR0911 - one for each kind
        """Return the node at a place with its repeats counted by density."""
        match node:
            case Seq() | Group():
                items: list[Node] = []
                for item in spine(node):
                    items.append(self.thinned(item, place))
                    place = place.past(item)
                return Seq(tuple(items))
            case Alt(branches):
                return Alt(tuple(self.thinned(branch, place) for branch in branches))
            case Atomic(body):
                return Atomic(self.thinned(body, place))
            case Look(body, ahead=True):
                return replace(node, body=self.thinned(body, place))
            case Look(body):
                self.dense += [one for one in walk(body) if isinstance(one, Repeat) and _long(one)]
                return node
            case Repeat():
                return self._repeat(node, place)
            case _:
                return node

    def _repeat(self, node: Repeat, place: Place) -> Node:
        if node.high == 1:
            return replace(node, body=self.thinned(node.body, place))
        density = place.density(node.body)
        counted = self._looks(node, Place())
        if density < max_width(node):
            return _capped(counted, density)
        if _long(node):
            self.dense.append(node)
        return counted

    def _looks(self, node: Node, place: Place) -> Node:
        """Return the node with the look-aheads in it counted among the repetitions it is in."""
        match node:
            case Repeat(body=body) | Atomic(body=body):
                fresh = Place() if isinstance(node, Repeat) else place
                return replace(node, body=self._looks(body, fresh))
            case Seq() | Group():
                items: list[Node] = []
                for item in spine(node):
                    items.append(self._looks(item, place))
                    place = place.past(item)
                return Seq(tuple(items))
            case Alt(branches):
                return Alt(tuple(self._looks(branch, place) for branch in branches))
            case Look():
                return self.thinned(node, place)
            case _:
                return node


def _long(node: Repeat) -> bool:
    return max_width(node) > LONG


def _capped(node: Node, limit: int) -> Node:
    """Return the node with at most `limit` repetitions, inner and outer ones together."""
    match node:
        case Repeat(body, low, int(high), taking):
            count = min(high, limit)
            return Repeat(_capped(body, -(-limit // count)), min(low, count), count, taking)
        case Seq(items):
            return Seq(tuple(_capped(item, limit) for item in items))
        case Alt(branches):
            return Alt(tuple(_capped(branch, limit) for branch in branches))
        case Group() | Atomic():
            return replace(node, body=_capped(node.body, limit))
        case _:
            return node
