"""Components of paths: where they begin and end, and which are left out."""

from __future__ import annotations

import pytest

from scrubber.ner.components import components


@pytest.mark.parametrize(
    ("line", "texts"),
    [
        ("open /data/x1/scan_7.dcm now", ["data", "x0", "scan_0"]),
        (r"C:\\data\\Jane Doe\\x.nii.gz", ["data", "Jane Doe", "x"]),
        (r"\/data\/x", ["data", "x"]),
        ("'/data/Jane Doe'", ["data", "Jane Doe"]),
        ("saw /data/Jane Doe there", ["data", "Jane"]),
        ("the Jane Doe.pdf", ["Jane Doe"]),
        ("Jane Doe (2).mp4.", ["Jane Doe _0_"]),
        ("/x/Jane Doe (2).mp4", ["x", "Jane Doe _0_"]),
        ("a.pdf, b.csv", ["a", "b"]),
        ("A.pdf B.csv", ["A", "B"]),
        ("x.py a/b.py", ["a"]),
        ("a/b.yaml", ["a", "b"]),
        ("/usr/share/x.csv /data/y.csv", ["usr", "data", "y"]),
        ("/v/lib/python3.11/site-packages/a/b.csv c.csv", ["v", "lib", "python0.00", "c"]),
        ("https://example.com/a?f=b.pdf", ["example.com", "a", "b"]),
        ("no path. No suffix: 1.5, x.1", []),
        ("", []),
    ],
)
def test_folders_and_stems_are_components(line: str, texts: list[str]) -> None:
    """Source files and what lies among programs are left out."""
    assert texts == [text for _, text in components(line)]


def test_a_component_has_its_place_and_length() -> None:
    """Though digits and the brackets of a copy's number are changed."""
    line = "/data/Jane Doe (12).pdf"
    _, (start, text) = components(line)
    assert line[start : start + len(text)] == "Jane Doe (12)"
