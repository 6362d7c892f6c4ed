"""
What a placeholder may say of bulk data instead of the word of its entity, by entity.

Promise: a label tells kinds, types, shapes and devices, and nothing else of the text; one that does
not fit the grammar of placeholders is not shown.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from scrubber.validators.array import array_label
from scrubber.validators.image import image_label
from scrubber.validators.media import media_label

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LABELLERS: Final[Mapping[str, Callable[[str], str]]] = MappingProxyType(
    {
        "ARRAY_DATA": array_label,
        "BINARY_DATA": media_label,
        "IMAGE_DATA": image_label,
    }
)
"""Every labeller, by the entity it describes."""
