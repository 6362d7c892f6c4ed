"""
The last look at a payload: what a scrubber would change in it is not sent.

The schemas leave nothing to find. This is for the day on which one of them is wrong: an event that
was declared with a mailbox among its values, a version that names a person.

Promise: when looking fails, the answer is no.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scrubber import Scrubber


class Guard:
    """Tells whether something may be sent. The scrubber is made at first use."""

    __slots__ = ("_make", "_scrubber")

    def __init__(self, make: Callable[[], Scrubber]) -> None:
        """Make it; nothing is loaded.

        Args:
            make: gives the scrubber that looks.
        """
        self._make = make
        self._scrubber: Scrubber | None = None

    def passes(self, content: Mapping[str, object]) -> bool:
        """Tell whether the scrubber would leave everything as it is.

        Args:
            content: JSON: keys, texts and numbers are looked at, each by itself.

        Returns:
            Whether nothing would be changed; False when something fails.
        """
        try:
            if self._scrubber is None:
                self._scrubber = self._make()
            texts = _texts(content)
            return self._scrubber.scrub_many(texts) == texts
        except Exception:  # noqa: BLE001  # promise 1: what was not looked at is not sent
            return False


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        found = []
        for key, item in value.items():
            found.append(str(key))
            found += _texts(item)
        return found
    if isinstance(value, list | tuple):
        return [text for item in value for text in _texts(item)]
    return [str(value)]
