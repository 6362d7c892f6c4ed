"""
Texts as software prints them, and what must become of them.

They say what a user sees, and know nothing of rules: what must be gone is marked with `« »`, and
what must stay is named. A damage probe comes out as it went in.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from scrubber.ruleset.examples import read_example

FOLDER = Path(__file__).parent / "probes"


@dataclass(frozen=True, slots=True)
class Probe:
    """A text with what must be gone and what must stay.

    Attributes:
        id: `area.name`.
        text: the text.
        gone: strings that must not be in the output; without any, nothing may change.
        stays: strings that must be in the output.
    """

    id: str
    text: str
    gone: tuple[str, ...]
    stays: tuple[str, ...]


@lru_cache(maxsize=1)
def probes() -> tuple[Probe, ...]:
    """Read all probes, in the order of their files."""
    return tuple(
        probe(path.stem, kind, raw)
        for path in sorted(FOLDER.glob("*.toml"))
        for kind, tables in tomllib.loads(path.read_text("utf-8")).items()
        for raw in tables
    )


def probe(area: str, kind: str, raw: dict[str, object]) -> Probe:
    """Read one probe; a mistake in it is an error here and not a test that cannot fail."""
    name = f"{area}.{raw['id']}"
    if kind not in ("leak", "damage") or not raw.keys() <= {"id", "text", "stays"}:
        msg = f"{name}: a probe is a [[leak]] or a [[damage]] with id, text and stays"
        raise ValueError(msg)
    example = read_example(str(raw["text"]), seed=name)
    gone = tuple(example.text[start:end] for start, end in example.spans)
    stays = tuple(str(one) for one in raw.get("stays", ()))  # type: ignore[attr-defined]
    if bool(gone) != (kind == "leak") or any(one not in example.text for one in stays):
        msg = f"{name}: a leak probe has marks, a damage probe has none; what stays is in the text"
        raise ValueError(msg)
    return Probe(name, example.text, gone, stays)
