"""Whether a pattern can be made slow (being written)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scrubber.ruleset.nodes import Node


def problems(node: Node) -> list[str]:
    """List what makes a pattern slow."""
    del node
    return []
