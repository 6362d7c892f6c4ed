"""What became of a text, piece by piece."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.cli.text_diff import Piece, pieces

MANY = "word " * 3000


@pytest.mark.parametrize(
    ("raw", "scrubbed", "changes"),
    [
        ("a", "a", []),
        ("to jane@example.com", "to [email]", [("jane@example.com", "[email]")]),
        ("/home/jane/w/x.pt: no", "<home>/.../x.pt: no", [("/home/jane/w", "<home>/...")]),
        ("jane 192.0.2.17", "[user] [ip]", [("jane", "[user]"), ("192.0.2.17", "[ip]")]),
        ("a\nkey=k3k3\nb", "a\nkey=[secret]\nb", [("k3k3", "[secret]")]),
        ("a\nb", "", [("a\nb", "")]),
        (
            f"{MANY}jane {MANY}bob",
            f"{MANY}[user] {MANY}[user]",
            [("jane", "[user]"), ("bob", "[user]")],
        ),
        (f"x{MANY}", f"[secret]{MANY}", [("x", "[secret]")]),
        (f"{MANY}a b", f"b {MANY}", [(f"{MANY}a b", f"b {MANY}")]),
        (f"{MANY}a b", f"{MANY}[user] c", [(f"{MANY}a b", f"{MANY}[user] c")]),
    ],
)
def test_changes_are_findings(raw: str, scrubbed: str, changes: list[tuple[str, str]]) -> None:
    """Each by itself and whole, in long texts too; where no order is seen, all is one change."""
    found = [(one.raw, one.scrubbed) for one in pieces(raw, scrubbed) if not one.kept]
    assert found == changes


TEXTS = st.lists(st.sampled_from(["a", "jane", "[user]", "<home>", "/", ".", " ", "\n", "é"]))


@given(TEXTS, TEXTS)
def test_pieces_are_both_texts(raw: list[str], scrubbed: list[str]) -> None:
    """Put together they give back what they are made of, kept and changed ones by turns."""
    found = pieces("".join(raw), "".join(scrubbed))
    assert "".join(one.raw for one in found) == "".join(raw)
    assert "".join(one.scrubbed for one in found) == "".join(scrubbed)
    kinds = [one.kept for one in found]
    assert all(one != other for one, other in pairwise(kinds))


def test_a_repr_shows_nothing() -> None:
    """It may be printed by a debugger, or by a test that fails."""
    assert "jane" not in repr(Piece("jane", "[user]"))
