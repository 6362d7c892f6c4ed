"""
Findings as SARIF 2.1.0, for code hosts and editors.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/ is the standard. A region has a start and no end,
and no snippet: SARIF's own means to show what was found are what must not be used here.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from scrubber.cli.options import version

if TYPE_CHECKING:
    from pathlib import Path

    from scrubber.cli.sources import Source
    from scrubber.cli.tally import Tally
    from scrubber.ledger import Located
    from scrubber.pipeline import Scrubber
    from scrubber.ruleset.model import Rule

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_HIGH: Final = 0.9


class Sarif:
    """One run of one tool."""

    separator = ","

    def __init__(self, scrubber: Scrubber) -> None:
        """List the rules of a scrubber's policy."""
        self._rules = scrubber.rules
        self._index = {rule.id: index for index, rule in enumerate(self._rules)}

    def head(self) -> str:
        """Open the document, up to the results."""
        driver: dict[str, Any] = {"name": "crashscrub"}
        if version():
            driver["version"] = version()
        driver["rules"] = [_descriptor(rule) for rule in self._rules]
        run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints"}
        document = json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": []})
        return f'{document[:-2]}{json.dumps(run)[:-1]}, "results": [\n'

    def row(self, source: Source, located: Located) -> str:
        """Write one result."""
        finding = located.finding
        return json.dumps(
            {
                "ruleId": finding.rule_id,
                "ruleIndex": self._index[finding.rule_id],
                "level": "warning",
                "message": {"text": f"{finding.entity} found by {finding.rule_id}"},
                "locations": [
                    {
                        "physicalLocation": {
                            "artifactLocation": {"uri": uri_of(source.path)},
                            "region": {
                                "startLine": located.line,
                                "startColumn": located.column,
                            },
                        }
                    }
                ],
            }
        )

    def foot(self, tally: Tally) -> str:
        """Close the results, tell whether all went well, and close the document."""
        notes = [f"{name}: {reason}" for name, reason in tally.unread]
        if tally.report.failures:
            notes.append(f"units that could not be scanned: {tally.report.failures}")
        invocation: dict[str, Any] = {"executionSuccessful": not notes}
        if notes:
            invocation["toolExecutionNotifications"] = [
                {"level": "error", "message": {"text": note}} for note in notes
            ]
        return f'], "invocations": {json.dumps([invocation])}}}]}}\n'


def uri_of(path: Path | None) -> str:
    """Give the address of a file: relative as it was given, absolute with its scheme.

    >>> from pathlib import Path
    >>> uri_of(Path("logs/new app.log"))
    'logs/new%20app.log'
    """
    if path is None:
        return "stdin"
    if path.is_absolute():
        return path.as_uri()
    return quote(path.as_posix().encode("utf-8", "surrogateescape"))


def _descriptor(rule: Rule) -> dict[str, Any]:
    descriptor: dict[str, Any] = {
        "id": rule.id,
        "shortDescription": {"text": rule.description},
        "defaultConfiguration": {"level": "warning"},
        "properties": {
            "tags": ["privacy", rule.entity],
            "precision": "high" if rule.confidence >= _HIGH else "medium",
        },
    }
    links = [one for one in rule.references if one.startswith(("https://", "http://"))]
    if links:
        descriptor["helpUri"] = links[0]
    return descriptor
