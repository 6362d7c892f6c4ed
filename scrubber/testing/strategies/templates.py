"""
Texts made from templates whose slots are filled, each with something that must go or may stay.

What is written in a template between what was planted must still be there afterwards: it is what
somebody debugs from.

Promise: a slot that a template names twice holds the same both times.
"""

from __future__ import annotations

from dataclasses import dataclass
from string import Formatter
from typing import TYPE_CHECKING, cast

from hypothesis import strategies as st

from scrubber.testing.planting import Planted, Sample

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hypothesis.strategies import SearchStrategy

    Slots = Mapping[str, SearchStrategy[Planted] | SearchStrategy[str]]


@dataclass(frozen=True, slots=True)
class Template:
    """A text with slots.

    Attributes:
        pieces: what is written before each slot, and the slot's name; at the end maybe none.
    """

    pieces: tuple[tuple[str, str | None], ...]

    @classmethod
    def of(cls, text: str) -> Template:
        """Read a text in which `{name}` is a slot, and `{{` and `}}` are braces."""
        return cls(tuple((before, name) for before, name, _, _ in Formatter().parse(text)))

    def filled(self, values: Mapping[str, Planted | str]) -> Sample:
        """Fill the slots.

        Args:
            values: what stands in each; what was planted must go, other texts stay.
        """
        stays, planted = [""], []
        content = []
        for before, name in self.pieces:
            stays[-1] += before
            content.append(before)
            value = values[name] if name is not None else ""
            if isinstance(value, Planted):
                content.append(value.value)
                planted.append(value)
                stays.append("")
            else:
                content.append(value)
                stays[-1] += value
        kept = dict.fromkeys(stripped for piece in stays if (stripped := piece.strip()))
        return Sample("".join(content), tuple(dict.fromkeys(planted)), tuple(kept))

    @property
    def names(self) -> tuple[str, ...]:
        """The slots, in order, each once."""
        return tuple(dict.fromkeys(name for _, name in self.pieces if name is not None))


def samples(texts: Sequence[str], slots: Slots) -> SearchStrategy[Sample]:
    """Give texts made from templates.

    Args:
        texts: the templates, as `Template.of` reads them; the first is the simplest.
        slots: what can stand in each slot.

    >>> from hypothesis import find
    >>> one = find(samples(["mail to {who} failed"], {"who": st.just("nobody")}), lambda one: True)
    >>> one.content, one.stays
    ('mail to nobody failed', ('mail to nobody failed',))
    """
    drawn = cast("Mapping[str, SearchStrategy[Planted | str]]", slots)
    choice = st.sampled_from([Template.of(text) for text in texts])

    @st.composite
    def filled(draw: st.DrawFn) -> Sample:
        template = draw(choice)
        return template.filled({name: draw(drawn[name]) for name in template.names})

    return filled()
