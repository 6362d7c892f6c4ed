"""The page of a run in a browser: narrow and wide, light and dark, read aloud and printed."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from scrubber.archive.report_page import write  # noqa: E402  # after what is skipped
from scrubber.archive.summary import Summary  # noqa: E402
from tests.archive.report_page import summaries  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BROWSER = next(
    (path for name in ("chromium", "google-chrome", "chrome") if (path := shutil.which(name))), None
)
if BROWSER is None:
    pytest.skip("neither chromium nor google-chrome is on PATH", allow_module_level=True)

WIDTHS = (320, 768, 1280)
SCHEMES = ("light", "dark")
PAGES = {
    "nothing": write(summaries.nothing()),
    "much": write(summaries.much(), summaries.verified()),
    "failures": write(summaries.failures(), summaries.verified(3)),
    "10,000 files": write(summaries.many_files()),
    "verified": write(summaries.verified()),
    "empty": write(Summary()),
}

# Contrast as WCAG 2 defines it, of each text with what is painted under it.
CONTRAST = """() => {
  const part = c => { c /= 255; return c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4; };
  const rgb = text => text.match(/[0-9.]+/g).map(Number);
  const light = ([r, g, b]) => .2126 * part(r) + .7152 * part(g) + .0722 * part(b);
  const ratio = (a, b) => {
    const [x, y] = [light(rgb(a)), light(rgb(b))].sort((p, q) => q - p);
    return (x + .05) / (y + .05);
  };
  const under = element => {
    for (let e = element; e; e = e.parentElement) {
      const paint = getComputedStyle(e).backgroundColor;
      const channels = rgb(paint);
      if (channels.length < 4 || channels[3] === 1) return paint;
    }
    return 'rgb(255, 255, 255)';
  };
  const low = [];
  let lowest = 99;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || element.closest('svg')) continue;
    const found = ratio(getComputedStyle(element).color, under(element));
    lowest = Math.min(lowest, found);
    if (found < 4.5) low.push([element.tagName, found]);
  }
  for (const shape of document.querySelectorAll('svg .fill')) {
    const found = ratio(getComputedStyle(shape).fill, under(shape.closest('section')));
    lowest = Math.min(lowest, found);
    if (found < 3) low.push(['fill', found]);
  }
  return {low, lowest};
}"""

# What a screen reader, a keyboard and a ruler need.
FAULTS = """() => {
  const faults = [];
  const all = selector => [...document.querySelectorAll(selector)];
  const levels = all('h1, h2, h3, h4').map(e => Number(e.tagName[1]));
  levels.forEach((n, i) => { if (n > (levels[i - 1] || 0) + 1) faults.push('heading ' + n); });
  if (levels.filter(n => n === 1).length !== 1) faults.push('h1');
  if (!document.title || document.documentElement.lang !== 'en') faults.push('title or lang');
  for (const table of all('table')) {
    if (!table.caption || !table.caption.textContent.trim()) faults.push('caption');
    for (const row of table.tBodies[0].rows)
      if (row.cells[0].scope !== 'row') faults.push('row without a head');
    for (const cell of table.tHead.rows[0].cells)
      if (cell.scope !== 'col' || !cell.textContent.trim()) faults.push('column without a head');
  }
  for (const picture of all('svg')) {
    if (picture.getAttribute('role') === 'img') {
      if (!picture.getAttribute('aria-label')) faults.push('picture without words');
      const table = picture.closest('section').querySelector('details table');
      const drawn = picture.querySelectorAll('.fill').length;
      if (!table || table.tBodies[0].rows.length !== drawn) faults.push('picture without numbers');
    } else {
      const row = picture.closest('tr');
      if (picture.getAttribute('aria-hidden') !== 'true') faults.push('picture is read');
      if (!/[0-9]/.test(row.querySelector('td').textContent)) faults.push('bar without a number');
    }
  }
  for (const section of all('section')) {
    const name = document.getElementById(section.getAttribute('aria-labelledby'));
    if (!name || !section.contains(name)) faults.push('section without a name');
  }
  for (const one of all('summary'))
    if (one.getBoundingClientRect().height < 24) faults.push('small to tap');
  for (const landmark of ['header', 'main', 'footer'])
    if (all('body > ' + landmark).length !== 1) faults.push(landmark);
  const ids = all('[id]').map(e => e.id);
  if (new Set(ids).size !== ids.length) faults.push('id twice');
  return faults;
}"""

# Whatever is wider than the window makes the whole page move under a finger.
WIDE = """() => [...document.querySelectorAll('body *')]
  .filter(e => e.getBoundingClientRect().right > innerWidth + .5).map(e => e.tagName)
  .concat(document.documentElement.scrollWidth > innerWidth ? ['page'] : [])"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A browser without a window."""
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Any]:  # noqa: ANN401  # no types
    """Opens a page; at the end nothing was said, nothing was asked for and nothing popped up."""
    told: list[str] = []
    contexts = []

    def popped(dialog: Any) -> None:  # noqa: ANN401
        told.append("dialog")
        dialog.dismiss()

    def show(html: str, width: int = 1280, scheme: str = "light") -> Any:  # noqa: ANN401
        path = tmp_path / "report.html"
        path.write_text(html, encoding="utf-8")
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, device_scale_factor=1
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: told.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: told.append(f"error: {error}"))
        page.on("dialog", popped)
        page.on("request", lambda request: told.append(request.url))
        page.goto(path.as_uri())
        assert told.pop(0) == path.as_uri()
        return page

    yield show
    for context in contexts:
        context.close()
    assert told == []


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_page_is_as_wide_as_the_window(opened: Any, name: str, width: int) -> None:  # noqa: ANN401
    """On a phone, a tablet and a desk, with everything unfolded, too."""
    page = opened(PAGES[name], width)
    assert page.evaluate(WIDE) == []
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert page.evaluate(WIDE) == []


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_and_bars_stand_out(opened: Any, name: str, scheme: str) -> None:  # noqa: ANN401
    """4.5 to 1 for text and 3 to 1 for what is drawn, light and dark."""
    page = opened(PAGES[name], scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    contrast = page.evaluate(CONTRAST)
    assert contrast["low"] == []
    assert 4.5 <= contrast["lowest"] < 21


def test_schemes_differ(opened: Any) -> None:  # noqa: ANN401
    """Dark is dark."""
    colours = [
        opened(PAGES["much"], scheme=scheme).evaluate(
            "getComputedStyle(document.body).backgroundColor"
        )
        for scheme in SCHEMES
    ]
    assert colours == ["rgb(246, 247, 249)", "rgb(16, 19, 23)"]


@pytest.mark.parametrize("name", PAGES)
def test_page_can_be_read_aloud(opened: Any, name: str) -> None:  # noqa: ANN401
    """Headings in order, tables with heads and captions, and words for every picture."""
    assert opened(PAGES[name]).evaluate(FAULTS) == []


def test_hostile_names_do_nothing(opened: Any) -> None:  # noqa: ANN401
    """They are text; the page is as it would be without them."""
    page = opened(PAGES["failures"])
    assert page.locator("script, img, iframe, a").count() == 0
    assert page.locator("h1").count() == 1
    shown = page.locator("th", has_text="<script>alert(1)</script>.log")
    assert shown.count() >= 1


def test_policy_of_the_page_stops_what_gets_into_it(browser: Any, tmp_path: Path) -> None:  # noqa: ANN401
    """Were there a way in, neither a script nor a picture would come of it."""
    html = PAGES["much"].replace(
        "<main>",
        "<main><script>document.title = 'x'</script><p style='display:none' onclick='1'>seen</p>"
        "<img src='http://127.0.0.1:1/x'>",
    )
    path = tmp_path / "report.html"
    path.write_text(html, encoding="utf-8")
    page = browser.new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(path.as_uri())
    assert page.title() != "x"
    assert page.get_by_text("seen").is_visible()
    assert len([text for text in refused if "Content Security Policy" in text]) >= 3
    page.close()


def test_page_is_printed_light_and_unfolded(opened: Any) -> None:  # noqa: ANN401
    """Paper is white, and nobody clicks on it."""
    page = opened(PAGES["failures"], scheme="dark")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate(CONTRAST)["low"] == []
    assert page.pdf().count(b"/Type /Page\n") + page.pdf().count(b"/Type /Page ") >= 1
    row = page.locator("details td").first
    assert row.evaluate("e => e.getBoundingClientRect().height") > 0


def test_table_of_a_chart_opens_with_the_keyboard(opened: Any) -> None:  # noqa: ANN401
    """Tab and Enter are enough."""
    page = opened(PAGES["much"])
    for _ in range(5):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('section')?.querySelector('figure')"):
            break
    page.keyboard.press("Enter")
    assert page.locator("section:has(figure) details table").is_visible()
