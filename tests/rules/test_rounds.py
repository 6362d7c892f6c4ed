"""What a redaction leaves is scanned again; a placeholder must not bring up what was no finding."""

from __future__ import annotations

import pytest

from scrubber.pipeline import Scrubber
from scrubber.resolve import resolve
from tests.corpus.probes import probes

SCRUBBER = Scrubber("balanced")
STAGES = SCRUBBER._wirings.text.stages  # noqa: SLF001  # what one round finds is no one else's business

# Rules that read a placeholder on purpose, or read on where a finding ended.
EXPECTED = {
    "host_records.windows_domain_of_user": "the domain of CORP\\[user]",
    "payment.iban_lower": "its word may be the placeholder of another",
    "credentials.url_userinfo": "a user before a password that was found already",
    "paths.home_posix": "a home below a home",
}
EXAMPLES = [
    (f"{rule.id}[{place}]", example.text)
    for rule in SCRUBBER.ruleset.rules
    for place, example in enumerate(rule.match)
]
TEXTS = [*EXAMPLES, *((probe.id, probe.text) for probe in probes())]


@pytest.mark.parametrize("name", sorted({name.partition(".")[0] for name, _ in TEXTS}))
def test_a_placeholder_makes_no_finding(name: str) -> None:
    """All that is covered in the end was covered by the first round, but for the rules above."""
    later = []
    for where, text in TEXTS:
        if where.partition(".")[0] != name:
            continue
        first = resolve(STAGES.detect(text), protected=STAGES.grammar.ranges(text))
        covered = {place for span in first for place in range(span.start, span.end)}
        later += [
            (where, one.rule_id)
            for one in SCRUBBER.scan(text)
            if one.rule_id not in EXPECTED and not covered.issuperset(range(one.start, one.end))
        ]
    assert later == []
