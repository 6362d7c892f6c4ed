"""The documents: their examples run, and their links lead somewhere."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
WITH_EXAMPLES = [page for page in PAGES if ">>> " in page.read_text("utf-8")]
LINK = re.compile(r"\]\((?!https?:)(?P<file>[^)#\s]*)(?:#(?P<place>[^)\s]*))?\)")


def name(page: Path) -> str:
    """Name a page as it is in the tree."""
    return str(page.relative_to(ROOT))


def places(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as they are made for the web."""
    heads = re.findall(r"(?m)^#+ (.*)", page.read_text("utf-8"))
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", WITH_EXAMPLES, ids=name)
def test_examples_print_what_they_say(page: Path) -> None:
    """Each `>>>` is run."""
    tried = doctest.testfile(str(page), module_relative=False)
    assert (tried.failed, tried.attempted > 0) == (0, True)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    """Each file is there, and each place in it."""
    lost = []
    for link in LINK.finditer(page.read_text("utf-8")):
        target = page.parent / link["file"] if link["file"] else page
        if not target.exists() or (link["place"] and link["place"] not in places(target)):
            lost.append(link[0])
    assert lost == []
