"""The probes: what names a person or opens a door is gone, and nothing else is."""

from __future__ import annotations

import pytest

from scrubber import Scrubber
from scrubber.decoding import decoded_views
from tests.corpus.probes import Probe, probes

SCRUBBER = Scrubber("balanced")
FEWEST = 500


@pytest.mark.parametrize("probe", probes(), ids=[one.id for one in probes()])
def test_probe(probe: Probe) -> None:
    """Gone in the text and in every view of it, the rest is kept, and once is enough."""
    output = SCRUBBER.scrub_text(probe.text)
    views = [output, *(view.text for view in decoded_views(output))]
    assert not [place for place, one in enumerate(probe.gone) if any(one in view for view in views)]
    assert [one for one in probe.stays if one not in output] == []
    if not probe.gone:
        assert output == probe.text
    assert SCRUBBER.scrub_text(output) == output


def test_probes_are_many_and_half_of_them_are_of_damage() -> None:
    """A set that loses one half measures nothing."""
    damage = [one for one in probes() if not one.gone]
    assert len(probes()) >= FEWEST
    assert len({one.id for one in probes()}) == len(probes())
    assert 0.4 < len(damage) / len(probes()) < 0.6
