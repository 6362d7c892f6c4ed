"""The page of a run: what it says, and that nothing of it is what a name wants it to be."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from scrubber.archive.report_page import write
from scrubber.archive.report_page.charts import MOST
from scrubber.archive.summary import Summary
from tests.archive.report_page import summaries
from tests.archive.report_page.summaries import HOSTILE, RULES, outcome

if TYPE_CHECKING:
    from collections.abc import Callable

VOID = {"meta"}
TAGS = {
    *("html", "head", "meta", "title", "style", "body", "header", "main", "footer", "section"),
    *("h1", "h2", "p", "span", "dl", "div", "dt", "dd", "table", "caption", "thead", "tbody"),
    *("tr", "th", "td", "code", "svg", "rect", "line", "figure", "figcaption", "details"),
    "summary",
}
RUNS = [
    summaries.nothing,
    summaries.much,
    summaries.failures,
    summaries.many_files,
    summaries.verified,
    Summary,
]


class Page(HTMLParser):
    """A page, taken apart."""

    def __init__(self, page: str) -> None:
        """Read it."""
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of a tag."""
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of a tag that ends itself."""
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """See that the last one is closed."""
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data: str) -> None:
        """Take note of text."""
        if data.strip():
            self.texts.append((self.open[-1] if self.open else "", data.strip()))

    def said(self, tag: str) -> list[str]:
        """Give the texts in a kind of tag."""
        return [text for inside, text in self.texts if inside == tag]


def headline(summary: Summary, verified: Summary | None = None) -> str:
    """Give what the heading says."""
    return Page(write(summary, verified)).said("h1")[0]


@pytest.mark.parametrize("run", RUNS)
def test_page_is_whole_and_knows_its_tags(run: Callable[[], Summary]) -> None:
    """Every tag is closed and one of ours; there is one main heading, a title and a language."""
    html = write(run())
    page = Page(html)
    names = [tag for tag, _ in page.tags]
    assert (page.wrong, page.open) == ([], [])
    assert set(names) <= TAGS
    assert (names.count("h1"), names.count("main")) == (1, 1)
    assert html.partition("<style>")[0].count("<title>") == 1
    assert ("html", {"lang": "en"}) in page.tags


@pytest.mark.parametrize("run", RUNS)
def test_page_asks_for_nothing_and_runs_nothing(run: Callable[[], Summary]) -> None:
    """No attribute that loads or runs something, and a policy that forbids what there is not."""
    html = write(run())
    page = Page(html)
    attributes = {name for _, attrs in page.tags for name in attrs}
    assert not {name for name in attributes if name.startswith("on")}
    assert not attributes & {"src", "href", "srcset", "action", "style", "xlink:href", "data"}
    (policy,) = [a["content"] for _, a in page.tags if a.get("http-equiv")]
    (style,) = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert "url(" not in style
    assert "@import" not in style


@pytest.mark.parametrize("run", RUNS)
def test_ids_are_there_once_and_what_is_named_is_there(run: Callable[[], Summary]) -> None:
    """Sections are named by their headings, tables have captions, heads have scopes."""
    page = Page(write(run(), summaries.verified(3)))
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    named = [attrs["aria-labelledby"] for tag, attrs in page.tags if tag == "section"]
    names = [tag for tag, _ in page.tags]
    assert len(ids) == len(set(ids))
    assert set(named) <= set(ids)
    assert names.count("caption") == names.count("table")
    assert all("scope" in attrs for tag, attrs in page.tags if tag == "th")
    pictures = [attrs for tag, attrs in page.tags if tag == "svg"]
    assert all(one.get("aria-hidden") == "true" or one.get("aria-label") for one in pictures)


def test_hostile_names_are_text() -> None:
    """Tags, quotes, braces and signs that move a cursor are shown, and do nothing."""
    html = write(summaries.failures())
    page = Page(html)
    shown = page.said("th") + page.said("span")
    for name in HOSTILE[:3] + HOSTILE[4:]:
        assert name in shown
    assert "a\\u202egnp.exe\\x1b[2J\\udc80\\u2028.log" in shown
    assert not re.search("[\x00-\x09\x0b-\x1f\u2028\u202e\ud800-\udfff]", html)
    html.encode()


@pytest.mark.parametrize(
    ("summary", "verified", "said"),
    [
        (summaries.nothing(), None, "All 12 files are done"),
        (summaries.failures(), None, "158 of 506 files failed"),
        (Summary(), None, "No files"),
        (summaries.verified(), None, "Nothing left to find"),
        (summaries.verified(2), None, "2 of 5 files did not pass"),
        (summaries.nothing(), summaries.verified(), "All 12 files are done"),
        (summaries.nothing(), summaries.verified(1), "1 of 5 files did not pass"),
    ],
)
def test_heading_says_how_it_ended(summary: Summary, verified: Summary | None, said: str) -> None:
    """The worst that happened, in numbers."""
    assert headline(summary, verified) == said


def test_units_that_failed_are_no_success() -> None:
    """A file with a marker in it is done, and the page says what is missing."""
    summary = Summary()
    summary.add("a.log", 1, outcome(failures=2))
    assert headline(summary) == "2 units could not be scrubbed"


@pytest.mark.parametrize(
    ("mode", "lead"),
    [
        ("redact", "3 findings in 1 file, each replaced. What failed is not in the target."),
        ("dry-run", "3 findings in 1 file. Nothing was written."),
        ("verify", "3 findings in 1 file of the target."),
    ],
)
def test_page_says_what_was_done(mode: str, lead: str) -> None:
    """Replaced, only counted, or still there."""
    summary = Summary(mode=mode)  # type: ignore[arg-type]  # one of them
    summary.add("a.log", 1, outcome("failed", counts={RULES[0]: 3}))
    assert lead in Page(write(summary)).said("p")


def test_charts_hold_the_counts_and_the_rest_is_added_up() -> None:
    """Files beyond the most are one row, and all rows come to all findings."""
    summary = summaries.many_files()
    html = write(summary)
    body = html.partition('id="file"')[2].partition("</section>")[0]
    counts = [int(n.replace(",", "")) for n in re.findall(r'class="number">([0-9,]+)<', body)]
    assert len(counts) == MOST + 1
    assert sum(counts) == summary.report.findings
    assert "9,974 more" in body
    for part in ("entity", "rule"):
        body = html.partition(f'id="{part}"')[2].partition("</section>")[0]
        counts = [int(n.replace(",", "")) for n in re.findall(r'class="number">([0-9,]+)<', body)]
        assert sum(counts) == summary.report.findings


def test_page_is_small_however_many_files_there_are() -> None:
    """It is sent by mail."""
    assert len(write(summaries.many_files())) < 100_000
    assert len(write(summaries.failures())) < 150_000


def test_warnings_say_which_rule_hit_how_much() -> None:
    """The file, the rule, and both numbers."""
    summary = Summary()
    summary.add("a.log", 1, outcome(counts={RULES[1]: 250}))
    page = Page(write(summary))
    assert "Rules that hit much of a file" in page.said("h2")
    assert "network.ipv4" in page.said("code")
    assert ": 250 findings in 1,000 lines" in page.said("td")


def test_many_failures_are_counted_and_some_named() -> None:
    """Ten at once, more behind a click, and how many there are."""
    page = Page(write(summaries.failures()))
    assert "158 files, 100 of them here" in page.said("caption")
    assert "90 more" in page.said("summary")


def test_equal_summaries_give_equal_pages() -> None:
    """Whatever the order in which files were done."""
    pages = set()
    for step in (1, -1):
        summary = Summary()
        for number in range(40)[::step]:
            kind = ("text", "gz")[number % 2]
            state = ("done", "failed")[number // 2 % 2]
            summary.add(f"{number}", 1, outcome(state, counts={RULES[number % 5]: 1}, kind=kind))
        pages.add(write(summary))
    assert len(pages) == 1
