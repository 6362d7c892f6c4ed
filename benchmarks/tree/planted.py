"""
Values planted in a tree: each stands once, in one file, and is found again by its form alone.

Promise: a planted value is personal by its form (an address) or by its name (a password), so
whoever leaves it in place has leaked; it is derived from seed and path only.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

TOKEN: Final = re.compile(rb"zq[0-9a-f]{12}qz")
"""What every planted value holds, and nothing else does."""


@dataclass(frozen=True, slots=True)
class Planted:
    """A planted value.

    Attributes:
        path: the file, relative to the tree; for a name, the file or folder that has it.
        kind: the format it stands in, or `name`.
        token: what to look for.
    """

    path: str
    kind: str
    token: str


@dataclass(slots=True)
class Planting:
    """Makes values to plant, and remembers them.

    Attributes:
        seed: of the tree.
        planted: all values so far.
    """

    seed: int
    planted: list[Planted] = field(default_factory=list)

    def token(self, path: str, kind: str) -> str:
        """Give a token for a file, a new one each time."""
        text = f"{self.seed}/{len(self.planted)}/{path}"
        token = f"zq{hashlib.sha256(text.encode()).hexdigest()[:12]}qz"
        self.planted.append(Planted(path, kind, token))
        return token

    def mail(self, path: str, kind: str) -> str:
        """Give an address for a file."""
        return f"{self.token(path, kind)}@example.com"


def write_planted(planted: Iterable[Planted], path: Path) -> None:
    """Write planted values as JSON lines."""
    path.write_text("".join(json.dumps(asdict(one)) + "\n" for one in planted))


def read_planted(path: Path) -> list[Planted]:
    """Read planted values."""
    return [Planted(**json.loads(line)) for line in path.read_text().splitlines()]
