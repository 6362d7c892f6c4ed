"""
What two splits have in common, which should be nothing that a system could learn by heart.

Promise: every pool that fills draw from is compared, and every line of a template that holds a
labelled fill.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from .cases import SPLITS
from .making import ENCODINGS, events, pieces, texts
from .markup import fills
from .people import pools
from .plain import PLAIN
from .planting import WORDS
from .vendor_keys import VENDORS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .cases import Split

LITERAL: Final = 16
"""A line with less text of its own between its fills says nothing: `host: «host»`."""
DATA_FILE: Final = re.compile(
    r"[\w-]+\.(?:avi|csv|dcm|docx|html|ipynb|jpe?g|json|mp4|nii|odt|pdf|png|pptx|toml|txt|xlsx|ya?ml)\b"
)
EVERYWHERE: Final = frozenset(
    {"raw", "repr", "json", "json_twice", "url", "url_twice", "base64", "ansi", "nfd"}
)
"""The written forms that no corpus can do without."""


def strings(node: Any) -> Iterator[str]:  # noqa: ANN401  # JSON
    """Iterate over the strings of a template of an event."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for value in node.values():
            yield from strings(value)
    elif isinstance(node, list):
        for value in node:
            yield from strings(value)


def templates(split: Split) -> list[str]:
    """Return every template of a split; those of events string by string."""
    found = [template for shape in texts(split) for template in shape.templates]
    for event in (*events(split), pieces(split)):
        found += strings(event)
    return found


def lines(split: Split) -> set[str]:
    """Return the lines of templates that hold a labelled fill and some text of their own."""
    found = set()
    for line in "\n".join(templates(split)).split("\n"):
        own = re.sub("«[^»]*»|[‹›\\s]", "", line)  # noqa: RUF001  # marks
        if len(own) >= LITERAL and any(fill["kind"] not in PLAIN for fill in fills(line)):
            found.add(own)
    return found


def encodings(split: Split) -> set[str]:
    """Return the names of the encodings that templates of a split ask for."""
    found = set(ENCODINGS[split])
    for template in templates(split):
        for choice in re.findall(r"⟦([\w/]+):", template):
            found |= set(choice.split("/"))
        for fill in fills(template):
            found |= set((fill["encoding"] or "raw").split("/"))
    return found


def shared() -> dict[str, list[str]]:
    """Return what both splits have, by kind; each list is empty.

    Returns:
        Templates, lines, names, accounts, hosts, places for mail, files, words of passwords,
        vendors, and encodings but for those of `EVERYWHERE`.
    """
    dev, test = (_drawn_from(split) for split in SPLITS)
    return {kind: sorted(dev[kind] & test[kind]) for kind in dev}


def _spellings(groups: list[dict[str, list[str]]], kind: str) -> set[str]:
    return {form for group in groups for name in group[kind] for form in name.split("=")}


def _drawn_from(split: Split) -> dict[str, set[str]]:
    known = pools()
    groups = [group[split] for group in known["groups"]]
    hosts = known["hosts"][split]
    return {
        "lines": lines(split),
        "given names": _spellings(groups, "given"),
        "family names": _spellings(groups, "family"),
        "accounts": set(known["accounts"][split]),
        "hosts": {name for names in hosts.values() for name in names},
        "places for mail": set(known["mail"][split]),
        "files": {*known["files"][split], *DATA_FILE.findall("\n".join(templates(split)))},
        "words": set(WORDS[split]),
        "vendors": set(VENDORS[split]),
        "encodings": encodings(split) - EVERYWHERE,
    }
