"""
What the hooks and the guard of one `install()` share.

Promise: a payload counts as scrubbed only where that is proven: it is the very object that the hook
of this thread gave last, or a file whose digest is that of one that was scrubbed. A mark inside the
data would be proof of nothing, since whoever writes the data could write the mark.
"""

from __future__ import annotations

import hashlib
import threading
from collections import deque
from typing import TYPE_CHECKING, Any, Final

from scrubber.consent.gate import PLAIN
from scrubber.integrations.sentry.tally import Tally

if TYPE_CHECKING:
    from scrubber.consent.gate import Gate
    from scrubber.pipeline import Scrubber

_FILES: Final = 256


class Setup:
    """A scrubber, what becomes of files that are neither text nor images, and the books.

    Attributes:
        scrubber: what scrubs.
        others: as for `scrubber.attachments.scrub_attachment`.
        gate: what is asked whether something may be sent.
        tally: what failed.
    """

    def __init__(self, scrubber: Scrubber, others: str, gate: Gate = PLAIN) -> None:
        self.scrubber = scrubber
        self.others = others
        self.gate = gate
        self.tally = Tally()
        self._here = threading.local()
        self._files: deque[bytes] = deque(maxlen=_FILES)

    def __reduce__(self) -> tuple[type[Setup], tuple[Scrubber, str, Gate]]:
        """Travel to another process as what was chosen, and count anew there."""
        return Setup, (self.scrubber, self.others, self.gate)

    def scrub(self, payload: object, kind: str) -> dict[str, Any] | None:
        """Scrub a payload.

        Args:
            payload: anything; usually a dict.
            kind: what it is, as for `Scrubber.scrub`.

        Returns:
            The scrubbed payload, or what stands for one of its kind; None where nothing does.
        """
        done = self.scrubber.scrub(payload, kind=kind)
        return done if isinstance(done, dict) else None

    def remember(self, event: object) -> None:
        """Note that an event is scrubbed. It is the only one noted for this thread."""
        self._here.event = event

    def knows(self, event: object) -> bool:
        """Tell whether an event is the one that was noted in this thread last."""
        return event is not None and getattr(self._here, "event", None) is event

    def remember_file(self, payload: bytes) -> None:
        """Note that the bytes of a file are scrubbed."""
        self._files.append(_digest(payload))

    def knows_file(self, payload: bytes) -> bool:
        """Tell whether the bytes of a file were noted."""
        return bool(self._files) and _digest(payload) in tuple(self._files)


def _digest(payload: bytes) -> bytes:
    return hashlib.blake2b(payload, digest_size=32).digest()
