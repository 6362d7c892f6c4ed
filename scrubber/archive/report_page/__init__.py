"""
What a run over folders came to, as one page to be opened, sent and printed.

The page asks nobody for anything: style and charts are in it, it has no script, and its own policy
forbids what it does not have. Charts drawn by a script were rejected: reports are opened from mail
and from tickets, where none runs.

Promise: names of files as the summary has them, and counts; no text of a file. The same summary
gives the same page.
"""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from scrubber.archive.report_page.charts import MOST, bars, columns
from scrubber.archive.report_page.hours import folded
from scrubber.archive.report_page.markup import Markup, amount, fill, joined, many, size, time
from scrubber.archive.report_page.warned import doubts, failures

if TYPE_CHECKING:
    from collections import Counter

    from scrubber.archive.summary import Summary

_MODES: Final = {
    "redact": "Redaction",
    "dry-run": "Dry run",
    "verify": "Verification",
}
_STATES: Final = {
    "done": "done",
    "copied": "copied as they are",
    "listed": "listed, not copied",
    "dropped": "dropped",
    "failed": "failed",
}
_RULES: Final = '<div class="wide"><dt>Rules and policy</dt><dd><code>{word}</code></dd></div>'
_NOTHING: Final = """<section aria-labelledby="entity"><h2 id="entity">Findings</h2>
<p>Nothing was found.</p></section>"""
_PAGE: Final = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<header>
<p class="mode">{mode} report</p>
<h1 class="{mood}"><span class="sign" aria-hidden="true">{sign}</span> {state}</h1>
<p class="lead">{lead}</p>
</header>
<main>
{body}
</main>
<footer>
<p>Counts, names of rules, and names of files with personal data taken out: this page holds no text
of a file. crashscrub {version}</p>
</footer>
</body>
</html>
"""


def write(summary: Summary, verified: Summary | None = None) -> str:
    """Make the page of a run.

    Args:
        summary: what it came to.
        verified: what looking through the target came to, if that was done after it.

    Returns:
        A whole HTML document.

    >>> from scrubber.archive.summary import Summary
    >>> page = write(Summary())
    >>> "<script" in page, page.count("<h1")
    (False, 1)
    """
    style = Markup(files(__name__).joinpath("style.css").read_text(encoding="utf-8"))
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    mode = _MODES[summary.mode]
    parts = [summary] if verified is None else [summary, verified]
    wrong = [one for one in parts if one.wrong]
    state = _state(wrong[0] if wrong else summary)
    return fill(
        _PAGE,
        policy=policy,
        title=f"{state}: {mode.lower()} report",
        style=style,
        mode=mode,
        mood="bad" if wrong else "good",
        sign="✗" if wrong else "✓",
        state=state,
        lead=" ".join(map(_lead, parts)),
        body=joined(
            _facts(summary),
            *failures(summary),
            *(failures(verified) if verified is not None else ()),
            *_findings(summary),
            *doubts(summary),
            *_files(summary),
        ),
        version=summary.version,
    )


def _state(summary: Summary) -> str:
    """Say in a few words how it ended."""
    total, failed = summary.files, summary.failed
    if not total:
        return "No files"
    if failed:
        what = "did not pass" if summary.mode == "verify" else "failed"
        return f"{amount(failed)} of {many(total, 'file')} {what}"
    if summary.report.failures:
        return f"{many(summary.report.failures, 'unit')} could not be scrubbed"
    if summary.mode == "verify":
        return "Nothing left to find"
    return "The file is done" if total == 1 else f"All {amount(total)} files are done"


def _lead(summary: Summary) -> str:
    """Say what that means."""
    count = summary.report.findings
    found = f"{many(count, 'finding')} in {many(summary.files_hit, 'file')}"
    if summary.mode == "verify":
        return f"{found} of the target." if count else "The target holds nothing that is found."
    if summary.mode == "dry-run":
        return f"{found if count else 'Nothing was found'}. Nothing was written."
    said = f"{found}, each replaced." if count else "Nothing was found."
    return f"{said} What failed is not in the target." if summary.failed else said


def _facts(summary: Summary) -> Markup:
    """Tell the figures of the run."""
    report = summary.report
    facts = [
        ("Files", amount(summary.files)),
        ("Findings", amount(report.findings)),
        ("Failed units", amount(report.failures)),
        ("Read", size(summary.size)),
        *([("Written", size(summary.written))] if summary.mode == "redact" else []),
        ("Time", time(summary.seconds)),
        *([("Speed", f"{size(summary.speed)}/s")] if summary.speed else []),
        ("Engine", summary.engine),
    ]
    if summary.before:
        facts.append(("Done before", many(summary.before, "file")))
    rows = [fill("<div><dt>{name}</dt><dd>{value}</dd></div>", name=n, value=v) for n, v in facts]
    if summary.rules:
        rows.append(fill(_RULES, word=summary.rules))
    return fill(
        '<section aria-labelledby="run"><h2 id="run">The run</h2><dl>{rows}</dl></section>',
        rows=joined(*rows),
    )


def _findings(summary: Summary) -> list[Markup]:
    """Draw what was found."""
    report = summary.report
    if not report.findings:
        return [Markup(_NOTHING)]
    lines = summary.by_file(MOST)
    files = [(line.name, line.findings) for line in lines]
    others = summary.files_hit - len(files)
    rest = report.findings - sum(count for _, count in files)
    entities, rules = list(report.by_entity.items()), list(summary.by_rule.items())
    unit, times, untimed = folded(summary.hours)
    return [
        bars("entity", "Findings by entity", ("entity", "entities"), entities),
        bars("rule", "Findings by rule", ("rule", "rules"), rules),
        bars("file", "Findings by file", ("file", "files"), files, others=others, rest=rest),
        columns("hour", f"Findings by {unit}", unit, times, untimed),
    ]


def _files(summary: Summary) -> list[Markup]:
    """Draw what became of files."""
    kinds = ("format", "formats")
    drawn = [
        ("state", "Files by state", ("state", "states"), _stated(summary.states)),
        ("kind", "Files by format", kinds, _ordered(summary.kinds)),
        ("member", "Files in archives by state", ("state", "states"), _stated(summary.members)),
    ]
    return [bars(*one, noun="file") for one in drawn if one[3]]


def _stated(counts: Counter[str]) -> list[tuple[str, int]]:
    """Name states as people do."""
    return [(_STATES.get(name, name), count) for name, count in _ordered(counts)]


def _ordered(counts: Counter[str]) -> list[tuple[str, int]]:
    """Put the most first, then by name, whatever came first."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
